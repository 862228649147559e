"""Which line of a text page with a frame is its headline."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging.cues import default_cues
from cleaners.judging.headline import find_headline, weights
from cleaners.judging.headline.evidence import candidates, telling_words, with_fields
from cleaners.judging.lines import read_lines
from cleaners.records import Block, Removal

STORY = (
    "The ferry harbour at Lundvik will close for six weeks while workers replace both berths.",
    "Residents had asked for the repair since a truck broke through the deck in the year 2019.",
    "The mail boat lands at the old quay every morning, as long as the repair of the deck lasts.",
)
TITLE = "Lundvik ferry harbour closes for repair"
LOGIN = "Log in"


def lines_of(*texts):
    return read_lines([Block(text) for text in texts], default_cues())


def headline(*texts, gone=(0,)):
    """The headline of lines of which the rules take some as navigation."""
    kinds = {n: "byline" if texts[n].startswith("By ") else "navigation" for n in gone}
    removals = [Removal(n, 0, len(texts[n]), kind, f"{kind}.cue", "") for n, kind in kinds.items()]
    found = find_headline(lines_of(*texts), removals)
    return None if found is None else texts[found]


@pytest.mark.parametrize(
    "above",
    [
        "All newsletters at a glance",
        "News | Local | Harbour | Ferry | Repair | Lundvik",
        "Home › Lundvik › Ferry harbour closes for repair",
        "News Weather Sport Traffic Contests Video",
        "The Lundvik Courier",
        "By Ferry Lundvik | 3 May 2026 | 4 min read",
        "Seven ways to save on your next summer holiday",
        "Harbour",
    ],
)
def test_what_else_is_left_of_a_frame_is_no_headline(above):
    assert headline(LOGIN, above, TITLE, *STORY) == TITLE


@pytest.mark.parametrize(
    "below",
    [
        "Residents had asked: workers replace both berths in six weeks of spring",
        "Ferry harbour: a worker beside one of both berths",
        "3 May 2026",
    ],
)
def test_a_headline_stands_above_its_standfirst_its_caption_and_its_date(below):
    assert headline(LOGIN, TITLE, below, *STORY) == TITLE


def test_a_headline_stands_below_a_long_menu():
    menu = ("News", "Local", "Business", "Sport", "Weather", "Video", "Shop", "Jobs", "Contact")
    assert headline(LOGIN, *menu, TITLE, *STORY) == TITLE


def test_a_headline_stands_below_teasers_of_other_stories():
    teasers = (
        "Council votes on parking fees",
        "Drivers will pay two crowns more for every hour from March, the council says.",
        "School choir wins in Bergen",
        "Thirty children sang before a full house and took the cup home on Sunday night.",
    )
    assert headline(LOGIN, *teasers, TITLE, "By Ada Brown", *STORY, gone=(0, 6)) == TITLE


def test_the_title_of_the_browser_is_the_headline_without_the_name_of_the_site():
    browser = f"{TITLE} | Lundvik Courier"
    assert headline(browser, LOGIN, "News", TITLE, *STORY, gone=(1,)) == TITLE


@pytest.mark.parametrize(
    "page",
    [
        (LOGIN, STORY[0], "Residents want a new deck", *STORY[1:]),
        (LOGIN, STORY[0], "What comes next", *STORY[1:]),
        (LOGIN, STORY[0], "1. The old quay", *STORY[1:]),
    ],
)
def test_a_subheading_is_no_headline(page):
    assert headline(*page) is None


@pytest.mark.parametrize("entry", ["News", "Sport"])
def test_an_entry_of_a_menu_is_none_however_often_the_text_says_it(entry):
    story = (
        f"{entry} is what the town lives for, and {entry.lower()} is what it talks of in May.",
        f"More {entry.lower()} is made on the quay than in the hall, which is empty on most days.",
    )
    menu = (LOGIN, "Home", entry, "Weather", "Jobs")
    assert headline(*menu, "Runners on the quay of Lundvik", *story) != entry


def test_a_page_without_running_text_has_none():
    assert headline(LOGIN, TITLE, "News", "Sport") is None


def test_what_the_rules_took_is_no_headline():
    assert headline(LOGIN, TITLE, *STORY, gone=(0, 1)) is None


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
    assert headline(LOGIN, title, story, story) == title


def test_words_are_compared_by_their_beginnings():
    assert telling_words("ferries and the ferry") == {"ferri", "ferry"}
    assert telling_words("渡轮港") == {"渡轮", "轮港"}


def test_every_measure_has_a_weight_and_every_weight_a_measure():
    lines = lines_of(LOGIN, TITLE, *STORY)
    found = candidates(lines, {0: "navigation"})
    assert found
    measures = with_fields(found[0], lines.all[found[0].number]).measures
    assert {*measures, "constant"} == weights().keys()


def test_fields_speak_against_a_headline():
    # Else `find_headline` would have to look for them in every line.
    assert weights()["fields"] < 0


def test_rules_know_the_byline_below_a_headline_that_stands_far_down():
    menu = ("Log in", "Home", "News", "Local", "Business", "Sport", "Weather", "Video", "Shop")
    more = ("Jobs", "Cars", "Homes", "Tickets", "Puzzles", "Podcasts", "Archive", "Contact us")
    byline = ("Ada Brown", "3 May 2026", "Share on Facebook")
    page = Page("\n\n".join((*menu, *more, TITLE, *byline, *STORY)), media="text")
    document = clean_page(page)
    assert document.title == TITLE
    assert TITLE not in document.text
    assert document.author == "Ada Brown"
    assert document.date == "2026-05-03"
    assert document.text == "\n\n".join(STORY)


def test_of_a_long_page_no_more_lines_are_scored_than_of_a_shorter_one():
    entries = [f"Entry number {number} of the list" for number in range(20_000)]
    found = candidates(lines_of(*entries, TITLE, *STORY), {0: "navigation"})
    assert len(found) <= 500
