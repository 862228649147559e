"""How far a section of boilerplate goes: to the next thing that is not a card."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging import judge_kinds
from cleaners.segmenting import segment

ARTICLE = (
    "The ferry harbour at Lundvik will close for six weeks in spring, and the town pays for it.",
    "Residents had asked for the repair since a truck broke through the deck in the year 2019.",
    "The work will be done in two halves, so that the mail boat can land every morning at eight.",
)
CARD = ["A telescope in a grain silo", "A telescope in a grain silo", "12 March 2026"]
LAST = "Next week the schools of the county may look through it, if the sky stays clear at night."
TEASER = "Three farmers and a teacher have built the largest mirror of the county in an empty silo."


def left(*lines):
    """What is left of lines after an article."""
    document = clean_page(Page("\n\n".join((*ARTICLE, *lines)), media="text"))
    return [line for line in document.text.split("\n\n") if line not in ARTICLE]


def test_cards_go_with_their_heading():
    assert left("You may also like", *CARD, "The clock that listens", "3 days ago") == []


def test_a_teaser_goes_with_the_card_around_it():
    assert left("You may also like", CARD[0], CARD[0], TEASER, "Share", CARD[2]) == []


def test_running_text_behind_the_last_card_stays():
    assert left("You may also like", *CARD, TEASER, LAST) == [TEASER, LAST]


def test_the_heading_of_the_article_behind_the_cards_stays():
    cards = ["Why a quay costs more than the ship at it", "Bakers of the old town share one oven"]
    own = ["Two halves", TEASER, LAST]
    assert left("Related articles", *cards, *own) == own


def test_a_vague_heading_needs_cards_under_it():
    assert left("Featured", "Oak bench", "Iron bench") == ["Featured", "Oak bench", "Iron bench"]
    assert left("Featured", *CARD) == []


def kinds(*lines):
    """The kinds of what goes after an article."""
    page = Page("\n\n".join((*ARTICLE, *lines)), media="text")
    return [removal.kind for removal in clean_page(page).removals]


def test_another_section_begins_a_section_of_its_own():
    related = ("Most read", "A bridge that opens for swans")
    event = ("Upcoming events", "Old Hall", "May 3, 2027")
    assert kinds(*related, *event) == ["related"] * 2 + ["event"] * 3


def test_a_section_ends_where_the_footer_begins():
    related = ("Most read", "A bridge that opens for swans")
    assert kinds(*related, "© 2026 Harbour Post") == ["related", "related", "copyright"]


@pytest.mark.parametrize("heading", ["You may also like", "Most read", "Featured", "Latest news"])
def test_a_page_without_an_article_is_its_list(heading):
    lines = [heading, *(f"Story number {n} of this long day" for n in range(9))]
    document = clean_page(Page("\n\n".join(lines), media="text"))
    assert document.text == "\n\n".join(lines)


def test_a_section_longer_than_its_article_is_no_aside():
    many = [
        line for n in range(60) for line in (f"Story number {n} of this long day", "3 days ago")
    ]
    assert left("You may also like", *many)[:2] == ["You may also like", many[0]]


def test_cards_of_an_html_page_end_with_their_container():
    body = "".join(f"<p>{sentence}</p>" for sentence in ARTICLE)
    cards = "<aside><h2>You may also like</h2><a href=/a>A telescope in a grain silo</a></aside>"
    after = "<div><h2>Letters from the harbour</h2><p>Twice a year we write to you.</p></div>"
    document = clean_page(Page(f"<body><main>{body}</main><div>{cards}{after}</div></body>"))
    under = [r.block for r in document.removals if r.rule == "related.section"]
    assert [document.blocks[n].text for n in under] == ["A telescope in a grain silo"]


def test_chapters_of_an_html_page_end_a_section():
    body = "".join(f"<p>{sentence}</p>" for sentence in ARTICLE)
    also = "<h2>You may also like</h2><p><a href=/a>A telescope in a grain silo</a></p>"
    chapter = "<h2>Ways to book</h2><p>Lundvik by mail boat</p><p>12 March 2026</p>"
    page = f"<body><main><h1>The ferry stays at home</h1>{body}{also}{chapter}</main></body>"
    document = clean_page(Page(page))
    under = [document.blocks[r.block].text for r in document.removals if r.kind == "related"]
    assert under == ["You may also like", "A telescope in a grain silo"]


def test_cards_with_headings_that_are_links_hang_on_a_heading():
    body = "".join(f"<p>{sentence}</p>" for sentence in ARTICLE)
    titles = ("A telescope in a grain silo", "The clock that listens at night")
    cards = "".join(f"<h3><a href=/a>{title}</a></h3><p>12 March 2026</p>" for title in titles)
    page = f"<body><main>{body}<h3>You may also like</h3>{cards}</main></body>"
    document = clean_page(Page(page))
    assert [line for line in document.text.split("\n\n") if line not in ARTICLE] == []


def test_a_table_of_the_article_ends_a_section():
    table = ["Pier | April | May", "Old pier | 31 | 45", "New pier | 12 | 60"]
    lines = (*ARTICLE, "Related articles", CARD[0], *table, LAST)
    blocks = segment(Page("\n\n".join(lines), media="text")).blocks
    under = [blocks[removal.block].text for removal in judge_kinds(blocks)]
    assert under == ["Related articles", CARD[0]]
