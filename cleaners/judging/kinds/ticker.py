"""Price tickers and market widgets: prices, changes and symbols without a sentence.

Flattened widgets spread over many lines, so values are judged in clusters: lines of bare values,
and the labels between them.  A cluster must show a change in percent and name what it prices; a
lone number is a number.
Not: price sentences, tables of fees, funds or growth, products with a price and a discount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cleaners.judging.kinds.inline_ticker import speaks_of_markets
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.judging.shapes import find_date
from cleaners.records import Removal

_CURRENCY: Final = r"[$€£¥₩₽₹₿฿]|\b(?:usd|eur|gbp|jpy|cny|krw|rub|inr|btc|eth|usdt|chf|pts)\b"
_NUMBER: Final = (
    r"\d[\d.,'\u202f]*\s?"
    r"(?:[kmbtp]\b|mn\b|bn\b|mio\b|mrd\b|bio\b|mln\b|млн\b|млрд\b|[亿億万萬만억])?\.?"
)
# One value: a number with an optional sign, currency, percent sign and brackets.
_VALUE: Final = re.compile(
    rf"[(▲▼△▽↑↓]*\s?[+\-−–]?\s?(?:{_CURRENCY})?\s?[+\-−–]?{_NUMBER}\s?(?:%|{_CURRENCY})?[)▲▼↑↓]*",
    re.IGNORECASE,
)
# A market's change has a sign or an arrow, and decimals; a discount is a round number.
_DECIMAL: Final = r"\d+[.,]\d+\s?%"
_CHANGE: Final = re.compile(
    rf"[+\-−–▲▼↑↓]\s?{_DECIMAL}|{_DECIMAL}\s?[▲▼↑↓]|\({_DECIMAL}\)|[▲▼]\s?\d[\d,]*\.\d+"
)
_SIGNED: Final = re.compile(r"[+\-−–▲▼↑↓]\s?\d[\d.,]*\s?%|%\s?[▲▼↑↓]")
_PRICED: Final = re.compile(
    rf"(?:{_CURRENCY})\s?\d|\d\s?(?:{_CURRENCY})|\d[.,]\d\dp\b", re.IGNORECASE
)
_MONEY: Final = re.compile(r"[$€£¥₩₽₹₿฿]")
# A quote without its currency, as it stands in the middle of a widget.
_BARE: Final = re.compile(r"[+\-−–]?\d{1,3}(?:[ .,']?\d{3})*[.,]\d{2,4}")
_CODE: Final = re.compile(r"(?:usd|eur|gbp|jpy|cny|krw|rub|inr|usdt|btc|eth|chf)")
_SYMBOL: Final = re.compile(r"[A-Z][A-Z0-9.^/=\-]{1,9}")
_LABEL: Final = re.compile(
    r"\bprice ?\(|\blive price\b|\bprice chart\b|\bprice today\b|\bmarket ?cap(?:italization)?\b"
    r"|\bvolume\b.*\b24 ?h|\b24 ?h\b|\bcirculating supply\b|\ball[- ]time high\b|\blogo$"
    r"|\b[a-z]{2,6} ?/ ?(?:usdt?|eur|btc|gbp|jpy|krw|rub|cny|brl|chf)\b|\b[a-z]{2,6} price$"
    r"|\bas of \d.{0,30}\b(?:market|est|edt|et|gmt)\b|\bmarket (?:open|closed)\b|\bday's range\b"
    r"|\b(?:marktkapitalisierung|handelsvolumen|capitalisation|capitalización|capitalização"
    r"|капитализация|объ[её]м торгов)\b|市值|成交[额額量]|時価総額|出来高|시가총액|거래대금"
    r"|^(?:precio|preço|prix|cours|kurs|цена|курс) (?:de[lr]?|do|du|von|des)? ?\S+"
)
_DELAYED: Final = re.compile(r"\b(?:quotes?|data|prices?)\b.{0,20}\bdelayed\b|\bdelayed \d+ min")
_ARROW: Final = re.compile(r"[▲▼]\s?\d")
_MOVES: Final = ("%", "▲", "▼")
# `Bitcoin (BTC)`: what the widget prices.
_NAMED: Final = re.compile(r"[^\W\d_][\w .&'’-]{1,30} ?[(（][A-Z0-9]{2,6}[)）]")
_SIGNS: Final = "+-−–"
_LONGEST: Final = 2000
"""Characters of a line that are looked at; a tape of all the world's shares is shorter."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Clusters of values with their labels, single lines of several values, and cues."""
    yield from by_cue(lines, "ticker")
    shown = lines.short_together.holding(_MOVES)
    moving = [line for line in shown if is_moving(line)]
    for cluster in _clusters(lines, moving):
        why = f"{len(cluster)} lines of prices and changes without a sentence"
        for line in cluster:
            yield whole(line, "ticker", "ticker.cluster", why, 1.0)
    for line in moving:
        if is_tape(line) and all(map(is_tape, _list_around(lines, line))):
            yield whole(line, "ticker", "ticker.tape", "symbols, prices and changes, no sentence")
    for table in _tables(lines) if shown else ():
        for line in table:
            why = "a table whose rows are prices and their changes"
            yield whole(line, "ticker", "ticker.table", why, 1.0)
    for line in _triples(lines):
        why = "a symbol, its price and its change, one below the other, again and again"
        yield whole(line, "ticker", "ticker.list", why, 1.0)
    for line in lines.short_together.holding(("delayed",)):
        if line.words <= 5 and _DELAYED.search(line.folded):
            yield whole(line, "ticker", "ticker.delay", "says how old the quotes are", 1.0)


def _tables(lines: Lines) -> Iterator[Sequence[Line]]:
    """Tables of which each row, but for the heading, shows a price in money and its change."""
    for rows, run in groupby(lines.short, key=lambda line: line.role == "row"):
        table = list(run) if rows else []
        quotes = [line for line in table if "%" in line.text and is_quote(line)]
        if len(quotes) >= 2 and len(quotes) >= len(table) - 1:
            yield table


def _triples(lines: Lines) -> Iterator[Line]:
    """Quotes without a percent sign: symbol, price and signed change on three lines, twice or more.

    Figures of sports and of weather look alike: the page must speak of markets.
    """
    changes = [line for line in lines.signed if line.text[0] in _SIGNS and is_bare(line)]
    last = [line.number for line in changes if _closes_triple(lines, line)]
    listed = {number for number in last if number - 3 in last or number + 3 in last}
    if listed and speaks_of_markets(lines):
        for number in sorted(listed):
            yield from lines.all[number - 2 : number + 1]


def _closes_triple(lines: Lines, change: Line) -> bool:
    """Whether the price and the symbol that a change is of stand directly above it."""
    if change.number < 2:
        return False
    symbol, price = lines.all[change.number - 2 : change.number]
    return is_symbol(symbol) and is_bare(price) and price.text[0] not in _SIGNS


def is_quote(line: Line) -> bool:
    """Whether a row shows a price in money and a market's change."""
    text = line.text[:_LONGEST]
    return bool(_PRICED.search(text) and _CHANGE.search(text))


def is_moving(line: Line) -> bool:
    """Whether the line shows a market's change in percent; rows of tables do not count."""
    return line.role != "row" and bool(_CHANGE.search(line.text[:_LONGEST]))


def is_value(line: Line) -> bool:
    """Whether the line holds numbers of a market and nothing else."""
    if line.words > 8 or len(line.text) > 80 or line.prose or line.role in ("row", "code"):
        return False
    shown = _MONEY.search(line.text) or _PRICED.search(line.text) or _CHANGE.search(line.text)
    if not shown or find_date(line.folded):
        return False
    return not _VALUE.sub("", line.text).strip(" |/~≈")


def is_label(line: Line) -> bool:
    """Whether the line names a price, as the lines between a widget's values do."""
    if line.prose or line.words > 8 or line.role in ("row", "code"):
        return False
    if line.words <= 4 and _NAMED.fullmatch(line.text):
        return True
    return bool(_LABEL.search(line.folded[:200]) or _CODE.fullmatch(line.folded))


def is_tape(line: Line) -> bool:
    """Whether one line is a tape of quotes: names, prices and changes, hardly any words.

    A sentence has more small words than values; a tape has a value or a symbol for every change.
    """
    text = line.text[:_LONGEST]
    changes = len(_CHANGE.findall(text))
    words = re.findall(r"[^\W\d_]+", _VALUE.sub(" ", text))
    small = sum(word.islower() and len(word) > 1 for word in words)
    symbols = sum(word.isupper() and len(word) > 1 for word in words)
    prices = len(_VALUE.findall(_CHANGE.sub(" ", text)))
    if changes == 1:
        # The price of a name, then its change; spaces part the thousands of some prices.
        few = small <= 1 and len(words) <= 4 and 1 <= prices <= 2
        return few and bool(_SIGNED.search(text) or _ARROW.search(text))
    return max(prices, symbols) >= changes and small <= changes and len(words) <= 6 * changes


def _list_around(lines: Lines, line: Line) -> Iterator[Line]:
    """The other items of the list that a line stands in: what is true of one is true of all."""
    if line.role == "item":
        for step in (-1, 1):
            number = line.number + step
            while 0 <= number < len(lines.all) and lines.all[number].role == "item":
                yield lines.all[number]
                number += step


def _clusters(lines: Lines, moving: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of values and labels around the lines that show a change."""
    done = -1
    for line in moving:
        if line.number <= done or not is_value(line):
            continue
        first = last = line.number
        while first > 0 and _belongs(lines.all[first - 1]):
            first -= 1
        while last + 1 < len(lines.all) and _belongs(lines.all[last + 1]):
            last += 1
        done = last
        run = _trim(lines.all[first : last + 1])
        if _is_widget(lines, run):
            heading = _heading(lines, run[0])
            yield [heading, *run] if heading else run


def _belongs(line: Line) -> bool:
    return is_value(line) or is_label(line) or is_symbol(line) or is_bare(line)


def is_bare(line: Line) -> bool:
    """Whether the line is a number with decimals and nothing else, as quotes are."""
    return line.role != "row" and len(line.text) <= 16 and bool(_BARE.fullmatch(line.text))


def is_symbol(line: Line) -> bool:
    """Whether the line could be the symbol of a share or a coin, and nothing else."""
    return bool(_SYMBOL.fullmatch(line.text))


def _trim(run: Sequence[Line]) -> list[Line]:
    """A run without capital words at its end, which may be headings of something else."""
    kept = list(run)
    while kept and not (is_value(kept[-1]) or is_label(kept[-1]) or is_bare(kept[-1])):
        kept.pop()
    return kept


def _is_widget(lines: Lines, run: Sequence[Line]) -> bool:
    """Whether a run names what it prices: by labels, or by symbols that the page says once."""
    if sum(is_value(line) or is_bare(line) for line in run) < 2:
        return any(is_label(line) for line in run)
    return any(is_label(line) or (is_symbol(line) and not lines.repeated(line)) for line in run)


def _heading(lines: Lines, first: Line) -> Line | None:
    """The widget's own heading: one or two words right above it that nothing else hangs on."""
    if first.number == 0:
        return None
    above = lines.all[first.number - 1]
    title_like = above.text[:1].isupper() and not above.stopped
    own = above.role in ("paragraph", "heading") and title_like and above.words <= 3
    return above if own and first.number - 1 > lines.first_prose else None
