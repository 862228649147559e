"""Markup that nests too deep: its text stays, its nesting does not, and it takes no time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaners.records import Page
from cleaners.segmenting import segment
from cleaners.segmenting.nesting import DEEPEST, FEW, flattened

DEEP = 100_000


def flat(markup, deepest=3):
    return flattened(markup, deepest, few=0)


def depth(markup):
    deepest, level, node = 0, 0, LexborHTMLParser(markup).body.first_child
    while node is not None:
        deepest = max(deepest, level + (not node.is_text_node))
        if node.first_child is not None:
            node, level = node.first_child, level + 1
            continue
        while node.next is None and level:
            node, level = node.parent, level - 1
        node = node.next
    return deepest


def test_markup_that_is_not_deep_stays_as_it_is():
    markup = "<div>a<section>b<ul><li>c<li>d</ul></section></div>" * 3
    assert flat(markup) is markup


def test_few_tags_are_not_looked_at():
    markup = "<div>" * FEW
    assert flattened(markup) is markup


def test_what_is_too_deep_stands_side_by_side():
    markup = "<div><div><div>a<div>b<div>c</div>d</div>e</div>f</div>g</div>h"
    assert flat(markup) == "<div><div><div>a<p>b<p>c<p>d<p>e</div>f</div>g</div>h"
    assert flat("<b><i><u>a<em>b</em>c") == "<b><i><u>abc"


def test_elements_that_end_by_themselves_do_not_nest():
    markup = "<ul>" + "<li>a<p>b<br><img>" * 9
    assert flat(markup) is markup
    assert flat("<div><svg>" + "<path/>" * 9) == "<div><svg>" + "<path/>" * 9


def test_an_end_tag_of_nothing_ends_nothing():
    assert flat("<div></b>" * 4 + "x") == "<div></b>" * 3 + "<p></b>x"


def test_tags_in_comments_and_scripts_do_not_count():
    markup = "<!--" + "<div>" * 9 + "--><script>" + "'<div>'" * 9 + "</script><div>a"
    assert flat(markup) is markup


@given(
    st.lists(st.sampled_from(["<div>", "<ul>", "<b>", "<span>", "</div>", "</ul>", "</b>", "x "]))
)
def test_nothing_but_tags_goes(parts):
    markup = "".join(parts)
    found = flat(markup)
    assert found.count("x ") == parts.count("x ")
    # A paragraph in place of a tag may stand one deeper.
    assert depth(found) <= max(depth(markup), 0) + 1


@pytest.mark.parametrize(
    "markup",
    [
        "<div>x " * DEEP,
        "<div>" * DEEP + "x" + "</div>" * DEEP,
        "<div></b>" * DEEP + "x",
        "".join(f"<b id={number}>" for number in range(DEEP)) + "x",
        "<div " * DEEP + ">x",
        "<div><!--" * DEEP,
        "<script>" * DEEP,
    ],
    ids=["open", "closed", "ends of nothing", "formatting", "one tag", "comments", "scripts"],
)
def test_hostile_nesting_takes_no_time(markup):
    started = time.process_time()
    flattened(markup)
    assert time.process_time() - started < 5


def test_a_deep_page_keeps_its_text_in_order():
    outline = segment(Page("".join(f"<div>word {number} " for number in range(FEW + 1))))
    words = " ".join(block.text for block in outline.blocks).split()
    assert words == " ".join(f"word {number}" for number in range(FEW + 1)).split()
    assert len(outline.blocks) == FEW + 1
    assert DEEPEST < FEW
