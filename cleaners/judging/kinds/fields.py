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
from cleaners.records import Kind, Removal

_MOST: Final = 120
"""Characters of such a line."""
_VALUE: Final = 24
"""Characters of a field's value."""
_SENTENCE: Final = re.compile(r"[。！？!?]|[，,；;].*[，,；;]")


def _labels(words: str) -> str:
    """A pattern for one of these words and a colon."""
    return rf"(?:{words.replace(' ', '|')})\s?[:：]\s*"


_DATED: Final = _labels(
    "发布时间 發布時間 发布日期 发表时间 更新时间 更新時間 时间 時間 日期 公開日 更新日 配信"
)
_DATE: Final = (
    # Korean needs no colon.
    rf"(?:{_DATED}|(?:기사|최초|최종)?\s?(?:입력|수정|등록|승인)\s?[:：]?\s*)?"
    r"(?:19|20)\d\d\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}\s?[日일.]?"
    r"(?:\s*\(?[一二三四五六日月火水木金土]\)?)?"
    r"(?:[T\s]*\d{1,2}[:：時时]\d{2}(?:[:：分]\d{0,2})?)?"
)
_SORTS: Final[dict[str, tuple[Kind, str, str]]] = {
    "day": ("byline", "byline.field", _DATE),
    "name": (
        "byline",
        "byline.name",
        _labels("作者 撰文 记者 記者 责任编辑 責任編輯 责编 編輯 编辑 校对 审核 监制 著者 執筆 글")
        + "|[가-힣]{2,4} (?:기자|특파원)",
    ),
    "source": (
        "source_credit",
        "source_credit.field",
        _labels("文章来源 信息来源 稿件来源 新闻来源 来源 來源 稿源 出处 出處 转自 轉自 出典 출처"),
    ),
    "count": (
        "widget",
        "widget.field",
        _labels("字号 字體 字体 阅读量 阅读 閱讀 浏览量 浏览 瀏覽 点击量 点击 點擊 评论 評論")
        + r"|(?:댓글|조회수?|공감|추천)\s?[:：]?\s?\d{1,6}",
    ),
}
"""Kind, rule and beginning of each sort of field."""
_FIELD: Final = re.compile(
    "|".join(f"(?P<{sort}>{pattern})" for sort, (_, _, pattern) in _SORTS.items())
)
_PARTING: Final = " 　|｜/·"
_FEWEST: Final = 2
"""Sorts of fields in such a line."""
_TELLING: Final = frozenset({"day", "source"})
_SURE: Final = 0.95
"""Each field says what it is, which rules for the whole line do not."""


def judge(lines: Lines) -> Iterator[Removal]:
    """The fields of lines that hold nothing else: a date or a source, and one thing more."""
    for line in lines.signed:
        inside = lines.first_prose < line.number < lines.last_prose
        yield from _fields(line, inside=inside)


def _fields(line: Line, *, inside: bool) -> Iterator[Removal]:
    text = line.text
    if len(text) > _MOST or not (":" in text or "：" in text) or _SENTENCE.search(text):
        return
    fields = list(_FIELD.finditer(text))
    said = {field.lastgroup for field in fields}
    if len(said) < _FEWEST or said.isdisjoint(_TELLING) or fields[0].start():
        return
    # A source and a name without a day are those of what the text quotes.
    if inside and "day" not in said:
        return
    ends = [after.start() for after in fields[1:]] + [len(text)]
    values = [
        text[field.end() : end].strip(_PARTING) for field, end in zip(fields, ends, strict=True)
    ]
    if any(
        len(value) > (0 if field.lastgroup == "day" else _VALUE)
        for field, value in zip(fields, values, strict=True)
    ):
        return
    # With what parts them, so that nothing of the line is left for rules that take it whole.
    for field, end in zip(fields, ends, strict=True):
        kind, rule, _ = _SORTS[field.lastgroup or ""]
        why = f"a field of a line that holds nothing else, “{field[0]}”"
        yield Removal(line.number, field.start(), end, kind, rule, why, _SURE)
