"""Whether a regular expression is sure to be fast, whatever line it is tried on.

Python's `re` goes back and tries again, so that `(a+)+b` takes ages on a line of letters, and even
`a+b` takes time that grows with the square of the line.  An expression whose repetitions are all
bounded takes at most so many steps from each place of a line, and this number can be told from the
expression alone.
"""

from __future__ import annotations

import re
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

FLAGS: Final = re.MULTILINE
MOST_STEPS: Final = 3_000
_REPEATS: Final = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def problem_of(pattern: str) -> str | None:
    """What is wrong with a pattern, and the remedy; None if it can be used."""
    try:
        re.compile(pattern, FLAGS)
        tree = parser.parse(pattern, FLAGS)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is no regular expression: {error}; mend it"
    if _is_unbounded(tree):
        return "repeats without a bound, which can take forever; write {0,80} for *, {1,80} for +"
    if tree.getwidth()[0] == 0:
        return "fits where there is nothing; name something that must be there"
    steps, _ = _cost(tree)
    if steps > MOST_STEPS:
        return f"may take {_told(steps)} steps at each character; lower its bounds"
    return None


def _told(steps: int) -> str:
    return f"{steps:,}" if steps < 10**9 else "billions of"


def _is_unbounded(tree: Any) -> bool:
    return any(
        (op in _REPEATS and arguments[1] is code.MAXREPEAT)
        or any(_is_unbounded(inner) for inner in _inside(arguments))
        for op, arguments in tree
    )


def _inside(arguments: Any) -> list[Any]:
    """The patterns within an element of a parsed pattern."""
    if isinstance(arguments, parser.SubPattern):
        return [arguments]
    if isinstance(arguments, tuple | list):
        return [tree for argument in arguments for tree in _inside(argument)]
    return []


def _cost(tree: Any) -> tuple[int, int]:
    """At most so many steps to try a pattern in one place, and so many ways in which it fits.

    What follows an element is tried again for each way in which the element fits.
    """
    steps, ways = 0, 1
    for op, arguments in tree:
        own, fits = _element(op, arguments)
        steps += ways * own
        ways *= fits
    return steps, ways


def _element(op: Any, arguments: Any) -> tuple[int, int]:
    inner = [_cost(tree) for tree in _inside(arguments)]
    if op in _REPEATS:
        low, high = arguments[:2]
        ((steps, ways),) = inner
        return _repeated(steps, ways, int(low), int(high))
    if op is code.BRANCH or op is code.GROUPREF_EXISTS:
        return sum(steps for steps, _ in inner) + 1, sum(ways for _, ways in inner) or 1
    if inner:  # groups and what is looked for ahead and behind
        return sum(steps for steps, _ in inner), max(ways for _, ways in inner)
    return (100 if op is code.GROUPREF else 1), 1


_ENOUGH: Final = 10**12


def _repeated(steps: int, ways: int, low: int, high: int) -> tuple[int, int]:
    total, power, fits = 1, 1, 0
    for times in range(high + 1):
        if times >= low:
            fits += power
        total += power * steps
        power *= ways
        if total > _ENOUGH or times > MOST_STEPS:
            return _ENOUGH, _ENOUGH
    return total, fits
