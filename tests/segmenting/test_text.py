"""Flattened text becomes blocks: lines, list items, headings, wrapped paragraphs, code."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.segmenting.text import locate_blocks, segment_text

PARAGRAPH = (
    "The ferry harbour at Lundvik will close for six weeks in spring while workers replace the two "
    "oldest berths. The town has set aside three million crowns for it, and the first barge with "
    "timber is expected in April. Residents had asked for the repair since 2019."
)


def shape(text):
    return [(block.role, block.text) for block in segment_text(text)]


def test_a_line_is_a_block():
    assert shape("One line.\nAnother line.\n\nA third.") == [
        ("paragraph", "One line."),
        ("paragraph", "Another line."),
        ("paragraph", "A third."),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_any_line_break_parts_lines(end):
    assert len(segment_text(f"One{end}Two{end}{end}Three")) == 3


def test_markers_say_what_a_line_is_and_are_not_its_text():
    item, heading = segment_text("- first point\n\n## Two halves")
    assert (item.role, item.text, item.marker, item.level) == ("item", "first point", "- ", 1)
    assert (heading.role, heading.text) == ("heading", "Two halves")
    assert (heading.marker, heading.level) == ("## ", 2)


def test_other_bullets_are_part_of_the_text():
    assert shape("• a point") == [("paragraph", "• a point")]


def test_cells_in_a_row():
    assert [block.role for block in segment_text("Berth | Ship\n4 | Aurora")] == ["row", "row"]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_wrapped_paragraph_is_one_block_with_its_line_breaks(width):
    wrapped = textwrap.fill(PARAGRAPH, width)
    assert shape(f"A headline\n\n{wrapped}\n\n{wrapped}") == [
        ("paragraph", "A headline"),
        ("paragraph", wrapped),
        ("paragraph", wrapped),
    ]


def test_short_lines_under_each_other_are_not_wrapped():
    assert len(segment_text("Home\nMarkets\nMetals\nAbout us")) == 4


def test_a_fenced_block_is_code_with_its_blank_lines():
    code = "```\nshare()\n\nprint()\n```"
    text = ("paragraph", "Text")
    assert shape(f"Text\n{code}\nText") == [text, ("code", code), text]


def test_prose_between_fences_with_blank_lines_is_code():
    code = f"```\n\n{PARAGRAPH[:83]}\n\n```"
    assert shape(code) == [("code", code)]


def test_a_fence_that_never_closes_is_lines():
    assert [role for role, _ in shape("```\none\ntwo")] == ["paragraph"] * 3


def test_lines_are_numbered_as_an_editor_numbers_them():
    assert [block.line for block in segment_text("\n\nOne\n\n\nTwo\nThree")] == [3, 6, 7]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n"])
def test_blank_text_has_no_blocks(text):
    assert segment_text(text) == ()


@given(st.text(alphabet=st.sampled_from("ab .-#|`\n\t\r\u2028 "), max_size=200))
def test_every_block_is_found_where_it_is_said_to_be(text):
    for at, block in locate_blocks(text):
        assert text[at : at + len(block.text)] == block.text
        assert block.text == block.text.strip()
        assert block.text


@given(st.text(max_size=300))
def test_no_letter_is_lost(text):
    letters = [char for char in text if char.isalnum()]
    kept = [char for block in segment_text(text) for char in block.text if char.isalnum()]
    assert kept == letters
