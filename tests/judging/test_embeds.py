"""Posts quoted in an article stay; posts in a rail go with the rail."""

from cleaners.judging.embeds import keep_quoted_posts
from cleaners.records import Removal
from cleaners.segmenting.html import blocks_of, parse

STORY = "The ferry company apologised on Friday for the third cancelled crossing of the week."
POST = (
    '<blockquote class="twitter-tweet"><p>Stuck on the quay again.</p>'
    "&mdash; Ana (@ana)</blockquote>"
)


def kept_after(markup, gone):
    blocks = blocks_of(parse(markup))
    layout = [
        Removal(n, 0, len(b.text), "layout", "layout", "")
        for n, b in enumerate(blocks)
        if any(text in b.text for text in gone)
    ]
    out = {removal.block for removal in keep_quoted_posts(blocks, layout)}
    return [block.text for n, block in enumerate(blocks) if n not in out]


def test_a_post_between_the_article_s_paragraphs_stays():
    markup = f"<article><p>{STORY}</p>{POST}<p>{STORY} More.</p></article>"
    assert "Stuck on the quay again." in kept_after(markup, ["Stuck", "@ana"])


def test_a_post_in_a_rail_that_goes_altogether_goes_too():
    markup = f"<article><p>{STORY}</p></article><aside><h3>Social</h3>{POST}</aside>"
    assert "Stuck on the quay again." not in kept_after(markup, ["Stuck", "@ana", "Social"])


def test_a_quote_that_is_no_post_is_left_to_the_judge():
    markup = f"<article><p>{STORY}</p><blockquote><p>Share this now</p></blockquote></article>"
    assert "Share this now" not in kept_after(markup, ["Share this now"])


def test_nothing_changes_without_posts():
    assert kept_after(f"<p>{STORY}</p><p>Menu</p>", ["Menu"]) == [STORY]
