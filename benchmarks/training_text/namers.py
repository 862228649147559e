"""What the namer says of lines that it has not read: an input of the line judge.

The namer learns from pages of the same sets.  Of its own pages it would be surer than of others,
and the line judge would trust it too much.  So each page is shown to a namer that was fitted
without its domain.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.training.examples import FOLDS
from benchmarks.training_namer.train import lessons, rows_of, train_net, train_words
from benchmarks.training_text.lessons import Lesson
from cleaners.judging import look
from cleaners.judging.namer.model import Namer, likely_kinds

Floats = NDArray[np.floating[Any]]


def train_namers(folder: Path, processes: int) -> list[Namer]:
    """A namer a fold, without the fold's domains (and without one of the hands that label)."""
    known = lessons(folder, processes)
    words, _ = train_words(known)
    rows = rows_of(known, words)
    return [Namer(words[fold], train_net(rows, fold)) for fold in range(FOLDS)]


def likely_in(texts: Sequence[Lesson], namers: Sequence[Namer]) -> list[Floats]:
    """How likely each line of each text is of each class: a row a line."""
    return [_likely(text, namers[text.fold]) for text in texts]


def _likely(text: Lesson, namer: Namer) -> Floats:
    seen = look(text.blocks)
    found = likely_kinds(seen.lines, seen.removals, text.measured, namer)
    # Half the memory; no tree asks for more digits.
    return found.astype(np.float16)
