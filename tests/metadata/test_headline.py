"""Which line of a text page is its headline."""

import pytest

from cleaners import Page, clean_page
from cleaners.metadata.headline import headline_of
from cleaners.records import Block

STORY = (
    "The ferry harbour at Lundvik will close for six weeks while workers replace both berths.",
    "Residents had asked for the repair since a truck broke through the deck in the year 2019.",
    "The mail boat lands at the old quay every morning, as long as the repair of the deck lasts.",
)
TITLE = "Lundvik ferry harbour closes for repair"


def headline(*lines, gone=None, doubted=()):
    """The text of the headline of lines, some of which are gone."""
    blocks = [Block(line) for line in lines]
    found = headline_of(blocks, dict.fromkeys(gone or (), "navigation"), doubted)
    return None if found is None else lines[found]


def test_the_first_line_of_a_clean_text_is_its_headline():
    assert headline(TITLE, *STORY) == TITLE
    assert headline("Wait a minute", *STORY) == "Wait a minute"


def test_a_line_of_fields_over_a_clean_text_is_none():
    assert headline("Ada Brown, 12 October 2026, 8pm", *STORY) is None


def test_a_clean_text_that_begins_with_its_story_has_none():
    assert headline(STORY[0], TITLE, *STORY[1:]) is None


@pytest.mark.parametrize(
    "above",
    [
        "All newsletters at a glance",
        "News | Local | Harbour | Ferry | Repair | Lundvik",
        "Home › Lundvik › Ferry harbour closes for repair",
        "By Ferry Lundvik | 3 May 2026 | 4 min read",
    ],
)
def test_what_else_is_left_of_a_frame_is_no_headline(above):
    assert headline("Log in", above, TITLE, *STORY, gone=[0]) == TITLE


def test_a_headline_stands_above_its_standfirst():
    standfirst = "Residents had asked: workers replace both berths in six weeks of spring"
    assert headline("Log in", TITLE, standfirst, *STORY, gone=[0]) == TITLE


def test_a_subheading_is_no_headline():
    page = ("Log in", STORY[0], "Residents want a new deck", *STORY[1:])
    assert headline(*page, gone=[0]) is None


def test_a_line_that_a_judge_doubts_can_be_the_headline_and_one_that_a_rule_took_cannot():
    assert headline("Log in", TITLE, *STORY, gone=[0, 1], doubted=[1]) == TITLE
    assert headline("Log in", TITLE, *STORY, gone=[0, 1]) is None


@pytest.mark.parametrize(
    ("title", "story"),
    [
        (
            "伦德维克渡轮港关闭维修",
            "伦德维克的渡轮港将关闭六周，工人更换两座码头，居民早就要求维修。",
        ),
        (
            "룬드비크 항구 여섯 주 닫는다",
            "룬드비크 항구가 여섯 주 동안 문을 닫고 두 부두를 새로 짓는다고 시가 밝혔다.",
        ),
        (
            "Паром в Лундвике закрыли",
            "Паромная гавань Лундвика закрывается на шесть недель, пока рабочие меняют причалы.",
        ),
    ],
)
def test_headlines_of_other_languages_share_stems_and_pairs_of_characters(title, story):
    assert headline("Log in", title, story, story, gone=[0]) == title


def test_a_page_with_a_frame_has_its_title_out_of_the_text():
    frame = ("Home", "News", "Sport", "Log in", "Harbour Courier", "Share on Facebook")
    page = Page("\n\n".join((*frame[:5], TITLE, frame[5], *STORY)), media="text")
    document = clean_page(page)
    assert document.title == TITLE
    assert TITLE not in document.text
