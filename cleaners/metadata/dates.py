"""Dates as people and machines write them, as ISO 8601 days.

`iso_day` reads a value that is meant to be a date; `day_in` finds one inside a line; `day_of_url`
reads it from a path such as `/2024/05/16/`.  What is not a possible date gives None: a day that
does not exist, a year outside 1990 to 2100, a month without a day.  The day is taken as it is
written; no time zone is applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

_YEARS: Final = range(1990, 2101)

# Month names of the alphabetic languages; the dots of abbreviations are left out.
_NAMES: Final = """
    january jan januar jänner janvier janv enero ene janeiro января январь янв
    february feb februar février févr fév febrero fevereiro fev февраля февраль фев февр
    march mar märz mrz mär mars marzo março марта март мар
    april apr avril avr abril abr апреля апрель апр
    may mai mayo maio мая май
    june jun juni juin junio junho июня июнь июн
    july jul juli juillet juil julio julho июля июль июл
    august aug août aout agosto ago августа август авг
    september sept sep septembre septiembre setiembre setembro set сентября сентябрь сен сент
    october oct oktober okt octobre octubre outubro out октября октябрь окт
    november nov novembre noviembre novembro ноября ноябрь ноя нояб
    december dec dezember dez décembre déc diciembre dic dezembro декабря декабрь дек
"""
MONTHS: Final = {
    name: number
    for number, names in enumerate(_NAMES.split("\n")[1:-1], start=1)
    for name in names.split()
}
"""The number of each month's names, in lower case."""

# 2024-05-16, 2024/5/16, 2024. 5. 16., 2024年5月16日, 2024년 5월 16일
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)(\d{4}) ?(?:[-/.]|年|년) ?(\d{1,2}) ?(?:[-/.]|月|월) ?(\d{1,2})(?!\d)"
)
# 20240516, alone or before a time
_COMPACT: Final = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?=T\d|\D|$)")
# 16 May 2024, 16. Mai 2024, 1er mai 2024, 16 de mayo de 2024, 16th of May, 2024
_DAY_NAME: Final = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª)?[.,]?[ -]?(?:de |of )?([^\W\d_]{3,10})[.,]?[ -]"
    r"(?:de |del )?(\d{4})(?!\d)",
    re.IGNORECASE,
)
# May 16, 2024; Mai 16th 2024
_NAME_DAY: Final = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,10})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4})(?!\d)",
    re.IGNORECASE,
)
# 16.05.2024, 05/16/2024, 16-05-2024
_YEAR_LAST: Final = re.compile(r"(?<!\d)(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4})(?!\d)")
_STAMP: Final = re.compile(r"\d{10}(?:\d{3})?")
_URL_DAY: Final = re.compile(r"/(\d{4})[/-]?(\d\d)[/-]?(\d\d)(?=[/_-])")


def iso_day(value: str, language: str | None = None) -> str | None:
    """The day that `value`, meant to be a date, names.

    `language` (a tag such as `en-GB`) decides `05/06/2024`: month first in English outside
    Britain and its like, day first elsewhere, None where it is not known.
    """
    value = " ".join(value[:100].split())
    if _STAMP.fullmatch(value):
        return _of_stamp(int(value[:10]))
    return day_in(value, language) or _first(_read(_COMPACT, value, _as_ymd))


def day_in(line: str, language: str | None = None) -> str | None:
    """The first date inside a line of text; see `iso_day` for `language`."""
    found = find_day(line, language)
    return found.day if found else None


class Found(NamedTuple):
    """A day and where in a text it is named."""

    start: int
    day: str
    end: int


def find_day(line: str, language: str | None = None) -> Found | None:
    """The same with its place."""
    found = (
        *_read(_YEAR_FIRST, line, _as_ymd),
        *_read(_DAY_NAME, line, lambda day, name, year: _named(year, name, day)),
        *_read(_NAME_DAY, line, lambda name, day, year: _named(year, name, day)),
        *_read(_YEAR_LAST, line, lambda a, mark, b, year: _numeric(year, a, b, mark, language)),
    )
    return min(found, default=None)


def day_of_url(url: str) -> str | None:
    """The day in a path such as `/2024/05/16/`, `/2024-05-16-` or `/20240516/`."""
    return _first(_read(_URL_DAY, url, _as_ymd))


def _read(pattern: re.Pattern[str], text: str, make: Callable[..., str | None]) -> Iterator[Found]:
    """The days that a pattern finds, in reading order."""
    for match in pattern.finditer(text):
        if made := make(*match.groups()):
            yield Found(match.start(), made, match.end())


def _first(found: Iterable[Found]) -> str | None:
    first = min(found, default=None)
    return first.day if first else None


def _as_ymd(year: str, month: str, day: str) -> str | None:
    return _day(int(year), int(month), int(day))


def _named(year: str, name: str, day: str) -> str | None:
    month = MONTHS.get(name.lower())
    return _day(int(year), month, int(day)) if month else None


def _numeric(year: str, first: str, second: str, mark: str, language: str | None) -> str | None:
    """Day and month in the order that figures, separator or language give away."""
    if mark == "." or int(first) > 12:
        return _day(int(year), int(second), int(first))
    if int(second) > 12 or first == second:
        return _day(int(year), int(first), int(second))
    if language is None:
        return None
    if _month_first(language):
        return _day(int(year), int(first), int(second))
    return _day(int(year), int(second), int(first))


def _month_first(language: str) -> bool:
    primary, _, region = language.lower().replace("_", "-").partition("-")
    return primary == "en" and region in ("", "us", "ph")


def _of_stamp(seconds: int) -> str | None:
    day = datetime.fromtimestamp(seconds, tz=UTC).date()
    return day.isoformat() if day.year in _YEARS else None


def _day(year: int, month: int, day: int) -> str | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        # There is no such day: 31 February, month 13.
        return None
