"""What is learned of lost line breaks: where pieces were joined, and which words stand there."""

from itertools import pairwise

import numpy as np
import pytest

from benchmarks.training_joined.lessons import _SITES, joined, learn_words, rows_of
from cleaners.segmenting.joined.features import NAMES
from cleaners.segmenting.joined.tokens import tokens_of

PIECES = ["Home", "News Sport", "The quarry closed before its winter was over.", "Share (3)"]


@pytest.mark.parametrize("joint", [" ", ""])
def test_places_where_pieces_were_joined_are_those_to_be_found(joint):
    line = joined("quarry.example", PIECES, joint)
    text = joint.join(PIECES)
    ends = [*line.tokens.begin[1:], len(text)]
    begun = [
        start for start, is_begin in zip(line.tokens.begin, line.begins, strict=True) if is_begin
    ]
    assert len(ends) == len(line.begins)
    cut = [text[start:end].strip() for start, end in pairwise([*begun, len(text)])]
    assert cut == PIECES


def sites(count):
    return [joined(f"site{number}.example", PIECES * 5, " ") for number in range(count)]


def test_a_word_says_whether_breaks_are_before_it_or_behind_it():
    words = learn_words(sites(_SITES))
    before, behind = words.of(tokens_of("Share closed over. Sport"))
    assert before[0] > 0 > before[1]
    assert behind[2] > 0 > behind[1]
    assert behind[3] > 0 > before[3]


def test_words_of_few_sites_say_nothing():
    words = learn_words([*sites(_SITES), joined("one.example", ["Basalt"] * 90, " ")])
    assert words.of(tokens_of("Basalt Share"))[0].tolist()[0] == 0


def test_rows_are_the_features_of_places_and_whether_they_are_breaks():
    lines = sites(3)
    rows = rows_of(lines, [learn_words(sites(_SITES))] * 5)
    assert rows.values.shape == (sum(len(line.begins) for line in lines), len(NAMES))
    assert rows.begins.sum() == sum(line.begins.sum() for line in lines)
    first = rows.values[:, NAMES.index("since_stop")]
    assert first[0] == 0
    assert np.isfinite(rows.values).all()
