"""Text whose line breaks were lost: how much of it there is, and what goes from it.

    python -m benchmarks.joined [--every N]

Says of every N-th page of WCXB how its text stands in lines when `get_text()` takes it, and how
many sure breaks the model finds in joined pages and in long paragraphs; and of the labelled pages
that no model has read how many characters stay and go, in lines and joined.  It writes no file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from benchmarks.datasets import FOLDER, load
from benchmarks.flattening import full, joined, plain
from benchmarks.labelling import KEEP, LabelledPage
from benchmarks.labelling import load as load_labelled
from benchmarks.results import markdown
from cleaners import Page, clean_page
from cleaners.reading.decoding import decode
from cleaners.segmenting.joined.model import default_model

_LONG: Final = 1000
_SURE: Final = 0.5
FORMS: Final[Mapping[str, str]] = {
    "in lines": "\n",
    "joined by a blank": " ",
    "joined by nothing": "",
}
"""How the lines of a labelled page are joined."""


def long_share(text: str) -> float:
    """The share of a text's characters that stand in long lines."""
    sizes = [len(line.strip()) for line in text.split("\n")]
    return sum(size for size in sizes if size >= _LONG) / max(sum(sizes), 1)


def sure_breaks(line: str) -> tuple[float, float]:
    """Sure breaks in a thousand characters of a line, and the share of them at blanks."""
    gaps = default_model().gaps(line)
    sure = gaps.likely >= _SURE
    count = int(sure.sum())
    return 1000 * count / len(line), float((gaps.spaced & sure).sum()) / max(count, 1)


def of_pages(folder: Path, every: int) -> Iterator[str]:
    """What is said of pages of WCXB."""
    htmls = [decode(example.read()).text for example in load("wcxb-dev", folder)[::every]]
    shares = [long_share(plain(html, None)) for html in htmls]
    mostly = sum(share >= 0.5 for share in shares)
    yield f"{mostly} of {len(shares)} pages have half of their text or more in long lines."
    whole = [sure_breaks(text) for html in htmls if len(text := joined(html, None)) >= _LONG]
    nodes = [line for html in htmls for line in full(html, None).split("\n") if len(line) >= _LONG]
    yield f"Sure breaks in 1,000 characters of pages in one line: {_median(whole, 0):.1f} (median);"
    yield f"of text nodes as long: {_median([sure_breaks(node) for node in nodes], 0):.1f}."
    least = min(spaced for _, spaced in whole)
    yield f"Least share of them at blanks, of {len(whole)} pages joined by blanks: {least:.2f}."


def _median(values: Sequence[tuple[float, float]], column: int) -> float:
    return median(value[column] for value in values)


def of_hands() -> Iterator[str]:
    """What stays and goes of the labelled pages, by the characters of their pieces."""
    pages = [page for page in load_labelled("later") if page.page.media == "text"]
    rows = []
    for form, joint in FORMS.items():
        counts = np.sum([kept_and_gone(page, joint) for page in pages], axis=0)
        content, kept, other, gone = counts.tolist()
        rows.append([form, f"{kept / content:.3f}", f"{gone / other:.3f}"])
    yield from markdown(["", "content kept", "boilerplate gone"], rows)


def kept_and_gone(page: LabelledPage, joint: str) -> tuple[int, int, int, int]:
    """Characters of a page's content, and of its pieces that stay whole; of the rest, and of its
    pieces that do not; its lines are joined by `joint`.
    """
    lines = [" ".join(line.split()) for line in page.page.text.splitlines() if line.strip()]
    text = page.page.text if joint == "\n" else joint.join(lines)
    document = clean_page(Page(text, media="text"))
    left = _spread(f"{document.title or ''}\n{document.text}")
    counts = [0, 0, 0, 0]
    for piece in page.pieces:
        said = _spread(piece.text)
        content = bool({KEEP, "title"}.intersection(piece.labels))
        counts[0 if content else 2] += len(said)
        counts[1 if content else 3] += len(said) * ((said in left) == content)
    return counts[0], counts[1], counts[2], counts[3]


def _spread(text: str) -> str:
    """What a text says, however its words are parted."""
    return "".join(text.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    parser.add_argument("--every", type=int, default=10, help="take every N-th page of WCXB")
    options = parser.parse_args()
    print("\n".join(("", *of_pages(options.data, options.every), "", *of_hands())))


if __name__ == "__main__":
    main()
