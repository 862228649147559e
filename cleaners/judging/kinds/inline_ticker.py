"""Quotes that a site's program sets into a sentence, behind the name of a share or a coin.

`Marrow (MRW -2.96%) fell`, `Pumps (BWPX - Free Report) has`: the quote goes, the sentence stays.
Not: a symbol alone, a price or a change that the author tells, `(+2.3%)`, figures of the economy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from cleaners.judging.lines import Line, Lines
from cleaners.records import Removal

_MOVES: Final = ("%", "％", "▲", "▼", "$", "€", " report)", " rating)", " grade)", " quote)")
"""Of these a line holds one that has a quote."""
_BRACKETS: Final = re.compile(r"[(（\[〔【]([^()（）\[\]【】〔〕\n]{2,70})[)）\]】〕]")

_SIGN: Final = r"[+\-−–]"
_ARROW: Final = re.compile(r"[▲▼△▽↑↓]")
_NUMBER: Final = r"\d[\d.,'\u202f]{0,15}"
_MONEY: Final = r"(?:(?:US|S|A|C|HK|R|NT)?[$€£¥₩₽₹₿]|(?:USD|EUR|GBP|Rs|Euro|pts)\b\.?|[元円원])"
_PRICED: Final = rf"(?:{_MONEY}\s?{_NUMBER}|{_NUMBER}\s?{_MONEY})"
_FULL_PRICE: Final = re.compile(_PRICED)
_PRICE: Final = re.compile(rf"{_MONEY}?\s?{_NUMBER}\s?{_MONEY}?")
# A market's change: with a sign or an arrow, or in hundredths.
_CHANGE: Final = re.compile(
    rf"(?:[▲▼△▽↑↓]\s?{_SIGN}?|(?<![\d.,]){_SIGN})\s?{_NUMBER}\s?[%％]?(?:\s?[▲▼↑↓])?"
    r"|\d{1,5}[.,]\d\d\s?[%％]"
)
_MOVED: Final = rf"(?:[▲▼]|{_SIGN})\s?\d{{1,5}}[.,]\d{{1,3}}\s?[%％]"
_SIGNED: Final = re.compile(rf"{_SIGN}|{_ARROW.pattern}")
_HUNDREDTHS: Final = re.compile(r"\d[.,]\d\d\s?[%％]")
_TENTHS: Final = re.compile(r"\d[.,]\d\s?[%％]")

_SYMBOL: Final = r"\$?[A-Z][A-Z0-9.\-]{1,9}"
_SYMBOLS: Final = re.compile(rf"(?<![\w$]){_SYMBOL}(?!\w)")
# A symbol, or the number that stands for a share in Asia.
_CODE: Final = re.compile(rf"{_SYMBOL}|\d{{4,6}}(?:[.\-][A-Z]{{2,3}})?|\d\d[X\d]{{2}}")
# Where a share is listed, before its symbol.
_LISTED: Final = re.compile(r"\b(?:[A-Z]{2,8}[:：]|WKN|ISIN)\s?")
# What the program sets beside the figures.
_LABELS: Final = re.compile(
    r"\b(?:quick quote|chart|aktuell|kurs(?: aktualisieren)?|24 ?h|at)\b"
    r"|诊股|股吧|研报|现报|最新价|美元|24\s?小时|[涨跌](?=\s?\d)",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(
    rf"(?:[A-Za-z]{{2,8}}[:：]\s?)?(?:{_SYMBOL}\s?(?:Quick Quote\s?{_SYMBOL}\s?)?[-–—]\s?)?"
    r"(?:(?:Get|Free|Quick|Snapshot) ){1,2}(?:Report|Rating|Grade|Quote|Analysis)"
)
# Figures of economies, firms and accounts, and countries, which authors abbreviate.
_FIGURES: Final = (
    "GDP CPI PPI PCE PMI GNP CAGR EBIT EBITDA EPS ROI ROE ROA ROIC NAV AUM ARR MRR GMV APR APY AER"
    " YOY QOQ MOM YTD MTD FY H1 H2 Q1 Q2 Q3 Q4 VAT US USA UK EU EZ UAE RSI ATH VIX FX LFL"
    " BIP VPI HVPI KGV PIB IPC IPCA IPI IVA BPA TAE TIN TEG TAEG LTV PLR SELIC CDI"
)
_ECONOMY: Final = frozenset(_FIGURES.split())
# Behind a symbol in brackets: `(BTC) -2.04%`, `(LTRN) S$0.86 ▼4.4%`.
_BEHIND: Final = re.compile(rf"\s?(?:{_PRICED}\s)?{_MOVED}")
# Behind a name, without brackets: `Ethereum ETH +3.41% has`.
_BARE: Final = re.compile(rf"(?<=[\w*'’”»]\s)({_SYMBOL})\s(?:{_MOVED}|{_MONEY}\s?{_NUMBER})(?!\w)")
# Behind the last sentence: `... fell. KST $8.42 -5.13%`, `... gestern. BTC/JPY 9,842,100円 ▲0.7%`.
_LAST: Final = re.compile(
    r"(?<=[.!?…。！？\"”’»」])"
    rf"(?:\s*{_SYMBOL}(?:/{_SYMBOL})?"
    rf"(?:\s?{_PRICED}(?=[\s(（]|$)|(?=\s?[(（]?[▲▼+\-−–]))"
    rf"(?:\s?[(（]?(?:[▲▼]|{_SIGN})\s?{_NUMBER}\s?[%％]?[)）]?)?(?:\s?\(24 ?h\))?){{1,6}}\s*$"
)
_END: Final = 120
"""Characters at a line's end that such quotes take."""
_BEFORE: Final = 60
"""Characters before a quote in which the name stands."""
_NAME: Final = re.compile(r"[^\W\d_][\w.&'’\-]*")
_WORDS: Final = 4
"""Words of a name."""


class _Quote(NamedTuple):
    """A quote in a line: where, and whether it is one without another of its sort on the page."""

    line: Line
    start: int
    end: int
    sure: bool


def judge(lines: Lines) -> Iterator[Removal]:
    """Quotes within lines of any length; rows of tables and code have none."""
    found = [
        quote
        for line in lines.together.holding(_MOVES)
        if line.role not in ("row", "code")
        for quote in (*_in_brackets(line), *_in_running(line))
    ]
    # A program sets its quotes behind every name.
    if any(quote.sure for quote in found):
        for line, start, end, _ in found:
            why = "a quote set into the sentence"
            yield Removal(line.number, start, end, "ticker", "ticker.inline", why, 0.9)


def _in_brackets(line: Line) -> Iterator[_Quote]:
    text = line.text
    for match in _BRACKETS.finditer(text):
        inner, before = match[1].strip(), _before(text, match)
        if _SERVICE.fullmatch(inner):
            yield _Quote(line, *match.span(), sure=True)
        elif not _CODE.fullmatch(inner):
            sure = is_quote(inner, before)
            if sure is not None:
                yield _Quote(line, *match.span(), sure)
        elif behind := _BEHIND.match(text, match.end()):
            exact = _HUNDREDTHS.search(behind[0]) or _ARROW.search(behind[0])
            sure = bool(exact) or abbreviates(inner, before)
            yield _Quote(line, match.start(), behind.end(), sure)


def _in_running(line: Line) -> Iterator[_Quote]:
    """Quotes without brackets, in and behind the sentences of running text."""
    if not line.prose:
        return
    for match in _BARE.finditer(line.text):
        if abbreviates(match[1], _before(line.text, match)):
            yield _Quote(line, *match.span(), sure=True)
    if last := _LAST.search(line.text, max(len(line.text) - _END, 0)):
        start = last.end() - len(last[0].lstrip())
        yield _Quote(line, start, last.end(), sure=True)


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - _BEFORE, 0) : match.start()]


def is_quote(inner: str, before: str) -> bool | None:
    """Whether what stands in brackets is a quote: surely, maybe (False), or not (None)."""
    changes = _CHANGE.findall(inner)
    moved = [change for change in changes if "%" in change or "％" in change]
    arrow = bool(_ARROW.search(inner))
    if len(moved) > 1 or not (changes and (moved or arrow)):
        return None
    rest = _LISTED.sub(" ", _LABELS.sub(" ", _CHANGE.sub(" ", inner)))
    symbols = _SYMBOLS.findall(rest)
    figures = _SYMBOLS.sub(" ", rest)
    words = any(map(str.isalpha, _PRICE.sub(" ", figures)))
    if words or len(symbols) > 1 or any(symbol.upper() in _ECONOMY for symbol in symbols):
        return None
    exact = bool(moved and _HUNDREDTHS.search(moved[0]))
    full = arrow or bool(_FULL_PRICE.search(rest))
    signed = all(map(_SIGNED.search, changes))
    if not symbols:
        return True if signed and (exact or full) and _is_priced(inner, figures) else None
    if not (exact or full or (moved and _TENTHS.search(moved[0]))):
        return None
    return bool(_LISTED.search(inner)) or (exact and signed) or abbreviates(symbols[0], before)


def _is_priced(inner: str, figures: str) -> bool:
    """Whether a price stands before the change: `(37,150원 ▲ 3,130 +9.20%)`.

    With a comma between, an author tells both; two figures with a sign between may be a range.
    """
    apart = re.search(r"[,，;；]\s", inner) and not _LABELS.search(inner)
    return not apart and any(map(str.isdigit, figures)) and bool(re.search(r"\s[+−–▲▼-]", inner))


def abbreviates(symbol: str, before: str) -> bool:
    """Whether a symbol's letters stand, in their order, in the name before it.

    Initials alone prove nothing: `Consumer Price Index (CPI ...)` is no share.  In scripts
    without capitals any name will do.
    """
    before = before.rstrip(" *_\"'’”»")
    words = _NAME.findall(before)[-_WORDS:]
    if not words or not before.endswith(words[-1]):
        return False
    if not (words[-1].isupper() or words[-1].lower() != words[-1].upper()):
        return True
    letters = "".join(filter(str.isalpha, symbol.partition(".")[0])).casefold()
    names = [word.casefold() for word in words if word[0].isupper()]
    initials = "".join(name[0] for name in names)
    return (
        bool(letters)
        and not initials.endswith(letters)
        and any(
            name[0] == letters[0] and _in_order(letters, "".join(names[number:]))
            for number, name in enumerate(names)
        )
    )


def _in_order(letters: str, name: str) -> bool:
    """Whether the letters stand in the name in this order, with any others between."""
    left = iter(name)
    return all(letter in left for letter in letters)
