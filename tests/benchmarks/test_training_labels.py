"""Known texts are aligned with blocks: what the layout judge learns from."""

import numpy as np
import pytest

from benchmarks.training.examples import domain_of
from benchmarks.training.labels import shares_from_segments, shares_from_text


def test_blocks_of_the_known_text_are_found_and_others_are_not():
    shares, found = shares_from_text(
        ["Home About", "the quick brown fox jumps", "over the lazy dog", "about us the end"],
        "The quick brown fox jumps over the lazy dog.",
    )
    assert shares.tolist() == [0, 1, 1, 0]
    assert found == 1


def test_single_words_that_happen_to_match_do_not_count():
    shares, _ = shares_from_text(["the of a", "one two three four"], "the one two three four of a")
    assert shares.tolist() == [0, 1]


def test_blocks_in_another_order_are_found_too():
    shares, found = shares_from_text(
        ["b1 b2 b3 b4 b5 b6 b7", "a1 a2 a3 a4 a5"], "a1 a2 a3 a4 a5 b1 b2 b3 b4 b5 b6 b7"
    )
    assert shares.tolist() == [1, 1]
    assert found == 1


def test_a_text_said_twice_is_matched_once():
    shares, _ = shares_from_text(["one two three four", "one two three four"], "one two three four")
    assert sorted(shares.tolist()) == [0, 1]


def test_a_text_that_is_not_on_the_page_is_reported():
    _, found = shares_from_text(["one two three four"], "five six seven eight")
    assert found == 0


def test_snippets_mark_their_blocks_and_leave_the_rest_open():
    shares = shares_from_segments(
        ["A wanted sentence here.", "Subscribe now", "Unknown"], ["wanted sentence"], ["Subscribe"]
    )
    assert shares[:2].tolist() == [1, 0]
    assert np.isnan(shares[2])


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.news.example.co.uk/a/b", "example.co.uk"),
        ("http://blog.example.com:8080/x", "example.com"),
        ("https://web.archive.org/web/20130217080612/http://example.de/2012/", "example.de"),
        ("hard::example.com-atlantis.html", "example.com"),
    ],
)
def test_pages_are_grouped_by_registered_domain(address, domain):
    assert domain_of(address) == domain
