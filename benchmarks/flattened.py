"""Flattened text: Winnow beside doing nothing and the simple rules, in one run.

    python -m benchmarks.flattened [--sample N] [--winnow-predictions DIR]

The pages of WCXB are flattened to text (`flattening.py`), cleaned, and scored by word F1; texts
that are clean already are cleaned too, and should come out whole.  A run over all pages rewrites
its section of `RESULTS.md`.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Final, TypeAlias

import justext

from benchmarks.datasets import FOLDER, Example, load, sample
from benchmarks.flattening import FLATTENINGS, JOININGS
from benchmarks.results import circumstances, markdown, write_section
from benchmarks.scores import Score, mean_score, word_overlap, words
from cleaners import Page, clean_page
from cleaners.reading.decoding import decode

WAYS: Final = FLATTENINGS | JOININGS
IN_SAMPLE: Final = "winnow, in sample"
UNSEEN: Final = "winnow, cross-validated"


# --- the rivals -----------------------------------------------------------------------------


def nothing(text: str) -> str:
    return text


def ten_words(text: str) -> str:
    """Lines of ten words or more."""
    return "\n".join(line for line in text.splitlines() if len(words(line)) >= 10)


def ten_word_sentences(text: str) -> str:
    """Sentences of ten words or more, which a text without lines has, too."""
    parts = (part for line in text.splitlines() for part in _SENTENCE.split(line))
    return "\n".join(part for part in parts if len(words(part)) >= 10)


_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")


def justext_lines(text: str) -> str:
    """Run jusText with each line as a paragraph and the stop words of all its languages."""
    lines = (line.replace("&", "&amp;").replace("<", "&lt;") for line in text.splitlines())
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    paragraphs = justext.justext(page.encode(), _STOP_WORDS, encoding="utf-8")
    return "\n".join(part.text for part in paragraphs if not part.is_boilerplate)


_STOP_WORDS: Final = frozenset().union(*map(justext.get_stoplist, justext.get_stoplists()))


def winnow(text: str) -> str:
    return clean_page(Page(text=text, media="text")).text


def perfect_lines(text: str, truth: str) -> str:
    """Choose the lines that belong to the truth: what a judge of whole lines could reach.

    A line belongs to it if its words stand there in a row, or half of its 3-grams do.
    """
    tokens = words(truth)
    flat = f" {' '.join(tokens)} "
    trigrams = set(zip(tokens, tokens[1:], tokens[2:], strict=False))
    return "\n".join(line for line in text.splitlines() if _belongs(words(line), flat, trigrams))


def _belongs(line: list[str], flat: str, trigrams: set[tuple[str, str, str]]) -> bool:
    if f" {' '.join(line)} " in flat:
        return True
    own = list(zip(line, line[1:], line[2:], strict=False))
    return bool(own) and 2 * sum(part in trigrams for part in own) >= len(own)


RULES: Final[dict[str, Callable[[str], str]]] = {
    "do nothing": nothing,
    "jusText, each line a `<p>`": justext_lines,
    "lines of 10 words or more": ten_words,
    "sentences of 10 words or more": ten_word_sentences,
    IN_SAMPLE: winnow,
}
PERFECT: Final = "perfect choice of lines"


# --- running --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One rule's score on one flattened page."""

    type: str
    score: Score


@dataclass(slots=True)
class Results:
    """Scores by flattening and rule, and what Winnow's calls took: seconds and characters."""

    pages: dict[str, dict[str, list[Cleaned]]]
    costs: dict[str, list[tuple[float, int]]]


def main() -> None:
    logging.disable(logging.CRITICAL)
    arguments = _arguments()
    examples = sample(load("wcxb-dev", arguments.data), arguments.sample)
    clean = {
        name: sample(load(name, arguments.data), arguments.sample)
        for name in ("wcxb-dev", "aeb-dev")
    }
    results = run(examples, arguments.winnow_predictions)
    lines = [*report(results), "", *kept(clean, arguments.winnow_predictions)]
    print("\n".join(lines))
    if arguments.sample is None:
        packages = ("winnow", "jusText", "beautifulsoup4", "trafilatura")
        versions = {name: version(name) for name in packages}
        head = circumstances("benchmarks.flattened", sys.argv[1:], versions)
        write_section("flattened", ["## Flattened text", "", *head, "", *lines])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.flattened",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the sets")
    parser.add_argument("--sample", type=int, help="take N pages a set, always the same ones")
    parser.add_argument(
        "--winnow-predictions", type=Path, help="folder of out-of-fold texts, <flattening>.jsonl"
    )
    return parser.parse_args()


def run(examples: Sequence[Example], predictions: Path | None) -> Results:
    """Flatten every page in every way and clean it by every rule."""
    unseen = {name: _predicted(predictions, name) for name in WAYS}
    results = Results({name: defaultdict(list) for name in WAYS}, {name: [] for name in WAYS})
    for number, example in enumerate(examples, start=1):
        html, truth = decode(example.read()).text, example.text or ""
        for name, flatten in WAYS.items():
            text = flatten(html, example.url)
            texts = {rule: _timed(rule, text, results.costs[name]) for rule in RULES}
            if unseen[name]:
                texts[UNSEEN] = _unseen_text(unseen[name], name, example, text)
            texts[PERFECT] = perfect_lines(text, truth)
            for rule, cleaned in texts.items():
                page = Cleaned(example.type, word_overlap(truth, cleaned))
                results.pages[name][rule].append(page)
        if number % 100 == 0:
            print(f"{number}/{len(examples)} pages", file=sys.stderr)
    return results


def _timed(rule: str, text: str, costs: list[tuple[float, int]]) -> str:
    start = time.process_time()
    cleaned = RULES[rule](text)
    if rule == IN_SAMPLE:
        costs.append((time.process_time() - start, len(text)))
    return cleaned


def _predicted(folder: Path | None, name: str) -> Mapping[str, str]:
    """Out-of-fold texts by page: `{"id": ..., "text": ...}` a line; all pages or none."""
    path = folder / f"{name}.jsonl" if folder else None
    if path is None or not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("set", "wcxb-dev") == "wcxb-dev"]
    return {row["id"]: row["text"] for row in rows}


def _unseen_text(texts: Mapping[str, str], name: str, example: Example, flat: str) -> str:
    """What came out of a page; of one that is flattened to nothing, nothing was to be judged."""
    if example.id not in texts and flat.strip():
        raise SystemExit(f"{name}.jsonl: page {example.id} is missing")
    return texts.get(example.id, "")


def _check_all(path: Path, examples: Sequence[Example], found: Container[str]) -> None:
    if missing := [example.id for example in examples if example.id not in found]:
        raise SystemExit(f"{path}: {len(missing)} pages are missing, the first is {missing[0]}")


# --- reporting ------------------------------------------------------------------------------


def report(results: Results) -> Iterator[str]:
    """Word F1 by flattening, for all pages and for articles, and the time Winnow took."""
    count = len(results.pages["full"]["do nothing"])
    yield f"Word F1 over the {count} pages of wcxb-dev, and over its articles."
    yield "`winnow, in sample` is the judge that ships, which was trained on these very pages;"
    yield "`winnow, cross-validated` are judges that saw no page of the page's domain."
    yield ""
    head = [""]
    rows: dict[str, list[str]] = defaultdict(list)
    for name, rules in results.pages.items():
        head += [f"{name}, all", f"{name}, articles"]
        for rule, pages in rules.items():
            articles = [page for page in pages if page.type == "article"]
            rows[rule] += [
                f"{mean_score([page.score for page in part]).f1:.3f}" if part else "-"
                for part in (pages, articles)
            ]
    yield from markdown(head, [[rule, *figures] for rule, figures in rows.items()])
    yield ""
    yield "Winnow's time, milliseconds of CPU:"
    yield ""
    head = ["", *results.costs]
    means = [1000 * fmean(cost for cost, _ in costs) for costs in results.costs.values()]
    shares = [
        5e6 * sum(cost for cost, _ in costs) / sum(size for _, size in costs)
        for costs in results.costs.values()
    ]
    rows = {"a page": means, "5,000 characters": shares}
    times = [[name, *(f"{value:.2f}" for value in values)] for name, values in rows.items()]
    yield from markdown(head, times)


def kept(sets: Mapping[str, Sequence[Example]], predictions: Path | None) -> Iterator[str]:
    """How much of texts that are clean already comes out, as a share of all words."""
    yield "Clean text in: the share of the words of all texts that Winnow keeps."
    yield ""
    rows = []
    for name, examples in sets.items():
        for form, flatten in CLEAN.items():
            known = [(example, flatten(example.text)) for example in examples if example.text]
            cleaned = _shares([_cleaned(text) for _, text in known])
            rows.append([name, form, IN_SAMPLE, *cleaned])
            if unseen := _unseen(predictions, f"known {form}", name, known):
                rows.append([name, form, UNSEEN, *_shares(unseen)])
    head = ["", "", "", "texts", "in the text", "in text or title", "worst page"]
    yield from markdown(head, rows)


CLEAN: Final[dict[str, Callable[[str], str]]] = {
    "in lines": nothing,
    "in one line": lambda text: " ".join(text.split()),
}
"""The ways in which a clean text comes."""


_Cleaned: TypeAlias = tuple[str, str, str]
"""A clean text, and what came out of it: text and title."""


def _cleaned(text: str) -> _Cleaned:
    document = clean_page(Page(text=text, media="text"))
    return text, document.text, document.title or ""


def _unseen(
    folder: Path | None, form: str, name: str, known: Sequence[tuple[Example, str]]
) -> list[_Cleaned]:
    """What came out of clean texts whose domain the judge had not seen; all texts or none."""
    path = folder / f"{form}.jsonl" if folder else None
    if path is None or not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines) if row["set"] == name}
    _check_all(path, [example for example, _ in known], rows)
    return [(text, rows[one.id]["text"], rows[one.id]["title"]) for one, text in known]


def _shares(texts: Sequence[_Cleaned]) -> list[str]:
    counts = [_kept(*text) for text in texts]
    total = sum(whole for whole, _, _ in counts)
    in_text, with_title = (sum(row[n] for row in counts) / total for n in (1, 2))
    worst = min(left / whole for whole, left, _ in counts if whole)
    return [str(len(texts)), *(f"{x:.4f}" for x in (in_text, with_title, worst))]


def _kept(before: str, after: str, headline: str) -> tuple[int, int, int]:
    """Words of a text, and how many are left in the document's text, and in it or its title."""
    whole, left, title = (Counter(words(text)) for text in (before, after, headline))
    return whole.total(), (whole & left).total(), (whole & (left + title)).total()


if __name__ == "__main__":
    main()
