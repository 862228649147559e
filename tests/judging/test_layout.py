"""The layout judge keeps what a page is for, and says how sure it is."""

import dataclasses

import pytest

from cleaners.errors import WinnowError
from cleaners.judging.layout import judge_layout
from cleaners.judging.model import default_model
from cleaners.records import Outline, Page
from cleaners.segmenting import segment

ARTICLE = """
<html><body>
<header><nav class="menu"><ul><li><a href="/a">Home</a></li><li><a href="/b">Markets</a></li>
<li><a href="/c">Opinion</a></li><li><a href="/d">Sign in</a></li></ul></nav></header>
<main><article class="post"><h1>River town opens its first lending shed</h1>
<p>The shed on Mill Lane lends drills, ladders and tents to anyone who lives in the valley, and
asks for nothing but that they come back clean and dry.</p>
<p>Members of the parish council voted for it in March, after two years of talk about where it
should stand. “We had the tools all along,” said Ruth Amory, who keeps the list.</p>
<h2>How it works</h2>
<p>Each tool has a number, a hook and a page in a ledger. Whoever takes one signs for it, and
whoever brings it back writes down what broke, so that the next person knows.</p>
<ul><li>Tools go out for a week at a time.</li><li>Tents go out for a fortnight.</li></ul>
<p>The council will look at the figures in autumn, and decide then whether a second shed is needed
on the other bank of the river.</p></article>
<aside class="sidebar related"><h3>You may also like</h3><ul>
<li><a href="/1">Bridge closed for repairs</a></li><li><a href="/2">Ferry prices rise</a></li>
</ul></aside></main>
<footer class="site-footer"><p>© 2024 Valley Voice. All rights reserved.</p>
<a href="/privacy">Privacy policy</a> <a href="/terms">Terms</a></footer>
</body></html>
"""


def kept(markup: str) -> list[str]:
    page = Page(markup)
    outline = segment(page)
    removals = judge_layout(page, outline).removals
    gone = {removal.block for removal in removals}
    return [block.text for number, block in enumerate(outline.blocks) if number not in gone]


def test_an_article_is_kept_and_what_surrounds_it_is_not():
    texts = " ".join(kept(ARTICLE))
    for sentence in ("lends drills", "voted for it in March", "a hook and a page", "in autumn"):
        assert sentence in texts
    for other in ("Sign in", "All rights reserved", "Privacy policy", "Ferry prices rise"):
        assert other not in texts


def test_lists_and_headings_inside_an_article_stay():
    texts = kept(ARTICLE)
    assert "How it works" in texts
    assert "Tents go out for a fortnight." in texts


def test_removals_are_whole_blocks_with_a_reason():
    page = Page(ARTICLE)
    outline = segment(page)
    removals = judge_layout(page, outline).removals
    assert removals
    for removal in removals:
        assert (removal.start, removal.end) == (0, len(outline.blocks[removal.block].text))
        assert removal.kind == removal.rule == "layout"
        assert 0 <= removal.score <= 1
        assert "likely to be main content" in removal.why


def test_confidence_is_higher_for_a_plain_article_than_for_bare_menus():
    def confidence(markup: str) -> float:
        page = Page(markup)
        return judge_layout(page, segment(page)).confidence

    menus = "<nav>" + "".join(f"<li><a href=/{n}>Item {n}</a></li>" for n in range(40)) + "</nav>"
    assert 0 <= confidence(menus) < confidence(ARTICLE) <= 1


def test_the_same_page_is_judged_the_same():
    page = Page(ARTICLE)
    once, again = (judge_layout(page, segment(page)) for _ in range(2))
    assert once[:2] == again[:2]
    assert once.scores.tolist() == again.scores.tolist()


def test_a_page_without_blocks_has_nothing_to_remove():
    assert judge_layout(Page(""), Outline(()))[:2] == ([], 0.0)


def test_a_model_made_for_other_features_is_refused():
    page = Page(ARTICLE)
    other = dataclasses.replace(default_model(), columns=("none",))
    with pytest.raises(WinnowError, match="make train"):
        judge_layout(page, segment(page), other)
