"""Markdown as crawlers write it: Winnow beside doing nothing and a simple rule, in one run.

    python -m benchmarks.crawled [--sample N]

Pages of WCXB are turned into markdown by the converters that crawlers use, cleaned, and scored by
word F1.  One converter is also told to strip `script` and `style`: it strips the tags and keeps
what they hold, a mistake that is easily made.  A run over the default sample rewrites its section
of `RESULTS.md`.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

import html2text
import markdownify
from bs4 import BeautifulSoup

from benchmarks.datasets import FOLDER, Example, load, sample
from benchmarks.flattened import nothing, ten_words, winnow
from benchmarks.results import circumstances, markdown, write_section
from benchmarks.scores import Score, mean_score, word_overlap
from cleaners.reading.decoding import decode

_SAMPLE: Final = 200


def by_html2text(html: str) -> str:
    converter = html2text.HTML2Text(bodywidth=0)
    return converter.handle(html)


def by_markdownify(html: str) -> str:
    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript"]):
        element.decompose()
    return str(markdownify.markdownify(str(soup), heading_style="ATX"))


def with_programs(html: str) -> str:
    """What markdownify gives when it strips the tags of scripts and keeps what they hold."""
    return str(markdownify.markdownify(html, heading_style="ATX", strip=["script", "style"]))


CONVERTERS: Final[Mapping[str, Callable[[str], str]]] = {
    "html2text": by_html2text,
    "markdownify": by_markdownify,
    "markdownify, scripts in": with_programs,
}
RULES: Final[Mapping[str, Callable[[str], str]]] = {
    "do nothing": nothing,
    "lines of 10 words or more": ten_words,
    "winnow, in sample": winnow,
}


def main() -> None:
    logging.disable(logging.CRITICAL)
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.crawled",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the sets")
    parser.add_argument(
        "--sample", type=int, default=_SAMPLE, help="take N pages, always the same ones"
    )
    arguments = parser.parse_args()
    lines = list(report(sample(load("wcxb-dev", arguments.data), arguments.sample)))
    print("\n".join(lines))
    if arguments.sample == _SAMPLE:
        packages = ("winnow", "html2text", "markdownify", "beautifulsoup4")
        versions = {name: version(name) for name in packages}
        head = circumstances("benchmarks.crawled", sys.argv[1:], versions)
        write_section("crawled", ["## Markdown of crawlers", "", *head, "", *lines])


def report(examples: Sequence[Example]) -> Iterator[str]:
    """Word F1 by converter, for all pages and for articles."""
    scores: dict[str, dict[str, list[tuple[str, Score]]]] = {
        rule: defaultdict(list) for rule in RULES
    }
    for example in examples:
        html = decode(example.read()).text
        for name, convert in CONVERTERS.items():
            text = convert(html)
            for rule, clean in RULES.items():
                score = word_overlap(example.text or "", clean(text))
                scores[rule][name].append((example.type, score))
    yield f"Word F1 over {len(examples)} pages of wcxb-dev, and over their articles."
    yield "The line judge that ships learned from text of these pages, but from no markdown."
    yield ""
    rows = [
        [rule, *(figure for pages in found.values() for figure in _figures(pages))]
        for rule, found in scores.items()
    ]
    yield from markdown(
        ["", *(f"{name}, {part}" for name in CONVERTERS for part in ("all", "articles"))], rows
    )


def _figures(pages: Sequence[tuple[str, Score]]) -> list[str]:
    parts = [score for _, score in pages], [s for kind, s in pages if kind == "article"]
    return [f"{mean_score(part).f1:.3f}" for part in parts]


if __name__ == "__main__":
    main()
