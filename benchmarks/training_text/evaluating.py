"""How good the line judge is on pages whose domain it has not seen, by the whole way of a page."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.flattening import FLATTENINGS
from benchmarks.scores import word_overlap, words
from benchmarks.training_text.lessons import Lesson
from cleaners.judging import judge_text
from cleaners.judging.flattened.model import Model
from cleaners.judging.namer.model import Namer
from cleaners.judging.settling import settle
from cleaners.metadata.text import title_of


def clean_text(lesson: Lesson, model: Model, namer: Namer) -> tuple[str, str]:
    """A text's document as `clean_page` makes it, and its title."""
    blocks, removals, _ = judge_text(lesson.blocks, model=model, namer=namer)
    _, text = settle(blocks, removals)
    return text, title_of(blocks) or ""


def report(texts: Sequence[Lesson], models: Sequence[Model], namers: Sequence[Namer]) -> None:
    """Print word F1 of each degree on WCXB, and the share of the words of clean texts kept."""
    f1: dict[tuple[str, str], list[float]] = defaultdict(list)
    kept: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for lesson in texts:
        example = lesson.example
        if lesson.degree in ("thinned", "container") or example.text is None:
            continue
        text, title = clean_text(lesson, models[lesson.fold], namers[lesson.fold])
        if lesson.degree == "known":
            whole, left = Counter(words(lesson.text)), Counter(words(text))
            both = left + Counter(words(title))
            kept[example.set].append(
                (whole.total(), (whole & left).total(), (whole & both).total())
            )
        elif example.set == "wcxb-dev":
            value = word_overlap(example.text, text).f1
            f1[lesson.degree, "all"].append(value)
            f1[lesson.degree, example.type].append(value)
    for (degree, kind), values in sorted(f1.items()):
        print(f"{degree:8} {kind:14} {fmean(values):.4f}  ({len(values)} texts)")
    for name, counts in kept.items():
        whole, left, both = (sum(column) for column in zip(*counts, strict=True))
        print(f"{name}, clean: {left / whole:.4f} kept, {both / whole:.4f} with titles", flush=True)


def write_predictions(
    folder: Path, texts: Sequence[Lesson], models: Sequence[Model], namers: Sequence[Namer]
) -> None:
    """Write what unseen pages come out as, for `benchmarks.flattened --winnow-predictions`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*FLATTENINGS, "known"):
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as out:
            for lesson in texts:
                if lesson.degree == name and lesson.example.text is not None:
                    text, title = clean_text(lesson, models[lesson.fold], namers[lesson.fold])
                    row = {"set": lesson.example.set, "id": lesson.example.id}
                    print(json.dumps({**row, "text": text, "title": title}), file=out)
