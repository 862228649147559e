"""What removed pieces are called, against labelled pages: precision and recall a kind.

    python -m benchmarks.kinds [--half writing] [--misses KIND] [--data DIR]

Cleans the pages of `labelled/` and compares every word with its label.  Where the benchmark sets
are beside the repository it also measures how much of what is removed from real pages is left
plain `layout`.  A run without `--half` rewrites its section of `RESULTS.md`; `--misses` lists
what is wrong in the half that rules are written from, and in no other.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Final

from benchmarks.datasets import FOLDER, SETS, Example, load
from benchmarks.labelling import HALVES, KEEP, Half, LabelError, LabelledPage, squeeze
from benchmarks.labelling import load as load_labelled
from benchmarks.results import circumstances, markdown, write_section
from cleaners import Page, clean_page
from cleaners.reading.decoding import decode
from cleaners.records import KINDS, Document

HEADINGS: Final[dict[Half, str]] = {
    "writing": "The writing half",
    "report": "The report half",
    "other": "The half of another hand",
    "later": "Three hands that came later",
    "pages": "HTML pages of two further hands",
}
_ALL: Final[tuple[Half, ...]] = (*HALVES, "later", "pages")
TARGETS: Final = ("ticker", "disclaimer", "related", "newsletter", "ad")
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "English": ("en",),
    "German, French, Spanish, Portuguese, Russian": ("de", "fr", "es", "pt", "ru"),
    "Chinese, Japanese, Korean": ("zh", "ja", "ko"),
}
# As elsewhere, two characters of a script without spaces count as a word.
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_EVERY: Final = 16
"""Every so-many-th real page is cleaned for the share of `layout`."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a block: what its label says, what Winnow did (`keep` or a kind)."""

    block: int
    text: str
    labels: tuple[str, ...]
    done: str

    @property
    def label(self) -> str:
        """The label it counts for: the one that was met, else the first."""
        return self.done if self.done in self.labels else self.labels[0]


@dataclass(slots=True)
class Tally:
    """Counts of one kind: labelled so, taken out as such, both, and taken out as anything."""

    labelled: int = 0
    called: int = 0
    right: int = 0
    gone: int = 0

    @property
    def precision(self) -> float | None:
        return self.right / self.called if self.called else None

    @property
    def recall(self) -> float | None:
        return self.right / self.labelled if self.labelled else None

    @property
    def removed(self) -> float | None:
        return self.gone / self.labelled if self.labelled else None


@dataclass(slots=True)
class Tallies:
    """Tallies by kind, by words and by pieces."""

    words: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    pieces: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


# --- comparing ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """A labelled page, what Winnow made of it, and every word with its label and its fate."""

    labelled: LabelledPage
    document: Document
    words: tuple[Word, ...]


def compare(labelled: LabelledPage) -> Compared:
    """Clean a page and set what became of each word beside its label."""
    document = clean_page(labelled.page)
    return Compared(labelled, document, tuple(_words(labelled, document)))


def _words(labelled: LabelledPage, document: Document) -> list[Word]:
    flat, labels = _flat(labelled)
    done = [[KEEP] * len(block.text) for block in document.blocks]
    for removal in document.removals:
        span = slice(removal.start, removal.end)
        done[removal.block][span] = [removal.kind] * (removal.end - removal.start)
    words: list[Word] = []
    at = 0
    for number, block in enumerate(document.blocks):
        squeezed = squeeze(block.text)
        found = flat.find(squeezed, at)
        found = flat.find(squeezed) if found < 0 else found
        if found < 0:
            raise LabelError(f"{labelled.name}: “{block.text[:60]}” is not in its labelled text")
        at = found + len(squeezed)
        for match in _WORD.finditer(block.text):
            place = found + len(squeeze(block.text[: match.start()]))
            words.append(Word(number, match[0], labels[place], done[number][match.start()]))
    return words


def _flat(labelled: LabelledPage) -> tuple[str, list[tuple[str, ...]]]:
    """The page's text without white space, and the labels of each character.

    Titles are metadata: they stay or are left out, and neither is a removal.
    """
    flat: list[str] = []
    labels: list[tuple[str, ...]] = []
    for piece in labelled.pieces:
        squeezed = squeeze(piece.text)
        flat.append(squeezed)
        kinds = tuple(KEEP if label == "title" else label for label in piece.labels)
        labels += [kinds] * len(squeezed)
    return "".join(flat), labels


def pieces(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Runs of words of one block with one label: the pieces that recall counts."""
    for _, run in groupby(words, key=lambda word: (word.block, word.labels)):
        yield list(run)


def _main(values: Iterable[str]) -> str:
    return Counter(values).most_common(1)[0][0]


def tally(pages: Iterable[Sequence[Word]]) -> Tallies:
    """Counts of all kinds over pages."""
    tallies = Tallies()
    for page in pages:
        for word in page:
            _count(tallies.words, word.label, word.done)
        for piece in pieces(page):
            _count(tallies.pieces, _main(w.label for w in piece), _main(w.done for w in piece))
    return tallies


def _count(tallies: dict[str, Tally], label: str, done: str) -> None:
    if label != KEEP:
        tallies[label].labelled += 1
        tallies[label].gone += done != KEEP
    if done != KEEP:
        tallies[done].called += 1
        tallies[done].right += done == label


# --- reporting ------------------------------------------------------------------------------


def report(pages: Sequence[Compared], half: Half) -> Iterator[str]:
    """The tables of one half."""
    yield f"### {HEADINGS[half]}, {len(pages)} pages"
    yield ""
    yield from _by_kind(tally(page.words for page in pages))
    yield ""
    yield "Precision / recall by words, by language and by media:"
    yield ""
    parts: dict[str, Callable[[LabelledPage], bool]] = {
        name: lambda page, known=known: page.language in known for name, known in GROUPS.items()
    }
    parts["HTML"] = lambda page: page.page.media == "html"
    parts["text"] = lambda page: page.page.media == "text"
    rows = []
    for name, belongs in parts.items():
        part = [page.words for page in pages if belongs(page.labelled)]
        found = tally(part).words
        rows.append([f"{name} ({len(part)})", *(_pair(found[kind]) for kind in TARGETS)])
    yield from markdown(["", *TARGETS], rows)
    yield ""
    every = [word for page in pages for word in page.words]
    content = [word for word in every if word.label == KEEP]
    out = [word for word in every if word.done != KEEP]
    lost = sum(word.done != KEEP for word in content)
    plain = sum(word.done == "layout" for word in out)
    yield f"Content kept: {1 - lost / len(content):.3f} of {len(content)} words.  "
    left = [word for word in every if word.done == KEEP]
    right = sum(word.label in (KEEP, "title") for word in left)
    named = sum(word.done in word.labels for word in out if word.label not in (KEEP, "title"))
    other = sum(word.label not in (KEEP, "title") for word in out)
    yield f"Of what is left, content or title: {right / len(left):.3f} of {len(left)} words.  "
    yield f"Removed words called what they are: {named / other:.3f} of {other}.  "
    yield f"Removed words left plain `layout`: {plain / len(out):.3f} of {len(out)}.  "
    yield f"Metadata right: {', '.join(_metadata(pages))}."


def _metadata(pages: Sequence[Compared]) -> Iterator[str]:
    """How often author, date and credit are what the label says, and the flag of a wall."""
    for name in ("author", "date", "credit"):
        stated = [page for page in pages if name in page.labelled.expected]
        right = sum(getattr(p.document, name) == p.labelled.expected[name] for p in stated)
        yield f"{name} {right} of {len(stated)}"
    walls = [any("paywall" in piece.labels for piece in p.labelled.pieces) for p in pages]
    flagged = ["paywalled" in page.document.flags for page in pages]
    both = sum(wall and flag for wall, flag in zip(walls, flagged, strict=True))
    other = sum(flagged) - both
    yield f"`paywalled` on {both} of {sum(walls)} pages with a wall and {other} others"


def _by_kind(tallies: Tallies) -> Iterator[str]:
    head = ["", "words", "precision", "recall", "gone", "pieces", "precision", "recall"]
    rows = []
    for kind in (*TARGETS, *(kind for kind in KINDS if kind not in TARGETS)):
        words, parts = tallies.words[kind], tallies.pieces[kind]
        if not words.labelled:
            continue
        figures = [_number(words.precision), _number(words.recall), _number(words.removed)]
        of_pieces = [_number(parts.precision), _number(parts.recall)]
        rows.append([kind, str(words.labelled), *figures, str(parts.labelled), *of_pieces])
    yield from markdown(head, rows)


def confusion(pages: Iterable[Sequence[Word]]) -> Iterator[str]:
    """What the pieces of each label were taken for, most often first."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for piece in pieces(page):
            found[_main(w.label for w in piece)][_main(w.done for w in piece)] += 1
    rows = []
    for label in (KEEP, *KINDS):
        if counts := found[label]:
            others = [f"{name} {n}" for name, n in counts.most_common() if name != label]
            rows.append([label, str(counts.total()), str(counts[label]), ", ".join(others[:6])])
    return iter(markdown(["label", "pieces", "so called", "else"], rows))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _pair(found: Tally) -> str:
    precision, recall = found.precision, found.recall
    return f"{'-' if precision is None else f'{precision:.2f}'} / {_short(recall)}"


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def misses(pages: Sequence[Compared], kind: str) -> Iterator[str]:
    """Pieces that are labelled a kind and called something else, or the other way round."""
    for page in pages:
        for name in ("author", "date", "credit"):
            wanted, got = page.labelled.expected.get(name), getattr(page.document, name)
            if wanted and wanted != got and kind in (name, "all"):
                yield f"{page.labelled.name}: {name}: {wanted} -> {got}"
        for piece in pieces(page.words):
            label, done = _main(w.label for w in piece), _main(w.done for w in piece)
            if label != done and kind in (label, done, "all"):
                text = " ".join(word.text for word in piece)
                yield f"{page.labelled.name}: {label} -> {done}: {text[:100]}"


# --- real pages -----------------------------------------------------------------------------


def layout_share(examples: Iterable[Example]) -> tuple[Counter[str], int]:
    """Words removed from real pages by kind, and the number of pages."""
    removed: Counter[str] = Counter()
    pages = 0
    for example in examples:
        html = decode(example.read()).text
        document = clean_page(Page(text=html, url=example.url))
        pages += 1
        for removal in document.removals:
            text = document.blocks[removal.block].text[removal.start : removal.end]
            removed[removal.kind] += sum(1 for _ in _WORD.finditer(text))
    return removed, pages


def real_pages(folder: Path) -> Iterator[str]:
    """The share of plain `layout` among what goes from real development pages."""
    examples = [row for name in SETS for row in load(name, folder)[::_EVERY]]
    removed, pages = layout_share(examples)
    total = removed.total()
    yield f"### Real pages, {pages} of {', '.join(SETS)}"
    yield ""
    yield f"Of {total} removed words {removed['layout'] / total:.3f} are left plain `layout`:"
    yield ""
    yield from markdown(
        ["kind", "share"],
        [[kind, f"{count / total:.3f}"] for kind, count in removed.most_common()],
    )


# --- the command ----------------------------------------------------------------------------


def main() -> None:
    logging.disable(logging.CRITICAL)
    arguments = _arguments()
    halves: Sequence[Half] = _ALL if arguments.half is None else (arguments.half,)
    if arguments.misses:
        print("\n".join(misses(_compared("writing"), arguments.misses)))
        return
    lines = [_INTRODUCTION]
    for half in halves:
        compared = _compared(half)
        lines += ["", *report(compared, half)]
        if half != "other":  # of the second hand's pages only totals are shown
            lines += ["", "What pieces were taken for:", ""]
            lines += confusion(page.words for page in compared)
    if arguments.half is None and arguments.data.is_dir():
        lines += ["", *real_pages(arguments.data)]
    print("\n".join(lines))
    if arguments.half is None and arguments.data.is_dir():
        head = circumstances("benchmarks.kinds", sys.argv[1:], {"winnow": version("winnow")})
        write_section("kinds", ["## Kinds", "", *head, "", *lines])


_INTRODUCTION: Final = """\
Pages of our own making in nine languages, every piece labelled (`labelled/`).  Rules were written
from the writing half, and the namer has learned from it, beside the lessons of nineteen hands;
of the report half only these totals were read.  One writer wrote both and the rules.  The half of
another hand is by a writer who had read neither rules nor misses, and so is nearer to what new
pages bring.  So are the three hands that came later: no model has learned from them, but rules were
written from some of their misses.  The HTML pages are by two writers who had read none of it
either, each in the markup of another template; every other one was read for the rules.  A word
counts for a kind if it is labelled so and was removed as that kind; `gone` is the share that was
removed, whatever it was called.  A piece is a block, or a part of one with a label of its own."""


def _compared(half: Half) -> list[Compared]:
    return [compare(page) for page in load_labelled(half)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.kinds",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--half", choices=_ALL, help="one half only; prints and writes nothing")
    parser.add_argument("--misses", metavar="KIND", help="misses of a kind in the writing half")
    parser.add_argument("--data", type=Path, default=FOLDER, help="folder of the benchmark sets")
    return parser.parse_args()


if __name__ == "__main__":
    main()
