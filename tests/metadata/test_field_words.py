"""The words of fields, and whether the quick look at a line knows all of them."""

import re
from itertools import chain
from re import _constants as constants
from re import _parser as parser

import pytest

from cleaners.metadata import field_times as times
from cleaners.metadata import field_words as words
from cleaners.metadata.fields import read_fields

SURE = {
    "author": (words.AUTHOR, 80),
    "editor": (words.EDITOR, 80),
    "office": (words.OFFICE, 50),
    "press": (words.PRESS, 15),
    "behind": (words.CJK_BEHIND, 6),
    "before": (words.CJK_BEFORE, 6),
    "day": (times.DAY, 150),
    "age": (times.AGE, 100),
    "reading": (times.READING, 40),
}
"""Patterns of what is beyond doubt, each with the least number of its alternatives."""


def variants(syntax):
    """Texts that a parsed pattern fits: each alternative stands in one of them at least."""
    parts = [of_node(kind, value) for kind, value in syntax]
    yield "".join(part[0] for part in parts)
    for number, part in enumerate(parts):
        for other in part[1:]:
            yield "".join(other if n == number else p[0] for n, p in enumerate(parts))


def of_node(kind, value):
    if kind in (constants.LITERAL, constants.IN):
        items = value if kind is constants.IN else [(kind, value)]
        return list(chain.from_iterable(map(of_class, items))) or ["a"]
    if kind is constants.BRANCH:
        return list(chain.from_iterable(map(variants, value[1])))
    if kind is constants.SUBPATTERN:
        return list(variants(value[-1]))
    if kind in (constants.MAX_REPEAT, constants.MIN_REPEAT):
        low, _, inner = value
        repeated = [text * max(low, 1) for text in variants(inner)]
        return repeated if low else ["", *repeated]
    # What was matched before, the mark between day and month; else what looks around.
    return ["."] if kind is constants.GROUPREF else [""]


def of_class(item):
    kind, value = item
    if kind is constants.LITERAL:
        return [chr(value)]
    if kind is constants.RANGE:
        return [chr(value[0])]
    return {constants.CATEGORY_DIGIT: ["2"], constants.CATEGORY_SPACE: [" "]}.get(value, [])


@pytest.mark.parametrize("name", SURE)
def test_no_word_is_skipped_by_the_quick_look(name):
    pattern, least = SURE[name]
    fits = re.compile(pattern, re.IGNORECASE)
    samples = set(variants(parser.parse(pattern, re.IGNORECASE)))
    telling = [text for text in samples if fits.fullmatch(text)]
    assert len(telling) >= least
    assert [text for text in telling if not words.may_tell(text)] == []


@pytest.mark.parametrize(
    "table",
    [words.LABELS, words.CJK_AUTHORS, words.CJK_EDITORS, words.KOREAN, times.AGO, times.UNITS],
)
def test_a_table_is_known_whole(table):
    known = [word.replace("_", " ") for word in table.split()]
    assert [word for word in known if not words.may_tell(f"{word} 5")] == []


@pytest.mark.parametrize("line", ["Ferry to Lundvik", "Royal Albert Hall | Arena | London", "12"])
def test_most_lines_are_passed_over(line):
    assert not words.may_tell(line)
    assert read_fields(line) == ()
