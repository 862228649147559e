"""The day on which an HTML page was published, surest source first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.characters import fold
from cleaners.metadata import field_times as times
from cleaners.metadata import jsonld, vocabulary
from cleaners.metadata.dates import day_in, day_of_url, find_day, iso_day
from cleaners.metadata.head import Head
from cleaners.metadata.nearby import MARKED, Near, is_elsewhere

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# What says until when, or when something is held, before a day and behind it.
_DUE: Final = re.compile(times.DUE)
_LASTS: Final = re.compile(
    rf"(?<!\d)\d{{1,2}}\.?(?: (?:de )?[^\W\d_]{{3,10}}\.?)?(?:{times.RANGE})$"
)
_STAMP: Final = re.compile(times.STAMP, re.IGNORECASE)
_HOUR: Final = r"\d{1,2}(?:[:.h]\d{2}| ?h| ?uhr)?(?: ?[ap]\.?m\.?)?"
_HOURS: Final = re.compile(rf"\D{{0,6}}{_HOUR}(?:{times.RANGE}|\s*à\s*){_HOUR}(?![\d:.]|[^\W\d_])")
_COLONS: Final = " :："
_LABEL: Final = 40
"""Characters of a label, which may stand in an element of its own."""
_OUTWARDS: Final = 3
"""Elements that may begin with a day, and have the label before them."""
_WEEKDAY: Final = 14
"""Characters that may stand between the label and the day."""


def published_day(
    tree: LexborHTMLParser, head: Head, near: Near, language: str | None, url: str | None
) -> str | None:
    """The day of publication, else one that the page shows, else that of its last change."""
    for values in (
        _stated_days(head, ("datePublished", "dateCreated", "uploadDate")),
        head.meta(vocabulary.DATES),
        _marked_days(head),
    ):
        if day := next(filter(None, (iso_day(value, language) for value in values)), None):
            return day
    if day := next(_shown_days(tree, head, near, language), None):
        return day
    updates = chain(_stated_days(head, ("dateModified",)), head.meta(vocabulary.UPDATES))
    days = (iso_day(value, language) for value in updates)
    return next(filter(None, days), None) or (day_of_url(url) if url else None)


def _shown_days(
    tree: LexborHTMLParser, head: Head, near: Near, language: str | None
) -> Iterator[str]:
    """The days that a page shows, less those of what it announces or sells.

    A product has no day: what its page shows are days of reviews, sales and deliveries.  What a
    page of an event shows are days of events, unless a word says that it was published then.
    """
    posted = any(head.typed(vocabulary.POSTS))
    if not posted and any(head.typed(("Product",))):
        return
    events = _days_of_events(head)
    if not posted and events:
        for _, line in _date_lines(tree, near):
            if _STAMP.match(line) and (day := day_in(line, language)):
                yield day
        return
    for value in _timed(head):
        if (day := iso_day(value, language)) and day not in events:
            yield day
    for label, line in _date_lines(tree, near):
        if (day := _day_of(line, label, language)) and day not in events:
            yield day


def _stated_days(head: Head, keys: Sequence[str]) -> Iterator[str]:
    for endings in (vocabulary.POSTS, vocabulary.PAGES, ("",)):
        for item in head.typed(endings):
            for key in keys:
                if value := jsonld.text(item.get(key)):
                    yield value


def _marked_days(head: Head) -> Iterator[str]:
    """What elements say that are marked as the day of publication."""
    for node in head.times:
        if _is_published(node) and not is_elsewhere(node):
            yield _said(node)


def _timed(head: Head) -> Iterator[str]:
    """What the other `<time>`s say, less what is labelled as another day than the page's."""
    for node in head.times:
        if not (_is_published(node) or is_elsewhere(node) or _is_due(_before(node))):
            yield _said(node)


def _said(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or node.text()


def _is_published(node: LexborNode) -> bool:
    """Whether an element is marked as the day of publication, or of a question's asking."""
    attributes = node.attributes
    words = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower()
    return "publish" in words or "datecreated" in words or "pubdate" in attributes


def _days_of_events(head: Head) -> set[str]:
    """The days on which what the page announces begins and ends, by its own statement."""
    stated = (
        jsonld.text(item.get(key))
        for item in head.typed(("Event",))
        for key in ("startDate", "endDate", "doorTime")
    )
    return {day for value in stated if value and (day := iso_day(value))}


def _day_of(line: str, label: str, language: str | None) -> str | None:
    """The first day that a line names, unless it is the day of something that the page speaks of.

    `label`: what stands before the line, `Deadline:`.
    """
    found = find_day(line, language)
    if found is None:
        return None
    before, behind = line[: found.start], line[found.end :]
    if _is_due(before, colon="") or _LASTS.search(before.lower()) or _HOURS.match(fold(behind)):
        return None
    return None if len(before) <= _WEEKDAY and _is_due(label) else found.day


def _is_due(label: str, *, colon: str = ":") -> bool:
    """Whether a label says until when or when something is."""
    if not 1 < len(label) <= _LABEL:
        return False
    return bool(_DUE.search(f"{fold(label).rstrip(_COLONS)}{colon}" if colon else fold(label)))


def _date_lines(tree: LexborHTMLParser, near: Near) -> Iterator[tuple[str, str]]:
    """Short lines whose class says that they hold a date, then those near the heading.

    Each with what stands before it.
    """
    for node in tree.css(vocabulary.DATE_LINES)[:MARKED]:
        shown = node.text(separator=" ")
        if len(shown) < 200 and _YEAR.search(shown) and not is_elsewhere(node):
            yield _before(node), " ".join(shown.split())
    lines = [*near().before, *near().behind]
    yield from (pair for pair in pairwise(chain(("",), lines)) if _YEAR.search(pair[1]))


def _before(node: LexborNode) -> str:
    """What stands before an element where it is at the beginning of another: the label of both."""
    above: LexborNode | None = node
    for _ in range(_OUTWARDS):
        if above is None or above.tag in ("body", "html"):
            break
        before = above.prev
        while before is not None:
            if said := before.text().strip():
                return " ".join(said[-2 * _LABEL :].split())
            before = before.prev
        above = above.parent
    return ""
