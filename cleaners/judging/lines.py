"""What a rule sees of a page: its blocks as lines, measured once.

Rules judge shape before words: how long a line is, whether it is a sentence, what stands beside
it.  Those measures are taken here, for all rules, and need no language; words and characters
both count, since Chinese and Japanese have no spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cleaners.judging.cues import Cues, Hit
from cleaners.records import Block, Role

_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "…": "..."})
_CURLY: Final = re.compile("[’‘“”\u00a0…]")
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_STOP: Final = re.compile(r"""[.!?。！？…:：][\s"'”’»」』)\]）]*$""")
_FINAL: Final = re.compile(r"""[.!?。！？…][\s"'”’»」』)\]）]*$""")
# A stop inside the line with a new sentence behind it.
_INNER: Final = re.compile(r"""[^\W\d_]{2}[.!?]["'”’»)]*\s+["'“‘«(]*[A-ZÀ-ÖØ-ÞА-Я]|[。！？].""")
_SPEECH: Final = ('"', "“", "„", "«", "「", "『")


@dataclass(frozen=True, slots=True)
class Line:
    """One block as rules see it.

    `folded` is the text in lower case with plain quotes and single spaces.  `words` counts
    words, two CJK characters as one.  `stopped` says that the line ends like a sentence.
    `prose` says that it reads like running text: a long stopped line, or several sentences.
    """

    number: int
    text: str
    folded: str
    role: Role
    tight: bool
    words: int
    stopped: bool
    prose: bool
    cues: tuple[Hit, ...]

    def has(self, kind: str) -> bool:
        """Whether a cue of this kind was found in the line."""
        return any(hit.cue.kind == kind for hit in self.cues)

    @property
    def headline(self) -> bool:
        """Whether the line could be a headline: a few words that do not end like a sentence."""
        return not self.prose and 1 <= self.words <= 30 and self.role != "code"


@dataclass(frozen=True, slots=True)
class Lines:
    """A page's lines, with what only the whole page can tell."""

    all: tuple[Line, ...]
    counts: Counter[str]
    """How often each folded line stands on the page."""
    first_prose: int
    """Number of the first line of prose; the count of lines where there is none."""
    last_prose: int
    """Number of the last line of prose, -1 where there is none."""

    def repeated(self, line: Line) -> bool:
        return self.counts[line.folded] > 1


def read_lines(blocks: Sequence[Block], cues: Cues) -> Lines:
    """Measure every block once."""
    lines = tuple(_line(number, block, cues) for number, block in enumerate(blocks))
    prose = [line.number for line in lines if line.prose]
    return Lines(
        all=lines,
        counts=Counter(line.folded for line in lines),
        first_prose=prose[0] if prose else len(lines),
        last_prose=prose[-1] if prose else -1,
    )


def fold(text: str) -> str:
    """Lower case, plain quotes, single spaces: the form in which phrases are compared."""
    if _CURLY.search(text):
        text = text.translate(_QUOTES)
    return " ".join(text.casefold().split())


def _line(number: int, block: Block, cues: Cues) -> Line:
    folded = fold(block.text)
    words = folded.count(" ") + 1
    if not folded.isascii():
        words += len(_WIDE.findall(folded)) // 2
    stopped = bool(_FINAL.search(folded[-8:]))
    prose = block.role not in ("heading", "title", "code") and (
        (stopped and words >= 7) or (words >= 14 and bool(_INNER.search(block.text)))
    )
    return Line(
        number=number,
        text=block.text,
        folded=folded,
        role=block.role,
        tight=block.tight,
        words=words,
        stopped=stopped,
        prose=prose,
        cues=cues.find(folded),
    )
