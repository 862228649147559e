"""Metadata that stands in the text itself: the title line, bylines, dates, credits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from cleaners.characters import fold
from cleaners.language import detect_language
from cleaners.metadata import field_times as times
from cleaners.metadata import field_words as words
from cleaners.metadata import titles
from cleaners.metadata.credits import credit_of
from cleaners.metadata.dates import day_in
from cleaners.metadata.fields import is_nobody, is_person, names_in, read_fields
from cleaners.metadata.names import KOREAN_OFFICE, joined, looks_like_names
from cleaners.metadata.signing import own_bylines
from cleaners.records import Block, Kind, Metadata, Removal

_NO_KEY: Final = re.compile(r"[\W_]+")
_PREFIX: Final = 20
_STAMP: Final = re.compile(times.STAMP, re.IGNORECASE)
# Labels that need no colon, `责任编辑 王芳`, are no part of a name.
_EDITOR: Final = re.compile(words.EDITOR, re.IGNORECASE)
# `Release date: 12 May 2026`: a label and a day.
_LABELLED: Final = re.compile(r"[^\d:：]{2,40}[:：]\s*\S{0,12}?\d")
_REPORTER: Final = re.compile(
    r"[（(](?:[\u4e00-\u9fff]{0,6})记者[ 　:：]{1,2}([\u4e00-\u9fff]{2,4})[)）]"
)
_BEGINNING: Final = 60
"""Characters of a text in which its reporter is named."""
_BRACKETS: Final = " （）()【】［］"
_DAY: Final = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?: ?\d{1,2}[:時时]\d{2}分?)?")


def mark_declared(blocks: Sequence[Block], title: str | None) -> tuple[Block, ...]:
    """The blocks with those that say the declared title marked as such.

    That is the first heading that says it, and whatever says it before that heading; but an entry
    of a menu or a path that leads to the page, or to its part of the site, is none.
    """
    wanted = _key(title or "")
    if not wanted:
        return tuple(blocks)
    same = _saying(blocks, wanted)
    heading = next((n for n in same if blocks[n].role == "heading"), same[0] if same else -1)
    return mark(blocks, [number for number in same if number <= heading])


def mark_shortened(
    blocks: Sequence[Block], title: str, removals: Iterable[Removal]
) -> tuple[Block, ...]:
    """The blocks, with a heading marked that says all but the last part of the declared title.

    That part then names the site, which nothing else on the page did.  A heading that stays comes
    first: others may be of menus.  Where a block is marked already, nothing is.
    """
    shorter = _key(titles.without_last(title))
    if not shorter or any(block.role == "title" for block in blocks):
        return tuple(blocks)
    gone = {removal.block for removal in removals}
    same = [number for number in _saying(blocks, shorter) if blocks[number].role == "heading"]
    return mark(blocks, sorted(same, key=gone.__contains__)[:1])


def _saying(blocks: Sequence[Block], wanted: str) -> list[int]:
    return [
        number
        for number, block in enumerate(blocks)
        if _says(block.text, wanted) and not _is_entry(block)
    ]


def _is_entry(block: Block) -> bool:
    """Whether a block is an entry of a menu or a path: in a list, in `<nav>`, or only a link."""
    place = block.place
    if place is None or block.role == "heading":
        return False
    linked = place.link_chars >= len(block.text)
    return linked or block.role == "item" or "nav" in place.path


def title_of(blocks: Sequence[Block]) -> str | None:
    """The text of the last block that is marked as the title."""
    return next((block.text for block in reversed(blocks) if block.role == "title"), None)


def mark(blocks: Sequence[Block], numbers: Iterable[int]) -> tuple[Block, ...]:
    """The blocks, those of these numbers marked as the title."""
    marked = frozenset(numbers)
    return tuple(
        block._replace(role="title", marker="") if number in marked else block
        for number, block in enumerate(blocks)
    )


def _says(text: str, wanted: str) -> bool:
    """Whether the key of a text is `wanted`, which the first letters rule out for most."""
    first = text[0]
    if first.isalnum() and first.casefold()[0] != wanted[0]:
        return False
    return wanted.startswith(_key(text[:_PREFIX])) and _key(text) == wanted


def _key(text: str) -> str:
    """Letters and figures alone, folded."""
    return _NO_KEY.sub("", fold(text))


def complete(
    metadata: Metadata, blocks: Sequence[Block], removals: Sequence[Removal], text: str
) -> Metadata:
    """The metadata with its gaps filled from the title's block, the removals and the text."""

    def said(kind: Kind, rule: str = "", among: Sequence[Removal] = removals) -> list[str]:
        found = (
            r
            for r in among
            if r.kind == kind and rule in ("", r.rule) and r.rule != "byline.office"
        )
        return [blocks[r.block].text[r.start : r.end] for r in found]

    own = own_bylines(blocks, removals)
    bylines, names = said("byline"), said("byline", "byline.name", own)
    sites, sources = said("navigation", "navigation.site"), said("source_credit")
    language = detect_language(text) or metadata.language
    return Metadata(
        title=_title(metadata.title, title_of(blocks)),
        author=_author(metadata, said("byline", among=own), names) or _reporter(text),
        date=metadata.date or _day(bylines, language),
        site=metadata.site or next(iter(sites), None),
        language=language,
        credit=credit_of(sources, bylines, text),
    )


def _title(declared: str | None, said: str | None) -> str | None:
    """The declared title, or what the page says of it where that is all but the site's name."""
    return said if said and declared and _key(declared) != _key(said) else declared or said


def _author(metadata: Metadata, bylines: Sequence[str], names: Iterable[str]) -> str | None:
    """The declared author; a publisher declared in his place yields to whom the page names."""
    declared = metadata.author
    if declared is None:
        return _authors(bylines, names)
    if declared != metadata.site and not all(map(is_nobody, declared.split("; "))):
        return declared
    read = [names_in(read_fields(line)) for line in bylines]
    found = [name for found, known in read if known for name in found if is_person(name)]
    return joined(found) or declared


def _authors(bylines: Sequence[str], names: Iterable[str]) -> str | None:
    """The names that a label or an office tells, else those that stand alone or beside a day."""
    read = [names_in(read_fields(line)) for line in bylines]
    sure = joined([_cased(name) for found, known in read if known for name in found])
    if sure:
        return sure
    # What holds more than a name is read by its fields alone.
    alone = [_cased(line) for line in names if not read_fields(line)]
    beside = [_cased(name) for found, _ in read for name in found]
    return _people(alone) or joined(beside) or _named_in(bylines)


def _reporter(text: str) -> str | None:
    """Who reports, as Chinese papers say before the first sentence: `本报讯（记者 何念秋）`."""
    found = _REPORTER.search(text, 0, _BEGINNING)
    return found[1] if found and is_person(found[1]) else None


def _people(lines: Iterable[str]) -> str | None:
    """The names that lines hold, without those of sections and papers."""
    names = (joined(lines) or "").split("; ")
    return "; ".join(name for name in names if not is_nobody(name)) or None


def _cased(name: str) -> str:
    """A full name without the capitals that its page sets it in."""
    parts = name.split()
    return name.title() if name.isupper() and len(parts) > 1 and min(map(len, parts)) > 2 else name


def _day(bylines: Sequence[str], language: str | None) -> str | None:
    """The day of publication where one of the first two dates is that, else the first."""
    dated = [line for line in bylines if day_in(line, language) and not _is_labelled(line)][:2]
    fields = [field for line in dated for field in read_fields(line)]
    published = [field.text for field in fields if field.sort == "day"]
    days = (day_in(text, language) for text in (*published, *dated))
    return next(filter(None, days), None)


def _is_labelled(line: str) -> bool:
    """Whether a label that no byline knows says what the day of a line is the day of."""
    return bool(_LABELLED.match(line) and not _STAMP.match(line)) and not read_fields(line)


def _named_in(bylines: Iterable[str]) -> str | None:
    """The names of the first byline that holds full names and nothing else, however it was found.

    A word alone may be another, `Updated`; a Korean name is known by the office behind it.
    """
    for line in bylines:
        undated = _DAY.sub(" ", line).strip(_BRACKETS)
        found = joined([undated])
        if not found or not looks_like_names(undated):
            continue
        if _EDITOR.match(found):
            continue
        if KOREAN_OFFICE.search(line):
            return found
        # The paper may stand beside: `Ada Brown · Courier News`.
        names = (name.split(", ")[0] for name in found.split("; "))
        persons = [name for name in names if " " in name and is_person(name)]
        if persons:
            return "; ".join(persons)
    return None
