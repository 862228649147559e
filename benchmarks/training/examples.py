"""The pages that the layout judge learns from, cut into blocks, with what is known of each."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets import SETS, Example, load, sample
from benchmarks.training.labels import shares_from_segments, shares_from_text
from benchmarks.training.weighting import ONE_SNIPPET, weigh
from cleaners.judging.features import Measured, Scores, measure
from cleaners.metadata.text import mark_declared
from cleaners.reading.decoding import decode
from cleaners.records import Outline, Page
from cleaners.segmenting import segment

FOLDS = 5
_WORD = re.compile(r"\w+")
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\w+/")
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,10})(?=[/:?#]|$)")
# TRAF names some pages by a word, the host and a part of the title.
_NAMED = re.compile(r"^\w+::(?:www\.)?((?:[a-z0-9-]+\.)+?[a-z]{2,10})-")
_SECOND_LEVEL = frozenset(
    ["ac", "asso", "co", "com", "edu", "gob", "gov", "go", "ne", "net", "nom", "or", "org"]
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One page to learn from.

    `shares` says how much of each block is main content (NaN where nothing is known), `weights`
    how much each block matters for the page's F1, `sizes` its words as the benchmarks count them;
    `found` is the share of the page's known text that is in its blocks.
    """

    example: Example
    outline: Outline
    measured: Measured | None
    shares: NDArray[np.float64]
    weights: NDArray[np.float64]
    sizes: NDArray[np.float64]
    found: float
    domain: str
    fold: int


def lessons(folder: Path, processes: int, size: int | None = None) -> list[Lesson]:
    """All pages of the three sets, or `size` of each, in the order of their truth files."""
    chosen = {(name, example.id) for name in SETS for example in sample(load(name, folder), size)}
    pages = [page for page in with_domains(folder) if (page[0].set, page[0].id) in chosen]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(_lesson, *zip(*pages, strict=True), chunksize=20))


def with_domains(folder: Path) -> list[tuple[Example, str]]:
    """All pages of the three sets, each with its domain, in the order of their truth files."""
    return [
        (example, domain_of(address or example.id))
        for name in SETS
        for example, address in zip(load(name, folder), addresses_of(folder, name), strict=True)
    ]


def addresses_of(folder: Path, name: str) -> Iterator[str]:
    with (folder / name / "truth.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line).get("url") or ""


def domain_of(address: str) -> str:
    """The registered domain of an address, without a list of public suffixes: good for grouping."""
    address = _ARCHIVED.sub("", address).lower()
    found = _NAMED.match(address) or _HOST.match(address)
    if not found:
        return address
    labels = found[1].split(".")
    second = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) <= 3
    return ".".join(labels[-3 if second else -2 :])


def fold_of(domain: str) -> int:
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS


def _lesson(example: Example, domain: str) -> Lesson:
    page = Page(decode(example.read()).text, "html", example.url)
    outline = segment(page)
    outline = replace(outline, blocks=mark_declared(outline.blocks, outline.declared.title))
    texts = [block.text for block in outline.blocks]
    found = 1.0
    snippets = example.text is None
    if example.text is None:
        shares = shares_from_segments(texts, example.wanted, example.unwanted)
    else:
        shares, found = shares_from_text(texts, example.text)
    sizes = np.array([len(_WORD.findall(text)) for text in texts], np.float64)
    return Lesson(
        example=example,
        outline=outline,
        measured=measure(outline, example.url, Scores({}, {})) if texts else None,
        shares=shares,
        weights=weigh(shares, sizes, found, heaviest=ONE_SNIPPET if snippets else np.inf),
        sizes=sizes,
        found=found,
        domain=domain,
        fold=fold_of(domain),
    )


def usable(all_lessons: Sequence[Lesson]) -> list[Lesson]:
    """The lessons of pages that have blocks at all."""
    return [lesson for lesson in all_lessons if lesson.measured is not None]
