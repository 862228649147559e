"""Train the namer, try it on pages of hands that it has not seen, and write its model.

    python -m benchmarks.training_namer.train [--data FOLDER] [--no-model]

Learns from `labelled/writing` and `labelled/lessons`, the phrases of the kind rules, and the three
development sets.  Everything is seeded: the same data and versions give the same model.  The
figures are of pages whose writer the model has read nothing of.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.datasets import FOLDER
from benchmarks.training.examples import FOLDS
from benchmarks.training_namer.evaluating import report
from benchmarks.training_namer.examples import (
    PHRASES,
    Said,
    Text,
    class_of,
    joined,
    labelled,
    phrases,
    real,
    said_in,
    thinned,
)
from benchmarks.training_namer.net import fit_net, side_by_side
from benchmarks.training_namer.words import fit_words, matrix
from cleaners.judging.namer.concepts import default_concepts, find_concepts
from cleaners.judging.namer.features import CLASSES, values_of
from cleaners.judging.namer.model import FILE, Namer, Net, Words

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_MODEL: Final = Path(__file__).resolve().parents[2] / "cleaners" / "judging" / "namer" / FILE
_MOST: Final = 6_000
"""Lines of a class that are learned from real pages."""
_OF_PHRASES: Final = (100.0, 0.3)
"""What all phrases of a class weigh together, and one at most; a labelled line weighs 1."""
_OF_REAL: Final = (600.0, 0.5)
"""The same for lines of real pages."""
_LOT: Final = 0.15
"""Share of the lines of real pages that the second look learns from."""
_REAL_LINE: Final = 0.1
"""What each of them weighs."""
_NETS: Final = 3
_NOBODY: Final = -1


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that is learned from.

    `units` says for each group what it is held out with: each hand with the domains of one fold.
    """

    texts: list[Text]
    said: list[Said]
    units: dict[str, int]
    hands: list[str]


def lessons(folder: Path, processes: int) -> Lessons:
    hand_texts = labelled()
    hands = sorted({text.group for text in hand_texts})
    units = {hand: number for number, hand in enumerate(hands)}
    units |= {f"fold {fold}": fold for fold in range(FOLDS)} | {PHRASES: _NOBODY}
    pages, texts = [], []
    for said, flattened in real(folder, processes):
        pages.append(said)
        texts += flattened
    said = [*said_in(hand_texts), phrases(), *thinned(pages, _MOST)]
    return Lessons([*hand_texts, *texts], said, units, hands)


# --- the first look --------------------------------------------------------------------------


def weights_of(said: Sequence[Said], hands: Sequence[str]) -> Floats:
    """What each line weighs: those of the lessons 1, the others by how many of their class are."""
    classes = np.concatenate([class_of(page.allowed) for page in said])
    sorts = np.concatenate([np.full(len(page.texts), _sort(page, hands)) for page in said])
    weights = (classes >= 0).astype(np.float32)
    for sort, (together, one) in enumerate((_OF_PHRASES, _OF_REAL), start=1):
        for label in range(CLASSES + 1):
            rows = (sorts == sort) & (classes == label)
            weights[rows] = min(one, together / max(int(rows.sum()), 1))
    return weights


def _sort(page: Said, hands: Sequence[str]) -> int:
    """0 for a labelled page, 1 for phrases, 2 for a real page."""
    return 0 if page.group in hands else 1 if page.group == PHRASES else 2


def train_words(lessons: Lessons) -> tuple[list[Words], Words]:
    """The first look without each unit, and with all."""
    texts, allowed = joined(lessons.said)
    weights = weights_of(lessons.said, lessons.hands)
    units = np.concatenate(
        [np.full(len(page.texts), lessons.units[page.group]) for page in lessons.said]
    )
    tokens = matrix(texts)

    def fit(without: int | None) -> Words:
        rows = np.flatnonzero((weights > 0) & (units != without))
        part: csr_matrix = tokens[rows]
        return fit_words(part, allowed[rows], weights[rows])

    return [fit(unit) for unit in range(len(lessons.hands))], fit(None)


# --- the second look -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines as the second look sees them, each with the unit that it is held out with."""

    values: Floats
    allowed: Bools
    weights: Floats
    units: Ints


def rows_of(lessons: Lessons, words: Sequence[Words]) -> Rows:
    """Labelled lines, and some of real pages; each by a first look that did not know its page."""
    random = np.random.default_rng(1)
    values, allowed, weights, units = [], [], [], []
    for text in lessons.texts:
        unit = lessons.units[text.group]
        about = find_concepts(text.measured.counted, default_concepts())
        said = words[unit].said(text.measured.counted, about)
        known = text.allowed.any(axis=1)
        by_hand = text.group in lessons.hands
        if not by_hand:
            known &= random.random(len(known)) < _LOT
        found = values_of(text.lines, text.removals, text.measured, said, about)
        values.append(found.T[known])
        allowed.append(text.allowed[known])
        weights.append(np.full(known.sum(), 1.0 if by_hand else _REAL_LINE, np.float32))
        units.append(np.full(known.sum(), unit))
    return Rows(*(np.concatenate(parts) for parts in (values, allowed, weights, units)))


def train_net(rows: Rows, without: int | None) -> Net:
    """Some nets side by side, from all rows but those of one unit."""
    part = rows.units != without
    chosen = (rows.values[part], rows.allowed[part], rows.weights[part])
    return side_by_side([fit_net(*chosen, seed=seed) for seed in range(_NETS)])


def main() -> None:
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--no-model", action="store_true", help="only print figures")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    known = lessons(options.data, options.processes)
    print(f"{len(known.texts)} texts, {sum(len(s.texts) for s in known.said)} lines", flush=True)
    words, all_words = train_words(known)
    rows = rows_of(known, words)
    print(f"{rows.values.shape[0]} rows of {rows.values.shape[1]} features", flush=True)
    namers = {
        hand: Namer(words[unit], train_net(rows, unit)) for unit, hand in enumerate(known.hands)
    }
    report(known.texts, namers)
    if not options.no_model:
        model = Namer(all_words, train_net(rows, None))
        np.savez_compressed(_MODEL, **model.as_arrays())  # type: ignore[arg-type]
        print(f"{_MODEL.name}: {_MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
