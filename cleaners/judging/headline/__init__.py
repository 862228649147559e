"""Which line of a text page is its headline.

Of a clean text it is the first line or none (`first`).  Of a page whose frame
is flattened into it, anything of the frame may stand above: menus, labels, teasers of other
stories.  There each line that could be the headline is scored by what speaks for and against it.
The weights are learned from labelled pages and from flattened real ones, by
`benchmarks/training_headline.py`: a conditional logit over the lines of a page, one of which, or
none, is the headline.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from cleaners.judging.headline.evidence import Candidate, candidates, with_fields
from cleaners.judging.lines import Lines
from cleaners.records import Removal

__all__ = ["find_headline"]

_CONSTANT: Final = "constant"


def find_headline(lines: Lines, removals: Iterable[Removal]) -> int | None:
    """The number of the headline's line; None where none is more likely than that there is none.

    `removals`: what the kind rules take from the page.
    """
    found = candidates(lines, {removal.block: removal.kind for removal in removals})
    best, most = None, 0.0
    for bound, line in sorted(zip(map(score, found), found, strict=True), key=_bound, reverse=True):
        # Fields speak against a line, and are looked for only where it could still be the best.
        if bound <= most:
            break
        full = score(with_fields(line, lines.all[line.number]))
        if full > most:
            best, most = line.number, full
    return best


def _bound(scored: tuple[float, Candidate]) -> float:
    return scored[0]


def score(line: Candidate) -> float:
    """The logarithm of how much likelier this line is the headline than that there is none."""
    known = weights()
    return known[_CONSTANT] + sum(
        [known[name] * value for name, value in line.measures.items() if value]
    )


@cache
def weights() -> dict[str, float]:
    """The weight of each measure, and the constant."""
    text = (files("cleaners.judging.headline") / "weights.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text))
