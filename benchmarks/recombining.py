"""A seeded corpus of near-duplicates: real sentences recombined, then changed in known ways.

Sentences come from the texts of WCXB's development part; each made document draws its sentences
from all of them, so that any number of unrelated documents can be had.  Template reports and
Chinese and Japanese texts are made from word lists of this project.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.datasets import load

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")


@dataclass(frozen=True, slots=True)
class Pool:
    """What documents are made of."""

    sentences: tuple[str, ...]
    words: tuple[str, ...]


def make_pool() -> Pool:
    """Sentences of 40 to 400 characters and the words in them, from the benchmark folder."""
    sentences: dict[str, None] = {}
    for example in load("wcxb-dev"):
        found = (sentence.strip() for sentence in _SENTENCE.split(example.text or ""))
        sentences |= dict.fromkeys(s for s in found if 40 <= len(s) <= 400)
    words = sorted({word for sentence in sentences for word in re.findall(r"[a-z]{3,}", sentence)})
    return Pool(tuple(sentences), tuple(words))


def make_document(pool: Pool, rng: random.Random, chars: int = 3000) -> str:
    """Paragraphs of three to six sentences, about `chars` characters in all."""
    paragraphs: list[str] = []
    length = 0
    while length < chars:
        paragraph = " ".join(rng.choices(pool.sentences, k=rng.randint(3, 6)))
        paragraphs.append(paragraph[: max(chars - length, 60)])
        length += len(paragraph)
    return "\n\n".join(paragraphs)


def edit_words(text: str, rng: random.Random, share: float, words: Sequence[str]) -> str:
    """Replace, drop or double up a share of the words; paragraphs stay."""
    edited = []
    for token in re.split(r"(\s+)", text):
        if not token.strip() or rng.random() >= share:
            edited.append(token)
            continue
        kind = rng.randrange(3)
        if kind == 0:
            edited.append(rng.choice(words))
        elif kind == 1:
            edited.append(f"{token} {rng.choice(words)}")
    return "".join(edited)


def frame(text: str, rng: random.Random, pool: Pool) -> str:
    """Put a header and a footer around, together a quarter of the text's length."""
    return "\n\n".join(
        [
            make_document(pool, rng, len(text) // 10),
            text,
            make_document(pool, rng, len(text) * 3 // 20),
        ]
    )


def truncate(text: str, rng: random.Random) -> str:
    """Keep the first 50 to 70%."""
    return text[: int(len(text) * rng.uniform(0.5, 0.7))]


def embed(text: str, rng: random.Random, pool: Pool) -> str:
    """Put the text into a page that is two to three times as long."""
    before = make_document(pool, rng, int(len(text) * rng.uniform(0.4, 1.2)))
    after = make_document(pool, rng, int(len(text) * rng.uniform(0.6, 0.8)))
    return f"{before}\n\n{text}\n\n{after}"


_FILLING: Final[dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
TEMPLATES: Final = len(_FILLING["templates"])
NOTES: Final = len(_FILLING["notes"])


def make_report(number: int, rng: random.Random, notes: int) -> str:
    """Template `number` with every name and number drawn anew, and so many fixed notes after it."""

    def fill(match: re.Match[str]) -> str:
        return _FILLERS[match[1]](rng)

    body = re.sub(r"\{(\w+)\}", fill, _FILLING["templates"][number])
    fixed = [*_FILLING["notes"][number:], *_FILLING["notes"][:number]]
    return "\n\n".join([body, *fixed[:notes]])


_FILLERS: Final[dict[str, Callable[[random.Random], str]]] = {
    "name": lambda rng: rng.choice(_FILLING["names"]),
    "person": lambda rng: rng.choice(_FILLING["people"]),
    "venue": lambda rng: rng.choice(_FILLING["venues"]),
    "big": lambda rng: f"{rng.randint(1, 99)},{rng.randint(100, 999)}.{rng.randint(10, 99)}",
    "mid": lambda rng: str(rng.randint(12, 990)),
    "three": lambda rng: str(rng.randint(100, 999)),
    "two": lambda rng: str(rng.randint(10, 99)),
    "d": lambda rng: str(rng.randint(1, 9)),
    "pct": lambda rng: f"{rng.randint(0, 19)}.{rng.randint(1, 99)}",
    "rank": lambda rng: str(rng.randint(1, 200)),
    "hh": lambda rng: f"{rng.randint(0, 23):02}",
    "mm": lambda rng: f"{rng.randint(0, 59):02}",
    "day": lambda rng: f"{rng.randint(1, 28)} {rng.choice(('March', 'April', 'May', 'June'))}",
    "up": lambda rng: rng.choice(("up", "down")),
    "more": lambda rng: rng.choice(("more", "less")),
    "went": lambda rng: rng.choice(("rose", "fell")),
}


def make_unspaced(rng: random.Random, language: str, chars: int = 1000) -> str:
    """Chinese (`zh`) or Japanese (`ja`) nonsense of known words, in sentences."""
    words = _FILLING["chinese" if language == "zh" else "japanese"]
    glue = _FILLING["chinese_glue" if language == "zh" else "japanese_glue"]
    stops = "，，。" if language == "zh" else "、、。"
    parts: list[str] = []
    length = 0
    while length < chars:
        clause = "".join(
            rng.choice(words) + (rng.choice(glue) if rng.random() < 0.6 else "")
            for _ in range(rng.randint(4, 9))
        )
        parts.append(clause + rng.choice(stops))
        length += len(parts[-1])
    return "".join(parts)


def edit_characters(text: str, rng: random.Random, share: float) -> str:
    """Replace a share of the characters with others of the text."""
    return "".join(rng.choice(text) if rng.random() < share else char for char in text)
