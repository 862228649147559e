"""Bylines, dates and reading times around the headline.  They are read into metadata first.

Not: quote signatures, preparation times of recipes, clock times of a live blog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from cleaners.judging.lines import Line, Lines, fold
from cleaners.judging.rules import by_cue, whole
from cleaners.judging.shapes import DATE, is_age
from cleaners.records import Removal

# Names: capitalised words, joined by the words that join authors.
_NAME: Final = r"[A-ZÀ-ÖØ-ÞА-Я][\w'’.\-]*"
_NAMES: Final = rf"{_NAME}(?:[ ,&|/]+(?:and|und|et|y|e|и|de|von|van|der|del|la|{_NAME}))*"
_BY: Final = (
    r"(?:(?:[Ww]ritten |[Rr]eported |[Pp]osted |[Pp]ublished )?[Bb]y|BY"
    r"|Von|VON|Par|PAR|Por|POR|Автор)\s*:?\s+"
)
_BYLINE: Final = re.compile(_BY + _NAMES)
_LEAD: Final = re.compile(_BY)
_LABELS: Final = frozenset(
    {
        "by",
        "written by",
        "posted by",
        "reported by",
        "author",
        "von",
        "par",
        "por",
        "autor",
        "автор",
    }
)
_FULL_NAME: Final = re.compile(rf"{_NAME}(?: (?:de|von|van|der|del|la|{_NAME})){{1,3}}")
_TIME: Final = re.compile(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?")
_OF: Final = re.compile(r"[^\W\d_]\s?[:：–—-]\s")
_STAMP: Final = re.compile(
    r"^(?:(?:first |last )?(?:published|updated|posted|modified)|veröffentlicht|aktualisiert|stand"
    r"|publié|mis à jour|publicado|actualizado|atualizado|опубликовано|обновлено)\b"
)
_REACH: Final = 12
"""Most lines of a page's head, which ends where the text runs on after the standfirst."""
_HEADLINE: Final = 4
_LONGEST: Final = 20
"""Most words of a headline that ends like a sentence, as questions do."""
_OWN: Final = 2
"""Stamps that a page gives itself, published and updated; more are those of a list.  A reading
time may stand beside them."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Names, dates and reading times before the running text, and time stamps anywhere."""
    yield from by_cue(lines, "byline")
    reach = min(lines.second_prose, _REACH)
    stamps = [line for line in lines.short if is_stamp(line)]
    if len(stamps) > _OWN:
        stamps = [line for line in stamps if line.number <= reach]
    for line in stamps if len(stamps) <= _OWN else ():
        yield whole(line, "byline", "byline.date", "says when the page was published")
    names = [pair for pair in pairwise(lines.all) if is_label(pair[0]) and is_name(pair[1])]
    for label, name in names if len(names) <= _OWN else ():
        yield whole(label, "byline", "byline.label", "introduces the author")
        yield whole(name, "byline", "byline.name", "names the author")
    head = [line for line in lines.short if line.number <= reach]
    if not any(line.role == "title" or is_headline(line) for line in lines.all[: reach + 1]):
        return
    for line in head:
        if is_byline(line):
            yield whole(line, "byline", "byline.name", "names the author above the text")
    times = [line for line in head if is_age(line) or (line.role != "row" and is_bare_date(line))]
    if len(times) <= _OWN + 1:
        for line in times:
            yield whole(line, "byline", "byline.date", "is the page's date, age or reading time")


def is_headline(line: Line) -> bool:
    """Whether dates and names can belong to this line: it could head an article."""
    own = is_bare_date(line) or is_age(line) or is_byline(line)
    first = line.number == 0 and line.words <= _LONGEST
    return line.words >= _HEADLINE and (first or not line.prose) and not own


def is_label(line: Line) -> bool:
    """Whether the line is `By` alone, parted from the name behind it."""
    return line.folded.strip(" :：") in _LABELS


def is_name(line: Line) -> bool:
    """Whether the line could be a person's name and nothing else."""
    return 2 <= line.words <= 4 and bool(_FULL_NAME.fullmatch(line.text))


def authors(lines: Lines) -> set[str]:
    """The names, folded, that bylines above the text give."""
    head = [line for line in lines.short if line.number <= min(lines.second_prose, _REACH)]
    named = {fold(_LEAD.sub("", line.text)) for line in head if is_byline(line)}
    return named | {
        name.folded for label, name in pairwise(lines.all) if is_label(label) and is_name(name)
    }


def is_byline(line: Line) -> bool:
    """Whether the line is an author's name, with what stands beside it."""
    found = None if line.words > 14 or line.stopped else _BYLINE.match(line.text)
    if not found:
        return False
    rest = line.text[found.end() :]
    return len(rest.split()) <= 3 or bool(DATE.search(rest)) or rest.lstrip()[:1] in "|/,·•-–—("


def is_stamp(line: Line) -> bool:
    """Whether the line says when the page was published or changed."""
    return line.words <= 14 and bool(_STAMP.match(line.folded)) and bool(DATE.search(line.folded))


def is_bare_date(line: Line) -> bool:
    """Whether the line is a date and hardly anything else: a weekday, a time, a time zone.

    What a date is the date of, `Release date: ...`, stands before a colon or a dash.
    """
    found = DATE.search(line.folded) if line.words <= 9 else None
    if not found:
        return False
    rest = _TIME.sub(" ", f"{line.folded[: found.start()]} {line.folded[found.end() :]}")
    if _OF.search(rest):
        return False
    return sum(len(word) > 3 for word in re.findall(r"[^\W\d_]+", rest)) <= 1
