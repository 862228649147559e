"""Train the layout judge, cross-validate it by domain, and write its model.

    python -m benchmarks.training.train [--data FOLDER] [--predictions DIR] [--ablate]
        [--model FILE] [--no-model] [--sample N]

Reads the three development sets.  Everything is seeded: the same data, versions and number of
threads give the same model, byte for byte, on one sort of processor.  The figures are of domains
that nothing has seen: neither trees nor networks nor the scores of words that all use.
`--predictions` writes the documents that cross-validation led to, for `benchmarks.quality`;
`--ablate` trains few trees without one group of features after the other.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets import FOLDER
from benchmarks.training.boosting import fit_shares, fit_value
from benchmarks.training.evaluating import f1_of, report, report_trust, write_predictions
from benchmarks.training.examples import FOLDS, Lesson, lessons, usable
from benchmarks.training.network import fit_network
from benchmarks.training.vocabulary import learn_scores
from benchmarks.training.weighting import light
from cleaners.judging.features import Scores, naming, said_columns
from cleaners.judging.model import FILE, Model, blend, choose, networks_margin, page_row
from cleaners.judging.network import Network
from cleaners.symmetric import Forest, probability

Floats = NDArray[np.floating[Any]]

_MODEL = Path(__file__).resolve().parents[2] / "cleaners" / "judging" / FILE
_TREES = {"trees": 300, "rate": 0.12}
_LOOKS = ("trees alone", "networks alone", "both")
_PAGE_TREES = 120
_ABLATED = {"trees": 100, "rate": 0.25}
_ROWS = 70_000  # more blocks than these only cost time: blocks of one page are much alike
_SEED = 1
_NETWORKS = (1, 2)  # their seeds


def feature_values(lesson: Lesson, scores: Scores, dropped: Sequence[str] = ()) -> Floats:
    """A page's features with what the word scores say filled in; dropped groups are zero."""
    measured = lesson.measured
    assert measured is not None
    values = measured.values.copy()
    at = {name: row for row, name in enumerate(measured.names)}
    texts = [block.text for block in lesson.outline.blocks]
    filled = naming.name_columns(measured.tree, scores.names) | said_columns(
        texts, measured.heading, scores.words
    )
    for name, column in filled.items():
        values[at[name]] = column
    for name, row in at.items():
        if name.startswith(tuple(dropped)):
            values[row] = 0
    return values


def fit(
    pages: Sequence[Lesson], values: Sequence[Floats], *, threads: int, trees: int, rate: float
) -> Forest:
    """Trees from pages; most blocks with little weight are left out, the rest stand for them."""
    weights = np.concatenate([page.weights for page in pages])
    known = weights > 0
    weights = weights + 0.01 * weights[known].mean() * known
    kept_share = np.minimum(1, weights / light(weights[known], _ROWS))
    lot = np.random.default_rng(_SEED).random(len(weights))
    kept = known & (lot < kept_share)
    rows, start = [], 0
    for block in values:
        end = start + block.shape[1]
        rows.append(block[:, kept[start:end]].T)
        start = end
    shares = np.nan_to_num(np.concatenate([page.shares for page in pages]))
    return fit_shares(
        np.concatenate(rows),
        shares[kept],
        weights[kept] / kept_share[kept],
        threads=threads,
        trees=trees,
        rate=rate,
    )


def cross_validate(pages: Sequence[Lesson], threads: int) -> list[Floats]:
    """Scores of each page, from trees and networks that never saw the page's domain."""
    found: dict[str, list[Floats]] = {name: [np.zeros(0)] * len(pages) for name in _LOOKS}
    for fold in range(FOLDS):
        scores = learn_scores(page for page in pages if page.fold != fold)
        values = [feature_values(page, scores) for page in pages]
        inside = [n for n, page in enumerate(pages) if page.fold != fold]
        lessons_, known = [pages[n] for n in inside], [values[n] for n in inside]
        forest = fit(lessons_, known, threads=threads, **_TREES)
        networks = fit_networks(lessons_, known)
        for n, page in enumerate(pages):
            if page.fold == fold:
                trees, other = forest.margin(values[n]), margin_of(page, values[n], networks)
                for name, margin in zip(_LOOKS, (trees, other, blend(trees, other)), strict=True):
                    found[name][n] = probability(margin)
    for name in _LOOKS[:2]:
        report(name, pages, found[name], rules=[False])
    report(_LOOKS[2], pages, found[_LOOKS[2]])
    return found[_LOOKS[2]]


def fit_networks(pages: Sequence[Lesson], values: Sequence[Floats]) -> tuple[Network, ...]:
    return tuple(fit_network(pages, values, seed) for seed in _NETWORKS)


def margin_of(page: Lesson, values: Floats, networks: Sequence[Network]) -> Floats:
    assert page.measured is not None
    return networks_margin(replace(page.measured, values=values), networks)


def tree_looks(  # noqa: PLR0913 - the data and what it may cost
    pages: Sequence[Lesson],
    scores: Sequence[Scores],
    threads: int,
    *,
    trees: int,
    rate: float,
    dropped: Sequence[str] = (),
) -> list[Floats]:
    """What trees say of each page; `scores` are the word scores without each fold."""
    found: list[Floats] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        inside = [n for n, page in enumerate(pages) if page.fold != fold]
        values = {n: feature_values(page, scores[fold], dropped) for n, page in enumerate(pages)}
        chosen = [pages[n] for n in inside]
        forest = fit(chosen, [values[n] for n in inside], threads=threads, trees=trees, rate=rate)
        for n, page in enumerate(pages):
            if page.fold == fold:
                found[n] = probability(forest.margin(values[n]))
    return found


def ablate(pages: Sequence[Lesson], threads: int) -> None:
    """Print the figures of fewer trees alone: with all features, and without each group."""
    scores = [learn_scores(p for p in pages if p.fold != fold) for fold in range(FOLDS)]
    for name, dropped in {"nothing": (), **_GROUPS}.items():
        looks = tree_looks(pages, scores, threads, **_ABLATED, dropped=dropped)
        report(f"fewer trees without {name}", pages, looks, rules=[False])


def trust_rows(pages: Sequence[Lesson], scores: Sequence[Floats]) -> tuple[Floats, Floats]:
    """For each page whose whole text is known: what its scores say of it, and its F1."""
    rows, target = [], []
    for page, score in zip(pages, scores, strict=True):
        if page.example.text is None or page.measured is None:
            continue
        keep, expected = choose(score, page.measured.words)
        rows.append(page_row(score, keep, expected, page.measured.words)[:, 0])
        target.append(f1_of(page, score))
    return np.array(rows), np.array(target)


def cross_validate_trust(pages: Sequence[Lesson], scores: Sequence[Floats]) -> None:
    whole = [page for page in pages if page.example.text is not None]
    rows, target = trust_rows(pages, scores)
    folds = np.array([page.fold for page in whole])
    trust = np.zeros(len(target))
    for fold in range(FOLDS):
        forest = fit_value(rows[folds != fold], target[folds != fold], trees=_PAGE_TREES)
        trust[folds == fold] = np.clip(forest.margin(rows[folds == fold].T), 0, 1)
    report_trust(trust, target)


def train_all(pages: Sequence[Lesson], looks: Sequence[Floats], threads: int) -> Model:
    """The model to ship: trees and networks from all pages, trust from cross-validated `looks`."""
    scores = learn_scores(pages)
    values = [feature_values(page, scores) for page in pages]
    measured = pages[0].measured
    assert measured is not None
    return Model(
        scores=scores,
        columns=measured.names,
        trees=fit(pages, values, threads=threads, **_TREES),
        networks=fit_networks(pages, values),
        page=fit_value(*trust_rows(pages, looks), trees=_PAGE_TREES),
    )


_GROUPS = {
    "names": ("names_", "group_", "page_article", "page_post"),
    "words of short blocks and headings": ("said", "under"),
    "declared types, texts and address": ("type_", "url_", "in_", "begins_said", "has_article"),
    "containers": ("up", "main", "to_prose"),
    "repeated structures": ("unit_", "siblings_", "same_", "copies", "alike"),
    "neighbours": ("words+", "words-", "linked+", "linked-", "words_", "linked_", "stops_"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--predictions", type=Path, help="folder for out-of-fold documents")
    parser.add_argument("--ablate", action="store_true", help="only leave groups of features out")
    parser.add_argument("--model", type=Path, default=_MODEL, help="where to write the model")
    parser.add_argument("--no-model", action="store_true", help="only print figures")
    parser.add_argument("--sample", type=int, help="take N pages a set, always the same ones")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    pages = usable(lessons(options.data, options.threads, options.sample))
    print(f"{len(pages)} pages, {len({page.domain for page in pages})} domains", flush=True)
    if options.ablate:
        ablate(pages, options.threads)
        return
    looks = cross_validate(pages, options.threads)
    cross_validate_trust(pages, looks)
    if options.predictions:
        write_predictions(options.predictions, pages, looks)
    if not options.no_model:
        model = train_all(pages, looks, options.threads)
        with options.model.open("wb") as file:
            np.savez_compressed(file, **model.as_arrays())
        print(f"{options.model.name}: {options.model.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
