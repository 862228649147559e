"""Price tickers and market widgets: prices, changes and symbols without a sentence.

Flattened widgets spread over many lines, so values are judged in clusters: lines of bare values,
and the labels between them.  A cluster must show a change in percent, or name itself a price
widget; a lone number is a number.
Not: price sentences, tables of fees or funds, products with a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

_CURRENCY: Final = r"[$€£¥₩₽₹₿฿]|\b(?:usd|eur|gbp|jpy|cny|krw|rub|inr|btc|eth|usdt|chf|pts)\b"
_NUMBER: Final = r"\d[\d.,'\u202f]*\s?(?:[kmbt]|mn|bn|mio|mrd)?"
# One value: a number with an optional sign, currency, percent sign and brackets.
_VALUE: Final = re.compile(
    rf"[(▲▼△▽↑↓]*\s*[+\-−–]?\s*(?:{_CURRENCY})?\s*[+\-−–]?{_NUMBER}\s*(?:%|{_CURRENCY})?\s*[)▲▼↑↓]*",
    re.IGNORECASE,
)
_CHANGE: Final = re.compile(
    r"[+\-−–▲▼↑↓]\s?\d[\d.,]*\s?%|\d[\d.,]*\s?%\s?[)▲▼↑↓]|\(\s?[+\-−–]?\d[\d.,]*\s?%\s?\)"
)
_PRICED: Final = re.compile(rf"(?:{_CURRENCY})\s?\d|\d\s?(?:{_CURRENCY})", re.IGNORECASE)
_CODE: Final = re.compile(r"^(?:usd|eur|gbp|jpy|cny|krw|rub|inr|usdt|btc|eth|chf)$")
_SYMBOL: Final = re.compile(r"^[A-Z][A-Z0-9.^/=\-]{1,9}$")
_LABEL: Final = re.compile(
    r"\bprice ?\(|\blive price\b|\bprice chart\b|\bprice today\b|\bmarket ?cap(?:italization)?\b"
    r"|\bvolume\b.*\b24 ?h|\b24 ?h\b|\bcirculating supply\b|\ball[- ]time high\b|\blogo$"
    r"|\b[a-z]{2,6} ?/ ?(?:usd|usdt|eur|btc)\b|\b[a-z]{2,6} price$"
)


def judge(lines: Lines) -> Iterator[Removal]:
    """Clusters of values with their labels, single lines of several values, and cues."""
    yield from by_cue(lines, "ticker")
    for cluster in _clusters(lines):
        why = f"{len(cluster)} lines of prices and changes without a sentence"
        for line in cluster:
            yield whole(line, "ticker", "ticker.cluster", why, 1.0)
    for line in lines.all:
        if is_tape(line):
            yield whole(line, "ticker", "ticker.tape", "symbols, prices and changes, no sentence")


def is_value(line: Line) -> bool:
    """Whether the line holds numbers of a market and nothing else."""
    if line.words > 8 or line.role == "code":
        return False
    rest = _VALUE.sub("", line.text).strip(" |/~≈")
    return not rest and (bool(_PRICED.search(line.text)) or bool(_CHANGE.search(line.text)))


def is_tape(line: Line) -> bool:
    """Whether one line is a tape of quotes: several values with changes, hardly any words.

    A sentence has more small words than values; a tape has a value for every name.
    """
    if line.prose or line.role in ("code", "row"):
        return False
    changes = len(_CHANGE.findall(line.text))
    if not changes:
        return False
    words = re.findall(r"[^\W\d_]+", _VALUE.sub(" ", line.text))
    small = sum(word.islower() and len(word) > 1 for word in words)
    if changes >= 2:
        return small <= changes and len(words) <= 6 * changes
    return small == 0 and len(words) <= 4 and line.words <= 8


def _clusters(lines: Lines) -> Iterator[list[Line]]:
    """Runs of values and labels that show a change, or name themselves and show a price."""
    run: list[Line] = []
    for line in (*lines.all, None):
        if line is not None and _belongs(line):
            run.append(line)
            continue
        trimmed = _trim(run)
        if _is_widget(trimmed):
            heading = _heading(lines, trimmed[0])
            yield [heading, *trimmed] if heading else trimmed
        run = []


def _belongs(line: Line) -> bool:
    return is_value(line) or is_label(line) or bool(_SYMBOL.match(line.text))


def is_label(line: Line) -> bool:
    """Whether the line names a price, as the lines between a widget's values do."""
    if line.prose or line.words > 8 or line.role == "code":
        return False
    return bool(_LABEL.search(line.folded) or _CODE.match(line.folded))


def _trim(run: Sequence[Line]) -> list[Line]:
    """A run without capital words at its edges, which may be headings of something else."""
    kept = list(run)
    while kept and not (is_value(kept[-1]) or is_label(kept[-1])):
        kept.pop()
    return kept


def _is_widget(run: Sequence[Line]) -> bool:
    values = [line for line in run if is_value(line)]
    changes = sum(bool(_CHANGE.search(line.text)) for line in values)
    labels = sum(is_label(line) for line in run)
    if len(run) < 2 or not values:
        return False
    return (changes >= 1 and (len(values) >= 2 or labels >= 1)) or (labels >= 2 and len(run) >= 3)


def _heading(lines: Lines, first: Line) -> Line | None:
    """The widget's own heading: one or two words right above it that nothing else hangs on."""
    if first.number == 0:
        return None
    above = lines.all[first.number - 1]
    title_like = above.text[:1].isupper() and not above.stopped
    own = above.role in ("paragraph", "heading") and title_like and above.words <= 3
    return above if own and first.number - 1 > lines.first_prose else None
