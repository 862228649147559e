"""Shapes of lines that mean the same in every language: dates, credits, placeholders."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from cleaners.judging.lines import Line
from cleaners.judging.sought import Sought

MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|"  # English, and what others share
    r"mär|mai|okt|dez|janv|févr|mars|avr|juin|juil|août|déc|ene|abr|ago|dic|fev|set|out|"
    r"янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]{0,8}\.?"
)
_DATE: Final = re.compile(
    rf"\d{{4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}}"
    rf"|\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{{1,2}})?,?\s+\d{{4}}"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?{MONTH},?\s+(?:de\s+)?\d{{4}}"
    r"|\d{4}\. \d{1,2}\. \d{1,2}\b"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|\d{4}년\s?\d{1,2}월\s?\d{1,2}일",
    re.IGNORECASE,
)
_AGO: Final = re.compile(
    r"^(?:updated |posted |published )?(?:\d{1,3}|an?|one)"
    r" (?:second|sec|minute|min|hour|hr|day|week|month|year)s? ago$"
    r"|^(?:vor \d{1,3} \w+|il y a \d{1,3} \w+|hace \d{1,3} \w+|há \d{1,3} \w+)$"
    r"|^\d{1,3}\s?(?:分|分钟|小时|時間|日|天)前$|^\d{1,3}(?:분|시간|일) 전$|^\d{1,3} \w+ назад$"
)
_YEAR: Final = re.compile(r"\d{4}")
_READ_TIME: Final = Sought(
    re.compile(
        r"\d{1,3}[\s-]?min(?:ute)?s?\.?[\s-]read|reading time|read time|lesezeit|temps de lecture"
        r"|tiempo de lectura|tempo de leitura|время (?:на )?чтени[ея]|lesedauer"
        r"|\d{1,3} ?min(?:ute|uto)?s? (?:de lecture|de lectura|de leitura|lesezeit|lesedauer)"
        r"|\d{1,3} ?мин(?:\.|ут[аы]?)? (?:на )?чтени[ея]|読了時間|\d{1,3}分で読め"
        r"|\d{1,3} ?(?:分钟|分鐘)(?:阅读|閱讀|读完|讀完)|(?:阅读|閱讀)(?:时间|時間|约需|約需)"
        r"|읽는 ?시간|\d{1,3}분 (?:읽기|분량)"
    ),
    (
        *("read", "lese", "lect", "leit", "чтени"),
        *("読", "阅读", "閱讀", "读完", "讀完", "읽", "분량"),
    ),
)
_IMAGE_FILES: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif")
# The word that a component wrote: `article-image`, `card_thumbnail`.
_PLACEHOLDER: Final = re.compile(r"[a-z]{3,12}[-_](?:image|img|photo|picture|thumbnail|thumb)")
_PLACEHOLDERS: Final = ("image", "img", "photo", "picture", "thumbnail", "thumb")


def find_date(text: str) -> re.Match[str] | None:
    """The first date in a text; whatever has no year has none."""
    return _DATE.search(text) if _YEAR.search(text) else None


def is_date(line: Line) -> bool:
    """Whether the line is a date with at most a few words: of a card, an event or a byline."""
    if line.plain or line.prose or line.words > 9:
        return False
    return bool(find_date(line.folded))


def is_age(line: Line) -> bool:
    """Whether the line only says how old something is, or how long it takes to read."""
    if line.words > 8 or line.prose:
        return False
    return _says_age(line.folded)


# Remembered: several rules ask, and the text that is left is read again.
@lru_cache(maxsize=4096)
def _says_age(folded: str) -> bool:
    return bool(_AGO.match(folded) or _READ_TIME.search(folded))


def is_placeholder(line: Line) -> bool:
    """Whether the line stands where an image stood: a component's name or a file's."""
    if line.plain or line.words > 8:
        return False
    if line.folded.endswith(_PLACEHOLDERS) and _PLACEHOLDER.fullmatch(line.folded):
        return True
    return line.folded.endswith(_IMAGE_FILES) and "://" not in line.folded


_BYLINE: Final = re.compile(r"^(?:by|von|par|por|автор:?)\s+\S")


def is_card_byline(line: Line) -> bool:
    """Whether the line names an author the way cards do: `by Jane Doe /`."""
    return line.words <= 7 and not line.stopped and bool(_BYLINE.match(line.folded))


# `Copyright 2026 ...`, `© The Harbour Post Ltd 2026`, `ⓒ 호수일보, 무단 전재 금지`: the sign, then
# a year or words of rights.
_CLAIM: Final = re.compile(
    r"(?:copyright )?(?:©|ⓒ|\(c\)).{0,60}(?:\b(?:19|20)\d\d|rights reserved|rechte vorbehalten"
    r"|droits réservés|(?:derechos|direitos) reservados|все права|版权|版權|無断|무단|재배포)"
)
_DATED: Final = re.compile(r"(?:copyright|copr\.) (?:by )?(?:19|20)\d\d")
_CLAIMS: Final = "c©ⓒ("  # how they begin


_RIGHTS: Final = re.compile(r"rights reserved|may not be|without (?:written )?permission")


def is_claim(line: Line) -> bool:
    """Whether the line begins with the sign, and a year or words of rights."""
    if line.words > 60 or line.folded[:1] not in _CLAIMS:
        return False
    if _DATED.match(line.folded):
        return not line.prose or bool(_RIGHTS.search(line.folded))
    return bool(_CLAIM.match(line.folded))
