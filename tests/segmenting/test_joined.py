"""Lines whose breaks were lost are cut where these stood, and paragraphs are not."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.applying import replay
from cleaners.errors import WinnowError
from cleaners.records import Block, Removal
from cleaners.segmenting.joined import _parts, breaks
from cleaners.segmenting.joined.model import Gaps, Model, default_model
from cleaners.segmenting.joined.tokens import tokens_of
from cleaners.segmenting.text import locate_blocks, segment_text

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
STORIES = ("01-exchange-repost", "02-research-article", "08-market-wrap")


def seed(name):
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


def joined(text, joint):
    return joint.join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def bag(text):
    return re.findall(r"\w+", text)


def spread(text):
    """What a text says, however its words are parted."""
    return "".join(text.split())


@pytest.mark.parametrize("joint", [" ", ""])
@pytest.mark.parametrize("name", STORIES)
def test_the_article_of_a_page_in_one_line_is_what_it_is_in_many(name, joint):
    whole = clean_page(Page(seed(name), media="text"))
    line = clean_page(Page(joined(seed(name), joint), media="text"))
    assert "\n" not in line.text
    paragraphs = [part for part in whole.text.split("\n\n") if len(bag(part)) > 20]
    left = spread(line.text)
    sentences = [one for part in paragraphs for one in re.split(r"(?<=[.!?]) ", part)]
    lost = [one for one in sentences if len(bag(one)) > 5 and spread(one) not in left]
    assert len(lost) * 20 <= len(sentences), lost  # a heading may be taken for a caption's words
    extra = len(bag(line.text)) - len(bag(whole.text))
    taken = len(bag(seed(name))) - len(bag(whole.text))
    assert extra < taken / 2, "half of the boilerplate is left"


ENGLISH = (
    "The ferry harbour at Lundvik will close for six weeks in spring while workers replace the two "
    "oldest berths. The town has set aside three million crowns for it, and the first barge with "
    "timber is expected in April. Residents had asked for the repair since 2019, when Jorunn Aas "
    "of the Harbour Board told the Lundvik Courier that “a ship will go through the boards” before "
    "anybody in the capital took notice. Nobody did. In May 2024 the Aurora, which the North Sound "
    "Company had bought from Nordfjord Ferries, broke two planks, and in June the port let no ship "
    "of more than 400 tonnes dock there. “We counted the bolts,” said Eirik Tveiten. “Every third "
    "was gone.” The work is done by Holm & Sons, of Ullersund, and by divers of the Royal Navy, "
    "who have offered to inspect the piles for nothing. It costs less than a new pier. Whether it "
    "lasts as long is another question, said Solveig Brekke, who teaches at the Maritime College. "
)
GERMAN = (
    "Der Fährhafen von Lundvik wird im Frühjahr sechs Wochen lang geschlossen, weil die beiden "
    "ältesten Anleger ersetzt werden. Die Stadt hat dafür drei Millionen Kronen zurückgelegt, und "
    "der erste Kahn mit Holz wird im April erwartet. Die Anwohner hatten die Reparatur seit 2019 "
    "verlangt. Damals sagte Jorunn Aas vom Hafenamt dem Kurier, es werde noch ein Schiff durch die "
    "Bohlen brechen. Niemand hörte zu. Im Mai 2024 brach die Aurora, die der Nordsund-Gesellschaft "
    "gehört, zwei Planken, und im Juni durfte kein Schiff mit mehr als 400 Tonnen mehr anlegen. "
    "„Wir haben die Bolzen gezählt“, sagte Eirik Tveiten, „jeder dritte war weg.“ Die Arbeit macht "
    "die Firma Holm aus Ullersund, und Taucher der Marine sehen sich die Pfähle an. Das kostet "
    "weniger als ein neuer Anleger. Ob es so lange hält, ist eine andere Frage, sagte die Dozentin "
    "Solveig Brekke von der Seefahrtschule, die seit Jahren vor dem Bohrwurm in den Pfählen warnt. "
)
CHINESE = (
    "伦德维克渡轮港将于春季关闭六周,工人将更换两座最旧的泊位。市政府为此拨款三百万克朗,首批木材预计四月运抵。"
    "居民自2019年起就要求维修。当时港务局的阿斯对《信使报》说,总有一天船会把木板压穿。没有人理会。"
    "2024年5月,“极光号”压断了两块木板,六月起四百吨以上的船只不得停靠。"
) * 8


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, CHINESE])
def test_a_long_paragraph_stays_whole(text):
    line = text.strip()
    assert len(line) >= 900
    assert [block.text for block in segment_text(line)] == [line]


def test_lists_of_names_in_a_sentence_are_no_menu():
    names = ", ".join(f"Holm {number} and Sons of North Ullersund" for number in range(30))
    line = f"The repair was offered to {names}, and nobody wanted it."
    assert len(segment_text(line)) == 1


NAMES = (
    "McDonald, MacLeod and VanDyke met at the iPhone stand of eBay, PayPal and YouTube; "
    "GlaxoSmithKline and ExxonMobil came with FitzGerald of BlackRock, JPMorgan and TikTok, and a "
    "man of OpenAI said that SpaceX would buy what ChainLink (LINK) and PolkaDot (DOT) had left. "
)


def test_words_are_whole_where_blanks_part_the_line():
    line = joined(f"{seed('08-market-wrap')}\n{NAMES}\n{NAMES}", " ")
    cuts = breaks(line)
    assert cuts
    assert all(line[at - 1].isspace() for at in cuts)


def test_a_line_of_few_pieces_stays_whole():
    assert len(segment_text(f"Home {ENGLISH.strip()} Imprint")) == 1


class Finding:
    """A model that finds so many sure breaks at blanks, wherever they are."""

    def __init__(self, count):
        at = np.arange(1, count + 1)
        self.found = Gaps(at, np.full(count, 0.6), np.zeros(count, bool), np.ones(count, bool))

    def gaps(self, _):
        return self.found


@pytest.mark.parametrize(("count", "size", "cut"), [(5, 3300, 5), (5, 3400, 0), (4, 300, 0)])
def test_a_line_with_no_more_breaks_than_a_paragraph_has_stays_whole(count, size, cut):
    assert len(breaks("x" * size, Finding(count))) == cut


def test_a_few_words_over_and_over_are_not_cut():
    assert breaks("facebook " * 2000) == ()
    assert breaks("HomeNewsSport" * 2000) == ()


def test_sentences_are_cut_more_readily_than_words():
    line = joined(seed("08-market-wrap"), " ")
    sentences = re.findall(r"(?<=[a-z][.”] )[A-Z“].", line)
    assert sum(line[at - 2] in ".”" for at in breaks(line)) > 0.7 * len(sentences)


def test_a_short_page_in_one_line_is_cut_and_so_are_pages_of_a_few_lines():
    text = seed("08-market-wrap")
    half = joined(text, " ")
    start = half[: half.index(" Wool rose")]
    short = f"{start} {ENGLISH[:250]} {half[half.index('Reporting by') :]}"
    assert 300 < len(short) < 1000
    assert len(segment_text(short)) > 5
    assert len(segment_text(f"{short}\n{short}\n{short}")) > 15


def test_pages_of_several_joined_lines_are_cut():
    line = joined(seed("08-market-wrap"), " ")
    blocks = segment_text("\n".join([line] * 3 + ["A short line."] * 9))
    assert len(blocks) > 60


def test_blanks_around_the_lines_make_a_page_no_longer():
    line = joined(seed("08-market-wrap"), " ")
    assert len(segment_text(f"{' ' * 9000}{line}\n\n\n{' ' * 9000}")) > 20


def test_a_menu_parted_by_pipes_makes_no_row_of_a_page():
    line = joined(seed("08-market-wrap"), " ")
    menu = "Home | News | Sport | Markets | Weather | Travel | Cars | Games"
    blocks = segment_text(f"{menu} {line} {menu} | Imprint | Privacy")
    assert len(blocks) > 20
    assert "row" not in {block.role for block in blocks}


def test_chinese_pieces_are_joined_without_a_blank_where_one_went_from_between():
    blocks = [
        Block("港口将关闭六周。"),
        Block("广告", gap=""),
        Block("居民要求维修。", gap=""),
        Block("NEWS", gap=""),
    ]
    gone = [Removal(1, 0, 2, "ad", "ad.cue", "")]
    assert replay(blocks, gone) == "港口将关闭六周。居民要求维修。NEWS"
    gone = [Removal(2, 0, 7, "ad", "ad.cue", "")]
    assert replay(blocks, gone) == "港口将关闭六周。广告 NEWS"


def test_more_pieces_than_a_page_has_are_none():
    names = [
        f"{chr(65 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}" for at in range(26**3)
    ]
    assert len(breaks("".join(names[:9000]))) > 4000
    assert breaks("".join(names * 3)) == ()
    assert breaks(" ".join([joined(seed("08-market-wrap"), " ")] * 900)) == ()


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000"])
def test_no_word_is_parted_where_a_long_line_is_measured_in_parts(blank):
    line = blank.join(["Uppingham"] * 45_000)
    parts = [part for _, part in _parts(line)]
    assert len(parts) > 2
    assert "".join(parts) == line
    assert {word for part in parts for word in part.split()} == {"Uppingham"}


def test_rows_of_wide_tables_stay_rows():
    cells = [f"Berth {number} North Quay Aurora" for number in range(60)]
    (row,) = segment_text(" | ".join(cells))
    assert row.role == "row"


@pytest.mark.parametrize("joint", [" ", ""])
def test_pieces_are_the_line_and_say_what_stood_between_them(joint):
    line = joined(seed("08-market-wrap"), joint)
    blocks = segment_text(line)
    assert len(blocks) > 20
    assert blocks[0].gap is None
    assert "".join((block.gap or "") + block.text for block in blocks) == line
    assert replay(blocks, ()) == line
    assert {block.line for block in blocks} == {1}


def test_only_the_long_line_of_a_page_is_cut():
    text = f"Harbour news\n{joined(seed('08-market-wrap'), '')}\n\nA last line."
    blocks = segment_text(text)
    assert blocks[0].text == "Harbour news"
    assert (blocks[-1].text, blocks[-1].gap) == ("A last line.", None)
    assert blocks[1].gap is None
    first, line, last = replay(blocks, ()).split("\n\n")
    assert [first, spread(line), last] == [
        blocks[0].text,
        spread(text.split("\n")[1]),
        "A last line.",
    ]


def test_a_long_line_among_others_is_one_thing():
    line = joined(seed("08-market-wrap"), "")
    others = [f"{number}. {ENGLISH}"[:900].strip() for number in range(8)]
    blocks = segment_text("\n".join((*others, line)))
    assert [block.text for block in blocks] == [*others, line]


def test_where_pieces_went_one_blank_is_left():
    document = clean_page(Page(joined(seed("08-market-wrap"), ""), media="text"))
    assert "one worth minus one.”" in document.text
    assert "Advertisement" not in document.text
    assert "  " not in document.text
    assert clean_page(Page(document.text, media="text")).removals == ()


PIECES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=30), max_size=60
)


@settings(max_examples=60, deadline=None)
@given(PIECES, st.sampled_from(["", " ", "  "]))
def test_any_line_is_cut_into_itself(pieces, joint):
    text = (joint.join(pieces) + joined(seed("08-market-wrap"), "")).strip()
    for at, block in locate_blocks(text):
        assert text[at : at + len(block.text)] == block.text == block.text.strip() != ""
    line = text.splitlines()[-1].strip()
    cuts = breaks(line)
    assert cuts
    assert list(cuts) == sorted(set(cuts))
    assert cuts[0] > 0
    assert cuts[-1] < len(line)
    assert not any(line[at].isspace() for at in cuts)


def test_a_line_longer_than_is_measured_at_once_is_cut_throughout():
    line = joined(seed("08-market-wrap"), " ")
    many = " ".join([line] * 40)
    found = breaks(many)
    each = len(line) + 1
    parts = [sum(start <= at < start + each for at in found) for start in range(0, len(many), each)]
    assert min(parts) >= 0.7 * max(parts)


def test_tokens_are_what_breaks_part():
    line = (
        "Home NewsSport 3 MarketsNEWSThe lake,said.The don't (2024)May3北京NEWS上U.S.A.Ad"
        "“Its o’clock‘Twas'94"
    )
    begin = [*tokens_of(line).begin, len(line)]
    tokens = [line[start:end].strip() for start, end in pairwise(begin)]
    assert tokens == [
        "Home", "News", "Sport", "3", "Markets", "NEWS", "The", "lake,", "said.", "The", "don't",
        "(2024)", "May", "3", "北京", "NEWS", "上", "U.S.A.Ad", "“Its", "o’clock", "‘Twas'", "94",
    ]  # fmt: skip


def test_a_model_of_other_features_is_refused():
    arrays = default_model().as_arrays()
    arrays["names"] = np.array(["size0"])
    with pytest.raises(WinnowError, match="train-joined"):
        Model.from_arrays(arrays)


def test_a_model_is_stored_and_read():
    again = Model.from_arrays(default_model().as_arrays())
    line = joined(seed("08-market-wrap"), " ")
    assert breaks(line, again) == breaks(line)
