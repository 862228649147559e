"""Pieces of boilerplate before the first sentence of a paragraph, glued to it by flattening.

`Advertisement The board met`, `3 min read Copper fell`, `Share Tweet Email The firm said`, `By Ada
Brown Published May 3, 2024 4:12 PM EDT The city`.  A sentence begins with such words as well, so
that each sort needs its own proof: figures and words that no sentence begins with, a line of its
own on the page that says the same, or a small word behind it that only begins a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cleaners.characters import fold
from cleaners.judging.kinds.byline import authors
from cleaners.judging.lines import Line, Lines
from cleaners.metadata import field_times as times
from cleaners.metadata.fields import read_fields
from cleaners.records import Kind, Removal

LEAD_RULE: Final = ".lead"
_TIME: Final = 40
"""Characters at a paragraph's beginning in which a reading time stands."""
_FIELDS: Final = 110
"""Most characters of a byline that is glued."""
_BEGINS: Final = r"(?=[\"“„«'‘¿¡]?[A-ZÀ-ÖØ-ÞА-ЯЁ\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3])"
# Labels of adverts that are sure, and those that could begin a sentence.
_CONTINUED: Final = (
    r"(?:advertisement\s?[-–—·]?\s)?(?:(?:story|article|content) continues (?:below|after)"
    r"(?: (?:this )?(?:advertisement|ad))?|scroll to continue(?: with content)?)"
    r"|(?:advertisement\s?[-–—·]\s)?continue reading below|continua depois da publicidade"
    r"|(?:continúa|sigue) (?:después|tras) (?:de )?la publicidad"
    r"|la suite après (?:la|cette) publicité"
    r"|(?:weiter|artikel geht weiter) nach der (?:anzeige|werbung)"
)
_LABELS: Final = "advertisement publicidad publicité publicidade anzeige werbung реклама"
_ADVERT: Final = re.compile(
    rf"(?:^|(?<=[.!?\"”»]) )(?i:(?P<sure>{_CONTINUED})|(?P<label>{'|'.join(_LABELS.split())}))"
    rf"\s{{1,3}}{_BEGINS}"
)
_NEEDLES: Final = (
    "advertisement", "publici", "anzeige", "werbung", "реклама", "continue",
)  # fmt: skip
# Small words with which sentences begin, and names do not go on.
_BEGINNINGS: Final = """
    the a an in on at this that these those he she it they we i but and as after when if while for
    der die das ein eine im in am mit nach seit wer wie es er sie wir und aber für bei vor
    le la les un une des dans en au aux ce cette il elle on mais pour selon avec depuis
    el los las una unos del al este esta pero para según con desde por
    o os as um uma no na nos nas com segundo mas ele ela
    в на по с из за но и как для это он она они после
"""
_SMALL: Final = frozenset(_BEGINNINGS.split())
# What adverts have: `Advertisement Standards Canada ruled`.
_COMPOUNDS: Final = frozenset(
    {
        "standards", "standard", "regulation", "regulations", "revenue", "revenues", "agency",
        "agencies", "act", "law", "laws", "board", "campaign", "campaigns", "space", "sales",
    }
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_READING: Final = re.compile(rf"(?i:{times.READING})[.:|·•–—-]?\s{{1,3}}{_BEGINS}")
# Of German nouns any may follow: `Lesezeit: 10 Minuten Pause`.
_NOUNS: Final = re.compile(r"(?i:lesezeit|lesedauer)")
_MINUTES: Final = ("min", "мин", "分", "분", "lesezeit", "lecture", "lectura", "leitura")
_NETWORKS: Final = (
    "facebook|twitter|linkedin|whatsapp|telegram|reddit|pinterest|tumblr|instagram|messenger|email"
    "|e-mail|print|tweet|tweeter|tuitear|twittern|drucken|imprimer|imprimir|copy link|vk"
)
_BAR: Final = re.compile(
    rf"(?i:(?:(?P<share>share|teilen|partager|compartir|compartilhar|поделиться)|{_NETWORKS})\b"
    rf"(?:\s(?:{_NETWORKS})\b){{1,8}})\s{{1,3}}(?!(?i:{_NETWORKS})\b){_BEGINS}"
)
_BY: Final = re.compile(r"(?i:by|von|par|por)\s")
_BLANK: Final = re.compile(r"\s+")
_DIGIT: Final = re.compile(r"\d")
_STARTS: Final = re.compile(_BEGINS)
_STAMP: Final = re.compile(times.STAMP, re.IGNORECASE)
_TIMES: Final = frozenset({"day", "changed", "reading"})
_AGAIN: Final[frozenset[Kind]] = frozenset({"byline", "caption", "source_credit"})
_LEAST: Final = 2
"""Words of a line that is said again before a paragraph."""
_TELLING: Final = re.compile(r"[:：\d]")


def judge_leading(lines: Lines, found: Sequence[Removal]) -> Iterator[Removal]:
    """What is glued to the beginnings of paragraphs of which nothing goes whole yet."""
    whole = {
        removal.block: removal.kind
        for removal in found
        if not removal.start and removal.end == len(lines.all[removal.block].text)
    }
    touched = {removal.block for removal in found if not removal.start}
    running = [
        line
        for line in lines.all
        if line.prose and line.role == "paragraph" and line.number not in touched
    ]
    yield from _adverts(lines, running, whole)
    said = _said_alone(lines, whole)
    for line in running:
        removal = _leads(line, said)
        if removal is None and line.number == lines.first_prose:
            removal = _byline(line, lines)
        if removal:
            yield removal


def _adverts(lines: Lines, running: Sequence[Line], whole: Mapping[int, Kind]) -> Iterator[Removal]:
    """Labels of adverts before a sentence, also within a paragraph."""
    numbers = {line.number for line in running}
    alone = {lines.all[number].folded for number, kind in whole.items() if kind == "ad"}
    for line in lines.together.holding(_NEEDLES):
        if line.number not in numbers:
            continue
        for label in _ADVERT.finditer(line.text):
            word = label["label"]
            known = bool(word) and word.casefold() in alone
            if not word or _is_label(line.text, label, alone=known, framed=bool(whole)):
                yield _removal(line, label.start(), label.end(), "ad", "an advert's label")


def _is_label(text: str, label: re.Match[str], *, alone: bool, framed: bool) -> bool:
    """Whether a word such as `Advertisement` is a label, and begins no sentence.

    `alone`: whether it stands alone elsewhere on the page, `framed`: whether the page has a frame.
    """
    word = label["label"]
    words = [found[0] for found in _WORD.finditer(text, label.end(), label.end() + 60)][:2]
    if len(words) < 2 or not framed:
        return False
    if words[0].casefold() in _SMALL:
        return True
    if word.isupper():
        return not words[0].isupper()
    named = words[0].casefold() in _COMPOUNDS or words[0].isupper() or not words[1].islower()
    return alone and word == "Advertisement" and not named


def _said_alone(lines: Lines, whole: Mapping[int, Kind]) -> dict[str, Kind]:
    """Bylines and credits that stand on a line of their own and go, folded, with their kinds."""
    alone = [(lines.all[number], kind) for number, kind in whole.items() if kind in _AGAIN]
    return {
        line.folded: kind
        for line, kind in alone
        if line.words >= _LEAST and (_TELLING.search(line.text) or _BY.match(line.text))
    }


def _leads(line: Line, said: Mapping[str, Kind]) -> Removal | None:
    """What stands before the first sentence of a line."""
    text = line.text
    timed = _DIGIT.search(text, 0, _TIME) and any(word in line.folded[:_TIME] for word in _MINUTES)
    reading = _READING.match(text) if timed else None
    if reading and not (_NOUNS.match(text) and _first(text, reading.end()) not in _SMALL):
        return _removal(line, 0, reading.end(), "byline", "a reading time before the text")
    if (bar := _BAR.match(text)) and (bar["share"] or _is_bar(text[: bar.end()])):
        return _removal(line, 0, bar.end(), "social", "a share bar before the text")
    for other, kind in said.items():
        if line.folded.startswith(f"{other} ") and (end := _behind(text, other)):
            return _removal(line, 0, end, kind, "stands alone elsewhere on the page")
    return None


def _first(text: str, start: int) -> str:
    """The first word from a place on, folded."""
    found = _WORD.search(text, start, start + 40)
    return found[0].casefold() if found else ""


def _is_bar(text: str) -> bool:
    """Whether a bar without `Share` is one: three networks, or one way to print or to tweet."""
    words = text.casefold().split()
    return len(words) > _LEAST or not {"tweet", "print", "email", "e-mail"}.isdisjoint(words)


def _behind(text: str, folded: str) -> int:
    """Where the sentence begins behind a folded text that the line begins with; 0 if none does."""
    for end in range(len(folded), min(len(folded) + 4, len(text))):
        if text[end].isspace() and fold(text[:end]) == folded:
            return end + 1 if _STARTS.match(text, end + 1) else 0
    return 0


def _byline(line: Line, lines: Lines) -> Removal | None:
    """A byline before the first paragraph: a name that the page gives, or one with its day."""
    text = line.text
    if by := _BY.match(text):
        known = (f"{line.folded[: by.end()].strip()} {name}" for name in authors(lines))
        for name in known:
            if line.folded.startswith(f"{name} ") and (end := _behind(text, name)):
                return _removal(line, 0, end, "byline", "the author's name before the text")
    if not _DIGIT.search(text, 0, _FIELDS):
        return None
    cuts = [blank.end() for blank in _BLANK.finditer(text, 0, _FIELDS)]
    for cut in reversed(cuts):
        if _STARTS.match(text, cut) and _is_byline(text[:cut].rstrip()):
            return _removal(line, 0, cut, "byline", "a byline before the text")
    return None


def _is_byline(text: str) -> bool:
    """Whether a text is a byline that ends with its day: one that says so, or that of a person."""
    fields = read_fields(text)
    if not fields or fields[-1].sort not in _TIMES or any(f.sort == "other" for f in fields):
        return False
    named = any(field.sort == "name" and field.sure for field in fields)
    return named or bool(_STAMP.match(text))


def _removal(line: Line, start: int, end: int, kind: Kind, why: str) -> Removal:
    return Removal(line.number, start, end, kind, f"{kind}{LEAD_RULE}", why, 0.9)
