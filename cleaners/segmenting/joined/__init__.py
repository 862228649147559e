"""Lines whose breaks were lost: where their pieces begin.

Who takes all text of an element gets menu, headline, paragraphs and footer of a page in one line,
parted by a blank, or by nothing where the markup had no white space: `News SportCity councilThe`.
No rule can judge such a line, so it is cut where breaks have stood.  A learned judge says how
likely each place between two words is one.  A line in which it finds no more than a paragraph
of prose has by chance stays whole, and what is left of a line that was cut is one line again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cleaners.segmenting.joined.model import Gaps, Model

__all__ = ["breaks"]

_LIKELY: Final = 0.3
"""How likely a break must be; the F1 of pages hardly changes between .2 and .4."""
_SOMEWHAT: Final = 0.1
"""How likely behind the end of a sentence, where a cut harms none and lets boilerplate go alone."""
_SURE: Final = 0.5
_FEWEST: Final = 5
_DENSEST_PROSE: Final = 1.5
"""Sure breaks in a thousand characters that a paragraph may have: long ones have .6, and whole
pages twelve (medians)."""
_MOST: Final = 20_000
"""Pieces beyond which a line is no page to read."""
_LONGEST: Final = 2_000_000
"""Characters beyond which it is none, either."""
_AT_ONCE: Final = 200_000
"""Characters of a line that are measured together."""
_LONGEST_WORD: Final = 1000


def breaks(line: str, model: Model | None = None) -> tuple[int, ...]:
    """Where in a line the pieces behind the first begin; nowhere if it has one alone.

    A piece begins with a character that is no blank.  The time is linear in the line's length.
    """
    if model is not None:
        return _breaks(line, model)
    return _known(line)


# The same line is cut again when the text that is left is judged again.
@lru_cache(maxsize=4)
def _known(line: str) -> tuple[int, ...]:
    # A page without such lines needs no model.
    from cleaners.segmenting.joined.model import default_model  # noqa: PLC0415

    return _breaks(line, default_model())


def _breaks(line: str, model: Model) -> tuple[int, ...]:
    if len(line) > _LONGEST:
        return ()
    parts = [(start, _of_one_joint(model.gaps(part))) for start, part in _parts(line)]
    sure = sum(int((gaps.likely >= _SURE).sum()) for _, gaps in parts)
    if not max(_FEWEST, _DENSEST_PROSE * len(line) / 1000) <= sure <= _MOST:
        return ()
    return tuple(
        start + at
        for start, gaps in parts
        for at in gaps.at[
            (gaps.likely >= _LIKELY) | (gaps.ended & (gaps.likely >= _SOMEWHAT))
        ].tolist()
    )


def _of_one_joint(gaps: Gaps) -> Gaps:
    """The gaps at blanks alone, where a third of the sure breaks or more were joined by a blank.

    In such a line `PolkaDot` is a word, while in one that was joined by nothing it may be two.  Of
    pages in the lines of their markup most have no such third, of those joined by blanks all have.
    """
    sure = gaps.likely >= _SURE
    spaced = gaps.spaced & sure
    return gaps.only(gaps.spaced) if 3 * spaced.sum() > sure.sum() else gaps


def _parts(line: str) -> Iterator[tuple[int, str]]:
    """A line in parts that are not too long to be measured, each with its place."""
    start = 0
    while len(line) - start > _AT_ONCE:
        end = start + _AT_ONCE
        blanks = (at for at in range(end, end - _LONGEST_WORD, -1) if line[at].isspace())
        end = next(blanks, end)
        yield start, line[start:end]
        start = end
    yield start, line[start:]
