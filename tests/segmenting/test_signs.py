"""What stands in a page beside its words: signs that are links, and how characters are read."""

import pytest

from cleaners.segmenting.html import blocks_of, parse


def texts(markup):
    return [block.text for block in blocks_of(parse(markup))]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<h2>API<a class="headerlink" href="#api">¶</a></h2>', "API"),
        ('<h2><a class="anchor" href="#api">#</a> API</h2>', "API"),
        ('<h2>API<a href="/guide/page#api"><span>🔗</span></a></h2>', "API"),
        ('<dl><dt>dial(number)<a href="#dial">§</a></dt></dl>', "dial(number)"),
        ('<ol><li>The tide of 1953. <a href="#fnref1">↩︎</a></li></ol>', "The tide of 1953."),
        ('<ol><li><b><a href="#cite-1">^</a></b> The tide of 1953.</li></ol>', "The tide of 1953."),
    ],
)
def test_a_sign_that_links_to_a_place_of_the_page_is_no_text(markup, text):
    (block,) = blocks_of(parse(markup))
    assert block.text == text
    assert (block.place.links, block.place.link_chars) == (0, 0)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<h2><a href="#first">#1 of all</a></h2>', "#1 of all"),
        ('<p>See <a href="#four">§ 4</a></p>', "See § 4"),
        ('<p><a href="/tags">#</a> is a sign</p>', "# is a sign"),
        ("<p>The sign ¶ and C# stay</p>", "The sign ¶ and C# stay"),
        ("<p><a name=x>¶</a> a mark</p>", "¶ a mark"),
        ('<pre><a href="#l1">#</a> comment</pre>', "# comment"),
        ('<p>A note<a href="#n1">[1]</a></p>', "A note[1]"),
        ('<p>Up<a href="#a">1</a></p>', "Up1"),
    ],
)
def test_other_signs_and_links_are_text(markup, text):
    assert texts(markup) == [text]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<p>旧い<ruby>湊町<rp>（</rp><rt>みなとまち</rt><rp>）</rp></ruby>灯台</p>",
            "旧い湊町（みなとまち）灯台",
        ),
        ("<p><ruby>明治<rt>めいじ</rt></ruby>二十八年</p>", "明治（めいじ）二十八年"),
        ("<p><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby></p>", "漢（かん）字（じ）"),
        ("<p><ruby>北<rt><span>běi</span></rt></ruby>京</p>", "北（běi）京"),
    ],
)
def test_how_characters_are_read_stands_in_brackets(markup, text):
    assert texts(markup) == [text]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p><ruby>東<rt></rt></ruby>京</p>", "東京"),
        ("<p><ruby>東<rt> </rt></ruby>京</p>", "東京"),
        ("<p>（注）<ruby>東<rt></rt></ruby>京</p>", "（注）東京"),
        ("<p><rt>東</rt>京</p>", "東京"),
    ],
)
def test_a_reading_of_nothing_leaves_no_brackets(markup, text):
    assert texts(markup) == [text]
