"""Lines whose breaks were lost: where their pieces begin.

Who takes all text of an element gets menu, headline, paragraphs and footer of a page in one line,
parted by a blank, or by nothing where the markup had no white space: `News SportCity councilThe`.
No rule can judge such a line, so it is cut where breaks have stood.  A learned judge says how
likely each place between two words is one.  A line in which it finds no more than a paragraph
of prose has by chance stays whole.  What is left of a line that was cut is one line again, with
a blank where one is certainly missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from cleaners.segmenting.joined.model import Model

__all__ = ["LONG", "Break", "breaks"]

LONG: Final = 1000
"""Characters from which a line of a page with others may be joined; few paragraphs are longer."""
_LIKELY: Final = 0.3
"""How likely a break must be; the F1 of pages hardly changes between .2 and .4."""
_SOMEWHAT: Final = 0.1
"""How likely behind the end of a sentence, where a cut harms none and lets boilerplate go alone."""
_SURE: Final = 0.5
_CERTAIN: Final = 0.9
_FEWEST: Final = 5
_DENSEST_PROSE: Final = 1.5
"""Sure breaks in a thousand characters that a paragraph may have: most have none, and those of
2,000 characters have one; whole pages have 14."""
_AT_ONCE: Final = 200_000
"""Characters of a line that are measured together."""


class Break(NamedTuple):
    """Where a piece begins, with a character that is no blank.

    `certain` says that there was a break, and not only that a cut is worth its risk.
    """

    at: int
    certain: bool


def breaks(line: str, model: Model | None = None) -> tuple[Break, ...]:
    """Where in a line the pieces behind the first begin; nowhere if it has one alone.

    The time is linear in the line's length.
    """
    if model is not None:
        return _breaks(line, model)
    return _known(line)


# The same line is cut again when the text that is left is judged again.
@lru_cache(maxsize=4)
def _known(line: str) -> tuple[Break, ...]:
    # A page without such lines needs no model.
    from cleaners.segmenting.joined.model import default_model  # noqa: PLC0415

    return _breaks(line, default_model())


def _breaks(line: str, model: Model) -> tuple[Break, ...]:
    found = [
        gap._replace(at=start + gap.at)
        for start, part in _parts(line)
        for gap in model.gaps(part)
        if gap.likely >= _SOMEWHAT
    ]
    sure = sum(gap.likely >= _SURE for gap in found)
    if sure < _FEWEST or sure * 1000 < _DENSEST_PROSE * len(line):
        return ()
    return tuple(
        Break(gap.at, gap.likely >= _CERTAIN) for gap in found if gap.ended or gap.likely >= _LIKELY
    )


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """A line in parts that are not too long to be measured, each with its place."""
    start = 0
    while len(line) - start > _AT_ONCE:
        blank = line.rfind(" ", start + 1, start + _AT_ONCE)
        end = blank if blank > start else start + _AT_ONCE
        yield start, line[start:end]
        start = end
    yield start, line[start:]
