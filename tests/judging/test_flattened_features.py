"""What is counted and measured of flattened lines is what their definitions say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.counting import DIGIT, LOWER, QUOTE, STOP, UPPER, WIDE, count
from cleaners.judging import judge_kinds
from cleaners.judging.cues import default_cues
from cleaners.judging.flattened.features import (
    NAMES,
    SCORE_NAMES,
    Vocabulary,
    beside,
    measure,
    vocabulary_values,
    windows,
)
from cleaners.judging.lines import read_lines
from cleaners.segmenting.text import segment_text

LINES = st.lists(
    st.text(min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool),
    min_size=1,
    max_size=12,
)


def measured(*texts):
    blocks = segment_text("\n".join(texts))
    return measure(read_lines(blocks, default_cues()), judge_kinds(blocks))


def feature(found, name):
    return found.values[NAMES.index(name)].tolist()


def test_characters_are_counted_by_class():
    counted = count(["The 12 gulls left.", "“Yes,”"])
    classes = counted.classes.astype(int)
    assert classes[UPPER].tolist() == [1, 1]
    assert classes[LOWER].tolist() == [2 + 5 + 4, 2]
    assert classes[DIGIT].tolist() == [2, 0]
    assert classes[STOP].tolist() == [1, 0]
    assert classes[QUOTE].tolist() == [0, 2]
    assert counted.line.tolist() == [0, 0, 0, 0, 1]
    assert counted.size.tolist() == [3, 2, 5, 4, 3]
    assert (counted.first[1], counted.last[1]) == (QUOTE, QUOTE)


def test_a_character_of_chinese_is_half_a_word():
    counted = count(["渡轮停航", "Ferry 渡轮"])
    assert np.bincount(counted.line, counted.weight).tolist() == [2, 2]
    assert counted.classes[WIDE].tolist() == [4, 2]


def test_words_are_the_same_whatever_their_case_and_figures():
    keys = count(["Ferry ferry FERRY ferries 12 34 123"]).key
    assert len(set(keys[:3])) == 1
    assert keys[3] not in keys[:3]
    assert keys[4] == keys[5] != keys[6]


@given(LINES)
def test_each_word_is_counted_in_its_own_line(texts):
    counted = count(texts)
    alone = [count([text]) for text in texts]
    assert np.bincount(counted.line, minlength=len(texts)).tolist() == [len(x.key) for x in alone]
    assert counted.key.tolist() == [key for x in alone for key in x.key.tolist()]
    assert (
        counted.classes[UPPER:].tolist() == np.hstack([x.classes[UPPER:] for x in alone]).tolist()
    )


@given(LINES)
def test_every_page_can_be_measured(texts):
    found = measured(*texts)
    vocabulary = Vocabulary(np.array([7], np.uint32), np.zeros((2, 1), np.float32))
    said = vocabulary_values(found.counted, len(found.words), vocabulary)
    for values, names in (
        (found.values, NAMES),
        (said, SCORE_NAMES),
    ):
        assert values.shape == (len(names), len(found.words))
        assert np.isfinite(values).all()
        assert values.dtype == np.float32
    assert len({*NAMES, *SCORE_NAMES}) == len(NAMES) + len(SCORE_NAMES)


def test_a_paragraph_cut_at_its_links_is_put_together():
    found = measured(
        "Home",
        "The river rose by two metres on Sunday night, according to the men who read",
        "the gauge at Mill Bridge",
        ", and by Monday the lower meadows were under water.",
        "Most read",
    )
    assert feature(found, "paragraph_place") == [0, 0, 1, 2, 0]
    assert feature(found, "prose") == [0, 1, 1, 1, 0]
    assert feature(found, "goes_on") == [0, 1, 1, 0, 0]


def test_a_heading_shares_its_words_with_the_prose_below():
    found = measured(
        "Subscribe now",
        "Meadows",
        "The lower meadows were under water by Monday, and nobody had moved the sheep in time.",
    )
    assert feature(found, "shared")[:2] == [0, 1]


def test_a_line_said_again_is_known():
    found = measured("Bridge shut", "Ferry late", "Bridge shut")
    assert feature(found, "again") == [0, 0, 1]
    assert feature(found, "times") == pytest.approx([np.log(2), 0, np.log(2)])


def test_neighbours_and_windows_end_with_the_page():
    rows = np.array([[1.0, 2.0, 3.0]], np.float32)
    assert beside(rows, (-1, 1)).tolist() == [[-1, 1, 2], [2, 3, -1]]
    assert windows(rows, (1, 9)).tolist() == [[1.5, 2, 2.5], [2, 2, 2]]


def test_words_that_training_knows_score():
    counted = count(["Share this", "Tide tables"])
    keys = np.sort(counted.key[:2])
    vocabulary = Vocabulary(keys, np.array([[-1, -1], [0, 0]], np.float32))
    short = vocabulary_values(counted, 2, vocabulary)[SCORE_NAMES.index("short")]
    assert short.tolist() == [-1, 0]
