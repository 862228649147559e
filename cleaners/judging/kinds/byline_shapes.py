"""Shapes of the lines that stand around a headline: who wrote it, when, and both at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from cleaners.judging.lines import Line
from cleaners.judging.shapes import MONTH, find_date, is_age
from cleaners.metadata import field_times as times
from cleaners.metadata import field_words as words
from cleaners.metadata.fields import (
    Field,
    is_person,
    is_titled_name,
    names_in,
    placed_name,
    read_fields,
)

# Names: capitalised words, joined by the words that join authors.
_NAME: Final = r"[A-ZÀ-ÖØ-ÞА-Я][\w'’.\-]*"
_NAMES: Final = rf"{_NAME}(?:[ ,&|/]+(?:and|und|et|y|e|и|de|von|van|der|del|la|{_NAME}))*"
_BY: Final = rf"(?i:{words.BY}|автор|текст)\s*:?\s+"
_ALONE: Final = re.compile(rf"(?i:{words.BY}) {_NAME}(?: [a-zß-ÿа-я].*)?")
_TIMED: Final = re.compile(rf"{_BY}(?i:{words.NOBODY})")
_CREW: Final = re.compile(words.CREW, re.IGNORECASE)
_VACANCY: Final = re.compile(words.VACANCY, re.IGNORECASE)
_UNTIL: Final = re.compile(times.UNTIL)
_DUE: Final = re.compile(times.DUE)
_OLD: Final = re.compile(times.OLD)
_HOUR: Final = r"\d{1,2}(?:[:.h]\d{2}(?: ?[ap]\.?m\.?| ?uhr)?| ?(?:h|uhr|[ap]m)\b)"
_HOURS: Final = re.compile(rf"\D{{0,6}}{_HOUR}(?:{times.RANGE}){_HOUR}(?![\d:])")
_LASTS: Final = re.compile(
    rf"^(?:(?:from|vom|von|du|del?|с) )?\d{{1,2}}\.?(?: (?:de )?{MONTH})?(?:{times.RANGE})$"
)
_THROUGH: Final = re.compile(rf" ?{times.THROUGH} ?")
_QUOTATION: Final = re.compile(r"[“„«»\"「『][^“”„«»\"」』]*[”“«»\"」』]")
_BYLINE: Final = re.compile(_BY + _NAMES)
_LEAD: Final = re.compile(_BY)
# `박가람 기자 b@c.kr`, `記者林曉／台北報導`, `文：森田 葵`: scripts without capitals
# need the word that says what the name is.
_KOREAN: Final = rf"[가-힣]{{2,4}} (?:[가-힣]{{2,4}})?(?:{words.any_of(words.KOREAN)})"
_ADDRESS: Final = r"(?: ?[=|/]? ?[\w.+-]{1,40}@[\w.-]{1,40})"
_SIGNED: Final = re.compile(
    rf"(?:[(（\[]\S{{2,12}} ?= ?\S{{2,12}}[)）\]] ?)?{_KOREAN}{_ADDRESS}?"
    rf"|(?:{words.any_of(words.CJK_AUTHORS)})\s?[:：/／丨｜|＝=]\s?"
    r"[\u3040-\u30ff\u4e00-\u9fff]{1,6}(?:[ 　、，／/·・]?[\u3040-\u30ff\u4e00-\u9fff]{1,6}){0,3}"
    r"|(?:记者|記者) ?[\u4e00-\u9fff]{2,4}\s?[／/]\s?[\u4e00-\u9fff]{2,8}"
    r"|(?:本报|本報)?(?:记者|記者)[ 　][\u4e00-\u9fff]{2,5}(?:[ 　、][\u4e00-\u9fff]{1,5}){0,2}"
)
# The same behind the last sentence: `（责任编辑：林晓）`, `（编辑 林晓）`, `박가람 기자 b@c.kr`.
_TRAILING: Final = re.compile(
    r"(?<=[。！？.!?”」\"’“»])\s*(?:"
    rf"[（(【\[](?:(?:{words.any_of(words.CJK_EDITORS, words.CJK_AUTHORS)})\s?[:：/／]"
    rf"|(?:{words.any_of(words.CJK_EDITORS, '记者 記者')})\s)\s?"
    r"[^（()）【】\[\]]{1,30}[)）】\]]"
    rf"|[/|=]? ?{_KOREAN}{_ADDRESS}?|\[{_KOREAN}{_ADDRESS}?\])$"
)
_BEHIND: Final = re.compile(
    r"(?<=[。！？.!?”」»…])\s*([^.。！？!?”」»…:：]{1,20}[:：][^。！？!?”」»…]{1,100})$"
)
_SIGNED_LATE: Final = 100
"""Characters at a text's end among which who wrote it may stand."""
_PLACED: Final = re.compile(words.PLACED)
_STAFF: Final = re.compile(words.STAFF, re.IGNORECASE)
_LABEL: Final = re.compile(words.AUTHOR, re.IGNORECASE)
_FULL_NAME: Final = re.compile(rf"{_NAME}(?: (?:de|von|van|der|del|la|{_NAME})){{1,3}}")
_TIME: Final = re.compile(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?")
_AGE: Final = re.compile(times.AGE)
_OF: Final = re.compile(r"[^\W\d_]\s?[:：–—-]\s")
_STAMP: Final = re.compile(times.STAMP)
_CHANGED: Final = re.compile(rf" (?:{times.UPDATED})(?![^\W\d_])")
# `Santander - 02 oct 2026 - 06:10 CEST`: the place, the date and the hour of a story.
_FILED: Final = re.compile(
    rf"{_NAME}(?: (?:de |del |la )?{_NAME}){{0,2}} ?[-–—|] ?\d.{{4,20}}? ?[-–—|,] ?"
    r"\d{1,2}[:.h]\d{2}(?: ?[A-Z]{2,5}| ?Uhr| ?h)?"
)
_CJK_NAME: Final = re.compile(
    r"[\u4e00-\u9fff]{1,4}[ \u3000][\u3040-\u30ff\u4e00-\u9fff]{1,4}"
    # Without the offices: 编辑部, 日报社.
    r"|[\u4e00-\u9fff]{1,3}[^\W部社網报報事会員员版]"
)
_DAY: Final = re.compile(
    rf"\d{{1,2}}\.? (?:de )?{MONTH}"
    r"(?:,? (?:um |à |às )?\d{1,2}[:.h]\d{2})?"
    r"|\d{1,2}\.[a-z]{3}\.\d{4}(?: às \d{1,2}h\d{0,2})?"
)
_HEADLINE: Final = 4
_LONGEST: Final = 20
"""Most words of a headline that ends like a sentence, as questions do."""
_FILED_MOST: Final = 80
"""Most characters of a line with place, date and hour."""
_STAMPED: Final = 14
"""Most words of a stamp; twice as many where it says both."""
_QUOTING: Final = "-–—―\"'„“«»”‘‹>*•#"
"""How what is quoted or listed begins, and its signature."""
_TOLD: Final = frozenset({"day", "changed", "age", "reading", "minutes", "clock", "count"})


def is_quoted(line: Line) -> bool:
    """Whether the line begins as a quotation, its signature or an entry of a list does."""
    return line.text[0] in _QUOTING


def fields_of(line: Line) -> tuple[Field, ...]:
    """The fields of a line that holds nothing else; a table's rows and a list's items have none."""
    listed = line.role in ("item", "title", "code") or (line.role == "row" and line.nodes)
    return () if listed or is_quoted(line) else read_fields(line.text)


def is_told(line: Line) -> bool:
    """Whether the line holds days, ages and counts, and names nobody."""
    fields = fields_of(line)
    return bool(fields) and all(field.sort in _TOLD for field in fields)


def signature(line: Line) -> re.Match[str] | None:
    """Who wrote or edited the text, behind the line's last sentence."""
    if line.words < _HEADLINE * 2:
        return None
    if found := _TRAILING.search(line.text):
        return found
    end = max(len(line.text) - _SIGNED_LATE, 0)
    found = _BEHIND.search(line.text, end) if ":" in line.text or "：" in line.text else None
    return found if found and _signs(read_fields(found[1].strip())) else None


def _signs(fields: Sequence[Field]) -> bool:
    """Whether the first field names an author or an editor in full, and the others people."""
    people = all(field.sort in ("name", "editor", "picture") for field in fields)
    first = fields[0] if fields else None
    return first is not None and people and first.sort != "picture" and is_person(first.text)


def placed(line: Line) -> re.Match[str] | None:
    """Where from and by whom, before the line's first sentence: `【東京＝佐藤花子】`."""
    found = _PLACED.match(line.text)
    if not found or line.text.startswith("【", found.end()):
        return None
    return found if placed_name(found[0]) else None


def is_staff(line: Line) -> bool:
    """Whether the line says that the paper's own people wrote the text, and names nobody."""
    return line.words <= _HEADLINE and bool(_STAFF.fullmatch(line.text))


def is_signature(line: Line) -> bool:
    """Whether the line names an author or an editor beyond doubt, and nothing that is unknown."""
    fields = read_fields(line.text)
    known = any(field.sort in ("name", "editor") and field.sure for field in fields)
    return (known or (bool(fields) and names_in(fields)[1])) and not any(
        field.sort == "other" for field in fields
    )


def is_addressed(line: Line) -> bool:
    """Whether the line is a reporter's name, with the office and an address."""
    short = "@" in line.text and line.words <= _HEADLINE * 2
    return short and bool(_SIGNED.fullmatch(line.text))


def is_headline(line: Line) -> bool:
    """Whether dates and names can belong to this line: it could head an article."""
    own = is_bare_date(line) or is_age(line) or is_byline(line) or bool(fields_of(line))
    first = line.number == 0 and line.words <= _LONGEST
    return line.words >= _HEADLINE and (first or not line.prose) and not own


def is_label(line: Line) -> bool:
    """Whether the line is `By` alone, parted from the name behind it."""
    return line.words <= _HEADLINE and _introduces(line.folded)


# These are remembered: rules ask about all short lines of a page, and about what is left again.
@lru_cache(maxsize=4096)
def _introduces(folded: str) -> bool:
    return bool(_LABEL.fullmatch(f"{folded.strip(' :：')}:"))


def is_name(line: Line) -> bool:
    """Whether the line could be a person's name and nothing else."""
    return 2 <= line.words <= 4 and bool(_FULL_NAME.fullmatch(line.text))


def is_byline(line: Line) -> bool:
    """Whether the line is an author's name, with what stands beside it."""
    if line.words > 14 or line.stopped:
        return False
    if _SIGNED.fullmatch(line.text):
        return True
    found = _BYLINE.match(line.text)
    if not found or _TIMED.match(line.text):
        return False
    rest = line.text[found.end() :]
    return len(rest.split()) <= 3 or bool(find_date(rest)) or rest.lstrip()[:1] in "|/,·•-–—("


def is_lone(line: Line) -> bool:
    """Whether the line is `By` and one word, which may be no name: `By Train`, `By Tuesday`."""
    return bool(_ALONE.fullmatch(line.text)) and not find_date(line.text)


def names_crew(line: Line) -> bool:
    """Whether the line says who had which part in a film, a play or a song."""
    return not line.prose and _credits(line.text)


@lru_cache(maxsize=4096)
def _credits(text: str) -> bool:
    return bool(_CREW.match(text))


def is_vacancy(line: Line) -> bool:
    """Whether the line says what only advertisements of jobs do."""
    return not line.prose and bool(_VACANCY.search(line.text))


def is_quotation(line: Line) -> bool:
    """Whether the line is one quotation and nothing else, which a signature may follow."""
    return line.role == "quote" or bool(_QUOTATION.fullmatch(line.text))


def without_lead(text: str) -> str:
    """A byline's text without the `By` that introduces the name."""
    return _LEAD.sub("", text)


def is_filed(line: Line) -> bool:
    """Whether the line is the place, the date and the hour of a story."""
    return len(line.text) <= _FILED_MOST and bool(_FILED.fullmatch(line.text))


def could_be_name(line: Line) -> bool:
    """Whether the line is as short as a name and written like one."""
    return (
        is_name(line)
        or bool(_CJK_NAME.fullmatch(line.text))
        or (line.words <= _LONGEST and is_titled_name(line.text))
    )


def is_day(line: Line) -> bool:
    """Whether the line is a day of a month, with a time at most."""
    return line.words <= 5 and bool(_DAY.fullmatch(line.folded))


def is_timed(line: Line) -> bool:
    """Whether the line tells an hour."""
    return bool(_TIME.search(line.text))


def is_stamp(line: Line) -> bool:
    """Whether the line says when the page was published or changed, or both."""
    if line.words > 2 * _STAMPED or not _STAMP.match(line.folded):
        return False
    short = line.words <= _STAMPED or bool(_CHANGED.search(line.folded))
    return short and bool(find_date(line.folded))


def is_appointed(line: Line) -> bool:
    """Whether the line says until when or when something is, and not when the page was written.

    `Deadline: 12 May 2026`, `Du 14 février au 28 juin 2026`, `12 May 2026, 10:00 to 16:00`.
    """
    found = find_date(line.folded) if line.words <= _STAMPED and not line.prose else None
    if not found:
        return False
    before, behind = line.folded[: found.start()], line.folded[found.end() :]
    if _DUE.search(before) or _LASTS.search(before) or _HOURS.match(behind):
        return True
    through = _THROUGH.match(behind)
    end = find_date(behind[through.end() :]) if through else None
    return end is not None and end.start() == 0


def sets_date(line: Line) -> bool:
    """Whether the line is a label of such a day in the next line: `Deadline:`, `Starts`."""
    return line.words <= _HEADLINE and bool(_DUE.search(f"{line.folded.rstrip(' :：')}: "))


def is_bare_date(line: Line) -> bool:
    """Whether the line is a date and hardly anything else: a weekday, a time, a time zone.

    How long ago it was changed may stand behind it.  What a date is the date of, `Release date:
    ...`, stands before a colon or a dash.
    """
    found = find_date(line.folded) if line.words <= 9 else None
    if not found:
        return False
    before = line.folded[: found.start()]
    if _UNTIL.search(before) or is_appointed(line) or _OLD.search(line.folded):
        return False
    rest = _TIME.sub(" ", f"{line.folded[: found.start()]} {line.folded[found.end() :]}")
    rest = _AGE.sub(" ", rest)
    if _OF.search(rest):
        return False
    return sum(len(word) > 3 for word in re.findall(r"[^\W\d_]+", rest)) <= 1
