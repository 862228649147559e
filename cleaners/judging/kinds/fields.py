"""Lines of labelled fields, as Chinese, Japanese and Korean papers write below the headline.

`2026-10-02 06:10 来源：沿海财经 作者：陈海 字号：大 中 小`: each field goes as what it says, date
and names as `byline`, the source as `source_credit`, what readers set or count as `widget`.

Not: a sentence with a colon, a table of facts, who said what the text quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.metadata.fields import Sort, read_fields
from cleaners.records import Kind, Removal

_DAY: Final[tuple[Kind, str]] = ("byline", "byline.field")
_NAME: Final[tuple[Kind, str]] = ("byline", "byline.name")
_SOURCE: Final[tuple[Kind, str]] = ("source_credit", "source_credit.field")
_COUNT: Final[tuple[Kind, str]] = ("widget", "widget.field")
_SORTS: Final[dict[Sort, tuple[Kind, str]]] = {
    "day": _DAY,
    "changed": _DAY,
    "name": _NAME,
    "editor": _NAME,
    "source": _SOURCE,
    "count": _COUNT,
    "setting": _COUNT,
}
"""Kind and rule of each sort of field."""
_SCRIPT: Final = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff가-힣]")
_FEWEST: Final = 2
"""Rules among the fields of such a line."""
_TELLING: Final = frozenset({_DAY, _SOURCE})
_SURE: Final = 0.95
"""Each field says what it is, which rules for the whole line do not."""


def judge(lines: Lines) -> Iterator[Removal]:
    """The fields of lines that hold nothing else: a date or a source, and one thing more."""
    for line in lines.signed:
        if ":" in line.text or "：" in line.text:
            inside = lines.first_prose < line.number < lines.last_prose
            yield from _fields(line, inside=inside)


def _fields(line: Line, *, inside: bool) -> Iterator[Removal]:
    fields = read_fields(line.text) if _SCRIPT.search(line.text) else ()
    said = [_SORTS.get(field.sort) for field in fields]
    if len(set(said)) < _FEWEST or _TELLING.isdisjoint(said) or None in said:
        return
    # A name without label or office is one of a list; the byline's own rule sees its place.
    if any(field.sort == "name" and not field.sure for field in fields):
        return
    # A source and a name without a day are those of what the text quotes.
    if inside and _DAY not in said:
        return
    starts = [0, *(field.start for field in fields[1:]), len(line.text)]
    # With what parts them, so that nothing of the line is left for rules that take it whole.
    for number, (field, sort) in enumerate(zip(fields, said, strict=True)):
        if sort:
            why = f"a field of a line that holds nothing else, “{field.text}”"
            at, end = starts[number], starts[number + 1]
            yield Removal(line.number, at, end, *sort, why, _SURE)
