"""Pages in one line, where their pieces begin in it, and what single words say of that."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets import Example
from benchmarks.labelling import load_lessons
from benchmarks.training.examples import fold_of, with_domains
from benchmarks.training.odds import in_rows, log_odds
from cleaners.reading.decoding import decode
from cleaners.records import Page
from cleaners.segmenting import segment
from cleaners.segmenting.joined.features import Floats, measure
from cleaners.segmenting.joined.model import Words
from cleaners.segmenting.joined.tokens import Tokens, tokens_of

JOINTS: Final = (" ", "")
_LONGEST: Final = 1500
"""Pieces of a page that are joined; the rest of a longer page says nothing new."""
FEWEST: Final = 3
_PLACES: Final = 250
"""Places of a joined page that are learned from, drawn by lot."""
_SITES: Final = 15
"""A word is learned when it stands on as many sites, each of which has one vote."""
_PRIOR: Final = 4.0
_LEAST: Final = 0.003
_TELLING: Final = 0.3
"""Log odds from which a word is worth keeping."""
_SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Joined:
    """A page in one line: its tokens, and which of them begin a piece."""

    site: str
    fold: int
    joint: str
    tokens: Tokens
    begins: NDArray[np.bool_]


def pages(folder: Path, processes: int) -> Iterator[tuple[str, list[str]]]:
    """The pieces of each page, with its domain; the labelled pages are sites of their own."""
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_pieces, *zip(*with_domains(folder), strict=True), chunksize=20)
    for writer, labelled in load_lessons().items():
        for one in labelled:
            # Pages of one hand are alike, but tell of other things.
            yield f"{writer} {one.name}", _tidied(one.page.text.splitlines())


def _pieces(example: Example, domain: str) -> tuple[str, list[str]]:
    page = Page(decode(example.read()).text, "html", example.url)
    return domain, _tidied(block.text for block in segment(page).blocks if block.role != "code")


def _tidied(texts: Any) -> list[str]:
    return [tidy for text in texts if (tidy := " ".join(text.split()))][:_LONGEST]


def joined(domain: str, pieces: Sequence[str], joint: str) -> Joined:
    sizes = [len(piece) + len(joint) for piece in pieces]
    starts = np.cumsum([0, *sizes[:-1]])
    tokens = tokens_of(joint.join(pieces))
    # Hands have no domain: all pages of one are in one fold.
    fold = fold_of(domain.split(" ", maxsplit=1)[0])
    return Joined(domain, fold, joint, tokens, np.isin(tokens.begin, starts))


def learn_words(lines: Sequence[Joined]) -> Words:
    """How much likelier a break is before and behind a word than elsewhere, a vote a site."""
    spaced = [line for line in lines if line.joint]
    key = np.concatenate([line.tokens.key for line in spaced]).astype(np.uint64)
    site = np.concatenate(
        [np.full(len(line.begins), zlib.crc32(line.site.encode()) & 0xFFFF) for line in spaced]
    ).astype(np.uint64)
    before = np.concatenate([line.begins for line in spaced])
    behind = np.concatenate([np.append(line.begins[1:], True) for line in spaced])
    tables = [
        log_odds(key, site, flags, prior=_PRIOR, least=_LEAST).rounded(1)
        for flags in (before, behind)
    ]
    telling = [(table.sites >= _SITES) & (abs(table.odds) > _TELLING) for table in tables]
    return Words(*in_rows([table.only(some) for table, some in zip(tables, telling, strict=True)]))


@dataclass(frozen=True, slots=True)
class Rows:
    """Some places of all lines: their features (a row a place), which are breaks, and folds."""

    values: Floats
    begins: NDArray[np.float32]
    folds: NDArray[np.int64]
    spaced: NDArray[np.bool_]


def rows_of(lines: Sequence[Joined], words: Sequence[Words]) -> Rows:
    """Each line is measured with the words of its fold, which never saw its domain."""
    random = np.random.default_rng(_SEED)
    values, begins = [], []
    for line in lines:
        count = len(line.begins)
        some = np.sort(random.choice(count, min(count, _PLACES), replace=False))
        measured = measure(line.tokens, words[line.fold].of(line.tokens))
        values.append(measured[:, some].T)
        begins.append(line.begins[some])
    sizes = [len(some) for some in begins]
    return Rows(
        np.concatenate(values),
        np.concatenate(begins).astype(np.float32),
        np.repeat([line.fold for line in lines], sizes),
        np.repeat([bool(line.joint) for line in lines], sizes),
    )
