"""The laws that every page obeys, whatever is on it."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.applying import replay
from tests.laws.pages import PAGES, TEXT_PAGES


@given(PAGES)
def test_replay_gives_the_text(page):
    document = clean_page(page)
    assert replay(document.blocks, document.removals) == document.text
    for removal in document.removals:
        assert 0 <= removal.start < removal.end <= len(document.blocks[removal.block].text)


@given(PAGES)
def test_every_character_is_kept_or_accounted_for(page):
    """Text neither vanishes nor appears: what no removal took is the text, in order.

    Only the fences around the code of an HTML page are written in addition.
    """
    document = clean_page(page)
    gone = {(r.block, at) for r in document.removals for at in range(r.start, r.end)}
    assert len(gone) == sum(r.end - r.start for r in document.removals), "removed twice"
    left = ""
    for number, block in enumerate(document.blocks):
        rest = "".join(c for at, c in enumerate(block.text) if (number, at) not in gone)
        if rest.strip() and block.role != "title":
            fence = "```" if block.role == "code" and block.place is not None else ""
            left += fence + block.marker + rest + fence
    assert "".join(document.text.split()) == "".join(left.split())


@given(PAGES)
def test_cleaning_twice_removes_nothing(page):
    once = clean_page(page)
    twice = clean_page(Page(once.text, media="text", source=page.source))
    assert twice.removals == ()
    assert twice.removed == {}


@given(st.lists(TEXT_PAGES, min_size=2, max_size=4))
@settings(max_examples=25)
def test_a_document_does_not_depend_on_its_neighbours(pages):
    alone = {n: clean_page(page) for n, page in enumerate(pages)}
    order = list(range(len(pages)))
    random.Random(len(pages)).shuffle(order)
    for n in order:
        assert clean_page(pages[n]) == alone[n]
