"""Bylines, dates and reading times around the headline.  They are read into metadata first.

Not: quote signatures, questions of an interview, preparation times of recipes, clock times of a
live blog, dates of a tour, entries of a chronicle or a season, `By Train`, a deadline, the days of
a life, contacts of an advertised job, credits of a film or a play.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise, takewhile
from typing import Final

from cleaners.characters import fold, is_wide
from cleaners.judging.kinds.byline_shapes import (
    could_be_name,
    fields_of,
    is_addressed,
    is_bare_date,
    is_byline,
    is_day,
    is_filed,
    is_headline,
    is_label,
    is_lone,
    is_name,
    is_quotation,
    is_quoted,
    is_signature,
    is_staff,
    is_stamp,
    is_timed,
    is_told,
    is_vacancy,
    names_crew,
    placed,
    sets_date,
    signature,
    without_lead,
)
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, span, whole
from cleaners.judging.shapes import is_age
from cleaners.metadata.fields import is_full_name, is_office, names_in
from cleaners.records import Removal

_REACH: Final = 12
"""Most lines of a page's head, which ends where the text runs on after the standfirst."""
_CREW: Final = 3
"""Lines of a run of credits."""
_OWN: Final = 2
"""Stamps that a page gives itself, published and updated; more are those of a list.  A reading
time may stand beside them."""


_DATED: Final = frozenset({"day", "name"})
_APART: Final = 3
"""Lines from one day of a chronicle to the next: a paragraph, a heading, the day."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Names, dates and reading times before the running text, and time stamps anywhere."""
    credited = _credited(lines)
    for removal in _found(lines):
        if removal.block not in credited:
            yield removal


def _credited(lines: Lines) -> set[int]:
    """Lines in a run of those that say who made a film or a play; who wrote it is among them."""
    runs: set[int] = set()
    for line in filter(names_crew, lines.short):
        if line.number not in runs:
            run = _run(lines, line.number)
            runs |= set(run) if len(run) >= _CREW else set()
    return runs


def _run(lines: Lines, number: int) -> range:
    """The lines around one of credits that credit somebody as well, or name him."""

    def belongs(line: Line) -> bool:
        return names_crew(line) or is_byline(line) or is_label(line) or is_name(line)

    first = last = number
    while first and belongs(lines.all[first - 1]):
        first -= 1
    while last + 1 < len(lines.all) and belongs(lines.all[last + 1]):
        last += 1
    return range(first, last + 1)


def _found(lines: Lines) -> Iterator[Removal]:
    """Bylines, dates and reading times, first what the words alone tell, then by their place."""
    for removal in by_cue(lines, "byline"):
        # `记者：现在呢？` is asked in an interview.
        if not lines.all[removal.block].text.endswith(("?", "？")):
            yield removal
    yield from _behind(lines)
    if lines.last_prose >= 0 and (found := placed(lines.all[lines.first_prose])):
        why = "names the reporter before the first sentence"
        yield span(lines.all[lines.first_prose], found, "byline", "byline.leading", why)
    for line in lines.signed:
        # Nobody else writes a name, an office and an address in one line.
        if is_addressed(line):
            yield whole(line, "byline", "byline.name", "names the reporter and an address")
    reach = reach_of(lines)
    stamps = [line for line in lines.signed if is_stamp(line)]
    if len(stamps) > _OWN:
        stamps = [line for line in stamps if line.number <= reach]
    for line in stamps if len(stamps) <= _OWN else ():
        yield whole(line, "byline", "byline.date", "says when the page was published")
    yield from _introduced(lines, reach)
    if any(line.role == "title" or is_headline(line) for line in lines.all[: reach + 1]):
        yield from _head(lines, reach)
    yield from _foot(lines, reach)


def _behind(lines: Lines) -> Iterator[Removal]:
    """Who wrote or edited the text, behind its last sentence."""
    for line in lines.last:
        if found := signature(line):
            why = "names the reporter or the editor behind the last sentence"
            yield span(line, found, "byline", "byline.trailing", why)


def _introduced(lines: Lines, reach: int) -> Iterator[Removal]:
    """Names below their label, wherever they stand; of many, those in the page's head."""
    names = _labelled(lines)
    if len(names) > _OWN:
        names = tuple(pair for pair in names if pair[0].number <= reach)
    for label, name in names if len(names) <= _OWN else ():
        yield whole(label, "byline", "byline.label", "introduces the author")
        yield whole(name, "byline", "byline.name", "names the author")


# Asked by two rules of the same lines.
@lru_cache(maxsize=1)
def _labelled(lines: Lines) -> tuple[tuple[Line, Line], ...]:
    """Names with the label directly above them."""
    pairs = pairwise(lines.all)
    return tuple(pair for pair in pairs if is_name(pair[1]) and is_label(pair[0]))


def _foot(lines: Lines, reach: int) -> Iterator[Removal]:
    """Who wrote or edited the text, named below its last paragraph, one below the other."""

    def signs(line: Line) -> bool:
        plain = line.role == "paragraph" and not (line.prose or is_quoted(line))
        return plain and not lines.heads_prose(line) and is_signature(line)

    signed = [
        line
        for line in lines.short
        if line.number > reach
        and lines.all[line.number - 1].prose
        and not is_quotation(lines.all[line.number - 1])
        and signs(line)
    ]
    for first in signed if len(signed) <= _OWN else ():
        for line in takewhile(signs, islice(lines.all, first.number, None)):
            yield whole(line, "byline", "byline.name", "names who wrote or edited the text above")


def _head(lines: Lines, reach: int) -> Iterator[Removal]:
    """Names, dates and reading times between the headline and the text."""
    above = lines.all[: reach + 1]
    entries = _entries(lines, above)
    near = [line for line in above if line.number not in entries]
    head = [line for line in lines.short if line.number <= reach and line.number not in entries]
    yield from _named(lines, near, reach)
    for line in head:
        if is_byline(line) and (not is_lone(line) or _stands_by_date(lines, line)):
            yield whole(line, "byline", "byline.name", "names the author above the text")
        elif is_staff(line) and line.number and _is_below_headline(lines, line):
            yield whole(line, "byline", "byline.staff", "says that the paper's people wrote it")
        elif _could_name(lines, line) and _stands_by_date(lines, line):
            yield whole(line, "byline", "byline.name", "a name beside the page's date")
    for line in _continued(lines, entries, reach):
        yield whole(line, "byline", "byline.name", "names an author directly below others")
    filed = [line for line in head if is_filed(line)]
    # More are the dates of a tour or of matches.
    if len(filed) == 1:
        yield whole(filed[0], "byline", "byline.date", "says where and when the story was filed")
    times = [
        line
        for line in near
        if (
            is_told(line)
            or (line in head and is_age(line))
            or (line in head and not _is_cell(lines, line) and (is_bare_date(line) or is_day(line)))
        )
        and not (line.number and sets_date(lines.all[line.number - 1]))
    ]
    if len(times) <= _OWN + 1:
        for line in times:
            yield whole(line, "byline", "byline.date", "is the page's date, age or reading time")


def _could_name(lines: Lines, line: Line) -> bool:
    """Whether the line could be a name below the headline, and is no word of it: `自転車`."""
    if line.number <= lines.title or not could_be_name(line):
        return False
    headline = lines.all[lines.title].folded
    topic = is_wide(line.text[0]) and headline.find(line.folded) > 0
    return not topic


def _is_cell(lines: Lines, line: Line) -> bool:
    """Whether the line is a row of a table: of a text page, where another stands beside it."""
    beside = lines.all[max(line.number - 1, 0) : line.number + 2]
    return line.role == "row" and (
        bool(line.nodes) or any(other.role == "row" for other in beside if other is not line)
    )


def _is_below_headline(lines: Lines, line: Line) -> bool:
    """Whether the title or what could be a headline stands directly above."""
    above = lines.all[line.number - 1]
    return above.role == "title" or is_headline(above)


def _continued(lines: Lines, entries: set[int], reach: int) -> Iterator[Line]:
    """Bylines that go on behind the head's last line, if that is one.

    Without those above them they would stand in the head themselves, a few each time.
    """

    def names(line: Line) -> bool:
        told = is_byline(line) and not is_lone(line) and not lines.heads_prose(line)
        return told and line.role not in ("code", "title")

    if reach < len(lines.all) and reach not in entries and names(lines.all[reach]):
        yield from takewhile(names, islice(lines.all, reach + 1, None))


def _entries(lines: Lines, near: Sequence[Line]) -> set[int]:
    """Lines of the same fields that each head paragraphs, one behind the other.

    Such are the days of a timeline, the artists of a season and the ways to a place; a page has
    its own byline once.
    """
    entries = set()
    for line in near:
        sorts = _sorts(line) if lines.heads_prose(line) else frozenset()
        if not sorts:
            continue
        after = islice(lines.all, line.number + 1, None)
        following = next((other for other in after if not other.prose), None)
        dated = "day" in sorts and sorts <= _DATED and not is_timed(line)
        if following and _heads_entry(following) and dated:
            # Each day below a heading of its own, a paragraph apart, as releases have it, and
            # publishers of books; posts of a forum have an hour.
            below = lines.all[following.number + 1 : line.number + _APART + 1]
            following = below[0] if below else None
            if following and following.folded == line.folded:
                continue
        if following and lines.heads_prose(following) and _sorts(following) == sorts:
            entries |= {line.number, following.number}
    return entries


def _heads_entry(line: Line) -> bool:
    """Whether the line could head an entry, and is no part of a byline."""
    named = is_byline(line) or could_be_name(line) or is_label(line) or is_staff(line)
    return not (named or _sorts(line) or is_stamp(line) or is_age(line))


def _sorts(line: Line) -> frozenset[str]:
    """The sorts of a line's fields; a day or a name can also be told without any."""
    if fields := fields_of(line):
        return frozenset(field.sort for field in fields)
    if is_bare_date(line) or is_day(line):
        return frozenset({"day"})
    return frozenset({"name"} if is_byline(line) else ())


def _named(lines: Lines, near: Sequence[Line], reach: int) -> Iterator[Removal]:
    """Lines of fields that name somebody below the headline, and names above an office."""
    held = [
        (name, office)
        for name, office in pairwise(lines.all[:reach])
        if name.number > lines.title and is_full_name(name.text) and is_office(office.text)
    ]
    # Two of them are the people whom a page presents.
    for name, office in held if len(held) == 1 else ():
        yield whole(name, "byline", "byline.name", "a name above what its bearer is")
        yield whole(office, "byline", "byline.office", "what the author is")
    offices = {office.number for _, office in held}
    named = [
        line
        for line in near
        if line.number > lines.title
        and line.number not in offices
        and not is_quotation(lines.all[line.number - 1])
        and any(field.sort in ("name", "editor") for field in fields_of(line))
        and not is_filed(line)
    ]
    # More are those of a list: of talks, of posts, of readers.
    advertised = any(is_vacancy(line) for line in lines.all[:reach])
    for line in named if len(named) <= _OWN + 1 and not advertised else ():
        yield whole(line, "byline", "byline.name", "names the author among other fields")


def reach_of(lines: Lines) -> int:
    """The number of the line with which the page's head ends, counted from its title."""
    head = lines.all[lines.title : lines.title + _REACH]
    # `19. August 2026, 16:48 Uhr | Lesezeit: 2 Min.` only looks like a sentence.
    prose = [line.number for line in head if line.prose and not fields_of(line)]
    return prose[1] if len(prose) > 1 else lines.title + _REACH


def authors(lines: Lines) -> set[str]:
    """The names, folded, that bylines above the text give."""
    reach = reach_of(lines)
    head = [line for line in lines.short if line.number <= reach]
    named = {fold(without_lead(line.text)) for line in head if is_byline(line)}
    named |= {fold(name) for line in head for name in names_in(fields_of(line))[0]}
    return named | {name.folded for _, name in _labelled(lines)}


def _stands_by_date(lines: Lines, line: Line) -> bool:
    """Whether the page's date, age or another byline stands directly above or below."""
    beside = lines.all[max(line.number - 1, 0) : line.number + 2]
    return any(
        other is not line
        and (
            is_told(other)
            or (
                not other.prose
                and (
                    is_bare_date(other)
                    or is_stamp(other)
                    or is_age(other)
                    or is_day(other)
                    or is_filed(other)
                )
            )
        )
        for other in beside
    )
