"""What pages say to machines alone: their types, and texts that only scripts would show."""

import json

from cleaners.metadata.head import read_head
from cleaners.records import Block, Page
from cleaners.segmenting import segment
from cleaners.segmenting.declaring import types_and_statements, undisplayed
from cleaners.segmenting.html import parse

TEXT = "The kettle holds a litre and a half, boils it in two minutes and rings a small bell. " * 2


def page(data: object, body: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    return f"<html><head>{script}</head><body>{body}</body></html>"


def test_types_and_statements_are_read_from_json_ld_and_meta():
    markup = (
        '<meta property="og:type" content="Product"><meta name="description" content="A kettle.">'
        + page({"@type": "Product", "description": "<p>Rings &amp; boils.</p>"})
    )
    types, said = types_and_statements(read_head(parse(markup)))
    assert types == ("og:product", "product")
    assert set(said) == {"A kettle.", "Rings & boils."}


def test_broken_strings_say_nothing():
    markup = '<script type="application/ld+json">{"text": "a \\x b", "text": "c"}</script>'
    assert types_and_statements(read_head(parse(markup)))[1] == ("c",)


def test_a_description_that_no_element_shows_is_content():
    outline = segment(Page(page({"@type": "Product", "description": TEXT}, "<p>Buy</p>")))
    assert [block.text for block in outline.blocks] == ["Buy", TEXT.strip()]
    assert outline.blocks[-1].place.words == ("json-ld",)
    # After the page's own elements, and not far: tables are made as long as these numbers.
    assert outline.blocks[-1].place.nodes == (2,)


def test_a_text_that_the_page_shows_is_not_said_twice():
    outline = segment(Page(page({"@type": "Product", "description": TEXT}, f"<p>{TEXT}</p>")))
    assert [block.text for block in outline.blocks] == [TEXT.strip()]


def test_paragraphs_of_an_article_become_blocks():
    made = undisplayed([Block("One.")], f"One.\nTwo. {TEXT}\nThree.", ())
    assert [block.text for block in made] == [f"Two. {TEXT}".strip(), "Three."]


def test_a_slogan_is_no_content():
    assert undisplayed([], None, ("Kettles for everyone.",)) == []
