"""The line judge takes boilerplate out of flattened text, and leaves alone what is content."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.errors import WinnowError
from cleaners.judging import judge_kinds, judge_text
from cleaners.judging.cues import default_cues
from cleaners.judging.flattened import choose, found_share, is_page, judge_lines, measure, score
from cleaners.judging.flattened.model import Model, default_model, smooth
from cleaners.judging.lines import read_lines
from cleaners.judging.namer import look_at
from cleaners.records import Removal
from cleaners.segmenting.text import segment_text

HEAD = """\
Skip to content
The Lower Weir Post
Menu
Local
Farming
Letters
Obituaries
Subscribe
Search
Lock keepers ask for a second pair of hands
By Moira Tennant
April 9, 2024
"""
STORY = (
    (
        "The two people who keep the locks at Lower Weir say that they can no longer do it alone. "
        "Since the canal opened to hire boats in spring, more than forty craft pass on a fair day."
    ),
    (
        "“We start at six and we are still winding paddles at nine,” said Osric Bell, who has kept "
        "the upper lock for eleven years. He wants the trust to pay for a third keeper."
    ),
    (
        "The trust answers that it has no money for one. Its grant was cut by a fifth in January, "
        "and what is left goes into the gates of the lower lock, which leak."
    ),
    (
        "A meeting of boaters and keepers is to be held at the mill on Thursday, and the trust has "
        "said that it will send somebody who can decide."
    ),
)
TAIL = """\
Share
Tweet
Related stories
Hire boats banned from the upper reach after dark
Heron chicks counted at the mill
Weir Post quiz: how well do you know the towpath?
About us
Contact
Advertise with us
Privacy policy
Terms of use
© 2024 The Lower Weir Post. All rights reserved.
"""


def cleaned(*inside):
    """The text of a flattened page with some lines in the middle of its story."""
    text = "\n".join((HEAD.strip(), *STORY[:2], *inside, *STORY[2:], TAIL.strip()))
    return clean_page(Page(text, media="text"))


def judged(blocks, model=None):
    """What the line judge takes out of these blocks."""
    lines, kinds = read_lines(blocks, default_cues()), judge_kinds(blocks)
    measured = measure(lines, kinds)
    assert is_page(kinds)
    scores = score(lines, measured, look_at(lines, kinds, measured), model)
    return judge_lines(lines, scores, measured.words)


def test_what_stands_around_a_story_goes():
    document = cleaned()
    assert document.text == "\n\n".join(STORY)
    assert document.title == "Lock keepers ask for a second pair of hands"
    assert {removal.kind for removal in document.removals} >= {"navigation", "copyright"}


def test_what_the_line_judge_takes_says_how_sure_it_is():
    blocks = segment_text("\n".join((HEAD.strip(), *STORY, TAIL.strip())))
    removals = judged(blocks)
    taken = {blocks[removal.block].text for removal in removals}
    assert {"Menu", "Privacy policy", "Share"} <= taken
    assert taken.isdisjoint(STORY)
    for removal in removals:
        assert removal.kind == "layout"
        assert removal.why.endswith("likely to be main content")
        assert 0.5 < removal.score <= 1


KEPT = {
    "key takeaways": ("Key takeaways", "- Forty boats a day", "- Two keepers", "- No money"),
    "a quoted post": (
        "Nine hours at the paddles and not one thank you today.",
        "— Osric Bell (@upperlock) April 7, 2024",
    ),
    "a quotation with its signature": (
        "“A lock is a promise that somebody will be there.”",
        "— Ida Pell, The Towpath Almanac",
    ),
    "times of a live blog": (
        "10:15",
        "The first boats of the day have come through, and the queue reaches back to the bridge.",
        "10:40",
        "A rope has caught in the lower gate, and Mr Bell has gone down the ladder to free it.",
        "11:05",
        "The gate moves again. Eleven boats wait below and nineteen above, says the trust's count.",
    ),
    "the times of a recipe": (
        "Prep time: 15 minutes",
        "Cooking time: 40 minutes",
        "- 200 g of barley",
        "- 2 leeks, cut in rings",
        "- 1 litre of stock",
    ),
    "sentences with prices": (
        "Shares of the hire company closed 3.2% lower at 4.18 pounds on Monday.",
        "A week's hire costs 940 pounds in May and 1,260 pounds in August.",
    ),
    "a poem": (
        "The gate is slow, the water slower,",
        "the keeper leans upon the beam",
        "and lets the morning's boats go lower",
        "than any boat has gone in dream.",
    ),
    "a table": (
        "Month | Boats | Keepers",
        "April | 610 | 2",
        "May | 1,120 | 2",
        "June | 1,340 | 2",
    ),
    "a dialogue": (
        "“Who pays for it?” asked a boater.",
        "“You do,” said Bell.",
        "“And if we don't?”",
        "“Then you wind.”",
    ),
    "a list": (
        "The keepers ask for three things:",
        "- a third keeper from May to September",
        "- a telephone at the lower lock",
        "- a shelter at the upper one",
    ),
    "code": ("```", "boats = sum(counts)", "print(boats / 2)", "```"),
    "subheadings": (
        "What the keepers want",
        "They want a third keeper from May to September, and a telephone at the lower lock.",
        "What the trust says",
        "The trust says that it would gladly pay for both if the county paid for either.",
    ),
}


@pytest.mark.parametrize("inside", KEPT.values(), ids=KEPT)
def test_content_that_is_no_prose_stays_in_a_page_full_of_boilerplate(inside):
    text = cleaned(*inside).text
    assert [line for line in inside if line not in text] == []


@pytest.mark.parametrize("inside", KEPT.values(), ids=KEPT)
def test_clean_text_stays_as_it_is(inside):
    text = "\n\n".join((*STORY[:2], "\n".join(inside), *STORY[2:]))
    assert clean_page(Page(text, media="text")).removals == ()


@pytest.mark.parametrize(
    "text",
    [
        "The ferry will not run today.",
        "Share\nThe ferry will not run today.",
        "Menu\nHome\nBread of the day: rye, baked at four and sold out by nine.\nSubscribe",
        "© 2024 Ferry Office\n\nNo crossing before noon",
    ],
)
def test_a_page_of_one_paragraph_is_never_emptied(text):
    assert clean_page(Page(text, media="text")).text


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(1, 80)), min_size=1, max_size=9))
def test_something_is_always_kept(lines):
    scores, words = np.array(lines, np.float32).T
    assert choose(scores, words).any()


def test_a_text_of_which_little_should_go_stays_whole():
    scores = np.array([0.99, 0.98, 0.2, 0.99], np.float32)
    words = np.array([80, 70, 3, 90], np.float32)
    assert choose(scores, words).all()
    assert choose(scores, np.array([8, 7, 30, 9], np.float32)).tolist() == [True, True, False, True]


def test_a_model_for_other_features_says_so():
    arrays = default_model().as_arrays()
    arrays["columns"] = arrays["columns"][:-1]
    with pytest.raises(WinnowError, match=r"flattened\.npz: made for other features; train it"):
        Model.from_arrays(arrays)


def test_where_the_rules_find_next_to_nothing_the_namer_takes_nothing_by_itself():
    offer = "Order today and save 20%"
    body = [f"{sentence} This is paragraph {n}." for n in range(20) for sentence in STORY]

    def taken(*lines):
        blocks = segment_text("\n\n".join((*STORY, *lines, "Privacy policy")))
        return {blocks[removal.block].text for removal in judge_text(blocks).removals}

    assert taken(offer) == {offer, "Privacy policy"}
    assert taken(offer, *body) == {"Privacy policy"}


def test_the_share_that_rules_take_counts_parts_of_lines():
    lines = read_lines(segment_text("one two three four\nfive six seven eight"), default_cues())
    half = Removal(1, 0, 10, "social", "social.cue", "a test", 0.9)
    assert found_share(lines, []) == 0
    assert found_share(lines, [half]) == pytest.approx(4 * (10 / 20) / 8)


def test_the_model_decides():
    blocks = segment_text("\n".join((HEAD.strip(), *STORY, TAIL.strip())))
    model = default_model()
    sure = dataclasses.replace(model, forest=dataclasses.replace(model.forest, bias=90.0))
    assert judged(blocks, model)
    assert judged(blocks, sure) == []


def test_a_line_is_judged_with_its_neighbours():
    alone = np.array([5, 5, -0.5, 5, -5, -5], np.float32)
    assert smooth(alone) == pytest.approx([5, 4.45, 0.6, 3.45, -4, -5])
    assert smooth(alone[:1]) == pytest.approx([5])


def test_a_text_without_parts_of_a_frame_is_no_page():
    part = Removal(0, 0, 4, "navigation", "navigation.menu", "a test", 0.7)
    assert not is_page([part, part._replace(block=1, kind="ad")])
    assert is_page([part, part._replace(block=1, kind="social")])
