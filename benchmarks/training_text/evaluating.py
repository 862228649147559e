"""How good the line judge is on pages whose domain it has not seen, by the whole way of a page."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean
from typing import TypeAlias

from benchmarks.flattened import CLEAN
from benchmarks.flattening import FLATTENINGS, JOININGS, Flatten
from benchmarks.scores import word_overlap, words
from benchmarks.training_text.lessons import Lesson
from cleaners.judging import judge_text
from cleaners.judging.flattened.model import Model
from cleaners.judging.namer.model import Namer
from cleaners.judging.settling import settle
from cleaners.metadata.text import title_of
from cleaners.reading.decoding import decode
from cleaners.records import Block
from cleaners.segmenting.joined.model import Model as Cutter
from cleaners.segmenting.text import segment_text


def clean_text(given: Sequence[Block], model: Model, namer: Namer) -> tuple[str, str]:
    """The document of a text's blocks as `clean_page` makes it, and its title."""
    blocks, removals, _ = judge_text(given, model=model, namer=namer)
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
        text, title = clean_text(lesson.blocks, models[lesson.fold], namers[lesson.fold])
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
    folder: Path,
    texts: Sequence[Lesson],
    models: Sequence[Model],
    namers: Sequence[Namer],
    cutters: Sequence[Cutter],
) -> None:
    """Write what unseen pages come out as, for `benchmarks.flattened --winnow-predictions`.

    `cutters` are the models that find lost line breaks, one a fold; without any, pages that lost
    them are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    judges = list(zip(models, namers, cutters or (None,) * len(models), strict=True))
    forms = {
        **{name: _from(name) for name in FLATTENINGS},
        **({name: _flattened(flatten) for name, flatten in JOININGS.items()} if cutters else {}),
        **{f"known {form}": _known(flatten) for form, flatten in CLEAN.items()},
    }
    for form, text_of in forms.items():
        with (folder / f"{form}.jsonl").open("w", encoding="utf-8") as out:
            for lesson in texts:
                flat = text_of(lesson) if lesson.example.text is not None else None
                if flat is not None:
                    model, namer, cutter = judges[lesson.fold]
                    text, title = clean_text(segment_text(flat, cutter), model, namer)
                    row = {"set": lesson.example.set, "id": lesson.example.id}
                    print(json.dumps({**row, "text": text, "title": title}), file=out)


_TextOf: TypeAlias = Callable[[Lesson], str | None]


def _from(degree: str) -> _TextOf:
    return lambda lesson: lesson.text if lesson.degree == degree else None


def _flattened(flatten: Flatten) -> _TextOf:
    """A page in a way that nothing was learned from, once for the page."""

    def text_of(lesson: Lesson) -> str | None:
        if lesson.degree != "full":
            return None
        return flatten(decode(lesson.example.read()).text, lesson.example.url)

    return text_of


def _known(flatten: Callable[[str], str]) -> _TextOf:
    return lambda lesson: flatten(lesson.text) if lesson.degree == "known" else None
