"""Where a page's time goes: CPU of each stage of `clean_page`, beside trafilatura in one run.

    python -m benchmarks.stages [--set NAME] [--every N] [--data DIR] [--alone] [--write]

Three passes over every Nth page of a set, from bytes to document.  The first takes Winnow alone,
for its peak memory; in the second each page goes to Winnow and then to trafilatura (without
comments); in the third the functions that make up the stages are timed from outside.  A stage's
figure leaves out the stages inside it; the timing itself costs a microsecond a call.  What is
loaded once for all pages is loaded before.  With `--write` the table becomes its section of
`RESULTS.md`.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, median, quantiles
from time import process_time
from typing import Any, Final

from benchmarks.datasets import FOLDER, SETS, load
from benchmarks.results import circumstances, write_section
from cleaners import Page, clean_page
from cleaners.language import detect_language
from cleaners.reading import decoding

# Each function under the name by which its caller finds it.
STAGES: Final[dict[str, tuple[str, ...]]] = {
    "decode": ("cleaners.reading.decoding:decode",),
    "parse": ("cleaners.segmenting.html:parse",),
    "walk into blocks": ("cleaners.segmenting.html:blocks_of",),
    "declared": (
        "cleaners.metadata.head:read_head",
        "cleaners.metadata.html:declared",
        "cleaners.metadata.html:article_body",
        "cleaners.segmenting.declaring:types_and_statements",
        "cleaners.segmenting.declaring:undisplayed",
    ),
    "title": ("cleaners.cleaning:mark_declared", "cleaners.cleaning:mark_shortened"),
    "lines and cues": ("cleaners.judging:read_lines",),
    "kind rules": ("cleaners.judging:_by_kind",),
    "features": ("cleaners.judging.model:measure",),
    "trees, networks": ("cleaners.judging.layout:score_blocks",),
    "choice of blocks": ("cleaners.judging.layout:judge_layout",),
    "second witness": ("cleaners.judging.namer:take_doubted",),
    "merge and name": ("cleaners.cleaning:judge",),
    "settle": ("cleaners.cleaning:settle",),
    "language, metadata": ("cleaners.cleaning:complete",),
    "document": ("cleaners.cleaning:describe",),
}
REST: Final = "rest"

Sample = tuple[bytes, str | None]


def main() -> None:
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    examples = load(arguments.set, arguments.data)[:: arguments.every]
    pages = [(example.read(), example.url) for example in examples]
    _load_models(pages)

    for page in pages:
        winnow(*page)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"{arguments.set}, {len(pages)} pages; CPU in ms a page; peak {peak:.0f} MB",
        "",
        *_beside(pages, alone=arguments.alone),
        "",
        *_stages(pages),
    ]
    print("\n".join(lines))
    if arguments.write:
        versions = {name: version(name) for name in ("winnow", "trafilatura")}
        head = circumstances("benchmarks.stages", sys.argv[1:], versions)
        write_section("stages", ["## Stages of a page", "", *head, "", "```", *lines, "```"])


def winnow(data: bytes, url: str | None) -> None:
    clean_page(Page(text=decoding.decode(data).text, url=url))


def _load_models(pages: Sequence[Sample]) -> None:
    detect_language("abcdefgh " * 30)
    for page in pages[:5]:
        winnow(*page)


def _beside(pages: Sequence[Sample], *, alone: bool) -> Iterator[str]:
    """Winnow's and trafilatura's time, page for page one after the other."""
    mine: list[float] = []
    theirs: list[float] = []
    extract = None if alone else _trafilatura(pages)
    for page in pages:
        mine.append(_timed(lambda page=page: winnow(*page)))
        if extract:
            theirs.append(_timed(lambda page=page: extract(*page)))
    yield f"{'':22}{'mean':>8}{'median':>8}{'p99':>8}{'worst':>8}"
    for name, times in (("winnow", mine), ("trafilatura", theirs)):
        if times:
            p99 = quantiles(times, n=100)[-1]
            figures = (fmean(times), median(times), p99, max(times))
            yield f"{name:22}" + "".join(f"{figure:8.2f}" for figure in figures)
    if theirs:
        yield f"{'ratio of the means':22}{fmean(mine) / fmean(theirs):8.3f}"


def _trafilatura(pages: Sequence[Sample]) -> Callable[[bytes, str | None], object]:
    from trafilatura import extract  # noqa: PLC0415 - Winnow's memory is read without it

    def run(data: bytes, url: str | None) -> object:
        return extract(decoding.decode(data).text, url=url, include_comments=False)

    # Once over all pages, as Winnow has had them: its parser of dates takes .2 s to load.
    for page in pages:
        run(*page)
    return run


def _timed(call: Callable[[], object]) -> float:
    start = process_time()
    call()
    return (process_time() - start) * 1000


def _stages(pages: Sequence[Sample]) -> Iterator[str]:
    with _probes() as spent:
        whole = sum(_timed(lambda page=page: winnow(*page)) for page in pages)
    spent[REST] = whole - sum(spent.values())
    for stage in (*STAGES, REST):
        yield f"{stage:22}{spent[stage] / len(pages):8.2f}{spent[stage] / whole:8.1%}"
    yield f"{'whole, timed':22}{whole / len(pages):8.2f}"


@contextmanager
def _probes() -> Iterator[Counter[str]]:
    """Time the functions of the stages while this is open; gives milliseconds by stage."""
    spent: Counter[str] = Counter()
    inner: list[float] = [0.0]
    placed: list[tuple[Any, str, Any]] = []
    for stage, targets in STAGES.items():
        for target in targets:
            module_name, name = target.split(":")
            module = importlib.import_module(module_name)
            function = getattr(module, name)
            placed.append((module, name, function))
            setattr(module, name, _probed(function, stage, spent, inner))
    try:
        yield spent
    finally:
        for module, name, function in placed:
            setattr(module, name, function)


def _probed(
    function: Callable[..., Any], stage: str, spent: Counter[str], inner: list[float]
) -> Callable[..., Any]:
    """The function, adding the time of its calls to its stage, less what probes inside it took."""

    @wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        inner.append(0.0)
        start = process_time()
        try:
            return function(*args, **kwargs)
        finally:
            took = (process_time() - start) * 1000
            spent[stage] += took - inner.pop()
            inner[-1] += took

    return timed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--set", choices=SETS, default="wcxb-dev")
    parser.add_argument("--every", type=int, default=15, help="every Nth page (default: 15)")
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--alone", action="store_true", help="without trafilatura")
    parser.add_argument("--write", action="store_true", help="write the section of RESULTS.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
