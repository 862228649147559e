"""The laws that every page obeys, whatever is on it."""

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.applying import replay
from fuzz.checks import check_accounts
from tests.laws.pages import PAGES, TEXT_PAGES


@given(PAGES)
def test_replay_gives_the_text(page):
    document = clean_page(page)
    assert replay(document.blocks, document.removals) == document.text
    for removal in document.removals:
        assert 0 <= removal.start < removal.end <= len(document.blocks[removal.block].text)


@given(PAGES)
@example(Page("<pre>```</pre>"))
@example(Page("<pre>```\nx</pre><pre>x ``` ~~~</pre><pre>x ```</pre>"))
def test_every_character_is_kept_or_accounted_for(page):
    """Text neither vanishes nor appears: what no removal took is the text, in order."""
    check_accounts(clean_page(page))


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
