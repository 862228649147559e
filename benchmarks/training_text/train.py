"""Train the line judge, cross-validate it by domain, and write its model.

    python -m benchmarks.training_text.train [--data FOLDER] [--predictions FOLDER]
                                             [--cutters FILE] [--no-model]

Reads the three development sets.  Everything is seeded: the same data and versions give the same
model.  The figures are of pages whose domain neither the trees nor the namer have seen.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets import FOLDER
from benchmarks.training.boosting import fit_shares
from benchmarks.training.examples import FOLDS
from benchmarks.training.weighting import light
from benchmarks.training_text.evaluating import report, write_predictions
from benchmarks.training_text.lessons import Lesson, lessons
from benchmarks.training_text.namers import likely_in, train_namers
from benchmarks.training_text.vocabulary import learn_vocabulary
from cleaners.judging.flattened.features import NAMES, SCORE_NAMES
from cleaners.judging.flattened.model import FILE, Model, values_of
from cleaners.symmetric import Forest

Floats = NDArray[np.floating[Any]]

_MODEL = Path(__file__).resolve().parents[2] / "cleaners" / "judging" / "flattened" / FILE
_TREES, _RATE = 250, 0.12
_ROWS = 150_000  # more lines than these only cost time: lines of one page are much alike
_SEED = 1
_ALONE = len(NAMES) + len(SCORE_NAMES)  # features without what the namer says


@dataclass(frozen=True, slots=True)
class Rows:
    """Some lines of all texts: what is measured of them (a row a line), and what is known."""

    numbers: NDArray[np.int64]
    """Which lines they are, counted over all texts."""
    values: Floats
    shares: Floats
    weights: Floats
    folds: NDArray[np.int64]


def rows_of(texts: Sequence[Lesson], values: Iterable[Floats]) -> Rows:
    """About `_ROWS` lines; most with little weight are left out, the rest stand for them."""
    weights = np.concatenate([text.weights for text in texts])
    known = weights > 0
    weights = weights + 0.01 * weights[known].mean() * known
    kept_share = np.minimum(1, weights / light(weights[known], _ROWS))
    kept = known & (np.random.default_rng(_SEED).random(len(weights)) < kept_share)
    rows, start = [], 0
    for block in values:
        end = start + block.shape[1]
        rows.append(block[:, kept[start:end]].T)
        start = end
    shares = np.nan_to_num(np.concatenate([text.shares for text in texts]))
    folds = np.concatenate([np.full(len(text.blocks), text.fold) for text in texts])
    return Rows(
        np.flatnonzero(kept),
        np.concatenate(rows),
        shares[kept],
        weights[kept] / kept_share[kept],
        folds[kept],
    )


def fit(rows: Rows, without: int | None, threads: int) -> Forest:
    """Trees from all rows but those of one fold: half of them know what the namer says."""
    alone = replace(rows, values=np.ascontiguousarray(rows.values[:, :_ALONE]))
    return side_by_side([_fit(part, without, threads) for part in (alone, rows)])


def _fit(rows: Rows, without: int | None, threads: int) -> Forest:
    inside = rows.folds != (-1 if without is None else without)
    return fit_shares(
        rows.values[inside],
        rows.shares[inside],
        rows.weights[inside],
        threads=threads,
        trees=_TREES,
        rate=_RATE,
    )


def side_by_side(forests: Sequence[Forest]) -> Forest:
    """One forest that gives the mean of what several give; all have trees of one depth."""
    return Forest(
        np.concatenate([forest.feature for forest in forests], axis=1),
        np.concatenate([forest.border for forest in forests], axis=1),
        np.concatenate([forest.leaves for forest in forests]) / np.float32(len(forests)),
        float(np.mean([forest.bias for forest in forests])),
    )


def train(
    texts: Sequence[Lesson], likely: Sequence[Floats], threads: int
) -> tuple[list[Model], Model]:
    """A model a fold that never saw the fold's domains, and the model to ship.

    What single words say is learned for each fold from the others, so that no text is measured by
    what its own site taught.  `likely` is what namers say that have not read the texts.
    """
    vocabularies = [learn_vocabulary([x for x in texts if x.fold != f]) for f in range(FOLDS)]
    print(f"{len(vocabularies[0].keys)} words", flush=True)
    pairs = zip(texts, likely, strict=True)
    rows = rows_of(
        texts,
        (values_of(x.measured, said.astype(np.float32), vocabularies[x.fold]) for x, said in pairs),
    )
    forests = []
    for fold in [*range(FOLDS), None]:
        forests.append(fit(rows, fold, threads))
        print(f"{len(forests)} of {FOLDS + 1} fits", flush=True)
    models = [Model(*parts) for parts in zip(vocabularies, forests[:-1], strict=True)]
    return models, Model(learn_vocabulary(texts), forests[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--predictions", type=Path, help="write the unseen pages' texts there")
    parser.add_argument(
        "--cutters",
        type=Path,
        help="models of `training_joined.train --models`, for the predictions",
    )
    parser.add_argument("--no-model", action="store_true", help="only print figures")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    namers = train_namers(options.data, options.threads)
    texts = lessons(options.data, options.threads)
    print(f"{len(texts)} texts, {sum(len(text.blocks) for text in texts)} lines", flush=True)
    models, model = train(texts, likely_in(texts, namers), options.threads)
    report(texts, models, namers)
    if options.predictions:
        cutters = pickle.loads(options.cutters.read_bytes()) if options.cutters else ()
        write_predictions(options.predictions, texts, models, namers, cutters)
    if not options.no_model:
        np.savez_compressed(_MODEL, **model.as_arrays())  # type: ignore[arg-type]
        print(f"{_MODEL.name}: {_MODEL.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
