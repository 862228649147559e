"""Who wrote a page: what it declares, and what its bylines say."""

import pytest

from cleaners import Page, clean_page

HEADLINE = "The ferry harbour at Lundvik closes for six weeks in spring"
BODY = (
    "The ferry harbour at Lundvik will close for six weeks in spring, and nobody likes it much.",
    "Residents had asked for the repair for years, after a lorry broke through the deck of it.",
    "Nobody was hurt at the time, but the crossing was open to cars only for a whole summer.",
)


def of_text(*byline):
    return clean_page(Page("\n\n".join((HEADLINE, *byline, *BODY)), media="text")).author


def of_html(declared, byline):
    body = "".join(f"<p>{text}</p>" for text in BODY)
    return clean_page(
        Page(
            f"<html><head><meta name='author' content='{declared}'></head><body><article>"
            f"<h1>{HEADLINE}</h1><p class='byline'>{byline}</p>{body}</article></body></html>"
        )
    ).author


@pytest.mark.parametrize(
    "byline",
    [
        ["By Ada Brown"],
        ["By ADA BROWN, CONSUMER CHAMPION", "3 May 2026"],
        ["By Ada Brown at Quarry Lane", "3 May 2026"],
        ["By Ada Brown, Senior Reviewer | 3 May 2026"],
        ["ADA BROWN", "PERSONAL FINANCE COLUMNIST", "3 May 2026"],
    ],
)
def test_a_byline_names_its_author_alone(byline):
    assert of_text(*byline) == "Ada Brown"


@pytest.mark.parametrize("beside", ["Personal Finance", "Reading Time: 3 mins", "Ask Question"])
def test_a_section_beside_the_day_is_no_author(beside):
    assert of_text(beside, "3 May 2026") is None


def test_a_declared_publisher_yields_to_whom_the_page_names():
    assert of_html("Hill Observer", "By Ada Brown, 3 May 2026") == "Ada Brown"
    assert of_html("솔뫼일보 | 하늘뉴스", "도하람 기자") == "도하람"


def test_a_declared_author_stays():
    assert of_html("Carl Gray", "By Ada Brown, 3 May 2026") == "Carl Gray"
    assert of_html("crumb42", "By Ada Brown, 3 May 2026") == "crumb42"
    assert of_html("Hill Observer", "3 May 2026") == "Hill Observer"
