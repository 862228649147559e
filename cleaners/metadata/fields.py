"""Lines of fields around a headline: who wrote it, when, how long it takes to read.

`Ada Brown, Senior Editor | Edited by Carl Dietz | 22 Jan 2026 | 7 min read`: what tells itself
(days, ages, reading times, counts) is found first; the rest is cut at separators and at labels,
and each part must be a name, an office behind one, what a label says, or a place or section as
short as that.  The shapes need no language; the words of nine languages are in `field_words` and
`field_times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from cleaners.metadata import field_times as times
from cleaners.metadata import field_words as words

Sort: TypeAlias = Literal[
    "name", "editor", "picture", "office", "day", "changed", "age", "reading", "minutes",
    "clock", "count", "source", "setting", "other",
]  # fmt: skip
"""`editor` is whoever else had a part in it, `changed` the day of a change, `minutes` a time that
nothing calls a reading time, `source` who supplied the text, `setting` what readers choose, `other`
a place, a section or a publisher."""


class Field(NamedTuple):
    """One field of a line, which begins at `start`, its label before it.

    `sure` where a label or the shape leaves no doubt what it is.
    """

    sort: Sort
    text: str
    sure: bool
    start: int = 0


LONGEST: Final = 140
"""Characters of a line of fields."""
_MOST_OTHERS: Final = 2
_FULL: Final = 2
"""Words of a name before a day from which nothing parts it."""
_APPOSITION: Final = 12
"""Most words that say who the author is, behind a name and a comma."""
_OTHER: Final = 4
"""Most words of a place or a section."""
_WIDEST: Final = 40
"""Most characters of the same."""

_TELLING: Final = re.compile(
    "|".join(
        f"(?P<{sort}>{pattern})"
        for sort, pattern in (
            ("reading", times.READING),
            ("age", times.AGE),
            ("day", times.DAY),
            ("count", times.COUNT),
            ("minutes", times.MINUTES),
            ("clock", times.CLOCK),
        )
    ),
    re.IGNORECASE,
)
_CHANGED: Final = re.compile(times.CHANGED, re.IGNORECASE)
_UNTIL: Final = re.compile(times.UNTIL, re.IGNORECASE)
_OLD: Final = re.compile(times.OLD)
_RANGE: Final = re.compile(times.RANGE, re.IGNORECASE)
_CREW: Final = re.compile(words.CREW, re.IGNORECASE)
_VACANCY: Final = re.compile(words.VACANCY, re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PARTING: Final = re.compile(
    # `文／陳苡安` is a label and a name.
    r"\s*(?:(?<![文者])[|｜/／]|[·•・‧●▪‖»›◆►¦―—–()（）\[\]【】;；\n\u3000\u2300-\u23ff\u2600-\u27bf\ufe0f"
    r"\U0001f300-\U0001faff]|\s-+(?=\s|$)|^-+\s|\s\s)\s*"
)
_COMMA: Final = re.compile(r"\s*[,，、]\s*")
_PERSONS: Final = frozenset({"name", "editor", "office"})
_TIMES: Final = frozenset({"day", "clock"})
_ENDS: Final = ("?", "!", "？", "！", "。", "…", ":", "：")
_EDGES: Final = " \t,，、.。:：-–—"
_KNOWN: Final = tuple(
    (sort, re.compile(pattern, re.IGNORECASE))
    for sort, pattern in (
        ("editor", words.EDITOR),
        ("picture", words.PICTURE),
        ("name", words.AUTHOR),
        ("source", words.SOURCE),
        ("setting", words.SETTING),
    )
)
# A label begins a field, wherever it stands.
_LABEL: Final = re.compile(rf"{words.LABEL}|{words.CJK_LABEL}", re.IGNORECASE)
# But these also stand inside a name.
_PREPOSITIONS: Final = frozenset({"by", "von", "par", "por", "от"})
_OFFICE: Final = re.compile(words.OFFICE, re.IGNORECASE)
# `an hour ago`, `il y a une heure`: times that are told without a figure.
_COUNTED: Final = re.compile(r"\d|\b(?:ago|atrás|vor|hace|há|il y a)\b", re.IGNORECASE)
_BELOW: Final = re.compile(rf"(?:[^\W\d_]+ ){{0,4}}(?:{words.PRESS})")
_RANKED: Final = re.compile(rf"{words.RANK} [^\W\d_]")
_CREDENTIAL: Final = re.compile(words.CREDENTIAL)
_PLAIN_OFFICE: Final = re.compile(words.PLAIN_OFFICE, re.IGNORECASE)
_PLACED: Final = re.compile(words.PLACED)
_UNSIGNED: Final = re.compile(r"[員部円人年歳]$|共同|時事")
# A paragraph with a field behind its last sentence.
_STOP: Final = re.compile(r"[。！？]")
# What is no label known here: `Venue: Town Hall`.
_OTHER_LABEL: Final = re.compile(r"\w\s?[:：]")
_MINOR: Final = re.compile(
    rf"^(?:(?:{words.MINOR})(?:\s+|$))+|(?:(?:^|\s+)(?:{words.MINOR}))+$", re.IGNORECASE
)
_LONE: Final = re.compile(rf"(?:{words.BY}) [A-Za-zÀ-žА-яё'’-]+", re.IGNORECASE)
_NOBODY: Final = re.compile(words.NOBODY, re.IGNORECASE)
_NO_NAME: Final = re.compile(words.NO_NAME, re.IGNORECASE)

_CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁ"
_PART: Final = rf"(?:[{_CAPITAL}][\w'’.\-]*|[dDlO]['’][{_CAPITAL}][\w'’.\-]*)"
_PARTICLE: Final = r"(?:de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|ten|y|e|bin|al|zu)"
_HAN: Final = r"[\u4e00-\u9fff々]"
_KANA: Final = r"[\u3040-\u30ff\u4e00-\u9fff々]"
_ONE: Final = rf"(?:Dr\.? |Prof\.? )?{_PART}(?: (?:{_PARTICLE} ){{0,2}}{_PART}){{1,3}}"
_WESTERN: Final = re.compile(_ONE)
_CJK: Final = re.compile(rf"{_HAN}{{1,4}} {_KANA}{{1,5}}|[\u4e00-\u9fff]{{2,4}}|[가-힣]{{2,4}}")
_JAPANESE: Final = re.compile(rf"(?={_KANA}?{_HAN}){_KANA}{{1,4}} {_KANA}{{1,5}}")
_LABELLED: Final = re.compile(rf"{_PART}(?: (?:{_PARTICLE} ){{0,2}}{_PART}){{0,3}}")
_HANDLE: Final = re.compile(r"\S*[\u3040-\u30ff\u4e00-\u9fff가-힣]\S*(?: \S{1,6})?")
_AND: Final = re.compile(r" (?:and|und|et|y|e|и|&|with|mit) ", re.IGNORECASE)
_OFFICE_HOLDER: Final = re.compile(
    rf"(?P<name>{_PART}(?: (?:{_PARTICLE} ){{0,2}}(?!{words.RANK}\b|{words.PRESS}){_PART}){{1,3}})"
    rf" (?:{words.RANK} )*(?:{words.PRESS})"
    rf"|(?:[가-힣]{{2,8}} )?(?P<late>[가-힣]{{2,4}}|{_HAN}{{2,4}}|{_HAN}{{1,4}} {_KANA}{{1,4}})"
    rf" ?(?:[가-힣]{{2,4}})?(?:{words.CJK_BEHIND})"
    rf"|(?:{_HAN}{{2,6}}|[가-힣]{{2,8}})?(?:{words.CJK_BEFORE})[  ]?(?P<early>{_HAN}{{2,4}})"
)
_ADDRESS: Final = re.compile(
    r"[\w.+-]{1,40}@[\w.-]{0,60}"
    # What blogs set among the fields of a byline.
    r"|[·•|] (?i:this (?:post|page|article|recipe|blog|site) (?:may )?contains? affiliate links)\.?"
)


# Remembered, since rules and metadata ask about the same lines.
@lru_cache(maxsize=4096)
def read_fields(line: str) -> tuple[Field, ...]:
    """The fields of a line that holds nothing else, in order; none for any other line.

    At least one of them is beyond doubt, so that a row of names or of places is no such line.
    """
    if len(line) > LONGEST or not words.may_tell(line):
        return ()
    if name := placed_name(line):
        return (Field("name", name, sure=True),)
    fields = _read(line)
    others = sum(field.sort == "other" for field in fields)
    if not any(field.sure for field in fields) or others > _MOST_OTHERS or _is_lone(line, fields):
        return ()
    named = any(field.sort in ("name", "editor") for field in fields)
    # Minutes and other parts alone are those of a recipe or of a table.
    return fields if named or not others else ()


def placed_name(line: str) -> str | None:
    """The name in a line that holds only the place of a report and who wrote it."""
    found = _PLACED.fullmatch(line)
    # Agencies sign so, too: `【東京＝共同】`.
    person = found and len(found["name"]) > _FULL and not _UNSIGNED.search(found["name"])
    return found["name"] if found and person and not is_nobody(found["name"]) else None


def _is_lone(line: str, fields: Sequence[Field]) -> bool:
    """Whether a line is `By` and one word, as `By Train` is, without a colon or another script."""
    alone = len(fields) == 1 and fields[0].sort == "name"
    return alone and bool(_LONE.fullmatch(line))


def is_titled_name(line: str) -> bool:
    """Whether a line is a name and who that is: `Ada Brown, botanist`."""
    return "," in line and [field.sort for field in _read(line)] == ["name", "office"]


def is_full_name(line: str) -> bool:
    """Whether a line is written like a person's name, with no word that people are not called."""
    return bool(_WESTERN.fullmatch(line)) and not is_nobody(line)


def is_person(name: str) -> bool:
    """Whether a name is written like a person's in its script, and like no publisher's."""
    written = _WESTERN.fullmatch(name) or _CJK.fullmatch(name) or _JAPANESE.fullmatch(name)
    return bool(written) and not is_nobody(name)


def is_nobody(text: str) -> bool:
    """Whether a text holds a word that people are not called, as publishers do, or a rank first."""
    return bool(_NO_NAME.search(text) or _RANKED.match(text))


def is_office(line: str) -> bool:
    """Whether a line could be what somebody is at a paper, below the name."""
    short = len(line) <= _WIDEST * 2 and len(line.split()) <= _OTHER + 2
    return short and line[-1:].isalpha() and bool(_BELOW.fullmatch(line))


@lru_cache(maxsize=1024)
def _read(line: str) -> tuple[Field, ...]:
    """The fields of a line, however sure; none where something is no field."""
    if not 1 < len(line) <= LONGEST or line.rstrip().endswith(_ENDS):
        return ()
    fields = []
    for field in _fields(_ADDRESS.sub(_blank, line)):
        if field is None:
            return ()
        fields.append(field)
    return tuple(fields)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _fields(line: str) -> Iterator[Field | None]:
    """The fields of a line, None for what is none."""
    at, before = 0, None
    for told in _TELLING.finditer(line) if _COUNTED.search(line) else ():
        for field in _named(line[at : told.start()], at, before):
            before = field
            yield field
        if _is_other(before, line[at : told.start()], told):
            yield None
        at = told.end()
        before = _told(told)
        yield before
    yield from _named(line[at:], at, before)


def _is_other(field: Field | None, stretch: str, told: re.Match[str]) -> bool:
    """Whether what tells itself is told of something else, behind a field and a stretch.

    `Apple Price Guides updated November 20`, `Apply by 12 May`, `3 May - 12 June`, a birth.
    """
    if told.lastgroup == "day":
        behind = field is not None and field.sort == "day" and not _CHANGED.match(told[0])
        ranged = behind and _RANGE.fullmatch(stretch)
        if ranged or _UNTIL.search(stretch) or _OLD.search(told[0]):
            return True
    # `12 May 2026, 10:00 to 16:00`: something lasts.
    if told.lastgroup == "clock" and field and field.sort in _TIMES and _RANGE.fullmatch(stretch):
        return True
    if not field or field.sort != "name" or field.sure or not stretch.rstrip().endswith(field.text):
        return False
    return len(field.text.split()) > _FULL or not _YEAR.search(told[0])


def _told(match: re.Match[str]) -> Field:
    sort, text = match.lastgroup, match[0].strip()
    if sort == "day":
        changed = bool(_CHANGED.match(text))
        return Field("changed" if changed else "day", text, sure=True, start=match.start())
    sure = sort in ("age", "reading")
    return Field(sort, text, sure, match.start())  # type: ignore[arg-type]


def _named(stretch: str, start: int, before: Field | None) -> Iterator[Field | None]:
    """The fields of what stands between those that tell themselves, from `start` in the line."""
    for at, piece, listed in _pieces(stretch):
        bare, labelled = piece, _labelled(piece)
        if _STOP.search(piece):
            yield None
        if not labelled:
            if _OTHER_LABEL.search(piece) or _CREW.match(piece) or _VACANCY.search(piece):
                yield None
            bare = _MINOR.sub("", piece.strip(_EDGES)).strip(_EDGES)
            labelled = _labelled(bare)
        if bare:
            told = _said(*labelled) if labelled else _tell(bare, before, listed=listed)
            before = told and told._replace(start=start + at)
            yield before


def _pieces(stretch: str) -> Iterator[tuple[int, str, bool]]:
    """A stretch cut at separators, labels and commas: where, what, and whether behind a comma."""
    for at, part in _cut(stretch, (found.span() for found in _PARTING.finditer(stretch))):
        for within, field in _cut(part, _label_cuts(part)):
            for number, (inside, piece) in enumerate(_cut(field, _comma_cuts(field))):
                yield at + within + inside, piece.strip(), number > 0


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """What is left of a text between spans, each with where it begins."""
    at = 0
    for start, end in spans:
        yield at, text[at:start]
        at = end
    yield at, text[at:]


def _label_cuts(part: str) -> Iterator[tuple[int, int]]:
    """Where a part is cut before its labels."""
    labelled = False
    for label in _LABEL.finditer(part):
        at = label.start()
        # `实习编辑：` is no name and a label; behind another field's value it needs no blank.
        begins = not at or part[at - 1].isspace() or labelled
        if begins and label[0].strip().casefold() not in _PREPOSITIONS:
            labelled = True
            if at:
                yield at, at


def _comma_cuts(part: str) -> Iterator[tuple[int, int]]:
    """Where a part is cut at its commas; but who somebody is stays whole behind the name."""
    for comma in _COMMA.finditer(part):
        yield comma.span()
        if part[comma.end() : comma.end() + 1].islower():
            return


def _tell(piece: str, before: Field | None, *, listed: bool) -> Field | None:
    """What a piece is, behind the field before it, from which a comma parts it if `listed`."""
    held = _OFFICE_HOLDER.fullmatch(piece)
    if held and not held["name"]:
        return Field("name", held["late"] or held["early"], sure=True)
    if before and before.sort in _PERSONS and (office := _office(piece, listed=listed)):
        return office
    named = before is not None and before.sort == "name" and before.sure
    return _unlabelled(piece, held, named=named, listed=listed)


def _office(piece: str, *, listed: bool) -> Field | None:
    """What the person before it is."""
    if len(piece.split()) > _APPOSITION:
        return None
    sure = bool(_OFFICE.search(piece))
    behind = listed and (_RANKED.match(piece) or _CREDENTIAL.fullmatch(piece))
    told = behind or _PLAIN_OFFICE.search(piece)
    fits = sure or (listed and piece[0].islower()) or told
    return Field("office", piece, sure=sure) if fits else None


def _unlabelled(
    piece: str, held: re.Match[str] | None, *, named: bool, listed: bool
) -> Field | None:
    """A name with or without its office, else a place or a section."""
    if held and not _NO_NAME.search(held["name"]):
        return Field("name", held["name"], sure=True)
    if _is_name(piece):
        return Field("name", piece, sure=listed and named)
    figures = any(map(str.isdigit, piece))
    few = len(piece.split()) <= _OTHER and len(piece) <= _WIDEST and not piece[0].islower()
    return Field("other", piece, sure=False) if few and (named or not figures) else None


def _labelled(piece: str) -> tuple[Sort, str] | None:
    """What sort of field a label begins, and what stands behind it."""
    for sort, pattern in _KNOWN:
        if label := pattern.match(piece):
            return sort, piece[label.end() :].strip(_EDGES)  # type: ignore[return-value]
    return None


def _said(sort: Sort, value: str) -> Field | None:
    """What a label says: a name without the office that may stand beside it, or another thing."""
    if sort not in ("name", "editor"):
        known = sort == "picture" or 0 < len(value) <= _WIDEST
        return Field(sort, value, sure=False) if known else None
    if _NOBODY.match(value):
        return None
    if held := _OFFICE_HOLDER.fullmatch(value):
        return Field(sort, held["name"] or held["late"] or held["early"], sure=True)
    fit = all(_LABELLED.fullmatch(name) or _HANDLE.fullmatch(name) for name in _AND.split(value))
    return Field(sort, value, sure=True) if fit else None


def _is_name(piece: str) -> bool:
    """Whether a piece is written like one full name or several."""
    if is_nobody(piece):
        return False
    return all(_WESTERN.fullmatch(name) or _CJK.fullmatch(name) for name in _AND.split(piece))


def names_in(fields: Sequence[Field]) -> tuple[list[str], bool]:
    """The authors among the fields, and whether one is beyond doubt.

    Where a label or an office tells one, names without are places or publishers; of several
    without any the first is the author.
    """
    named = [field for field in fields if field.sort == "name"]
    known = [field.text for field in named if field.sure]
    if known:
        return known, True
    offices = any(field.sort == "office" and field.sure for field in fields)
    return [field.text for field in named[:1]], offices
