"""Title, author and date beside trafilatura's, against WCXB's own fields, in one run.

    python -m benchmarks.metadata [--sample N] [--half 0|1] [--tools NAME ...] [--misses FIELD]

Each page is read by one tool and then the other, so that both meet the same machine.  CPU time
covers everything from the decoded markup to the fields, parsing included.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Final

from selectolax.lexbor import LexborHTMLParser
from trafilatura.metadata import extract_metadata

from benchmarks.datasets import FOLDER, Example, load, sample
from benchmarks.results import circumstances, write_section
from benchmarks.scores import word_overlap, words
from cleaners.metadata.head import read_head
from cleaners.metadata.html import declared
from cleaners.records import Metadata

FIELDS: Final = ("title", "author", "date")

_KEY: Final = (
    "Over the pages of wcxb-dev that have the field: the share that is right (the same words, or",
    "the same day) and the mean word F1.  Precision counts an answer on a page without the field",
    "as wrong, though many of these are only not annotated.  Both tools are given the decoded",
    "page and its address; trafilatura searches for the date extensively, its default.",
    "Winnow's rules were written while reading its misses on every other page; `unread` is the",
    "share that is right on the pages between, whose misses nobody read.",
)


def winnow(html: str, url: str | None) -> Metadata:
    tree = LexborHTMLParser(html)
    return declared(tree, read_head(tree), url)


def trafilatura(html: str, url: str | None) -> Metadata:
    """Metadata as trafilatura finds it, with its defaults (extensive date search)."""
    found = extract_metadata(html, default_url=url)
    return Metadata(title=found.title, author=found.author, date=found.date)


TOOLS: Final[dict[str, Callable[[str, str | None], Metadata]]] = {
    "winnow": winnow,
    "trafilatura": trafilatura,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one tool said about one page, and the CPU it took, in seconds."""

    example: Example
    metadata: Metadata
    seconds: float


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How one tool did on one field.

    `right` is the share of pages with a truth where the field is the same, words and figures
    alone compared; `overlap` their mean word F1 (for dates the same as `right`); `precision` the
    share of given answers that are right, where a page without a truth makes any answer wrong;
    `f1` is over that precision and `right`.
    """

    pages: int
    right: float
    overlap: float
    precision: float
    f1: float


def main() -> None:
    arguments = _arguments()
    examples = sample(load("wcxb-dev", arguments.data), arguments.sample)
    if arguments.half is not None:
        examples = examples[arguments.half :: 2]
    answers = {name: list(_answers(name, examples)) for name in arguments.tools}
    lines = list(table(answers))
    print("\n".join(lines))
    if arguments.sample is None and arguments.half is None and set(answers) == set(TOOLS):
        head = circumstances(
            "benchmarks.metadata",
            sys.argv[1:],
            {name: version(name) for name in ("winnow", "selectolax", "trafilatura", "htmldate")},
        )
        write_section("metadata", ["## Metadata", "", *head, "", *_KEY, "", *lines])
    if arguments.misses:
        _print_misses(arguments.misses, answers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metadata", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the sets")
    parser.add_argument("--sample", type=int, help="take N pages, always the same ones")
    parser.add_argument("--half", type=int, choices=(0, 1), help="every other page only")
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--misses", choices=FIELDS, help="print where the tools are wrong")
    return parser.parse_args()


def _answers(name: str, examples: Sequence[Example]) -> Iterator[Answer]:
    logging.disable(logging.CRITICAL)
    tool = TOOLS[name]
    for example in examples:
        html = example.read().decode("utf-8", "replace")
        start = time.process_time()
        metadata = tool(html, example.url)
        yield Answer(example, metadata, time.process_time() - start)


def same(field: str, truth: str, given: str) -> bool:
    """Whether two values say the same: dates by day, authors whatever their order."""
    if field == "date":
        return truth[:10] == given[:10]
    if field == "author":
        return _named(truth) == _named(given)
    return words(truth) == words(given)


def _named(authors: str) -> list[str]:
    return sorted(word for word in words(authors) if word != "and")


def score(field: str, answers: Sequence[Answer]) -> FieldScore:
    pairs = [
        (getattr(answer.example, field), getattr(answer.metadata, field)) for answer in answers
    ]
    known = [(truth, given) for truth, given in pairs if truth]
    if not known:
        return FieldScore(0, 0.0, 0.0, 0.0, 0.0)
    right = sum(bool(given) and same(field, truth, given) for truth, given in known)
    answered = sum(bool(given) for _, given in pairs)
    if field == "date":
        overlap = right / len(known)
    else:
        overlap = fmean(word_overlap(truth, given or "").f1 for truth, given in known)
    precision, recall = right / max(answered, 1), right / len(known)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return FieldScore(len(known), recall, overlap, precision, f1)


def table(answers: dict[str, list[Answer]]) -> Iterator[str]:
    """The comparison as a Markdown table."""
    yield "| field | pages | tool | right | right, unread | word F1 | precision | F1 of right |"
    yield "|---|---|---|---|---|---|---|---|"
    for field in FIELDS:
        for name, given in answers.items():
            row, unread = score(field, given), score(field, given[1::2])
            figures = (row.right, unread.right, row.overlap, row.precision, row.f1)
            listed = " | ".join(f"{figure:.3f}" for figure in figures)
            yield f"| {field} | {row.pages} | {name} | {listed} |"
    yield ""
    for name, given in answers.items():
        mean = 1000 * fmean(answer.seconds for answer in given)
        yield f"CPU a page, {name}: {mean:.2f} ms (mean of {len(given)} pages)"


def _print_misses(field: str, answers: dict[str, list[Answer]]) -> None:
    for rows in zip(*answers.values(), strict=True):
        example = rows[0].example
        truth = getattr(example, field)
        given = [getattr(row.metadata, field) for row in rows]
        if truth and not (given[0] and same(field, truth, given[0])):
            print(f"{example.id} {example.type} {example.url}\n   truth {truth!r}")
            for name, value in zip(answers, given, strict=True):
                print(f"   {name} {value!r}")


if __name__ == "__main__":
    main()
