"""Quality on fixed pages of the benchmark sets does not fall below `benchmarks/floors.toml`.

Skipped where the sets are not beside the repository; the golden pages hold always.
"""

import tomllib
from pathlib import Path

import pytest

from benchmarks.datasets import FOLDER, load, sample
from benchmarks.flattening import full
from benchmarks.metadata import Answer, score, winnow
from benchmarks.scores import (
    mean_score,
    segment_scores,
    segments,
    shingle_scores,
    shingles,
    word_overlap,
    words,
)
from cleaners import Page, clean_page
from cleaners.reading.decoding import decode

FLOORS = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "floors.toml").read_text())

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="the benchmark sets are not beside the repository"
    ),
]


def pages(name, size):
    """(example, decoded markup) of a fixed sample."""
    return [(row, decode(row.read()).text) for row in sample(load(name), size)]


def cleaned(text, media, url=None):
    return clean_page(Page(text=text, media=media, url=url)).text


@pytest.mark.parametrize("name", FLOORS["html"])
def test_html(name) -> None:
    rows = [(row, cleaned(html, "html", row.url)) for row, html in pages(name, 50)]
    if name == "wcxb-dev":
        found = mean_score([word_overlap(row.text, text) for row, text in rows]).f1
    elif name == "aeb-dev":
        found = shingle_scores([shingles(row.text, text) for row, text in rows]).f1
    else:
        found = segment_scores([segments(text, row.wanted, row.unwanted) for row, text in rows]).f1
    assert found >= FLOORS["html"][name]


def test_flattened_text() -> None:
    rows = [(row.text, cleaned(full(html, None), "text")) for row, html in pages("wcxb-dev", 50)]
    assert mean_score([word_overlap(*row) for row in rows]).f1 >= FLOORS["text"]["full"]


def test_clean_text_stays() -> None:
    texts = [row.text for name in ("wcxb-dev", "aeb-dev") for row in sample(load(name), 50)]
    whole = sum(len(words(text)) for text in texts)
    left = sum(len(words(cleaned(text, "text"))) for text in texts)
    assert left / whole >= FLOORS["text"]["clean"]


@pytest.mark.parametrize("field", FLOORS["metadata"])
def test_metadata(field) -> None:
    answers = [Answer(row, winnow(html, row.url), 0.0) for row, html in pages("wcxb-dev", 150)]
    assert score(field, answers).right >= FLOORS["metadata"][field]
