"""Which line of a clean text is its headline."""

from cleaners.judging.headline.first import first_headline
from cleaners.records import Block

STORY = (
    "The ferry harbour at Lundvik will close for six weeks while workers replace both berths.",
    "Residents had asked for the repair since a truck broke through the deck in the year 2019.",
)
TITLE = "Lundvik ferry harbour closes for repair"


def headline(*lines, gone=()):
    """The text of the headline of lines, some of which are gone."""
    found = first_headline([Block(line) for line in lines], gone)
    return None if found is None else lines[found]


def test_the_first_line_of_a_clean_text_is_its_headline():
    assert headline(TITLE, *STORY) == TITLE
    assert headline("Wait a minute", *STORY) == "Wait a minute"


def test_the_first_line_is_the_first_that_is_left():
    assert headline("By Ada Brown", TITLE, *STORY, gone=[0]) == TITLE


def test_a_line_of_fields_over_a_clean_text_is_none():
    assert headline("Ada Brown, 12 October 2026, 8pm", *STORY) is None


def test_a_clean_text_that_begins_with_its_story_has_none():
    assert headline(STORY[0], TITLE, *STORY[1:]) is None


def test_a_line_far_above_the_text_is_none():
    assert headline(TITLE, "Home", "News", "Sport", *STORY) is None


def test_an_empty_page_has_none():
    assert headline() is None
    assert headline(TITLE, gone=[0]) is None
