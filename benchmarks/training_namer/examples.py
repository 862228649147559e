"""What the namer learns from: lines, and the classes that each may be of.

Labelled pages say the class of each line.  Pages of the development sets say less: what is in a
page's known text stays; what is not goes, as the kind that the rules or its container tell, else as
any.  The phrases of the kind rules are learned as well.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.datasets import Example
from benchmarks.flattening import full, recall
from benchmarks.labelling import LANGUAGES, LabelError, LabelledPage, load_lessons, squeeze
from benchmarks.labelling import load as load_labelled
from benchmarks.training.examples import fold_of, with_domains
from benchmarks.training.labels import shares_from_segments, shares_from_text
from benchmarks.training_text.lessons import with_title
from cleaners import Page, clean_page
from cleaners.judging import look
from cleaners.judging.cues import read_cues
from cleaners.judging.flattened.features import Measured, measure
from cleaners.judging.lines import Lines
from cleaners.judging.namer.features import CLASS_OF, CLASSES, KEEP
from cleaners.reading.decoding import decode
from cleaners.records import Block, Removal
from cleaners.segmenting import segment
from cleaners.segmenting.text import segment_text

Floats = NDArray[np.floating[Any]]
Bools = NDArray[np.bool_]

FIRST_HAND: Final = "writing"
"""The hand that wrote the rules too; the others are named by their folders."""
PHRASES: Final = "phrases"
_CONTENT: Final = 0.9
"""Share of a line's words in the known text from which it is content."""
_NO_CONTENT: Final = 0.05
"""The share up to which it is not."""
_MOST_LINES: Final = 400
"""Lines of a flattened page from which it would weigh too much."""


@dataclass(frozen=True, slots=True)
class Text:
    """One page as the second look sees it.

    `group` is the hand that wrote it or the fold of its domain: what is held out together.
    `allowed` says which classes each line may be of (a row a line); none where nothing is known.
    """

    name: str
    group: str
    blocks: tuple[Block, ...]
    lines: Lines
    removals: tuple[Removal, ...]
    measured: Measured
    allowed: Bools


@dataclass(frozen=True, slots=True)
class Said:
    """Lines for the first look: their texts, and what each may be."""

    texts: tuple[str, ...]
    group: str
    site: str
    allowed: Bools


# --- labelled pages -------------------------------------------------------------------------


def labelled() -> list[Text]:
    """The pages that may be learned from, each with its writer as its group."""
    hands = {FIRST_HAND: load_labelled("writing"), **load_lessons()}
    return [_of_page(page, hand) for hand, pages in hands.items() for page in pages]


def _of_page(page: LabelledPage, hand: str) -> Text:
    blocks = segment(page.page).blocks
    return _text(page.name, hand, blocks, labels_of(page, blocks))


def labels_of(page: LabelledPage, blocks: Sequence[Block]) -> Bools:
    """The classes of each block: those of the label that most of its characters have."""
    labels = [piece.labels for piece in page.pieces for _ in squeeze(piece.text)]
    flat = "".join(squeeze(piece.text) for piece in page.pieces)
    allowed = np.zeros((len(blocks), CLASSES), bool)
    at = 0
    for row, block in zip(allowed, blocks, strict=True):
        squeezed = squeeze(block.text)
        found = flat.find(squeezed, at)
        found = flat.find(squeezed) if found < 0 else found
        if found < 0:
            raise LabelError(f"{page.name}: “{block.text[:60]}” is not in its labelled text")
        at = found + len(squeezed)
        inside = labels[found:at]
        if inside:
            for label in max(sorted(set(inside)), key=inside.count):
                row[CLASS_OF.get(label, KEEP)] = True  # type: ignore[call-overload]
    return allowed


def _text(name: str, group: str, blocks: Sequence[Block], allowed: Bools) -> Text:
    _, lines, found = look(blocks)
    removals = tuple(found)
    return Text(name, group, tuple(blocks), lines, removals, measure(lines, removals), allowed)


# --- pages of the development sets -----------------------------------------------------------


def real(folder: Path, processes: int) -> Iterator[tuple[Said, list[Text]]]:
    """What each page of the three sets teaches: its blocks, and its text in one flattening."""
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_real_page, *zip(*with_domains(folder), strict=True), chunksize=20)


def _real_page(example: Example, domain: str) -> tuple[Said, list[Text]]:
    html = decode(example.read()).text
    group = f"fold {fold_of(domain)}"
    document = clean_page(Page(html, "html", example.url))
    said = _said(example, document.blocks, document.removals, (group, domain))
    lot = int(hashlib.sha256(f"{example.set}/{example.id}".encode()).hexdigest(), 16) % 3
    text = (full, recall, _known(example))[lot](html, example.url)
    blocks = segment_text(text)
    if not blocks or len(blocks) > _MOST_LINES:
        return said, []
    shares = with_title(example, blocks, _shares(example, blocks))
    allowed = _allowed(shares, [None] * len(blocks))
    return said, [_text(f"{example.set}/{example.id}", group, blocks, allowed)]


def _known(example: Example) -> Any:
    """The page's known text, which is clean; the whole page where that is not known."""
    return (lambda _html, _url: example.text) if example.text else full


def _said(
    example: Example, blocks: Sequence[Block], removals: Sequence[Removal], where: tuple[str, str]
) -> Said:
    """The blocks of a page with the kinds that its markup and the rules tell."""
    kinds: list[str | None] = [None] * len(blocks)
    for removal in removals:
        if removal.end - removal.start == len(blocks[removal.block].text):
            kinds[removal.block] = removal.kind
    allowed = _allowed(_shares(example, blocks), kinds)
    return Said(tuple(block.text for block in blocks), *where, allowed)


def _shares(example: Example, blocks: Sequence[Block]) -> Floats:
    texts = [block.text for block in blocks]
    if example.text is None:
        return shares_from_segments(texts, example.wanted, example.unwanted)
    return shares_from_text(texts, example.text)[0]


def _allowed(shares: Floats, kinds: Sequence[str | None]) -> Bools:
    """The classes that lines may be of, by the share of each that is content and its kind."""
    allowed = np.zeros((len(shares), CLASSES), bool)
    allowed[shares >= _CONTENT, KEEP] = True
    for number in np.flatnonzero(shares <= _NO_CONTENT):
        at = CLASS_OF.get(kinds[number])  # type: ignore[call-overload]
        if at is None:
            allowed[number, KEEP + 1 :] = True
        else:
            allowed[number, at] = True
    return allowed


# --- what the first look learns from ---------------------------------------------------------


def said_in(texts: Sequence[Text]) -> list[Said]:
    """Labelled pages as the first look sees them."""
    return [
        Said(tuple(block.text for block in text.blocks), text.group, text.name, text.allowed)
        for text in texts
    ]


def phrases() -> Said:
    """The phrases of the kind rules, each as a line of its kind."""
    kinds: dict[str, set[int]] = defaultdict(set)
    for language in LANGUAGES:
        name = f"{language}.toml"
        table = (files("cleaners.judging") / "phrases" / name).read_text(encoding="utf-8")
        for cue in read_cues(tomllib.loads(table), language=language, where=name):
            if cue.kind in CLASS_OF:
                kinds[cue.phrase.replace("...", " ")].add(CLASS_OF[cue.kind])
    allowed = np.zeros((len(kinds), CLASSES), bool)
    for row, classes in zip(allowed, kinds.values(), strict=True):
        row[sorted(classes)] = True
    return Said(tuple(kinds), PHRASES, PHRASES, allowed)


def class_of(allowed: Bools) -> NDArray[np.int64]:
    """The class of each line, `CLASSES` where it may be of several, -1 where nothing is known."""
    many = np.where(allowed.sum(axis=1) == 1, allowed.argmax(axis=1), CLASSES)
    return np.where(allowed.any(axis=1), many, -1)


def thinned(pages: Sequence[Said], most: int) -> list[Said]:
    """Each line of a class once, and of each class at most so many lines, drawn by lot."""
    drawn: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for number, page in enumerate(pages):
        for at, (text, label) in enumerate(zip(page.texts, class_of(page.allowed), strict=True)):
            key = (text.lower()[:200], int(label))
            if label >= 0 and len(text) > 1 and key not in seen:
                seen.add(key)
                lot = hashlib.sha256((page.site + text).encode()).hexdigest()
                drawn[int(label)].append((lot, number, at))
    kept: dict[int, list[int]] = defaultdict(list)
    for lots in drawn.values():
        for _, number, at in sorted(lots)[:most]:
            kept[number].append(at)
    return [_only(pages[number], sorted(rows)) for number, rows in sorted(kept.items())]


def _only(page: Said, rows: list[int]) -> Said:
    return Said(tuple(page.texts[at] for at in rows), page.group, page.site, page.allowed[rows])


def joined(said: Sequence[Said]) -> tuple[list[str], Bools]:
    """All lines of many pages in a row."""
    return (
        list(chain.from_iterable(page.texts for page in said)),
        np.concatenate([page.allowed for page in said]),
    )
