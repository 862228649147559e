"""Which blocks of a page say its title."""

import pytest

from cleaners import Page, clean_page
from cleaners.metadata.text import mark_declared
from cleaners.segmenting.html import blocks_of, parse

TITLE = "How Rye Bread Rises"
HEADING = f"<h1>{TITLE}</h1><p>Rye rises slowly, because it holds its gas badly.</p>"


def marked(body, title=TITLE):
    blocks = mark_declared(blocks_of(parse(f"<body>{body}</body>")), title)
    return [block.place.path[-1] for block in blocks if block.role == "title"]


def test_the_heading_that_says_the_title_is_marked_however_it_is_written():
    assert marked(HEADING) == ["h1"]
    assert marked("<h2>“How rye-bread rises”</h2><p>It does.</p>") == ["h2"]


def test_only_the_first_heading_is_marked_and_nothing_behind_it():
    assert marked(f"{HEADING}<h2>{TITLE}</h2><p>{TITLE}</p>") == ["h1"]


def test_what_says_it_before_the_heading_is_marked_too():
    assert marked(f"<div>{TITLE}</div>{HEADING}") == ["div", "h1"]


def test_entries_of_menus_and_paths_that_say_the_title_are_none():
    assert marked(f'<nav><a href="/rye">{TITLE}</a></nav>{HEADING}') == ["h1"]
    assert marked(f"<nav><span>Bread</span><div>{TITLE}</div></nav>{HEADING}") == ["h1"]
    assert marked(f"<ul><li>Bread</li><li>{TITLE}</li></ul>{HEADING}") == ["h1"]
    assert marked(f'<div><a href="/rye">{TITLE}</a></div>{HEADING}') == ["h1"]


def test_a_page_that_says_its_title_in_its_menu_alone_has_no_title_block():
    assert marked(f"<ul><li>{TITLE}</li></ul><p>Rye rises slowly.</p>") == []


def test_a_heading_that_is_a_link_is_the_title():
    assert marked(f'<h1><a href="/rye">{TITLE}</a></h1><p>It rises.</p>') == ["a"]


def test_without_a_heading_the_first_that_says_it_is_marked():
    assert marked(f"<p>{TITLE}</p><p>It rises.</p><p>{TITLE}</p>") == ["p"]


def test_without_a_declared_title_nothing_is_marked():
    assert marked(HEADING, None) == []
    assert marked(HEADING, "?!") == []


NAMELESS = """<html><head><title>{title}</title></head><body><h2>{heading}</h2>
<p>The ferry harbour at Lundvik will close for six weeks in spring: two berths are rebuilt.</p>
<p>Residents had asked for the repair for years, since a lorry broke through the deck.</p>"""


@pytest.mark.parametrize(
    ("title", "heading", "found"),
    [
        ("Harbour closes in spring - Quay", "Harbour closes in spring", "Harbour closes in spring"),
        ("항만 저장장치 가동 - 해안경제", "항만 저장장치 가동", "항만 저장장치 가동"),
        # The last part says what it is about, and no heading goes without it.
        ("Harbour closes - in spring, says council", "The berths", None),
        ("Harbour closes in spring", "Harbour", None),
    ],
)
def test_a_heading_tells_which_part_of_the_title_is_the_sites(title, heading, found):
    document = clean_page(Page(text=NAMELESS.format(title=title, heading=heading)))
    assert document.title == (found or title)
    assert (heading in document.text) == (found is None)


def test_a_heading_that_goes_still_tells_which_part_of_the_title_is_the_sites():
    menu = "<ul class='menu'><li><a href='/a'>Rates</a></li><li><a href='/b'>Swarm</a></li></ul>"
    page = NAMELESS.format(title="Swarm - Bee school", heading="Advice").replace(
        "<h2>Advice</h2>", f"<aside class='sidebar'><h3>Swarm</h3>{menu}</aside>"
    )
    document = clean_page(Page(text=page))
    assert document.title == "Swarm"
    assert "Bee school" not in document.text


STORY = (
    "The ferry harbour at Lundvik will close for six weeks in spring: two berths are rebuilt.",
    "Residents had asked for the repair for years, since a lorry broke through the deck.",
)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Posted on 3 May 2026 by Ada Brown", "Ada Brown"),
        ("2026年3月1日 麦野 秋", "麦野 秋"),
        ("고은새 기자", "고은새"),
        ("Updated 3 May 2026", None),
    ],
)
def test_the_author_is_read_from_the_byline_of_a_text(line, author):
    text = "\n\n".join(["Harbour of Lundvik closes in spring", line, *STORY])
    assert clean_page(Page(text=text, media="text")).author == author
