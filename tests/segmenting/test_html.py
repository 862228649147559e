"""HTML pages become blocks: nothing lost, nothing glued, nothing said twice."""

from hypothesis import given
from hypothesis import strategies as st

from cleaners.applying import replay
from cleaners.records import Block
from cleaners.segmenting.html import blocks_of, parse


def cut(markup: str) -> tuple[Block, ...]:
    return blocks_of(parse(markup))


def texts(markup: str) -> list[str]:
    return [block.text for block in cut(markup)]


def test_inline_tags_neither_cut_nor_split_words():
    assert texts("<p><span>T</span>he <b>un</b>believable <a href=x>link</a>, he said.</p>") == [
        "The unbelievable link, he said."
    ]


def test_text_beside_a_block_is_a_block_of_its_own():
    assert texts("<div>before<p>inside</p>after</div>") == ["before", "inside", "after"]


def test_white_space_is_shown_as_a_browser_shows_it():
    assert texts("<p>\n one\t two&nbsp;\n  three </p>") == ["one two three"]


def test_soft_hyphens_and_zero_width_spaces_do_not_split_words():
    assert texts("<p>hyphen&shy;ation zero&#8203;width</p>") == ["hyphenation zerowidth"]


def test_one_line_break_ends_a_line_and_two_end_a_block():
    assert texts("one<br>two<br> <br>three<br><br><br>four<br>") == ["one\ntwo", "three", "four"]


def test_words_of_neighbouring_elements_are_not_glued():
    assert texts("<a href=1>Home</a><a href=2>about</a>") == ["Home about"]
    assert texts('<p>in the World Cup<span class="credit">Credit: PA</span></p>') == [
        "in the World Cup Credit: PA"
    ]


def test_emphasis_inside_a_word_leaves_it_whole():
    assert texts("<p>the <b>Mac</b>Donald farm, <i>e</i><b>Bay</b></p>") == [
        "the MacDonald farm, eBay"
    ]


def test_code_keeps_its_lines_and_indentation():
    blocks = cut("<pre>  def f(x):\n      return x\n\n  f(1)\n</pre>")
    assert [(block.role, block.text) for block in blocks] == [
        ("code", "def f(x):\n    return x\n\nf(1)")
    ]


def test_code_with_an_element_a_line_keeps_its_lines():
    assert texts("<pre><div>one</div><div>  two</div></pre>") == ["one\n  two"]


def test_list_items_carry_marker_depth_and_tightness():
    blocks = cut("<ul><li>a<li>b<ol><li>c</ol></ul><p>x</p><ul><li>d</ul>")
    assert [(b.text, b.role, b.level, b.tight) for b in blocks] == [
        ("a", "item", 1, False),
        ("b", "item", 1, True),
        ("c", "item", 2, True),
        ("x", "paragraph", 0, False),
        ("d", "item", 1, False),
    ]
    assert replay(blocks, []) == "- a\n- b\n- c\n\nx\n\n- d"


def test_a_list_of_posts_is_not_a_list_of_items():
    blocks = cut("<ol><li><h3>Ann</h3><p>one</p><p>two</p></li><li><p>three</p></li></ol>")
    assert [block.role for block in blocks] == ["heading", "paragraph", "paragraph", "item"]


def test_headings_carry_their_level():
    assert [(b.role, b.level) for b in cut("<h1>a</h1><h3><div>b</div></h3>")] == [
        ("heading", 1),
        ("heading", 3),
    ]


def test_rows_of_a_data_table_are_joined():
    blocks = cut("<table><tr><th>Year<th>Sum<tr><td>2019<td><p>1</p><p>2</p></table>")
    assert replay(blocks, []) == "Year | Sum\n2019 | 1 2"
    assert {block.role for block in blocks} == {"row"}


def test_a_table_that_places_things_is_not_a_table():
    page = "<table><tr><td><p>Story one.</p><p>Story two.</p><td>Side</table>"
    assert [block.role for block in cut(page)] == ["paragraph"] * 3
    nested = f"<table><tr><td>{page}</td><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>"
    assert "row" not in {block.role for block in cut(nested)}


def test_quotes_and_captions_have_their_roles():
    blocks = cut(
        "<blockquote><p>said</p></blockquote><figure><figcaption>seen</figcaption></figure>"
        '<p class="wp-caption-text">also</p><p class="encapsulation">not</p>'
    )
    assert [block.role for block in blocks] == ["quote", "caption", "caption", "paragraph"]


def test_scripts_styles_and_drawings_say_nothing():
    assert texts(
        "<head><title>t</title></head><script>a</script><style>b</style><template>c</template>"
        "<svg><text>d</text></svg><!-- e --><p>f</p><iframe>g</iframe>"
    ) == ["f"]


def test_noscript_holds_content_where_nothing_else_does():
    assert texts("<div id=app></div><noscript><p>The only copy.</p></noscript>") == [
        "The only copy."
    ]


def test_noscript_is_not_a_second_copy():
    markup = "<p>Said\n once.</p><noscript><p>Said once.</p><p>And more.</p></noscript>"
    assert texts(markup) == ["Said once.", "And more."]


def test_hidden_text_is_kept_and_marked():
    markup = (
        "<p>a</p><div hidden><p>b</p></div><p aria-hidden=true>c</p>"
        '<p style="color:red; display : none">d</p><dialog>e</dialog>'
    )
    assert [(b.text, b.place.hidden) for b in cut(markup)] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", True),
        ("e", True),
    ]


def test_form_controls_stand_in_place():
    markup = "<p>a</p><select><option>x<option>y</select><button>Send</button><p>b</p>"
    assert texts(markup) == ["a", "x\ny", "Send", "b"]


def test_place_names_the_elements_around_a_block():
    (block,) = cut('<main id=m><div class="post body"><p>some <a href=x>link</a></p></div></main>')
    assert block.place.path == ("main", "div", "p")
    assert block.place.words == ("m", "post body", "")
    assert (block.place.link_chars, block.place.links) == (4, 1)


def test_place_includes_inline_elements_that_wrap_the_whole_block():
    whole, part = cut('<p><span class="byline">By Ann</span></p><p><b>By</b> Ann</p>')
    assert whole.place.path == ("p", "span")
    assert part.place.path == ("p",)


def test_blocks_share_a_container_when_they_share_its_number():
    one, two, three = cut("<div><p>a</p><p>b</p></div><div><p>c</p></div>")
    assert one.place.nodes[0] == two.place.nodes[0] != three.place.nodes[0]


def test_very_deep_pages_are_cut_like_others():
    (block,) = cut("<div>" * 20_000 + "deep")
    assert block.text == "deep"
    assert len(block.place.path) < 1000


def test_pages_without_text_have_no_blocks():
    for markup in ("", "<html>", "<body> \n&nbsp;<br></body>", "<frameset><frame></frameset>"):
        assert texts(markup) == []


TAGS = [
    "b",
    "div",
    "h2",
    "li",
    "noscript",
    "option",
    "p",
    "pre",
    "select",
    "table",
    "td",
    "tr",
    "ul",
]
FRAGMENTS = st.sampled_from(
    [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["<br>", "<a href=x>", "</a>"]
)


@given(st.lists(FRAGMENTS | st.text("ab \n", min_size=1), max_size=40))
def test_any_markup_gives_whole_blocks(parts):
    blocks = cut("".join(parts))
    for block in blocks:
        assert block.text.strip() == block.text != ""
        assert len(block.place.path) == len(block.place.nodes) == len(block.place.words)
        assert 0 <= block.place.link_chars <= len(block.text)


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=20))
def test_paragraphs_come_out_in_order_and_complete(words):
    assert texts("".join(f"<p>{word}</p>" for word in words)) == words
