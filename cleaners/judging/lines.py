"""What a rule sees of a page: its blocks as lines, measured once.

Rules judge shape before words: how long a line is, whether it is a sentence, what stands beside
it.  Those measures are taken here, for all rules, and need no language; words and characters
both count, since Chinese and Japanese have no spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from cleaners.characters import folded_words, line_length
from cleaners.judging.compounds import find_compounds
from cleaners.judging.cues import Cues, Hit
from cleaners.records import Block, Kind, Place, Role

_CLOSING: Final = " \"'”’»」』)]）"
_STOPS: Final = (".", "!", "?", "。", "！", "？", "…")
# A stop inside the line with a new sentence behind it.
_INNER: Final = re.compile(r"""[^\W\d_]{2}[.!?]["'”’»)]*\s+["'“‘«(]*[A-ZÀ-ÖØ-ÞА-Я]|[。！？].""")


class Line(NamedTuple):
    """One block as rules see it: a tuple, since a page makes hundreds.

    `folded` is the text in lower case with plain quotes and single spaces.  `words` counts
    words, two CJK characters as one.  `stopped` says that the line ends like a sentence.
    `prose` says that it reads like running text: a long stopped line, or several sentences.
    `plain` says that there is nothing in it but letters and spaces: no date, no price, no sign.
    `cues` are all that were found, `hits` those whose demands on the line's shape are met.
    `place` is where the line stood on an HTML page.
    """

    number: int
    tight: bool
    place: Place | None
    text: str
    role: Role
    folded: str
    words: int
    stopped: bool
    prose: bool
    plain: bool
    cues: tuple[Hit, ...]
    hits: tuple[Hit, ...]

    def has(self, kind: str) -> bool:
        """Whether a cue of this kind was found in the line."""
        return bool(self.cues) and any(hit.cue.kind == kind for hit in self.cues)

    @property
    def nodes(self) -> tuple[int, ...]:
        """The elements that the line stood in, outermost first; none on a text page."""
        return self.place.nodes if self.place else ()

    @property
    def headline(self) -> bool:
        """Whether the line could be a headline: a few words that do not end like a sentence."""
        return not self.prose and 1 <= self.words <= 30 and self.role != "code"


class Together:
    """Lines as one text: to search it costs what is found, and not what is asked."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines: Final = lines
        self._text: Final = "\n".join([line.folded for line in lines])

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the text."""
        return [0, *accumulate([len(line.folded) + 1 for line in self._lines])]

    def holding(self, needles: Iterable[str]) -> list[Line]:
        """The lines whose folded text holds one of these, in order."""
        found = set()
        for needle in needles:
            at = self._text.find(needle)
            while at >= 0:
                behind = bisect_right(self._starts, at)
                found.add(behind - 1)
                # A line is searched to its first find: it may be long, and all signs.
                at = self._text.find(needle, self._starts[behind])
        return [self._lines[number] for number in sorted(found)]


class Lines:
    """A page's lines, with what only the whole page can tell.

    `first_prose` and `last_prose` are numbers of lines, `len(all)` and -1 where there is none.
    `title` is the number of the last line that says the title, 0 without one.
    `short` holds the lines that are not prose, without titles and code: most boilerplate is
    among them; `signed` are those of them that are not plain.  `cued` holds the lines with cues
    of each kind that fit them.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.all: Final = tuple(lines)
        self.short: Final = tuple(
            line for line in lines if not line.prose and line.role not in ("code", "title")
        )
        self.signed: Final = tuple(line for line in self.short if not line.plain)
        prose = [line for line in lines if line.prose]
        self.first_prose: Final = prose[0].number if prose else len(lines)
        self.last_prose: Final = prose[-1].number if prose else -1
        self.title: Final = ([0] + [line.number for line in lines if line.role == "title"])[-1]
        words = sum(line.words for line in lines)
        self.prose_share: Final = sum(line.words for line in prose) / words if words else 0.0
        self.running: Final = _running(lines, self.first_prose)
        self.cued: Final[dict[Kind, list[Line]]] = defaultdict(list)
        for line in lines:
            if line.hits:
                for kind in dict.fromkeys(hit.cue.kind for hit in line.hits):
                    self.cued[kind].append(line)

    @property
    def last(self) -> tuple[Line, ...]:
        """The last line of running text, the one behind it, and the last of all."""
        if not self.all:
            return ()
        end = len(self.all) - 1
        last = {max(self.last_prose, 0), min(self.last_prose + 1, end), end}
        return tuple(self.all[number] for number in sorted(last))

    @cached_property
    def together(self) -> Together:
        """All lines, to be searched at once."""
        return Together(self.all)

    @cached_property
    def short_together(self) -> Together:
        """The lines of `short`, to be searched at once."""
        return Together(self.short)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter([line.folded for line in self.all])

    @cached_property
    def _first(self) -> dict[str, int]:
        return {line.folded: line.number for line in reversed(self.all)}

    def repeated(self, line: Line) -> bool:
        """Whether the page says the line more than once."""
        return self._counts[line.folded] > 1

    def repeated_since(self, line: Line, number: int) -> bool:
        """Whether the page says the line more than once, each time after line `number`."""
        return self.repeated(line) and self._first[line.folded] > number

    def outside(self, line: Line) -> bool:
        """Whether the line stands before or behind all running text of a page that has much."""
        inside = self.first_prose < line.number < self.last_prose
        return self.running < len(self.all) and self.prose_share >= _ARTICLE and not inside

    def heads_prose(self, line: Line) -> bool:
        """Whether running text follows the line directly, as it follows a heading."""
        return line.number + 1 < len(self.all) and self.all[line.number + 1].prose


_SENTENCE: Final = 7
"""Words from which a line that ends like a sentence is one, and not a label."""
_QUESTION: Final = 16
"""The same for questions, since headlines ask too."""
_BEGUN: Final = 40
_ARTICLE: Final = 0.6
"""Share of a page's words in running text from which the page is an article."""


def _running(lines: Sequence[Line], first: int) -> int:
    """Number of the line by which an article has begun: prose in adjacent lines, 40 words of it.

    A list of teasers has titles and dates in between, and does not run on.
    """
    adjacent = 0
    for before, line in pairwise(lines[first:]):
        if before.prose and line.prose:
            adjacent += (0 if adjacent else before.words) + line.words
            if adjacent >= _BEGUN:
                return line.number
    return len(lines)


def read_lines(blocks: Sequence[Block], cues: Cues) -> Lines:
    """Measure every block once."""
    return Lines([_line(number, block, cues) for number, block in enumerate(blocks)])


def read_again(lines: Lines, number: int, block: Block, cues: Cues) -> Lines:
    """The same lines but for one, whose block has changed."""
    return Lines([*lines.all[:number], _line(number, block, cues), *lines.all[number + 1 :]])


def read_line(block: Block, cues: Cues) -> Line:
    """A line by itself, which no page numbers."""
    return _line(-1, block, cues)


_NEVER_PROSE: Final = ("heading", "title", "code")


def _line(number: int, block: Block, cues: Cues) -> Line:
    text, role = block.text, block.role
    folded, words, stopped, running, plain, found = _measure(text, cues)
    prose = running and role not in _NEVER_PROSE
    hits = tuple(hit for hit in found if hit.cue.fits(words, prose=prose)) if found else ()
    tight, place = block.tight, block.place
    return Line(number, tight, place, text, role, folded, words, stopped, prose, plain, found, hits)


# Remembered, since the text that is left is read again until nothing more goes.
@lru_cache(maxsize=4096)
def _measure(text: str, cues: Cues) -> tuple[str, int, bool, bool, bool, tuple[Hit, ...]]:
    """What a line's text alone determines: `folded`, `words`, `stopped`, whether it reads like
    running text, `plain` and `cues`.
    """
    parts = folded_words(text)
    folded = " ".join(parts)
    words = line_length(folded)
    stopped = folded.rstrip(_CLOSING).endswith(_STOPS)
    running = (stopped and words >= (_QUESTION if folded.endswith("?") else _SENTENCE)) or (
        words >= 14 and bool(_INNER.search(text))
    )
    plain = folded.replace(" ", "").isalpha()
    found = (*cues.find(folded, parts), *find_compounds(folded, parts))
    return folded, words, stopped, running, plain, found
