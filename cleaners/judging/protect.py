"""What must stay whatever the rules say: protection outvotes every proposal.

Titles, code, the lists of key points that open many articles, the posts that an article quotes,
the times of a live blog, days below a label that stays, and the only line of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf
from typing import Final

from cleaners.characters import line_length
from cleaners.judging.lines import Line, Lines
from cleaners.judging.shapes import find_date
from cleaners.metadata import field_times as times
from cleaners.records import Removal

_TAKEAWAYS: Final = frozenset(
    {
        "key points", "key takeaways", "key facts", "key findings", "at a glance", "in brief",
        "in short", "summary", "the bottom line", "highlights", "tl;dr", "takeaways",
        "what to know",
        "das wichtigste in kürze", "auf einen blick", "zusammenfassung", "kurz gesagt",
        "das wichtigste im überblick", "das wichtigste zusammengefasst", "kompakt", "kurz & knapp",
        "l'essentiel", "l'essentiel à retenir", "ce qu'il faut retenir", "en bref", "points clés",
        "à retenir", "en résumé", "les points clés",
        "claves", "puntos clave", "en resumen", "lo esencial", "resumen", "las claves",
        "lo más importante", "claves del día",
        "em resumo", "pontos-chave", "resumo", "principais pontos", "o que você precisa saber",
        "o que precisa de saber", "pontos principais",
        "摘要", "核心结论", "要点", "核心要点", "核心观点", "核心觀點", "内容提要", "內容提要",
        "导读", "導讀", "重點摘要", "重点摘要", "本文要点",
        "ポイント", "要約", "まとめ", "記事のポイント", "この記事のポイント",
        "핵심 요약", "핵심 요약쏙", "요약", "3줄 요약", "세줄 요약", "기사 요약", "ai 요약",
        "главное", "кратко", "коротко", "в двух словах", "вкратце", "самое важное",
    }
)  # fmt: skip
_AROUND: Final = " :：[]【】〔〕〈〉《》◇◆■▶●"
_LONGEST: Final = max(map(line_length, _TAKEAWAYS)) + 4
"""Words of such a heading, with marks that may stand beside it."""
_POINTS: Final = 8
"""Most key points under their heading."""
# `— Jane Doe (@janedoe) May 3, 2024`: the signature of a quoted post.
_SIGNATURE: Final = re.compile(r"[—–-]\s?[^@]{1,60}\(@\w{2,30}\)")
_CLOCK: Final = re.compile(r"\d{1,2}[:.h]\d{2}(?: ?(?:am|pm|a\.m\.|p\.m\.|uhr|gmt|cet|est|et))?")
_POSTS: Final = 3
_DUE: Final = re.compile(times.DUE)
_LABEL: Final = 40
"""Characters of a label."""
_DATED: Final = 9
"""Words of a line that is a day."""
_COLONS: Final = " :："
_TERMS: Final = frozenset(("dt", "th"))
_PICTURE: Final = "pic.twitter.com/"
_PAGE: Final = 150
"""Words of a line that is a page and no notice."""
_SIGNING: Final = tuple("—–-pP")  # how both begin


def protect(lines: Lines, removals: Iterable[Removal]) -> list[Removal]:
    """The proposals that touch nothing protected."""
    proposed = list(removals)
    gone = {removal.block for removal in proposed}
    kept = protected(lines) | live_times(lines, gone) | due_days(lines, gone)
    whole = len(lines.all[0].text) if _is_a_page(lines) else inf
    return [
        removal
        for removal in proposed
        if removal.block not in kept and removal.end - removal.start < whole
    ]


def _is_a_page(lines: Lines) -> bool:
    """Whether a page is one long line, which a phrase somewhere in it cannot be evidence against.

    Its line breaks were lost, and could not be found: Chinese and Japanese leave few traces.
    """
    return len(lines.all) == 1 and lines.all[0].words >= _PAGE


# Asked by one judge after the other of the same lines.
@lru_cache(maxsize=1)
def protected(lines: Lines) -> frozenset[int]:
    """Numbers of the lines that stay."""
    numbers = {line.number for line in lines.all if line.role in ("title", "code")}
    for line in lines.all:
        if line.prose:
            continue
        if line.words <= _LONGEST and line.folded.strip(_AROUND) in _TAKEAWAYS:
            numbers |= {line.number, *_points(lines, line)}
        if line.text[:1] in _SIGNING and ends_post(line):
            numbers |= {line.number, max(line.number - 1, 0)}
    return frozenset(numbers)


def live_times(lines: Lines, gone: set[int]) -> set[int]:
    """The clock times of a live blog: above posts that stay, several on the page."""
    times = {
        line.number
        for line in lines.signed
        if line.words <= 2
        and _CLOCK.fullmatch(line.folded)
        and any(after.prose and after.number not in gone for after in _after(lines, line))
    }
    return times if len(times) >= _POSTS else set()


def due_days(lines: Lines, gone: set[int]) -> set[int]:
    """The days that the line above says something is due on or held, where that line stays.

    `Deadline:` and `31 January 2027` of a list of terms: two lines, as they are two elements.
    """
    return {
        number
        for number in gone
        if number
        and number - 1 not in gone
        and _is_due(lines.all[number - 1])
        and lines.all[number].words <= _DATED
        and find_date(lines.all[number].folded)
    }


def _is_due(label: Line) -> bool:
    """Whether a line is a label, by its colon or its element, that introduces such a day."""
    if not 1 < len(label.text) <= _LABEL:
        return False
    named = label.place is not None and label.place.elements.tags[label.place.number] in _TERMS
    if not named and label.text[-1] not in _COLONS:
        return False
    return bool(_DUE.search(f"{label.folded.rstrip(_COLONS)}:"))


def _after(lines: Lines, line: Line) -> Sequence[Line]:
    """The next two lines: a post, with or without a heading."""
    return lines.all[line.number + 1 : line.number + 3]


def ends_post(line: Line) -> bool:
    """Whether the line ends a quoted post: who wrote it and when, or the address of its picture."""
    if line.words > 25 or line.prose:
        return False
    return line.folded.startswith(_PICTURE) or bool(_SIGNATURE.match(line.text))


def _points(lines: Lines, head: Line) -> set[int]:
    """The key points under their heading: full sentences or list items, a few."""
    points: set[int] = set()
    for line in lines.all[head.number + 1 : head.number + 1 + _POINTS]:
        if not (line.role == "item" or line.text.startswith(("•", "·", "▪", "●", "–"))):
            break
        points.add(line.number)
    return points
