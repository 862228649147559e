"""Learn what speaks for a line being the headline of a text page, and say how often it is found.

    python -m benchmarks.training_headline [--data FOLDER] [--no-weights]

Learns from the labelled pages (`labelled/writing` and `labelled/lessons`) and from the pages of
WCXB in two flattenings, of those that hold anything that the kind rules take: in a clean text the
first line is the headline or none.  A conditional logit, fitted by L-BFGS: one line of a page, or
none, is its headline.  The figures are of pages whose writer or domain the weights were fitted
without.  The same data and versions give the same weights.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.datasets import FOLDER, Example, load
from benchmarks.flattening import FLATTENINGS
from benchmarks.labelling import LabelledPage, load_lessons
from benchmarks.labelling import load as load_labelled
from benchmarks.training.examples import FOLDS, addresses_of, domain_of, fold_of
from cleaners.judging import judge_kinds
from cleaners.judging.cues import default_cues
from cleaners.judging.headline.evidence import candidates, with_fields
from cleaners.judging.lines import read_lines
from cleaners.reading.decoding import decode
from cleaners.records import Block
from cleaners.segmenting.text import segment_text

Floats = NDArray[np.floating[Any]]

_WEIGHTS: Final = (
    Path(__file__).resolve().parents[1] / "cleaners" / "judging" / "headline" / "weights.toml"
)
_SET: Final = "wcxb-dev"
_COUNTS: Final = {"labelled": 2.0, "full": 0.5, "recall": 0.4}
"""How much a page counts: there are many more of WCXB, and their titles are less exact."""
_RIDGE: Final = 3.0
_CAUTION: Final = 0.3
"""How much likelier the headline must be than that there is none, as a logarithm: a heading that
is taken for the title is lost for the text."""
_SAME: Final = 0.75
"""Overlap of words from which a line says a page's title."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """The candidates of a page: their numbers, measures and which of them are right.

    `present` says whether the headline is on the page at all, `group` is its writer or domain.
    """

    name: str
    group: str
    numbers: tuple[int, ...]
    measures: tuple[dict[str, float], ...]
    right: tuple[bool, ...]
    present: bool


def main() -> None:
    """Fit, print the figures, write the weights."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    lessons = [*labelled(), *flattened(arguments.data, 2)]
    print(f"{len(lessons)} pages with {sum(len(lesson.numbers) for lesson in lessons)} candidates")
    names = sorted({name for lesson in lessons for line in lesson.measures for name in line})
    report(lessons, names)
    found = fit(lessons, names)
    if not arguments.no_weights:
        _WEIGHTS.write_text(written(found), encoding="utf-8")
        print(f"wrote {_WEIGHTS.name}")


# --- pages -----------------------------------------------------------------------------------


def labelled() -> Iterator[Lesson]:
    """The labelled text pages, each by its writer."""
    hands = {**load_lessons(), "writing": load_labelled("writing")}
    for hand, pages in hands.items():
        for page in pages:
            if page.page.media == "text":
                yield from _labelled(page, hand)


def _labelled(page: LabelledPage, hand: str) -> Iterator[Lesson]:
    titles = {_key(piece.text) for piece in page.pieces if piece.labels[0] == "title"}
    blocks = segment_text(page.page.text)
    right = [n for n, block in enumerate(blocks) if _key(block.text) in titles]
    yield from _lesson("labelled", hand, blocks, right)


def flattened(folder: Path, processes: int) -> Iterator[Lesson]:
    """The pages of WCXB, as text nodes and as trafilatura leaves them."""
    examples = load(_SET, folder)
    domains = [
        domain_of(address or example.id)
        for example, address in zip(examples, addresses_of(folder, _SET), strict=True)
    ]
    with ProcessPoolExecutor(processes) as pool:
        for lessons in pool.map(_flattened, examples, domains, chunksize=20):
            yield from lessons


def _flattened(example: Example, domain: str) -> list[Lesson]:
    html = decode(example.read()).text
    found: list[Lesson] = []
    for name, flatten in FLATTENINGS.items():
        blocks = segment_text(flatten(html, example.url))
        found += _lesson(name, domain, blocks, _saying(blocks, example.title or ""))
    return found


def _saying(blocks: Sequence[Block], title: str) -> list[int]:
    """The blocks that say a title best; the site's name may stand with it."""
    overlaps = [_overlap(block.text, title) for block in blocks]
    best = max(overlaps, default=0.0)
    return [n for n, overlap in enumerate(overlaps) if overlap == best >= _SAME]


def _overlap(text: str, title: str) -> float:
    one, other = (set(re.findall(r"\w+", each.casefold())) for each in (text, title))
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def _lesson(
    name: str, group: str, blocks: Sequence[Block], right: Collection[int]
) -> Iterator[Lesson]:
    """What a page teaches; nothing where the rules take nothing of it."""
    gone = {removal.block: removal.kind for removal in judge_kinds(blocks)}
    if not gone:
        return
    lines = read_lines(blocks, default_cues())
    found = [with_fields(one, lines.all[one.number]) for one in candidates(lines, gone)]
    numbers, measures = zip(*found, strict=True) if found else ((), ())
    correct = tuple(number in right for number in numbers)
    yield Lesson(name, group, numbers, measures, correct, present=bool(right))


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


# --- weights ---------------------------------------------------------------------------------


def fit(lessons: Sequence[Lesson], names: Sequence[str]) -> dict[str, float]:
    """The weights of the conditional logit, and its constant less the caution."""
    used = [lesson for lesson in lessons if lesson.numbers]
    values = np.concatenate([_table(lesson, names) for lesson in used])
    scale = values.std(0) + 1e-9
    values /= scale
    counts = np.array([_COUNTS[lesson.name] for lesson in used])
    right = np.concatenate([lesson.right for lesson in used])
    sizes = np.array([len(lesson.numbers) for lesson in used])
    starts, page = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(used)), sizes)
    none = ~np.logical_or.reduceat(right, starts)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = values @ weights[:-1] + weights[-1]
        top = np.maximum(np.maximum.reduceat(scores, starts), 0)
        likely = np.exp(scores - top[page])
        nothing = np.exp(-top)
        total = np.add.reduceat(likely, starts) + nothing
        correct = np.where(right, likely, 0)
        good = np.add.reduceat(correct, starts) + np.where(none, nothing, 0)
        slope = counts[page] * (likely / total[page] - correct / good[page])
        ridge = _RIDGE * weights[:-1]
        value = -(counts * np.log(good / total)).sum() + ridge @ weights[:-1]
        return float(value), np.append(values.T @ slope + 2 * ridge, slope.sum())

    start = np.zeros(len(names) + 1)
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    constant = float(fitted[-1]) - _CAUTION
    return dict(zip(names, (fitted[:-1] / scale).tolist(), strict=True)) | {"constant": constant}


def _table(lesson: Lesson, names: Sequence[str]) -> Floats:
    return np.array([[float(line[name]) for name in names] for line in lesson.measures])


def written(weights: dict[str, float]) -> str:
    """The file of weights: the names in order, the constant first."""
    names = ["constant", *sorted(weights.keys() - {"constant"})]
    lines = (f'"{name}" = {weights[name]:.4f}' for name in names)
    head = "# Learned: `make train-headline`.  What the measures mean: evidence.py.\n"
    return head + "\n".join(lines) + "\n"


# --- figures ---------------------------------------------------------------------------------


def report(lessons: Sequence[Lesson], names: Sequence[str]) -> None:
    """Print how often pages, unseen by the weights, get the right title, a wrong one or none."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        weights = fit([lesson for lesson in lessons if fold_of(lesson.group) != fold], names)
        for lesson in lessons:
            if fold_of(lesson.group) == fold:
                counts[lesson.name][_outcome(lesson, weights)] += 1
    for name, found in counts.items():
        print(f"{name:9}", ", ".join(f"{what} {found[what]}" for what in sorted(found)))


def _outcome(lesson: Lesson, weights: dict[str, float]) -> str:
    scores = [
        weights["constant"] + sum(weights[name] * value for name, value in line.items())
        for line in lesson.measures
    ]
    best = int(np.argmax(scores)) if scores else -1
    if best < 0 or scores[best] <= 0:
        return "none, though it is there" if lesson.present else "none, rightly"
    return "right" if lesson.right[best] else "wrong" if lesson.present else "wrong: it has none"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--no-weights", action="store_true", help="write no weights")
    return parser.parse_args()


if __name__ == "__main__":
    main()
