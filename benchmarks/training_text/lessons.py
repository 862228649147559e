"""The texts that the line judge learns from, cut into lines, with what is known of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets import Example
from benchmarks.training.examples import fold_of, with_domains
from benchmarks.training.labels import shares_from_segments, shares_from_text, words_of
from benchmarks.training.weighting import ONE_SNIPPET, weigh
from benchmarks.training_text.degrees import flattened
from cleaners.judging import look
from cleaners.judging.flattened.features import Measured, measure
from cleaners.reading.decoding import decode
from cleaners.records import Block
from cleaners.segmenting.text import segment_text

Floats = NDArray[np.floating[Any]]

DEGREES = {
    "full": 1.0, "blocks": 0.5, "recall": 0.8, "container": 0.6, "thinned": 0.6, "known": 1.0,
}  # fmt: skip
"""How much each degree of flattening counts."""
_KEPT = 0.97  # of the lines of content, in a thinned text
_LEFT = 0.15  # of the runs of other lines


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text to learn from.

    `shares` says how much of each line is main content (NaN where nothing is known), `weights`
    how much each line matters for the page's F1.
    """

    example: Example
    degree: str
    text: str
    blocks: tuple[Block, ...]
    measured: Measured
    shares: Floats
    weights: Floats
    domain: str
    fold: int


def lessons(folder: Path, processes: int) -> list[Lesson]:
    """All texts of the three sets, in the order of their truth files."""
    with ProcessPoolExecutor(processes) as pool:
        found = pool.map(_lessons, *zip(*with_domains(folder), strict=True), chunksize=20)
        return [lesson for page in found for lesson in page]


def _lessons(example: Example, domain: str) -> list[Lesson]:
    texts = flattened(decode(example.read()).text, example.url, example.text)
    return lessons_of(example, domain, texts)


def lessons_of(example: Example, domain: str, texts: Iterator[tuple[str, str]]) -> list[Lesson]:
    made = []
    for degree, text in texts:
        blocks = segment_text(text)
        if not blocks:
            continue
        shares, found = _shares(example, blocks)
        made.append(_lesson(example, domain, (degree, text), blocks, shares, found))
        if degree == "full" and example.text:
            kept = _thinned(example, shares)
            if kept.any():
                few = tuple(block for block, one in zip(blocks, kept, strict=True) if one)
                made.append(_lesson(example, domain, ("thinned", ""), few, shares[kept], found))
    return made


def _lesson(  # noqa: PLR0913, PLR0917 - what is known of a text
    example: Example,
    domain: str,
    named: tuple[str, str],
    blocks: tuple[Block, ...],
    shares: Floats,
    found: float,
) -> Lesson:
    degree, text = named
    seen = look(blocks)
    sizes = np.array([len(words_of(block.text)) for block in blocks], np.float64)
    heaviest = np.inf if example.text is not None else ONE_SNIPPET
    return Lesson(
        example=example,
        degree=degree,
        text=text,
        blocks=blocks,
        measured=measure(seen.lines, seen.removals),
        shares=shares,
        weights=weigh(shares, sizes, found, heaviest=heaviest) * DEGREES[degree],
        domain=domain,
        fold=fold_of(domain),
    )


def _shares(example: Example, blocks: Sequence[Block]) -> tuple[Floats, float]:
    texts = [block.text for block in blocks]
    if example.text is None:
        return shares_from_segments(texts, example.wanted, example.unwanted), 1.0
    shares, found = shares_from_text(texts, example.text)
    return with_title(example, blocks, shares), found


def with_title(example: Example, blocks: Sequence[Block], shares: Floats) -> Floats:
    """The title above the content counts as content, whether the known text has it or not.

    It leaves the text as the document's title, which only works if it stays at first.
    """
    title = " ".join(words_of(example.title or ""))
    content = np.flatnonzero(shares >= 0.5)
    if not title or not len(content):
        return shares
    above = [n for n in range(content[0]) if " ".join(words_of(blocks[n].text)) == title]
    shares = shares.copy()
    shares[above[-1:]] = 1.0
    return shares


def _thinned(example: Example, shares: Floats) -> NDArray[np.bool_]:
    """The lines of a text as a judge might leave them: most of the content, some of the rest.

    What is not content is left or taken by runs, as it mostly is.
    """
    seed = int(hashlib.sha256(f"{example.set}/{example.id}".encode()).hexdigest()[:8], 16)
    random = np.random.default_rng(seed)
    content = shares >= 0.5
    run = np.cumsum(np.append(True, content[1:] != content[:-1]))
    # Long runs are cut, so that the first or the last of their lines may be left.
    run = run * 1000 + np.arange(len(run)) // 8
    _, which = np.unique(run, return_inverse=True)
    left = random.random(which.max() + 1)[which] < _LEFT
    kept: NDArray[np.bool_] = np.where(content, random.random(len(run)) < _KEPT, left)
    return kept
