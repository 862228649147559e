"""The labelled pages in `labelled/`: what each piece of a page is, said by hand.

A text page is a line a line, each with its label before a bar; `{{kind:piece}}` labels a piece
inside a line.  An HTML page labels its elements with `data-label`, and an element holds for all
inside it that has no label of its own; text without a label is `keep`.  Labels are kinds, `keep`
and `title`; `a/b` says that either is right.  Lines `# key: value` before the page say what its
metadata should be.  `labelled/README.md` says how the pages were made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.records import KINDS, Media, Page

FOLDER: Final = Path(__file__).resolve().parent / "labelled"
LANGUAGES: Final = ("en", "de", "fr", "es", "pt", "zh", "ja", "ko", "ru")
EXPECTED: Final = frozenset({"about", "author", "date", "credit", "flags"})

Half: TypeAlias = Literal["writing", "report", "other", "later", "lessons", "pages"]
"""The two halves of the first hand, `other`: the half of a second hand, which knew no rule, the
lessons, which are learned from, three hands that came `later` than the models, and the HTML pages
of two further hands."""
HALVES: Final[tuple[Half, ...]] = ("writing", "report", "other")

KEEP: Final = "keep"
_LABELS: Final = frozenset({*KINDS, KEEP, "title"})
_HEAD: Final = re.compile(r"# (\w+):[ \t]*(.*)\n")
_LINE: Final = re.compile(r"([a-z_/]+)\| ?(.*)")
_SPAN: Final = re.compile(r"\{\{([a-z_/]+):(.*?)\}\}")
_ATTRIBUTE: Final = re.compile(r'\sdata-label="[^"]*"')
# What a block's text has more or less than its page: bars between cells, brackets around how
# characters are read, and signs that are links.
_SIGNS: Final = str.maketrans("", "", "|（）¶§#🔗⚓^↑↩\ufe0e⤴")
_UNSEEN: Final = frozenset({"script", "style", "head", "title", "template"})


class LabelError(Exception):
    """A labelled page is not written as the format asks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page's text and its labels; the first is the one that it counts for."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One page without its labels, and its pieces in reading order.

    `expected` is what its metadata should be, for the fields that the page states.
    """

    name: str
    half: Half
    language: str
    page: Page
    pieces: tuple[Piece, ...]
    expected: Mapping[str, str]


def load(half: Half, folder: Path = FOLDER) -> list[LabelledPage]:
    """All labelled pages of a half, by name.  Raises `LabelError` for one that is malformed."""
    paths = sorted(path for path in (folder / half).iterdir() if path.suffix in (".txt", ".html"))
    if not paths:
        raise LabelError(f"{folder / half}: no labelled pages there")
    return [read(path, half) for path in paths]


def load_lessons(folder: Path = FOLDER) -> dict[str, list[LabelledPage]]:
    """All pages that are learned from, by the folder of their writer."""
    writers = sorted(path for path in (folder / "lessons").iterdir() if path.is_dir())
    return {
        writer.name: [read(path, "lessons") for path in sorted(writer.glob("*.txt"))]
        for writer in writers
    }


def read(path: Path, half: Half) -> LabelledPage:
    """One labelled page."""
    language = path.name.split("-")[0]
    if language not in LANGUAGES:
        raise LabelError(f"{path.name}: begin its name with one of {', '.join(LANGUAGES)}")
    text = path.read_text(encoding="utf-8")
    expected: dict[str, str] = {}
    while head := _HEAD.match(text):
        if head[1] not in EXPECTED:
            raise LabelError(f"{path.name}: “{head[1]}” is none of {', '.join(sorted(EXPECTED))}")
        if head[2].strip():
            expected[head[1]] = head[2].strip()
        text = text[head.end() :]
    media: Media = "html" if path.suffix == ".html" else "text"
    if media == "html":
        pieces = tuple(_html_pieces(text, path.name))
        text = _ATTRIBUTE.sub("", text)
    else:
        lines = [_line_pieces(line, path.name) for line in text.splitlines()]
        pieces = tuple(piece for line in lines for piece in line)
        text = "\n".join("".join(piece.text for piece in line) for line in lines)
    page = Page(text=text, media=media, source=path.name)
    return LabelledPage(path.stem, half, language, page, pieces, expected)


def _line_pieces(line: str, name: str) -> list[Piece]:
    if not line.strip():
        return []
    found = _LINE.fullmatch(line)
    if not found:
        raise LabelError(f"{name}: “{line[:40]}” has no label before a bar")
    labels, text = _labels(found[1], name), found[2]
    pieces: list[Piece] = []
    at = 0
    for span in _SPAN.finditer(text):
        pieces += (Piece(text[at : span.start()], labels), Piece(span[2], _labels(span[1], name)))
        at = span.end()
    return [piece for piece in (*pieces, Piece(text[at:], labels)) if piece.text]


def _html_pieces(html: str, name: str) -> Iterator[Piece]:
    body = LexborHTMLParser(html).body
    if body is None:
        raise LabelError(f"{name}: no body")
    for node in body.traverse(include_text=True):
        text = node.text_content if node.tag == "-text" else None
        if text and text.strip():
            label = _nearest(node)
            if label is not None:
                yield Piece(text, _labels(label, name))


def _nearest(node: LexborNode) -> str | None:
    """The label of the nearest element with one; None where the text is not shown."""
    label = None
    parent = node.parent
    while parent is not None:
        if parent.tag in _UNSEEN:
            return None
        label = label or parent.attributes.get("data-label")
        parent = parent.parent
    return label or KEEP


def _labels(written: str, name: str) -> tuple[str, ...]:
    labels = tuple(written.split("/"))
    if unknown := [label for label in labels if label not in _LABELS]:
        raise LabelError(f"{name}: “{unknown[0]}” is no kind, `keep` or `title`")
    return labels


def squeeze(text: str) -> str:
    """The text without white space, and without signs that only one of page and block has."""
    return "".join(text.split()).translate(_SIGNS)
