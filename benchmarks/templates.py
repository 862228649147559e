"""Site templates: what a second cleaning with learned templates gains and loses.

    python -m benchmarks.templates

Two tables.  The sites of the WCXB development part with five pages or more, scored by word F1
against the benchmark's truth, as HTML and flattened in two ways.  And sites of our own making, of
which every line is known to be frame or content, by the number of pages that are learned from.
Rewrites `RESULTS-templates.md`.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from benchmarks.datasets import Example, load
from benchmarks.flattening import FLATTENINGS
from benchmarks.results import circumstances, markdown
from benchmarks.scores import Score, mean_score, word_overlap, words
from cleaners.addresses import site_of
from cleaners.cli import main as winnow
from cleaners.reading.decoding import decode
from cleaners.version import __version__

RESULTS: Final = Path(__file__).with_name("RESULTS-templates.md")
_FEWEST: Final = 5


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What two cleanings left of each page, by url, and what templates took out of it."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    taken: Mapping[str, list[str]]
    learned: int


def clean_twice(records: Iterable[dict[str, str]]) -> Cleaned:
    """Clean, learn, clean again: by the command, as a user would."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, file = folder / "in.jsonl", folder / "templates.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        _run("clean", path, "--out", folder / "draft", "--quiet")
        _run("template", folder / "draft", "-o", file)
        _run("clean", path, "--out", folder / "clean", "--quiet", "--templates", file)
        urls = {row["id"]: row["url"] for row in _rows(folder / "clean", "documents")}
        taken: dict[str, list[str]] = {}
        for row in _rows(folder / "clean", "removed"):
            if row["rule"] == "template.site":
                taken.setdefault(urls[row["id"]], []).append(row["text"])
        texts = [
            {row["url"]: row["text"] for row in _rows(folder / out, "documents", "duplicates")}
            for out in ("draft", "clean")
        ]
        return Cleaned(texts[0], texts[1], taken, len(file.read_text().splitlines()))


def _run(*arguments: object) -> None:
    stdout, sys.stdout = sys.stdout, sys.stderr  # the table is what is printed here
    try:
        if winnow([str(argument) for argument in arguments]):
            raise SystemExit(1)
    finally:
        sys.stdout = stdout


def _rows(out: Path, *folders: str) -> Iterator[dict[str, Any]]:
    for folder in folders:
        for path in sorted((out / folder).glob("*.jsonl")):
            yield from map(json.loads, path.read_text().splitlines())


# --- real sites ------------------------------------------------------------------------------


def real_sites() -> Iterator[list[str]]:
    """Rows of the first table."""
    examples = load("wcxb-dev")
    pages = Counter(site_of(example.url) for example in examples if example.url)
    some = [one for one in examples if one.url and pages[site_of(one.url)] >= _FEWEST]
    sites = len({site_of(one.url) for one in some})
    for form in ("html", *FLATTENINGS):
        yield _row(f"{form}, {len(some)} pages of {sites} sites", some, form)


def _row(name: str, examples: list[Example], form: str) -> list[str]:
    records = []
    for example in examples:
        html = decode(example.read()).text
        text = html if form == "html" else FLATTENINGS[form](html, example.url)
        records.append({"url": example.url or "", "html" if form == "html" else "text": text})
    done = clean_twice(records)
    truths = {example.url or "": example.text or "" for example in examples}
    scores = [_mean(truths, texts) for texts in (done.before, done.after)]
    taken = [(url, line) for url, lines in done.taken.items() for line in lines]
    total = sum(len(words(line)) for _, line in taken)
    wanted = sum(
        len(words(line)) for url, line in taken if _squeezed(line) in _squeezed(truths[url])
    )
    return [
        name,
        *(f"{score.f1:.3f} ({score.precision:.3f} / {score.recall:.3f})" for score in scores),
        f"{done.learned:,}",
        f"{total:,}",
        f"{wanted / total:.1%}" if total else "-",
    ]


def _mean(truths: Mapping[str, str], texts: Mapping[str, str]) -> Score:
    return mean_score([word_overlap(truth, texts.get(url, "")) for url, truth in truths.items()])


def _squeezed(text: str) -> str:
    return f" {' '.join(words(text))} "


# --- sites of our own ------------------------------------------------------------------------

_SYLLABLES: Final = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "i", "o", "u", "an", "or")]
_SITES: Final = 20


def _phrase(rng: random.Random, least: int, most: int) -> str:
    count = rng.randint(least, most)
    return " ".join(
        "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 4))) for _ in range(count)
    ).capitalize()


def _sentences(rng: random.Random, count: int) -> str:
    return " ".join(_phrase(rng, 9, 18) + "." for _ in range(count))


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of a made site have in common: frame, and content that repeats, too."""

    host: str
    menu: list[str]
    notes: list[str]
    foot: list[str]
    headings: list[str]
    labels: list[str]
    quote: str
    bios: list[str]

    @classmethod
    def make(cls, number: int) -> Site:
        rng = random.Random(f"site {number}")
        return cls(
            host=f"site{number}.example",
            menu=[_phrase(rng, 1, 3) for _ in range(7)],
            notes=[_sentences(rng, 1) for _ in range(2)],
            foot=[_phrase(rng, 1, 4) for _ in range(6)],
            headings=[_phrase(rng, 1, 3) for _ in range(3)],
            labels=[_phrase(rng, 1, 2) for _ in range(4)],
            quote=_sentences(rng, 2),
            bios=[_sentences(rng, 1) for _ in range(4)],
        )

    def page(self, number: int, pages: int) -> tuple[list[str], set[str]]:
        """The lines of a page in order, and those of them that are frame.

        Content are its paragraphs, its headings and labels, which all pages have, and a statement
        that every third page quotes.
        """
        rng = random.Random(f"{self.host} {number} {pages}")
        story = [_sentences(rng, rng.randint(2, 4)) for _ in range(8)]
        if number % 3 == 0:
            story.insert(3, self.quote)
        for place, heading in zip((7, 4, 2), self.headings, strict=True):
            story.insert(place, heading)
        for label in self.labels:
            story[-1:-1] = [label, f"{rng.uniform(1, 90):.2f}"]
        bio = self.bios[number % len(self.bios)]
        lines = [
            *self.menu,
            self.notes[0],
            _phrase(rng, 5, 9),
            *story,
            self.notes[1],
            bio,
            *self.foot,
        ]
        return lines, {*self.menu, *self.notes, *self.foot, bio}


def made_sites() -> Iterator[list[str]]:
    """Rows of the second table: recall of frame lines, and precision of what templates took."""
    for pages in (4, 6, 12, 40):
        sites = [Site.make(number) for number in range(_SITES)]
        made = {
            f"https://{site.host}/{number}": site.page(number, pages)
            for site in sites
            for number in range(pages)
        }
        done = clean_twice(
            {"url": url, "text": "\n".join(lines)} for url, (lines, _) in made.items()
        )
        right = left_before = left_after = frames = 0
        for url, (_, frame) in made.items():
            frames += len(frame)
            left_before += len(frame & set(done.before[url].split("\n\n")))
            left_after += len(frame & set(done.after[url].split("\n\n")))
            right += sum(line in frame for line in done.taken.get(url, ()))
        taken = sum(len(lines) for lines in done.taken.values())
        lost = [
            len(set(lines) - frame - set(done.after[url].split("\n\n")))
            - len(set(lines) - frame - set(done.before[url].split("\n\n")))
            for url, (lines, frame) in made.items()
        ]
        yield [
            f"{pages}",
            f"{1 - left_before / frames:.3f}",
            f"{1 - left_after / frames:.3f}",
            f"{right / taken:.3f}" if taken else "-",
            f"{fmean(lost):.2f}",
        ]


def main() -> None:
    real = markdown(
        ["", "before: F1 (precision / recall)", "after", "lines learned", "words taken out",
         "of these in the truth"],
        real_sites(),
    )  # fmt: skip
    made = markdown(
        ["pages a site", "frame lines gone before", "after", "precision of templates",
         "content lines lost a page"],
        made_sites(),
    )  # fmt: skip
    told = [
        "# Site templates: results",
        "",
        *circumstances("benchmarks.templates", [], {"winnow": __version__}),
        "",
        "Cleaned once, `winnow template` with its defaults, cleaned again with what it learned.",
        "",
        "## Sites of the WCXB development part with five pages or more",
        "",
        *real,
        "",
        f"## {_SITES} sites of our own making, as flattened text",
        "",
        "A page has 16 lines of frame: a menu, two notes, one of four authors' biographies, a",
        "foot; and content that repeats, too: three headings and four labels on every page, a",
        "statement that every third page quotes. Words are made up: no other rule knows them.",
        "",
        *made,
    ]  # fmt: skip
    print("\n".join(told))
    RESULTS.write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
