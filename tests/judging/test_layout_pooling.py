"""Blocks that belong together are pooled: the second look sees what the first said of them all."""

import numpy as np
import pytest

from cleaners.judging.features import Scores, measure, second_look
from cleaners.judging.features.pooling import pooled_columns
from cleaners.records import Outline
from cleaners.segmenting.html import blocks_of, parse


def pooled(markup: str, scores: list[float]) -> dict[str, list[float]]:
    measured = measure(Outline(blocks_of(parse(markup))), None, Scores({}, {}))
    columns = pooled_columns(
        np.array(scores, np.float32), measured.words, measured.tree, measured.kin
    )
    count = len(scores)
    return {name: np.broadcast_to(column, count).tolist() for name, column in columns.items()}


def post(text: str) -> str:
    return f'<div class="post"><span>Name</span><p>{text}</p></div>'


THREAD = f"<div>{post('one two')}{post('three four')}{post('five six')}</div><p>seven eight</p>"


def test_posts_of_a_thread_are_one_family_and_what_follows_is_not():
    columns = pooled(THREAD, [0, 0.9, 0, 0.6, 0, 0.3, 0.1])
    # Two thirds of a post's words are its text, whose scores have the mean 0.6.
    assert columns["family_mean"][:6] == pytest.approx([0.4] * 6)
    assert columns["family_mean"][6] == pytest.approx(0.1)
    assert columns["family_high"][0] == pytest.approx(0.9)
    assert columns["family_rank"] == [0, 0, 1, 1, 2, 2, 0]
    assert columns["family_off"][1] == pytest.approx(0.2)
    assert columns["family_likely"][:6] == pytest.approx([1 / 3] * 6)


def test_blocks_of_the_same_tags_share_what_is_said_of_them_whatever_their_names():
    columns = pooled('<div><p class="a">one</p></div><div><p class="b">two</p></div>', [0.8, 0.2])
    assert columns["path_mean"] == pytest.approx([0.5, 0.5])
    assert columns["group_high"] == pytest.approx([0.8, 0.2])


def test_a_heading_knows_its_body_and_the_body_its_heading():
    columns = pooled("<h2>Terms</h2><p>one two</p><p>three four</p>", [0.9, 0.1, 0.3])
    assert columns["body_score"] == pytest.approx([0.2] * 3)
    assert columns["head_score"] == pytest.approx([0.9] * 3)


def test_sections_under_one_heading_are_pooled():
    markup = "<h2>A</h2><h3>B</h3><p>one</p><h3>C</h3><p>two</p><h2>D</h2><p>three</p>"
    columns = pooled(markup, [0, 0, 1, 0, 1, 0, 0])
    assert columns["outer_high"] == [1, 1, 1, 1, 1, 0, 0]


def test_a_page_of_one_block_is_its_own_family():
    columns = pooled("<p>alone</p>", [0.7])
    assert columns["family_mean"] == columns["down2_score"] == pytest.approx([0.7])
    assert columns["head_score"] == pytest.approx([-0.1])


def test_the_second_look_holds_the_pooled_columns():
    measured = measure(Outline(blocks_of(parse(THREAD))), None, Scores({}, {}))
    more = second_look(measured, np.full(7, 0.5, np.float32))
    assert more.shape[1] == 7
    assert np.isfinite(more).all()
