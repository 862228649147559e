"""Extraction quality and speed of Winnow and its peers, side by side in one run.

    python -m benchmarks.quality [--set NAME ...] [--sample N] [--tools NAME ...]
        [--winnow-predictions DIR] [--save DIR]

Every page goes to one tool after the other, each in a process of its own, so that all meet the
same machine in the same minute.  A run of all tools over whole sets rewrites its section of
`RESULTS.md`.  `README.md` says what the columns mean.
"""

from __future__ import annotations

import argparse
import html as markup
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import nan
from pathlib import Path
from statistics import fmean, median, quantiles
from typing import Any, Final

from benchmarks.datasets import FOLDER, SETS, Example, load, sample
from benchmarks.results import circumstances, markdown, write_section
from benchmarks.scores import (
    Counts,
    Score,
    Segments,
    hit_rates,
    mean_score,
    segment_scores,
    segments,
    shingle_scores,
    shingles,
    word_overlap,
)
from cleaners.reading.decoding import decode

_ROOT: Final = Path(__file__).resolve().parents[1]
_PEERS: Final = _ROOT / ".venvs" / "peers" / "bin" / "python"
_PEERS312: Final = _ROOT / ".venvs" / "peers312" / "bin" / "python"

# Of its words, the share that makes a known text count as being on its page.
_FOUND: Final = 0.9

# Cross-validated predictions stand under this name beside the tools that ran.
UNSEEN: Final = "winnow, cross-validated"
SEEN: Final = "winnow, in sample"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool's title, settings and interpreter."""

    title: str
    settings: str
    python: Path


TOOLS: Final = {
    "winnow": Tool(SEEN, "defaults, with url", Path(sys.executable)),
    "trafilatura": Tool("trafilatura", "without comments, with url", _PEERS),
    "trafilatura-precision": Tool(
        "trafilatura, precision", "without comments, favor_precision, with url", _PEERS
    ),
    "rs-trafilatura": Tool("rs-trafilatura", "defaults, with url", _PEERS312),
    "resiliparse": Tool(
        "resiliparse", "main_content, preserve_formatting, no alt texts, no comments", _PEERS
    ),
    "readability-lxml": Tool(
        "readability-lxml", "defaults; text with a line break at block edges", _PEERS
    ),
    "justext": Tool("jusText", "stop words of all its languages, which serve it best", _PEERS),
    "everything": Tool("keep everything", "all text but script, style, noscript, template", _PEERS),
}

TYPES: Final = (
    *("article", "documentation", "service", "forum"),
    *("collection", "listing", "product"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What one tool scored on one page; a score is None where the set has no truth for it.

    `on_page` says whether the words of the known text are in the page's markup at all.
    """

    type: str
    on_page: bool
    overlap: Score | None
    segments: Segments | None
    shingles: Counts | None
    ms: float | None
    error: str | None = None


@dataclass(slots=True)
class Results:
    """Scores by tool and set, and what each process said of itself at its end."""

    pages: dict[str, dict[str, list[Page]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    peaks: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


class Worker:
    """One tool's process."""

    def __init__(self, name: str, python: Path) -> None:
        script = str(_ROOT / "benchmarks" / "worker.py")
        self._process = subprocess.Popen(
            [str(python), "-P", script, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._name = name

    def extract(self, html: str, url: str | None) -> dict[str, Any]:
        return self._ask(json.dumps({"html": html, "url": url}))

    def finish(self) -> dict[str, Any]:
        last = self._ask("")
        self._process.communicate()
        return last

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _ask(self, line: str) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise SystemExit(self._dead()) from None
        if answer := self._process.stdout.readline():
            said: dict[str, Any] = json.loads(answer)
            return said
        raise SystemExit(self._dead())

    def _dead(self) -> str:
        return f"{self._name}: its process ended; run `python benchmarks/worker.py {self._name}`"


def main() -> None:
    arguments = _arguments()
    examples = {
        name: sample(load(name, arguments.data), arguments.sample) for name in arguments.set
    }
    predictions = _predictions(arguments.winnow_predictions, examples)
    names = [name for name in arguments.tools if _is_there(name)]
    results = run(names, examples, predictions, arguments.save)
    lines = list(report(results))
    print("\n".join(lines))
    asked_for_all = set(arguments.set) == set(SETS) and set(arguments.tools) == set(TOOLS)
    if asked_for_all and arguments.sample is None:
        head = circumstances("benchmarks.quality", sys.argv[1:], results.versions)
        write_section("quality", ["## Extraction from HTML", "", *head, "", *lines])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the sets")
    parser.add_argument("--set", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument("--sample", type=int, help="take N pages a set, always the same ones")
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument(
        "--winnow-predictions", type=Path, help="folder of out-of-fold texts, <set>.jsonl"
    )
    parser.add_argument("--save", type=Path, help="folder to write all texts to")
    return parser.parse_args()


def _is_there(name: str) -> bool:
    if TOOLS[name].python.exists():
        return True
    print(f"{name}: left out, {TOOLS[name].python} is not there; see make bench", file=sys.stderr)
    return False


def _predictions(
    folder: Path | None, examples: Mapping[str, Sequence[Example]]
) -> dict[str, dict[str, str]]:
    """Out-of-fold texts by set and id: `{"id": ..., "text": ...}` a line."""
    found: dict[str, dict[str, str]] = {}
    for name in examples if folder else ():
        path = folder / f"{name}.jsonl" if folder else Path()
        if not path.exists():
            continue
        with path.open(encoding="utf-8") as lines:
            found[name] = {row["id"]: row["text"] for row in map(json.loads, lines)}
        if missing := [row.id for row in examples[name] if row.id not in found[name]]:
            raise SystemExit(f"{path}: {len(missing)} pages are missing, the first is {missing[0]}")
    return found


# --- running --------------------------------------------------------------------------------


def run(
    names: Sequence[str],
    examples: Mapping[str, Sequence[Example]],
    predictions: Mapping[str, Mapping[str, str]],
    save: Path | None,
) -> Results:
    """Send every page to every tool, one after the other."""
    results = Results()
    workers = {name: Worker(name, TOOLS[name].python) for name in names}
    try:
        for worker in workers.values():
            # Lazy imports and tables belong to no page.
            worker.extract("<html><body><p>To warm up.</p></body></html>", None)
        for example in _shown(examples):
            html = decode(example.read()).text
            there = is_on_page(example, html)
            for name, worker in workers.items():
                answer = worker.extract(html, example.url)
                page = score(
                    example,
                    answer["text"],
                    on_page=there,
                    ms=answer["ms"],
                    error=answer["error"],
                )
                results.pages[TOOLS[name].title][example.set].append(page)
                if save:
                    _save(save / name, example, answer["text"])
            if example.set in predictions:
                text = predictions[example.set][example.id]
                results.pages[UNSEEN][example.set].append(score(example, text, on_page=there))
        for name, worker in workers.items():
            last = worker.finish()
            results.peaks[TOOLS[name].title] = last["peak_mb"]
            # The first tool's Python is named, Winnow's; one peer runs on another.
            results.versions = last["versions"] | results.versions
    finally:
        for worker in workers.values():
            worker.stop()
    return results


def _shown(examples: Mapping[str, Sequence[Example]]) -> Iterator[Example]:
    """All examples, with a sign of life every hundred pages."""
    total = sum(map(len, examples.values()))
    every = (example for rows in examples.values() for example in rows)
    for number, example in enumerate(every, start=1):
        yield example
        if number % 100 == 0 or number == total:
            print(f"{number}/{total} pages", file=sys.stderr)


def _save(folder: Path, example: Example, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{example.set}.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": example.id, "text": text}, ensure_ascii=False) + "\n")


def is_on_page(example: Example, html: str) -> bool:
    """Whether a page's markup, scripts included, has nine in ten words of its known text."""
    if example.text is None:
        return True
    return word_overlap(example.text, markup.unescape(html)).recall >= _FOUND


def score(
    example: Example,
    text: str,
    *,
    on_page: bool,
    ms: float | None = None,
    error: str | None = None,
) -> Page:
    """A page's scores, as far as its set has a truth for them."""
    has_text, has_segments = example.text is not None, bool(example.wanted or example.unwanted)
    return Page(
        type=example.type,
        on_page=on_page,
        overlap=word_overlap(example.text or "", text) if has_text else None,
        segments=segments(text, example.wanted, example.unwanted) if has_segments else None,
        shingles=shingles(example.text or "", text) if has_text else None,
        ms=ms,
        error=error,
    )


# --- reporting ------------------------------------------------------------------------------


def report(results: Results) -> Iterator[str]:
    """The tables of one run, as lines of Markdown."""
    ran = {tool for tool in results.pages if tool != UNSEEN}
    yield "Settings: " + "; ".join(
        f"{tool.title}: {tool.settings}" for tool in TOOLS.values() if tool.title in ran
    )
    yield ""
    yield f"`{SEEN}` is the judge that ships: it was trained on these very pages, so its row says"
    yield "how fast it is, not how good."
    if UNSEEN in results.pages:
        yield f"`{UNSEEN}` is what counts: each page was judged by a model that saw no page of"
        yield "its domain."
    else:
        yield "What counts, its texts from cross-validation, were not given to this run."
    tables = {"wcxb-dev": _wcxb, "aeb-dev": _aeb, "traf-dev": _traf}
    for name, table in tables.items():
        rows = {tool: sets[name] for tool, sets in results.pages.items() if sets.get(name)}
        if rows:
            yield from ("", f"### {name}, {len(next(iter(rows.values())))} pages", "")
            yield from table(rows)
    yield from ("", "### Time and memory", "")
    yield from _speed(results)


def _three(value: float) -> str:
    return f"{value:.3f}"


def _wcxb(rows: Mapping[str, Sequence[Page]]) -> Iterator[str]:
    types = [name for name in TYPES if any(page.type == name for page in next(iter(rows.values())))]
    lines = []
    for tool, pages in rows.items():
        overall = mean_score([page.overlap for page in pages if page.overlap])
        by_type = [
            mean_score([page.overlap for page in pages if page.overlap and page.type == name]).f1
            for name in types
        ]
        there = [page.overlap.f1 for page in pages if page.overlap and page.on_page]
        found, absent = hit_rates(page.segments for page in pages if page.segments)
        whole = fmean(there) if there else nan
        figures = (overall.f1, overall.precision, overall.recall, *by_type, whole, found, absent)
        lines.append([tool, *map(_three, figures)])
    count = sum(page.on_page for page in next(iter(rows.values())))
    yield "Word F1, precision and recall, mean over pages; word F1 by type; word F1 over the"
    yield f"{count} pages whose known text is on the page: nine in ten of its words are in the"
    yield "markup; snippets."
    yield ""
    head = ["", "F1", "precision", "recall", *types, "text on page"]
    head += ["with found", "without absent"]
    yield from markdown(head, lines)


def _aeb(rows: Mapping[str, Sequence[Page]]) -> Iterator[str]:
    lines = []
    for tool, pages in rows.items():
        shingle = shingle_scores([page.shingles for page in pages if page.shingles])
        overlap = mean_score([page.overlap for page in pages if page.overlap])
        figures = (shingle.f1, shingle.precision, shingle.recall, overlap.f1)
        lines.append([tool, *map(_three, figures)])
    yield from markdown(["", "shingle F1", "precision", "recall", "word F1"], lines)


def _traf(rows: Mapping[str, Sequence[Page]]) -> Iterator[str]:
    lines = []
    for tool, pages in rows.items():
        found = segment_scores(page.segments for page in pages if page.segments)
        lines.append([tool, *map(_three, (found.f1, found.precision, found.recall))])
    yield from markdown(["", "segment F1", "precision", "recall"], lines)


def _speed(results: Results) -> Iterator[str]:
    names = [name for name in SETS if any(name in sets for sets in results.pages.values())]
    lines = []
    for tool, sets in results.pages.items():
        if tool == UNSEEN:
            continue
        every = [page for name in names for page in sets[name]]
        errors = sum(page.error is not None for page in every)
        first = _times([page.ms for page in sets[names[0]] if page.ms is not None])
        means = [fmean(page.ms for page in sets[name] if page.ms is not None) for name in names[1:]]
        figures = [f"{value:.2f}" for value in (*first, *means)]
        lines.append([tool, *figures, f"{results.peaks[tool]:.0f}", str(errors)])
    yield "Milliseconds of CPU a page, from the decoded page to the text; the peak of the process"
    yield "over the whole run; pages on which the tool raised an error."
    yield ""
    head = ["", *(f"{names[0]} {what}" for what in ("mean", "median", "p99"))]
    head += [*(f"{name} mean" for name in names[1:]), "peak MB", "errors"]
    yield from markdown(head, lines)


def _times(times: Sequence[float]) -> tuple[float, float, float]:
    """Mean, median and 99th percentile."""
    last = quantiles(times, n=100, method="inclusive")[-1] if len(times) > 1 else times[0]
    return fmean(times), median(times), last


if __name__ == "__main__":
    main()
