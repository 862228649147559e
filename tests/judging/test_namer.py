"""The namer takes out what no phrase lists, names what others take, and leaves content alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.counting import count
from cleaners.errors import WinnowError
from cleaners.judging import judge_kinds
from cleaners.judging.cues import default_cues
from cleaners.judging.flattened.features import measure
from cleaners.judging.lines import read_lines
from cleaners.judging.namer import look_at, name_likely, take_sure
from cleaners.judging.namer.concepts import default_concepts, find_concepts
from cleaners.judging.namer.features import CLASSES, COUNT, KEEP, NAMED, values_of
from cleaners.judging.namer.model import Namer, default_namer
from cleaners.judging.namer.tokens import BUCKETS, sum_rows, tokens_of
from cleaners.records import Removal
from cleaners.segmenting.text import segment_text
from cleaners.settings import load_settings

STORY = (
    (
        "The bakery on Tallow Street has sold its last loaf. Ida Brenner, who ran it for thirty "
        "years, said that flour had become dearer than rent."
    ),
    (
        "Her ovens go to a school in the next valley, where pupils will bake for the canteen. The "
        "town paid half of the transport, and a haulier did the rest for nothing."
    ),
    (
        "Customers queued along the wall on Saturday. Some had come for the rye, some to say that "
        "they had bought their first roll there."
    ),
    (
        "The shop will become a bicycle workshop. Its owner, a former engineer, wants to keep the "
        "sign above the door."
    ),
)
FRAME = ("Share on Facebook", "© 2026 The Tallow Courier. All rights reserved.")


def cleaned(*inside, settings=None):
    """A flattened page with some lines in the middle of its story."""
    text = "\n\n".join((*STORY[:2], *inside, *STORY[2:], *FRAME))
    page = Page(text, media="text")
    return clean_page(page, settings) if settings else clean_page(page)


def removed(document, line):
    """The removals of a line."""
    return [r for r in document.removals if document.blocks[r.block].text == line]


# --- what goes, and what stays ---------------------------------------------------------------

UNLISTED = [
    ("ad", "Open a Marlow trading account today and get 20 free trades – offer ends Sunday"),
    ("ad", "Nur heute: 30 % auf alle Matratzen mit dem Code TALLOW30"),
    ("event", "Register now for the Courier Forum, 12 June, Old Hall"),
]


@pytest.mark.parametrize(("kind", "line"), UNLISTED)
def test_what_no_phrase_lists_goes_by_its_kind(kind, line):
    document = cleaned(line)
    assert [r.rule for r in removed(document, line)] == [f"{kind}.learned"]
    assert [r.kind for r in removed(document, line)] == [kind]
    assert all(paragraph in document.text for paragraph in STORY)


CONTENT = [
    "The newsletter reached 40,000 readers before its founder sold it to a rival last spring.",
    "“We never advertise,” said Brenner. “People smell us from the bridge.”",
    "Shares of the mill that supplied her fell 4.2% on Friday, to 18.30 euros.",
    "The bank had offered her a loan of 20,000 euros, free of interest for a year.",
    "In the app, choose an account, click Download and save the file to your computer.",
    "A disclaimer on the bag says that the flour may contain nuts.",
    "Two discounts a week, she says, would have ruined her within a month.",
    "El boletín de la parroquia cuenta la historia en dos líneas.",
    "Der Rabatt galt nur für Schüler, und nur am Freitag nach der Schule.",
    "1 tablespoon of cold butter",
    "What did a loaf cost in 1996? Less than a stamp.",
    "記者は開店前から列に並び、最後の食パンを買った。",
    "Коммерческий директор мельницы сообщил, что цена муки выросла на 12%.",
    "구독자가 줄자 그는 신문 배달을 그만두고 빵집을 열었다.",
]


@pytest.mark.parametrize("line", CONTENT)
def test_content_that_talks_of_such_things_stays(line):
    assert line in cleaned(line).text


def test_there_are_more_negatives_than_positives():
    assert len(CONTENT) > len(UNLISTED)


def test_a_removal_says_who_made_it_and_how_sure_it_is():
    document = cleaned(UNLISTED[0][1])
    found = [r for r in document.removals if r.rule.endswith(".learned")]
    assert found
    assert all(removal.why.startswith("reads ") for removal in found)
    assert all(0.8 < removal.score <= 1 for removal in found)


def test_a_keep_of_the_user_wins(tmp_path):
    line = UNLISTED[0][1]
    path = tmp_path / "winnow.toml"
    path.write_text(f'[[keep]]\nphrases = ["{line}"]\nevidence = "ours"\n', encoding="utf-8")
    assert line in cleaned(line, settings=load_settings(path)).text


def test_a_clean_text_is_not_looked_at():
    """Where the rules find nothing there is nothing to be sure of."""
    text = "\n\n".join((*STORY, "Jetzt lesen und staunen"))
    assert clean_page(Page(text, media="text")).removals == ()


@pytest.mark.parametrize("line", [line for _, line in UNLISTED])
def test_what_is_left_stays_when_it_is_cleaned_again(line):
    once = cleaned(line)
    assert clean_page(Page(once.text, media="text")).removals == ()


def test_key_points_and_code_are_protected():
    document = cleaned("Key points", "- Sign up for the course by Friday", "- Bring 20 euros")
    assert "Sign up for the course by Friday" in document.text


# --- the parts -------------------------------------------------------------------------------


def names_in(text):
    concepts = default_concepts()
    found = find_concepts(count([text]), concepts)
    return {concepts.names[number] for number in found.concept}


@pytest.mark.parametrize(
    "text",
    [
        "our newsletter", "unser Newsletter", "notre infolettre", "nuestro boletín",
        "nosso boletim", "订阅简报", "メルマガ登録", "뉴스레터를 받아보세요", "наша рассылка",
    ],
)  # fmt: skip
def test_a_concept_is_found_in_every_language(text):
    assert "newsletter" in names_in(text)


def test_a_concept_is_found_at_the_beginning_of_words_alone():
    assert "free" in names_in("Freely given, gratis")
    assert "free" not in names_in("carefree")
    assert "we" in names_in("by us")
    assert "we" not in names_in("by usage")


def test_only_the_beginning_of_a_line_is_read():
    assert "newsletter" not in names_in("word " * 60 + "newsletter")


@given(st.lists(st.text(min_size=1, max_size=80).filter(str.strip), min_size=1, max_size=6))
def test_a_line_says_the_same_beside_any_other(texts):
    table = np.random.default_rng(1).integers(-9, 9, (BUCKETS, 3)).astype(np.int8)

    def said(lines):
        counted = count(lines)
        tokens = tokens_of(counted, find_concepts(counted, default_concepts()))
        return sum_rows(tokens, table, len(lines))

    together = said(texts)
    for number, text in enumerate(texts):
        np.testing.assert_allclose(together[number], said([text])[0], rtol=1e-5)


def looked(text):
    blocks = segment_text(text)
    lines, removals = read_lines(blocks, default_cues()), judge_kinds(blocks)
    measured = measure(lines, removals)
    return lines, removals, measured


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_text_can_be_looked_at(texts):
    lines, removals, measured = looked("\n".join(texts) or "x")
    if not lines.all:
        return
    likely = look_at(lines, removals, measured)
    assert likely.shape == (len(lines.all), CLASSES)
    np.testing.assert_allclose(likely.sum(axis=1), 1, rtol=1e-4)


def test_the_features_are_as_many_as_is_said():
    lines, removals, measured = looked("\n\n".join(STORY))
    about = find_concepts(measured.counted, default_concepts())
    said = np.full((CLASSES, len(lines.all)), -1.0, np.float32)
    assert values_of(lines, removals, measured, said, about).shape == (COUNT, len(lines.all))


def test_the_model_is_small_and_read_as_it_was_stored(tmp_path):
    arrays = default_namer().as_arrays()
    path = tmp_path / "namer.npz"
    np.savez_compressed(path, **arrays)
    assert path.stat().st_size < 1_000_000
    with np.load(path) as stored:
        again = Namer.from_arrays(stored)
    np.testing.assert_array_equal(again.words.table, default_namer().words.table)


def test_a_model_for_other_features_is_refused():
    arrays = default_namer().as_arrays()
    with pytest.raises(WinnowError, match="make train-namer"):
        Namer.from_arrays({**arrays, "net_centre": arrays["net_centre"][:-1]})
    with pytest.raises(WinnowError, match="make train-namer"):
        Namer.from_arrays({**arrays, "concepts": arrays["concepts"][::-1]})


def sure(kind, keep):
    """A row of probabilities: so much for content, the rest for a kind."""
    row = np.zeros(CLASSES, np.float32)
    row[KEEP], row[1 + NAMED.index(kind)] = keep, 1 - keep
    return row


def test_a_line_of_which_a_rule_takes_something_is_left_to_the_rule():
    lines, _, _ = looked("Open an account\n\nSecond line of it")
    part = Removal(0, 0, 4, "affiliate", "affiliate.cue", "", 0.9)
    likely = np.stack([sure("ad", 0.01)] * len(lines.all))
    assert [removal.block for removal in take_sure(lines, [part], likely)] == [1]
    assert [removal.block for removal in take_sure(lines, [], likely)] == [0, 1]


def test_an_advert_whose_end_a_rule_takes_goes_whole_and_a_paragraph_stays():
    advert = "Bet ten pounds with Stakehouse today. Capital at risk."
    story = f"{STORY[0]} Capital at risk."
    lines, _, _ = looked(f"{advert}\n\n{story}")
    ends = [
        Removal(number, text.index("Capital"), len(text), "disclaimer", "disclaimer.tail", "", 0.9)
        for number, text in enumerate((advert, story))
    ]
    likely = np.stack([sure("ad", 0.01)] * 2)
    assert [removal.block for removal in take_sure(lines, ends, likely)] == [0]


def test_a_paragraph_must_be_surer_to_go_than_a_label():
    lines, _, _ = looked("\n\n".join((STORY[0], "Tallow Street")))
    likely = np.stack([sure("ad", 0.15)] * 2)
    assert [removal.block for removal in take_sure(lines, [], likely)] == [1]


def test_only_what_has_no_name_of_its_own_is_named():
    lines, _, _ = looked("Tallow Street\n\nMay 3, 2027")
    layout = Removal(0, 0, 13, "layout", "layout.lines", "10% likely to be main content", 0.9)
    card = layout._replace(kind="related", rule="related.section")
    date = card._replace(block=1, end=11)
    said = layout._replace(kind="related", rule="related.cue")

    def named(likely):
        found = name_likely([layout, card, date, said], lines, np.stack([likely] * 2))
        return [removal.kind for removal in found]

    assert named(sure("newsletter", 0.1)) == ["newsletter", "newsletter", "related", "related"]
    assert named(sure("social", 0.1)) == ["social", "related", "related", "related"]
    undecided = np.full(CLASSES, 1 / CLASSES, np.float32)
    assert named(undecided) == ["layout", "related", "related", "related"]


MENU = ("News", "Harbour", "Weather", "Timetables", "Jobs", "Shop", "Letters", "Contact us")


def taken_as(kind, *texts):
    """Which lines go, all of them sure to be of a kind; mostly short lines, as of a whole page."""
    lines, _, _ = looked("\n\n".join(texts))
    assert lines.prose_share < 0.6
    found = take_sure(lines, [], np.stack([sure(kind, 0.01)] * len(lines.all)))
    return [lines.all[removal.block].text for removal in found]


@pytest.mark.parametrize("kind", ["navigation", "copyright", "widget"])
def test_around_the_running_text_of_a_page_menus_go(kind):
    menu = [f"{one} {two} and more" for one in MENU for two in MENU][:30]
    inside = "Fares for the mail boat"
    gone = taken_as(kind, *menu, STORY[0], inside, *STORY[1:], *MENU)
    assert {*menu, *MENU} <= {*gone}
    assert inside not in gone


def test_of_a_page_without_running_text_menus_stay():
    entries = [f"{one} {two}" for one in MENU for two in MENU]
    assert taken_as("navigation", *entries) == []
