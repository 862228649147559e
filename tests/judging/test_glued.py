"""Ends of paragraphs: what is taken of them, and what is not."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging.cues import default_cues
from cleaners.judging.glued import judge_glued
from cleaners.judging.lines import read_lines
from cleaners.records import Block, Removal

CUES = default_cues()
HEAD = "The wall was built in 1931 and has been raised twice since then, the board said."
NOTE = "This article is for information only and is not investment advice."
STORY = "Read more: The quay that was never finished"


def ends(text, taken=(1,), role="paragraph"):
    """What goes from the end of a paragraph, on a page of which line 1 goes."""
    lines = read_lines([Block(text, role), Block("Advertisement")], CUES)
    gone = [Removal(number, 0, 5, "ad", "ad.label", "a label", 0.9) for number in taken]
    found = [removal for removal in judge_glued(lines, gone, CUES) if removal not in gone]
    return [(text[removal.start :].strip(), removal.kind) for removal in found]


def test_a_story_behind_its_label_goes_where_other_boilerplate_does():
    assert ends(f"{HEAD} {STORY}") == [(STORY, "related")]
    assert ends(f"{HEAD} {STORY}", taken=()) == []


def test_a_disclaimer_needs_no_company():
    assert ends(f"{HEAD} {NOTE}", taken=()) == [(NOTE, "disclaimer")]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD} See also: printf(3)",
        f"{HEAD} Join us on Saturday at seven.",
        f"{HEAD} Registered in England in 1862, it moved to the coast.",
        f"{HEAD} We use cookies with ginger in them.",
        f"{HEAD} Disclaimer: I am not a lawyer.",
        f'Nobody had read it, she said: "The wall was built in 1931 by hand. {STORY}."',
        f"「壁は1931年に建てられ、その後二度高くされたと委員会は述べました。{NOTE}」",
        f"The wall is old. {STORY}",
        f"They live near the old church of St. {STORY}",
        f"{HEAD} {NOTE} "
        + "The board met again and again, for six weeks, and came to no end. " * 6,
        "Stop",
    ],
)
def test_what_could_be_the_authors_stays(text):
    assert ends(text) == []


def test_lists_quotations_and_lines_that_a_rule_takes_are_left():
    assert ends(f"{HEAD} {STORY}", role="item") == []
    assert ends(f"{HEAD} {STORY}", role="quote") == []
    assert ends(f"{HEAD} {STORY}", taken=(0, 1)) == []


def test_all_ends_of_a_line_go_at_once():
    stories = "Read more: Who pays for the old quay? " * 300
    document = clean_page(Page(f"{HEAD} {stories}\n\nShare this article", media="text"))
    assert document.text == HEAD


def test_the_paragraph_that_a_cue_takes_whole_keeps_its_story():
    body = "The board met again in March, and the wall was raised twice, by hand and by night."
    clean = clean_page(Page(f"{HEAD}\n\n{body} {NOTE}", media="text"))
    assert clean.text == f"{HEAD}\n\n{body}"


def test_the_paragraph_goes_whole_that_speaks_to_the_reader():
    advert = "We look at every product that you see here, and pay for all of them ourselves."
    clean = clean_page(Page(f"{HEAD}\n\n{advert} {NOTE}", media="text"))
    assert clean.text == HEAD
