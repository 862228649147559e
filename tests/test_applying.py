"""Applying removals: merging proposals, cutting spans, writing what is left."""

import pytest

from cleaners.applying import merge, places, render, replay, trace
from cleaners.records import Block, Removal


def removal(block, start, end, kind="related", score=0.9, rule="r"):
    return Removal(block, start, end, kind, rule, "because", score)


def test_paragraphs_are_parted_by_one_blank_line():
    blocks = [Block("Heading", "heading"), Block("First."), Block("Second.", tight=True)]
    assert replay(blocks, []) == "Heading\n\nFirst.\n\nSecond."


def test_items_of_one_list_stand_on_adjacent_lines():
    blocks = [
        Block("Intro:"),
        Block("one", "item", marker="- "),
        Block("two", "item", marker="- ", tight=True),
        Block("other list", "item", marker="- "),
    ]
    assert replay(blocks, []) == "Intro:\n\n- one\n- two\n\n- other list"


def test_a_removed_item_does_not_part_its_neighbours():
    blocks = [Block(t, "item", marker="- ", tight=n > 0) for n, t in enumerate("abc")]
    assert replay(blocks, [removal(1, 0, 1)]) == "- a\n- c"


def test_a_removed_paragraph_parts_the_lists_around_it():
    blocks = [
        Block("a", "item", marker="- "),
        Block("ad"),
        Block("b", "item", marker="- "),
    ]
    assert replay(blocks, [removal(1, 0, 2)]) == "- a\n\n- b"


def test_the_title_is_not_part_of_the_text():
    assert replay([Block("The title", "title"), Block("The text.")], []) == "The text."


def test_a_cut_inside_a_sentence_leaves_no_double_space():
    block = Block("Emcor Group (EME - Free Report) rose, and (EME - Free Report), too.")
    spans = [removal(0, 12, 31), removal(0, 42, 61)]
    assert replay([block], spans) == "Emcor Group rose, and, too."


def test_a_cut_at_the_end_is_trimmed():
    assert replay([Block("It rained. - THE HARBOUR POST")], [removal(0, 11, 29)]) == "It rained."


def test_a_block_whose_rest_is_blank_is_gone_with_its_marker():
    blocks = [Block("x ad ", "item", marker="- "), Block("text")]
    assert replay(blocks, [removal(0, 0, 1), removal(0, 2, 4)]) == "text"


def test_merge_prefers_a_named_kind_to_layout_whatever_the_score():
    merged = merge([removal(0, 0, 9, "layout", 1.0), removal(0, 0, 9, "ad", 0.5)])
    assert [(m.kind, m.start, m.end) for m in merged] == [("ad", 0, 9)]


def test_merge_keeps_what_a_surer_proposal_leaves_over():
    merged = merge([removal(0, 0, 20, "layout"), removal(0, 5, 9, "caption")])
    assert [(m.kind, m.start, m.end) for m in merged] == [
        ("layout", 0, 5),
        ("caption", 5, 9),
        ("layout", 9, 20),
    ]


def test_merge_does_not_depend_on_the_order_of_proposals():
    proposals = [
        removal(0, 0, 9, "ad", rule="b"),
        removal(0, 0, 9, "related", rule="a"),
        removal(1, 2, 5, "social"),
    ]
    assert merge(proposals) == merge(reversed(proposals))


def test_every_character_of_a_rendering_is_traced_to_its_block():
    blocks = [Block("keep GONE keep", "item", marker="- "), Block("drop"), Block("last")]
    removals = [removal(0, 5, 9), removal(1, 0, 4)]
    rendering = render(blocks, removals)
    assert rendering.text == "- keep keep\n\nlast"
    for piece in rendering.pieces:
        source = blocks[piece.block].text[piece.start : piece.start + piece.length]
        assert rendering.text[piece.at : piece.at + piece.length] == source


def test_a_removal_over_two_pieces_is_traced_to_both():
    blocks = [Block("keep GONE keep")]
    rendering = render(blocks, [removal(0, 5, 9)])
    traced = trace(rendering, removal(0, 2, 7))
    assert [(t.block, t.start, t.end) for t in traced] == [(0, 2, 4), (0, 10, 12)]


def test_a_removed_block_stood_behind_the_block_before_it():
    blocks = [Block("ad"), Block("First."), Block("more ads"), Block("Second.")]
    assert places(blocks, [removal(0, 0, 2), removal(2, 0, 8)]) == [(0, True), (6, True)]


def test_a_removed_span_stood_where_it_was_cut_out():
    blocks = [Block("Before."), Block("ad Text (more) goes on. ad")]
    spans = [removal(1, 0, 3), removal(1, 8, 15), removal(1, 24, 26)]
    text = replay(blocks, spans)
    assert text == "Before.\n\nText goes on."
    assert places(blocks, spans) == [(9, False), (13, False), (len(text), False)]


def test_a_span_at_the_start_of_an_item_stood_behind_its_marker():
    blocks = [Block("ad Text", "item", marker="- ")]
    assert places(blocks, [removal(0, 0, 3)]) == [(2, False)]


def test_code_of_an_html_page_stands_between_fences():
    blocks = [Block("Run it:"), Block("one\n\n    Advertisement\n", "code"), Block("Done.")]
    assert replay(blocks, []) == "Run it:\n\n```\none\n\n    Advertisement\n```\n\nDone."


def test_code_that_holds_a_fence_gets_another():
    assert replay([Block("```sh\nls\n```", "code")], []) == "```sh\nls\n```"
    assert replay([Block("a = '```'", "code")], []) == "~~~\na = '```'\n~~~"


@pytest.mark.parametrize(
    ("text", "cut", "left"),
    [
        ("海岳股份（HYGF +1.87%）周二公告。", "（HYGF +1.87%）", "海岳股份周二公告。"),
        ("海岳 （HYGF +1.87%） 周二公告。", "（HYGF +1.87%）", "海岳 周二公告。"),
        ("海岳上涨。（HYGF +1.87%）公司公告。", "（HYGF +1.87%）", "海岳上涨。公司公告。"),
        ("한빛조선(8,300원)그리고 대양", "(8,300원)", "한빛조선 그리고 대양"),
        ("Marrow (MRW -2.96%)'s chief", "(MRW -2.96%)", "Marrow's chief"),
        ("the Marrow (MRW -2.96%)-led group", "(MRW -2.96%)", "the Marrow-led group"),
        ("Marrow (MRW -2.96%) fell.", "(MRW -2.96%)", "Marrow fell."),
        (
            "한빛(114,300원 ▼ 4,500 -3.79%)은 내렸다.",
            "(114,300원 ▼ 4,500 -3.79%)",
            "한빛은 내렸다.",
        ),
    ],
)
def test_a_cut_leaves_a_space_only_where_the_script_has_spaces(text, cut, left):
    start = text.index(cut)
    assert replay([Block(text)], [removal(0, start, start + len(cut))]) == left
