"""Learn where line breaks were lost, say how often they are found, and write the model.

    python -m benchmarks.training_joined.train [--data FOLDER] [--models FILE] [--no-model]

Learns from the blocks of the development sets' pages and from the lines of the labelled lessons:
they are joined by a blank, and by nothing, and the places where they were joined are to be found.
The figures are of pages whose domain neither the words nor the trees have seen.  Everything is
seeded: the same data and versions give the same model.  `--models` keeps the models of the folds,
by which `benchmarks.training_text.train` makes predictions of unseen pages.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.datasets import FOLDER
from benchmarks.training.boosting import fit_shares
from benchmarks.training.examples import FOLDS
from benchmarks.training_joined.lessons import (
    FEWEST,
    JOINTS,
    Joined,
    Rows,
    joined,
    learn_words,
    pages,
    rows_of,
)
from cleaners.segmenting.joined.model import FILE, Model
from cleaners.symmetric import probability

_MODEL = Path(__file__).resolve().parents[2] / "cleaners" / "segmenting" / "joined" / FILE
_TREES, _RATE = 300, 0.12


def train(lines: Sequence[Joined], threads: int) -> tuple[list[Model], Model]:
    """A model a fold that never saw the fold's domains, and the model to ship."""
    words = [learn_words([line for line in lines if line.fold != fold]) for fold in range(FOLDS)]
    rows = rows_of(lines, words)
    print(f"{len(rows.begins)} places, {rows.begins.mean():.1%} of them breaks", flush=True)
    models = []
    for fold in [*range(FOLDS), -1]:
        inside = rows.folds != fold
        forest = fit_shares(
            rows.values[inside],
            rows.begins[inside],
            np.ones(inside.sum()),
            trees=_TREES,
            rate=_RATE,
            threads=threads,
        )
        models.append(Model(words[fold] if fold >= 0 else learn_words(lines), forest))
        print(f"{len(models)} of {FOLDS + 1} fits", flush=True)
    report(rows, models)
    return models[:-1], models[-1]


def report(rows: Rows, models: Sequence[Model]) -> None:
    """Print how many breaks of unseen pages are found, and how many of those found are some."""
    likely = np.zeros(len(rows.begins), np.float32)
    for fold, model in enumerate(models[:FOLDS]):
        own = rows.folds == fold
        likely[own] = probability(model.forest.margin(np.ascontiguousarray(rows.values[own].T)))
    begins = rows.begins > 0
    for name, which in (("joined by a blank", rows.spaced), ("joined by nothing", ~rows.spaced)):
        for border in (0.3, 0.5, 0.7, 0.9):
            found = which & (likely >= border)
            print(
                f"{name}, likelier than {border}: precision {begins[found].mean():.3f}, "
                f"recall {found[which & begins].mean():.3f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--models", type=Path, help="keep the models of the folds there")
    parser.add_argument("--no-model", action="store_true", help="only print figures")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    lines = [
        joined(domain, pieces, joint)
        for domain, pieces in pages(options.data, options.threads)
        if len(pieces) >= FEWEST
        for joint in JOINTS
    ]
    print(f"{len(lines)} lines", flush=True)
    models, model = train(lines, options.threads)
    if options.models:
        options.models.write_bytes(pickle.dumps(models))
    if not options.no_model:
        np.savez_compressed(_MODEL, **model.as_arrays())  # type: ignore[arg-type]
        print(f"{_MODEL.name}: {_MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
