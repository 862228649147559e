"""No pattern of the rules takes more time for a longer line than the line is longer.

The patterns are found by themselves: every compiled one in a module global of the rooms that read
pages.  (Those of compounds see no line of more than 1,500 characters.)  Each is fed lines of its
own favourite characters, taken from its own syntax, and the time of a line is compared with that
of one a quarter as long.
"""

import importlib
import pkgutil
import re
import time
from functools import cache
from re import _constants as constants
from re import _parser as parser

import pytest

import cleaners
from cleaners import Page, clean_page
from cleaners.judging.compounds import find_compounds
from cleaners.judging.cues import default_cues
from cleaners.judging.kinds import script
from cleaners.judging.lines import read_lines
from cleaners.judging.sought import Sought
from cleaners.segmenting import segment_text

ROOMS = (
    "addresses", "applying", "characters", "describing", "judging", "language", "metadata",
    "reading", "segmenting", "templating",
)  # fmt: skip
SHORT, LONG = 25_000, 100_000
ENOUGH = 0.004
"""Seconds below which nothing is worth a comparison."""
RATIO = 2.5 * LONG / SHORT
"""A line four times as long takes four times as long, or sixteen if the cost is its square."""
TURNS = 3
BOUNDED = {
    # Asked at the beginning of a text only, or of all of it.
    *(
        f"judging.kinds.byline_shapes.{name}#0"
        for name in ("_FULL_NAME", "_LABEL", "_TIMED", "_ALONE", "_CREW")
    ),
    "reading.media._OPENS_HTML#0", "reading.remote._URL#0",
    # Asked of lines of less than 250 characters, and of 80 at most.
    "judging.kinds.script._PROGRAM#0", "judging.kinds.byline_shapes._FILED#0",
    # Asked of lines cut at `_LONGEST`, or of a few characters.
    "judging.kinds.ticker._BARE#0", "judging.kinds.ticker._CHANGE#0",
    "judging.kinds.ticker._VALUE#0",
    # Asked of titles and names whose runs of spaces were made one.
    "metadata.names._BETWEEN#0", "metadata.names._FIGURES#0", "metadata.names._OFFICE_HOLDER#0",
    "metadata.names._LISTED#0",
    "metadata.names._NOTE#0", "metadata.names._OTHERS#0", "metadata.names._ROLE#0",
    "metadata.names._WHO#0",
    # Asked of lines of 140 characters at most.
    *(
        f"metadata.fields.{name}#0"
        for name in (
            "_TELLING", "_CHANGED", "_PARTING", "_COMMA", "_LABEL", "_OFFICE", "_BELOW",
            "_PLAIN_OFFICE", "_MINOR", "_NO_NAME", "_WESTERN", "_CJK", "_LABELLED", "_HANDLE",
            "_OFFICE_HOLDER", "_ADDRESS", "_RANGE", "_NOBODY", "_LONE",
            "_JAPANESE",
        )
    ),
    # Number 2 is `_LABEL` of byline_shapes, too.
    *(f"metadata.fields._KNOWN#{number}" for number in (0, 1, 3, 4)),
    "metadata.titles._ANCHOR#0", "metadata.titles._BAR#0", "metadata.titles._SEPARATOR#0",
}  # fmt: skip
"""Patterns that would be slow on any long line, and see none; pages of their lines are timed."""


def modules():
    for found in pkgutil.walk_packages(cleaners.__path__, "cleaners."):
        if found.name.split(".")[1] in ROOMS:
            yield importlib.import_module(found.name)


def held(value):
    """The patterns in a global, however deep in tuples and tables."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Sought):
        yield value.pattern
    elif isinstance(value, dict):
        for inner in value.values():
            yield from held(inner)
    elif isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            yield from held(inner)


@cache
def patterns():
    """Every compiled pattern by the place where it stands."""
    found = {}
    for module in modules():
        for name, value in vars(module).items():
            for number, pattern in enumerate(held(value)):
                found.setdefault(
                    pattern, f"{module.__name__.removeprefix('cleaners.')}.{name}#{number}"
                )
    return {place: pattern for pattern, place in found.items()}


SAMPLES = {
    constants.CATEGORY_DIGIT: "1", constants.CATEGORY_SPACE: " ", constants.CATEGORY_WORD: "a",
    constants.CATEGORY_NOT_DIGIT: "a", constants.CATEGORY_NOT_SPACE: "a",
    constants.CATEGORY_NOT_WORD: ".",
}  # fmt: skip


def sample(syntax):
    """One text that a parsed pattern matches, or nearly so; loops are taken once or twice."""
    out = []
    for kind, value in syntax:
        if kind is constants.LITERAL:
            out.append(chr(value))
        elif kind is constants.NOT_LITERAL or kind is constants.ANY:
            out.append("a")
        elif kind is constants.IN:
            out.append(of_class(value))
        elif kind in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            low, high, inner = value
            out.append(sample(inner) * min(max(low, 1), high))
        elif kind is constants.SUBPATTERN:
            out.append(sample(value[-1]))
        elif kind is constants.BRANCH:
            out.append(sample(value[1][0]))
        elif kind is constants.ATOMIC_GROUP:
            out.append(sample(value))
    return "".join(out)


def of_class(items):
    for kind, value in items:
        if kind is constants.LITERAL:
            return chr(value)
        if kind is constants.RANGE:
            return chr(value[0])
        if kind is constants.CATEGORY:
            return SAMPLES[value]
    return "a"  # what a negated class allows


def favourites(pattern):
    """Pieces that a pattern likes: what it matches, the beginnings of that, its own characters."""
    whole = sample(parser.parse(pattern.pattern, pattern.flags)) or "a"
    common = ("1", "a", "A ", " ", "字", "1.")
    pieces = (whole, whole[:-1], whole[: len(whole) // 2], whole[:1], whole[-2:], *common)
    return [piece for piece in dict.fromkeys(pieces) if piece]


def cost(pattern, line):
    """The least CPU time of a few turns: other programs only add to it."""
    times = []
    for _ in range(TURNS):
        started = time.process_time()
        pattern.search(line)
        times.append(time.process_time() - started)
        if times[-1] <= ENOUGH:
            break
    return min(times)


def test_the_patterns_are_found():
    places = " ".join(patterns())
    for part in (
        "judging.kinds.ticker", "judging.shapes", "judging.cues", "judging.users", "metadata.dates",
        "segmenting.text", "reading.decoding",
    ):  # fmt: skip
        assert part in places
    assert len(patterns()) > 100


@pytest.mark.parametrize("place", sorted(patterns().keys() - BOUNDED))
def test_time_grows_with_the_length_and_no_faster(place):
    pattern = patterns()[place]
    for piece in favourites(pattern):
        line = (piece * (LONG // len(piece) + 1))[:LONG] + "\x00"
        short = line[-SHORT:]
        if isinstance(pattern.pattern, bytes):
            line, short = line.encode("latin-1", "replace"), short.encode("latin-1", "replace")
        if (slow := cost(pattern, line)) > ENOUGH:
            assert slow <= max(ENOUGH, RATIO * cost(pattern, short)), (piece, slow)


SENTENCE = "The ferry harbour at Lundvik will close for six weeks while workers replace two berths."


@pytest.mark.parametrize("place", sorted(BOUNDED))
def test_pages_of_lines_that_patterns_like_are_cleaned_in_time(place):
    """In a line of text, and where pages state their titles and authors."""
    for piece in favourites(patterns()[place])[:3]:
        line = (piece * (LONG // len(piece) + 1))[:LONG] + "x"
        stated = f"<title>{line}</title><meta name='author' content='{line}'><h1>A {line}</h1>"
        for page in (
            Page(f"{SENTENCE}\n\n{line}\n\n{SENTENCE}\n\nBy {line}", media="text"),
            Page(f"<html>{stated}<p class='byline'>By {line}</p><p>{SENTENCE}</p></html>"),
        ):
            started = time.process_time()
            clean_page(page)
            assert time.process_time() - started < 3.0, piece


@pytest.mark.parametrize("piece", ["open your ", "bonus ", "newsletter ", "related ", "字", "购"])
def test_compounds_look_at_no_long_line(piece):
    long = piece * (LONG // len(piece))
    assert find_compounds(long, long.split()) == []
    short = long[:1500]
    started = time.process_time()
    for _ in range(10):
        find_compounds(short, short.split())
    assert time.process_time() - started < 0.5


def test_code_between_paragraphs_takes_time_in_proportion():
    def seconds(count):
        text = f"{SENTENCE}\nferry.berth(mole, 'x');\n" * count
        lines = read_lines(segment_text(text), default_cues())
        started = time.process_time()
        assert list(script.judge(lines)) == []
        return time.process_time() - started

    assert seconds(8_000) < 10 * max(seconds(2_000), 0.005)
