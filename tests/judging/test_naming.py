"""What the pieces are called that the layout judge takes out."""

import pytest

from cleaners import Page
from cleaners.judging.cues import default_cues
from cleaners.judging.lines import read_lines
from cleaners.judging.naming import name_layout, name_told
from cleaners.records import Removal
from cleaners.segmenting import segment


def named(body, text, stays=()):
    """The kind of a piece of a page of which everything goes but the roles that stay."""
    blocks = segment(Page(f"<body><div>{body}</div></body>")).blocks
    lines = read_lines(blocks, default_cues())
    gone = [
        Removal(n, 0, len(b.text), "layout", "layout", "unlikely")
        for n, b in enumerate(blocks)
        if b.role not in stays
    ]
    kinds = {blocks[r.block].text: r.kind for r in name_layout(gone, blocks, lines)}
    return kinds[text]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<div class="post-comments"><p>Well said</p></div>', "comments"),
        ('<div class="article__relatedStories"><p>Well said</p></div>', "related"),
        ('<div class="box"><p>Well said</p></div>', "layout"),
        ('<div class="uploads"><p>Well said</p></div>', "layout"),
        ('<div class="post category-social tag-reviews"><p>Well said</p></div>', "layout"),
        ('<div class="tag-list"><p>Well said</p></div>', "navigation"),
        ('<div class="newsletter-post post"><p>Well said</p></div>', "layout"),
        ('<div class="newsletter-poster"><p>Well said</p></div>', "newsletter"),
        ('<div class="newsletter-box"><p>Well said</p></div>', "newsletter"),
    ],
)
def test_a_container_is_called_what_its_words_say(body, kind):
    assert named(body, "Well said") == kind


def test_the_header_of_a_box_is_of_the_kind_of_the_box():
    box = '<div class="reviews"><div class="box-header"><h2>What buyers say</h2></div></div>'
    assert named(box, "What buyers say") == "comments"
    assert named('<div class="page-header"><p>Est. 1911</p></div>', "Est. 1911") == "navigation"


def test_a_heading_is_of_the_kind_of_the_section_it_heads():
    box = '<div class="topbar"><h3>Related topics</h3><p>The old berth</p></div>'
    assert named(box, "Related topics") == "related"


def test_a_long_link_is_a_story_and_a_short_one_a_part_of_the_site():
    link = "<p><a href=/a>{}</a></p>"
    story = "The old berth opens again in May"
    assert named(link.format(story), story) == "related"
    assert named(link.format("Berths"), "Berths") == "navigation"


def test_a_link_to_a_heading_that_stays_is_an_entry_of_the_contents():
    story = "The old berth opens again in May"
    page = f"<p><a href=#may>{story}</a></p><h2>{story} ¶</h2><p>It does.</p>"
    assert named(page, story, stays=("heading",)) == "navigation"
    assert named(page, story) == "related"


def test_buttons_and_labels_of_forms_are_widgets():
    assert named("<p><button>Dark blue</button></p>", "Dark blue") == "widget"


@pytest.mark.parametrize(
    "box",
    [
        "<footer><p>{}</p></footer>",
        '<div role="contentinfo"><p>{}</p></div>',
        "<nav><p>{}</p></nav>",
        '<div class="modal-dialog"><p>{}</p></div>',
        '<div class="drawer"><p>{}</p></div>',
        "<p><a href=/a>{}</a></p>",
    ],
)
def test_a_part_of_the_frame_tells_less_than_what_a_block_says(box):
    text = "The old berth opens again in May"
    page = Page(f"<body><div>{box.format(text)}</div></body>")
    blocks = segment(page).blocks
    lines = read_lines(blocks, default_cues())
    gone = [Removal(n, 0, len(b.text), "layout", "layout", "") for n, b in enumerate(blocks)]
    assert [removal.kind for removal in name_told(gone, blocks, lines)] == ["layout"]
    assert [removal.kind for removal in name_layout(gone, blocks, lines)] != ["layout"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="cookie-bar"><p>{}</p></div>',
        "<figure><img src=a.png><figcaption>{}</figcaption></figure>",
        '<div class="comments"><p>{}</p></div>',
    ],
)
def test_a_container_of_one_kind_tells_more_than_what_a_block_says(box):
    page = Page(f"<body><div>{box.format('The old berth opens again in May')}</div></body>")
    blocks = segment(page).blocks
    lines = read_lines(blocks, default_cues())
    gone = [Removal(n, 0, len(b.text), "layout", "layout", "") for n, b in enumerate(blocks)]
    assert "layout" not in {removal.kind for removal in name_told(gone, blocks, lines)}
