"""How good scores of blocks are, as the benchmarks see the documents that they lead to."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scores import (
    Counts,
    Segments,
    segment_scores,
    segments,
    shingle_scores,
    shingles,
    word_overlap,
)
from benchmarks.training.examples import Lesson
from benchmarks.training.weighting import FOUND
from cleaners.applying import replay
from cleaners.judging import judge_beside
from cleaners.judging.headline.first import mark_first
from cleaners.judging.layout import removals_from
from cleaners.judging.model import choose
from cleaners.judging.settling import settle

Floats = NDArray[np.floating[Any]]


def text_of(lesson: Lesson, scores: Floats, *, kinds: bool = True) -> str:
    """The document's text, as `clean_page` makes it; without the kind rules if not `kinds`."""
    if lesson.measured is None:
        return ""
    blocks = lesson.outline.blocks
    keep, _ = choose(scores, lesson.measured.words)
    proposed = removals_from(blocks, scores, keep)
    if not kinds:
        return replay(blocks, proposed)
    removals = judge_beside(blocks, proposed, scores)
    if lesson.outline.declared.title is None:
        blocks = mark_first(blocks, removals)
    return settle(blocks, removals)[1]


def f1_of(lesson: Lesson, scores: Floats) -> float:
    """The word F1 of a page whose whole text is known."""
    return word_overlap(lesson.example.text or "", text_of(lesson, scores)).f1


def report(
    name: str,
    lessons: Sequence[Lesson],
    scores: Sequence[Floats],
    rules: Sequence[bool] = (False, True),
) -> None:
    """Print the figures of all three sets, without and with the kind rules.

    Pages whose known text is hardly on them are also counted apart: nobody can be right there.
    """
    for kinds in rules:
        by_type: dict[str, list[float]] = defaultdict(list)
        aeb: list[Counts] = []
        traf: list[Segments] = []
        for lesson, score in zip(lessons, scores, strict=True):
            example, text = lesson.example, text_of(lesson, score, kinds=kinds)
            if example.set == "wcxb-dev":
                f1 = word_overlap(example.text or "", text).f1
                by_type["all"].append(f1)
                by_type["on the page" if lesson.found >= FOUND else "not on it"].append(f1)
                by_type[example.type].append(f1)
            elif example.set == "aeb-dev":
                aeb.append(shingles(example.text or "", text))
            else:
                traf.append(segments(text, example.wanted, example.unwanted))
        print(f"{name}, {'with' if kinds else 'without'} kind rules")
        for kind, values in by_type.items():
            print(f"  wcxb-dev {kind:14} {fmean(values):.4f}  ({len(values)} pages)")
        print(f"  aeb-dev shingle F1      {shingle_scores(aeb).f1:.4f}")
        print(f"  traf-dev segment F1     {segment_scores(traf).f1:.4f}", flush=True)


def write_predictions(folder: Path, lessons: Sequence[Lesson], scores: Sequence[Floats]) -> None:
    """Write the pages' texts as `benchmarks.quality --winnow-predictions` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[str]] = defaultdict(list)
    for lesson, score in zip(lessons, scores, strict=True):
        row = {"id": lesson.example.id, "text": text_of(lesson, score)}
        rows[lesson.example.set].append(json.dumps(row, ensure_ascii=False))
    for name, lines in rows.items():
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def report_trust(trust: Floats, f1: Floats) -> None:
    """Print how well the expected F1 of pages goes with their F1."""
    ranks = [np.argsort(np.argsort(values)) for values in (trust, f1)]
    print(f"confidence: rank correlation with F1 {np.corrcoef(ranks)[0, 1]:.3f}")
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = (trust >= low) & (trust < high)
        if inside.any():
            print(
                f"  {low:.2f} to {min(high, 1):.2f}: {inside.sum():5} pages, "
                f"confidence {trust[inside].mean():.3f}, F1 {f1[inside].mean():.3f}"
            )
