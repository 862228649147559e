from pathlib import Path

import pytest

from benchmarks.datasets import Example
from benchmarks.metadata import TOOLS, Answer, same, score, table
from cleaners.records import Metadata

HTML = (
    "<html><head><title>Rye - Loaf</title><meta name=author content='Ada Brown'>"
    "<meta property='article:published_time' content='2024-05-16'></head>"
    "<body><h1>Rye</h1><p>Rye rises.</p></body></html>"
)


def answer(truth, given, seconds=0.01):
    example = Example(
        "wcxb-dev", "p", Path(), None, "article", None, (), (), truth, truth, "2024-05-16"
    )
    return Answer(example, Metadata(given, given, "2024-05-16"), seconds)


def test_values_are_compared_by_what_they_say() -> None:
    assert same("title", "How rye rises!", "how Rye rises")
    assert not same("title", "Rye rises", "rises Rye")
    assert same("author", "Ada Brown and Max Poe", "Max Poe; Ada Brown")
    assert same("date", "2024-05-16", "2024-05-16T09:00")
    assert not same("date", "2024-05-16", "2024-05-17")


def test_a_field_is_scored_by_hand() -> None:
    # Known: right, half right, missing.  Unknown: an answer too many.
    answers = [answer("a b", "a b"), answer("a b", "a c"), answer("a", None), answer(None, "a")]
    row = score("title", answers)
    assert row.pages == 3
    assert row.right == pytest.approx(1 / 3)
    assert row.overlap == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert row.precision == pytest.approx(1 / 3)
    assert row.f1 == pytest.approx(1 / 3)


def test_the_table_has_a_row_a_field_and_tool() -> None:
    rows = list(table({"winnow": [answer("a", "a")] * 2, "trafilatura": [answer("a", "b")]}))
    assert "| title | 2 | winnow | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 |" in rows
    assert sum("trafilatura |" in row for row in rows) == 3
    assert any("winnow: 10.00 ms" in row for row in rows)


@pytest.mark.parametrize("tool", TOOLS)
def test_both_tools_read_a_plain_page(tool) -> None:
    found = TOOLS[tool](HTML, "https://loaf.example/rye")
    assert (found.title, found.author, found.date) == ("Rye", "Ada Brown", "2024-05-16")
