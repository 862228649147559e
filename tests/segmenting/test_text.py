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


TWO_LINES = (
    (
        "The ferry harbour at Lundvik will close for six weeks in spring while workers replace two "
        "of its oldest berths."
    ),
    (
        "The town has set aside three million crowns, and the first barge with timber is expected "
        "early in April."
    ),
    (
        "Residents had asked for the repair since 2019, when a storm tore away the northern fender "
        "of berth four."
    ),
    (
        "Until the work is done, boats to the islands leave from the fishing quay, a short walk to "
        "the west of it."
    ),
)


@pytest.mark.parametrize("width", [64, 70, 78])
def test_paragraphs_wrapped_to_two_lines_are_blocks(width):
    wrapped = [textwrap.fill(paragraph, width) for paragraph in TWO_LINES]
    assert {paragraph.count("\n") for paragraph in wrapped} == {1}
    menu = "Home\nMarkets\nMetals\nAbout us\nContact"
    page = "\n\n".join(["Harbour to close", menu, *wrapped])
    blocks = [text for _, text in shape(page)]
    assert blocks == ["Harbour to close", *menu.split("\n"), *wrapped]


@given(st.integers(60, 80), st.lists(st.integers(1, 9), min_size=130, max_size=170))
def test_random_prose_wrapped_to_two_lines_is_not_cut(width, lengths):
    words = ["abcdefghi"[:length] for length in lengths]
    paragraphs = [" ".join(words[at : at + 16]) + " so it is." for at in range(0, 128, 16)]
    wrapped = [textwrap.fill(paragraph, width) for paragraph in paragraphs]
    long = [paragraph for paragraph in wrapped if "\n" in paragraph]
    if len(long) >= 3:
        assert [text for _, text in shape("\n\n".join(wrapped))] == wrapped


APART = {
    "cards": [
        "Harbour to close for six weeks in spring\nLundvik replaces two of its oldest berths",
        "Boats to the islands leave from the west\nA short walk from the old ferry terminal",
        "Three million crowns for the new berths\nTimber is expected early in the month",
        "Storm damage of 2019 is mended at last\nThe northern fender was torn away then",
    ],
    "rows": [
        f"BERTH {n}   Aurora of Lundvik          draught {n}1.20\n"
        f"BERTH {n + 1}   Boreas of Osterau          draught {n}4.80"
        for n in range(1, 9)
    ],
    "verses": [
        (
            "the keeper walks the hill at dusk, the lamp is on his arm\n"
            "and all the boats lie still below, and none will come to harm"
        ),
        (
            "he lights the wick and trims it low and sits down by the door\n"
            "to count the waves that come and go along the winter shore"
        ),
        (
            "the gulls are quiet on the roof and nothing stirs the reed\n"
            "the wind has gone to other coasts, where sails may be in need"
        ),
        (
            "by dawn the oil is nearly out, the hill is white with rime\n"
            "he shuts the door and leaves the lamp and goes down in good time"
        ),
    ],
    "sentences": [
        (
            "The harbour will close for six weeks in the spring of this year.\n"
            "workers replace two berths, and the quay is to be made longer"
        ),
        (
            "The town has set aside three million crowns to pay for the work.\n"
            "the first barge with timber is expected here early in April"
        ),
        (
            "Residents had asked for the repair since a storm five years ago.\n"
            "berth four has had no northern fender from that day until now"
        ),
    ],
    "long lines": [f"{one}\n{one.lower()} and so on, as it was" for one in TWO_LINES],
    "Chinese": [
        "委员会周二投票决定将北航道拓宽四十米工程预计明年春天开始届时渡轮将改从西侧渔港码头出发前往各岛\n"
        f"二〇二四年五月{day}日港口新闻"
        for day in "一二三四五"
    ],
    "too few": [textwrap.fill(paragraph, 70) for paragraph in TWO_LINES[:2]],
    # By chance three of four random pairs often agree on a width.
    "chance": [
        f"{line}\n{'goes ' * 8}on"
        for line in (
            "verse " * 8 + "a",
            "verse " * 8 + "bc",
            "verse " * 8 + "de",
            "verse " * 7 + "it",
        )
    ],
    "not most": [
        *(textwrap.fill(paragraph, 70) for paragraph in TWO_LINES),
        *(f"{'name ' * 8}{n}\n{'value ' * n}of it and nothing else, as told" for n in range(6, 11)),
    ],
}


@pytest.mark.parametrize("groups", APART.values(), ids=APART)
def test_pairs_of_lines_that_are_not_wrapped_stay_apart(groups):
    page = "\n\n".join(["A headline", *groups])
    assert [text for _, text in shape(page)] == [line for line in page.split("\n") if line]


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
