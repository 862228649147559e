"""Every score against cases worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scores import (
    Counts,
    Score,
    Segments,
    hit_rates,
    mean_score,
    segment_scores,
    segments,
    shingle_scores,
    shingles,
    word_overlap,
)

text = st.text(alphabet="ab cd\n", max_size=60)


def close(score: Score, precision: float, recall: float, f1: float) -> bool:
    return (score.precision, score.recall, score.f1) == pytest.approx((precision, recall, f1))


# --- words ----------------------------------------------------------------------------------


def test_words_are_a_bag_of_lower_cased_tokens() -> None:
    # truth: the cat sat (3); text: the the cat (3); shared: the, cat.
    assert close(word_overlap("The cat, sat.", "the THE cat"), 2 / 3, 2 / 3, 2 / 3)


def test_word_counts_matter() -> None:
    # truth: a a a b (4); text: a b b (3); shared: a, b.
    assert close(word_overlap("a a a b", "a b b"), 2 / 3, 2 / 4, 4 / 7)


def test_order_and_punctuation_do_not_matter() -> None:
    assert close(word_overlap("one two three", "three! (two) one"), 1, 1, 1)


@pytest.mark.parametrize(
    ("truth", "got", "f1"), [("", "", 1.0), ("", "a", 0.0), ("a", "", 0.0), ("a", "...", 0.0)]
)
def test_empty_sides(truth, got, f1) -> None:
    assert word_overlap(truth, got).f1 == f1


def test_the_mean_f1_is_the_mean_of_the_pages() -> None:
    pages = [Score(1.0, 0.5, 2 / 3), Score(0.5, 1.0, 2 / 3), Score(0.0, 0.0, 0.0)]
    assert close(mean_score(pages), 0.5, 0.5, 4 / 9)


@given(text, text)
def test_overlap_is_symmetric_and_bounded(left, right) -> None:
    there, back = word_overlap(left, right), word_overlap(right, left)
    assert close(there, back.recall, back.precision, back.f1)
    assert 0 <= there.f1 <= 1


# --- snippets -------------------------------------------------------------------------------


def test_snippets_ignore_white_space_and_heed_case() -> None:
    page = "First  line\nof the story. Share this."
    found = segments(page, ["line of the", "The story"], ["Share\tthis.", "share this."])
    assert found == Segments(wanted=2, found=1, unwanted=2, let_in=1)


def test_hit_rates_are_over_all_snippets() -> None:
    pages = [Segments(4, 3, 2, 1), Segments(1, 1, 3, 0)]
    assert hit_rates(pages) == pytest.approx((4 / 5, 4 / 5))


def test_segment_scores_are_micro() -> None:
    # found 4 of 5, let in 1: precision 4/5, recall 4/5.  The mean of pages would be 7/8.
    pages = [Segments(4, 3, 2, 1), Segments(1, 1, 3, 0)]
    assert close(segment_scores(pages), 4 / 5, 4 / 5, 4 / 5)


def test_nothing_returned_scores_nothing() -> None:
    assert close(segment_scores([segments("", ["a"], ["b"])]), 0, 0, 0)
    assert hit_rates([segments("", ["a"], ["b"])]) == (0.0, 1.0)


# --- shingles -------------------------------------------------------------------------------


def test_shingles_are_normalised_to_the_page() -> None:
    # truth: abcd bcde; text: abcd bcdx -> shared 1, extra 1, missed 1.
    assert shingles("a b c d e", "a b c d x") == Counts(1 / 3, 1 / 3, 1 / 3)


def test_repeated_shingles_are_counted() -> None:
    # text holds "a a a a" twice, truth once.
    assert shingles("a a a a", "a a a a a") == Counts(1 / 2, 1 / 2, 0)


def test_a_short_text_is_one_shingle() -> None:
    assert shingles("a b", "a b") == Counts(1, 0, 0)
    assert shingles("a b", "a c") == Counts(0, 1 / 2, 1 / 2)


def test_shingles_heed_case() -> None:
    assert shingles("A b c d", "a b c d").hits == 0


def test_shingle_f1_is_that_of_the_mean_rates() -> None:
    # precisions 1/2 and 1, recalls 1 and 1/4; means 3/4 and 5/8; F1 = 2*.75*.625/1.375.
    pages = [Counts(1 / 2, 1 / 2, 0), Counts(1 / 4, 0, 3 / 4)]
    assert close(shingle_scores(pages), 3 / 4, 5 / 8, 15 / 22)


def test_an_empty_answer_counts_in_recall_only() -> None:
    pages = [shingles("a b c d", "a b c d"), shingles("a b c d", "")]
    assert close(shingle_scores(pages), 1, 1 / 2, 2 / 3)


def test_an_empty_truth_counts_in_precision_only() -> None:
    pages = [shingles("a b c d", "a b c d"), shingles("", "a b c d")]
    assert close(shingle_scores(pages), 1 / 2, 1, 2 / 3)


@given(text)
def test_a_text_agrees_with_itself(same) -> None:
    assert shingle_scores([shingles("x y", "x y"), shingles(same, same)]).f1 == 1
    assert word_overlap(same, same).f1 == 1
