"""Quotes that a site's program sets into a sentence, behind the name of a share or a coin.

`Marrow (MRW -2.96%) fell`, `Pumps (BWPX - Free Report) has`: the quote goes, the sentence stays.
Doctors, parties and shops write figures behind abbreviations, too: so only a page that speaks of
markets has quotes, and each needs a mark of its own.  Not: a symbol alone, a price or a change that
the author tells, ranges, `(+2.3%)`, figures of the economy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple, TypeAlias

from cleaners.judging.lines import Line, Lines
from cleaners.records import Removal

_MOVES: Final = ("%", "％", "▲", "▼", " report)", " rating)", " grade)", " quote)", " analysis)")
"""Of these a line holds one that has a quote."""
# Words of markets; a page that speaks of them says two.
_MARKETS: Final = re.compile(
    r"\b(?:shares|stocks?|shareholders?|investors?|traders?|nasdaq|nyse|dow jones|s&p|ticker|etfs?"
    r"|bonds|bitcoin|ethereum|ether|crypto\w*|tokens?|coins?|blockchain|earnings|dividends?"
    r"|aktien?|aktionäre?n?|börsen?\w*|anleger\w*|kurs\w{0,4}|dax|analysten?"
    r"|bourse|cac 40|actionnaires?|dividendes?|valeurs|cours"
    r"|bolsa|acciones|accionistas?|inversores|investidores|ibex|ações|ação|acionistas?|ibovespa"
    r"|акци[йияею]\w*|бирж\w+|инвестор\w*|рубл\w+|бумаг\w*|дивиденд\w*|криптовалют\w*|биткоин\w*)\b"
    r"|股|证券|證券|涨停|比特币|比特幣|加密|投资|投資|株|ビットコイン|暗号資産|仮想通貨|証券"
    r"|주가|주식|증시|코스피|코스닥|거래일|비트코인|투자|배당"
)
_SAID: Final = 2
_BRACKETS: Final = re.compile(r"[(（\[〔【]([^()（）\[\]【】〔〕\n]{2,70})[)）\]】〕]")

_SIGN: Final = r"[+\-−]"
_ARROWS: Final = "▲▼△▽"
_NUMBER: Final = r"\d[\d.,'\u202f]{0,15}"
_MONEY: Final = r"(?:(?:US|S|A|C|HK|R|NT)?[$€£¥₩₽₹₿]|(?:USD|EUR|GBP|Rs|Euro|pts)\b\.?|[元円원])"
_PRICED: Final = rf"(?:{_MONEY}\s?{_NUMBER}|{_NUMBER}\s?{_MONEY})"
_FULL_PRICE: Final = re.compile(_PRICED)
_PRICE: Final = re.compile(rf"{_MONEY}?\s?{_NUMBER}\s?{_MONEY}?")
# A market's change: an arrow, or a sign directly before the figure; `4.75 – 5.25` is a range.
_CHANGE: Final = re.compile(
    rf"[{_ARROWS}]\s?{_SIGN}?{_NUMBER}\s?[%％]?|(?<![\w.,]){_SIGN}{_NUMBER}\s?[%％]?(?:\s?[▲▼])?"
)
_EXACT: Final = rf"{_SIGN}\d{{1,5}}[.,]\d\d\s?[%％]"
"""A change in hundredths, as programs tell it."""
_HUNDREDTHS: Final = re.compile(r"\d[.,]\d\d\s?[%％]")

_SYMBOL: Final = r"\$?[A-Z][A-Z0-9]{1,7}(?:[.\-][A-Z]{1,3})?"
_SYMBOLS: Final = re.compile(rf"(?<![\w$]){_SYMBOL}(?!\w)")
# A symbol, or the number that stands for a share in Asia.
_CODE: Final = re.compile(rf"{_SYMBOL}|\d{{4,6}}[.\-][A-Z]{{2,3}}|0\d{{4}}")
# Where a share is listed, before its symbol.
_LISTED: Final = re.compile(r"\b(?:NYSE|NASDAQ|Nasdaq|NDQ|AMEX|LON|TSX|ASX|HKG|WKN|ISIN)[:：]?\s?")
# What the program sets beside the figures.
_LABELS: Final = re.compile(
    r"\b(?:quick quote|chart|aktuell|kurs(?: aktualisieren)?|24 ?h|at)\b"
    r"|诊股|股吧|研报|现报|最新价|美元|24\s?小时",
    re.IGNORECASE,
)
_SERVED: Final = r"(?:(?:Get|Free|Quick|Snapshot) ){1,2}(?:Report|Rating|Grade|Quote|Analysis)"
_SERVICE: Final = re.compile(
    rf"(?:[A-Za-z]{{2,8}}[:：]\s?)?{_SYMBOL}\s?(?:Quick Quote\s?{_SYMBOL}\s?)?[-–—]\s?{_SERVED}"
)
_SERVED_ALONE: Final = re.compile(_SERVED)
# Figures of economies, firms and accounts, and countries, which authors abbreviate.
_FIGURES: Final = (
    "GDP CPI PPI PCE PMI GNP CAGR EBIT EBITDA EPS ROI ROE ROA ROIC ROCE NAV AUM ARR MRR GMV APR APY"
    " AER YOY QOQ MOM YTD MTD FY H1 H2 Q1 Q2 Q3 Q4 VAT US USA UK EU EZ UAE RSI ATH VIX FX LFL DY"
    " BIP VPI HVPI KGV PIB IPC IPCA IPI IVA BPA TAE TIN TEG TAEG LTV PLR SELIC CDI CI USD EUR GBP"
    " CAD AUD NZD JPY CHF CNY"
)
_ECONOMY: Final = frozenset(_FIGURES.split())
# Behind a symbol in brackets: `(BTC) -2.04%`, `(LTRN) S$0.86 ▼4.4%`.
_BEHIND: Final = re.compile(rf"\s?(?:{_PRICED}\s)?(?:[▲▼]\s?{_NUMBER}\s?[%％]|{_EXACT})")
# Behind a name, without brackets: `Ethereum ETH +3.41% has`.
_BARE: Final = re.compile(rf"(?<=[\w*'’”»]\s)({_SYMBOL})\s{_EXACT}(?!\w)")
# Behind the last sentence: `... fell. KST $8.42 -5.13%`, `... gestern. BTC/JPY 9,842,100円 ▲0.7%`.
_LAST: Final = re.compile(
    r"(?<=[.!?…。！？\"”’»」])"
    rf"(?:\s*{_SYMBOL}(?:/{_SYMBOL})?\s?{_PRICED}\s?[(（]?(?:[▲▼]\s?|{_SIGN}){_NUMBER}\s?[%％]"
    rf"[)）]?(?:\s?\(24 ?h\))?|\s*{_SYMBOL}(?:/{_SYMBOL})?\s?{_EXACT}){{1,6}}\s*$"
)
_END: Final = 120
"""Characters at a line's end that such quotes take."""
_BEFORE: Final = 60
"""Characters before a quote in which the name stands."""
_MANY: Final = 200
"""Most quotes that are taken of one line; a longer line is a tape."""
_NAME: Final = re.compile(r"[^\W\d_][\w.&'’\-]*")
# `Marlow Water (NYSE: MLW) (MLW +0.61%)`: what stands in other brackets is no name.
_ASIDE: Final = re.compile(r"[(（][^()（）]{0,40}[)）]\s?$")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ÿ]")
_WORDS: Final = 4
"""Words of a name."""

_Sort: TypeAlias = Literal["sure", "maybe", "none"]


class _Quote(NamedTuple):
    """A quote in a line; a `maybe` is one where the page has another that is sure."""

    line: Line
    start: int
    end: int
    sort: _Sort


def judge(lines: Lines) -> Iterator[Removal]:
    """Quotes within lines of any length; rows of tables and code have none."""
    moving = [line for line in lines.together.holding(_MOVES) if line.role not in ("row", "code")]
    if not moving or not speaks_of_markets(lines):
        return
    found = [quote for line in moving for quote in _quotes(line)]
    if any(quote.sort == "sure" for quote in found):
        for line, start, end, _ in found:
            why = "a quote set into the sentence"
            yield Removal(line.number, start, end, "ticker", "ticker.inline", why, 0.9)


def speaks_of_markets(lines: Lines) -> bool:
    """Whether the page says two words of those that pages about shares and coins say."""
    said = {word for line in lines.all for word in _MARKETS.findall(line.folded)}
    return len(said) >= _SAID


def _quotes(line: Line) -> list[_Quote]:
    if "`" in line.text:  # code within a sentence
        return []
    found = [*_in_brackets(line), *(_in_running(line) if line.prose else ())]
    return [quote for quote in found if quote.sort != "none"] if len(found) <= _MANY else []


def _in_brackets(line: Line) -> Iterator[_Quote]:
    text = line.text
    for match in _BRACKETS.finditer(text):
        inner, before = match[1].strip(), _before(text, match)
        if _CODE.fullmatch(inner):
            if behind := _BEHIND.match(text, match.end()):
                arrow = any(sign in behind[0] for sign in _ARROWS)
                sort: _Sort = "sure" if arrow else _named(inner, before)
                yield _Quote(line, match.start(), behind.end(), sort)
        else:
            sort = _sort_of(inner, before)
            # Authors write in round brackets.
            square = sort == "maybe" and match[0][0] in "[〔" and bool(_HUNDREDTHS.search(inner))
            yield _Quote(line, *match.span(), "sure" if square else sort)


def _in_running(line: Line) -> Iterator[_Quote]:
    """Quotes without brackets, in and behind the sentences of running text."""
    for match in _BARE.finditer(line.text):
        if _named(match[1], _before(line.text, match)) == "sure":
            yield _Quote(line, *match.span(), "sure")
    end = len(line.text)
    while last := _LAST.search(line.text, max(end - _END, 0), end):
        yield _Quote(line, last.end() - len(last[0].lstrip()), last.end(), "sure")
        end = last.start()


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - _BEFORE, 0) : match.start()]


def _sort_of(inner: str, before: str) -> _Sort:
    """Whether what stands in brackets is a quote."""
    if served := _served(inner):
        return served
    changes = _CHANGE.findall(inner)
    arrow = any(sign in inner for sign in _ARROWS)
    exact = any(map(_HUNDREDTHS.search, changes))
    if not changes or not (arrow or exact or any("%" in change for change in changes)):
        return "none"
    rest = _LABELS.sub(" ", _CHANGE.sub(" ", inner))
    symbols = _SYMBOLS.findall(_LISTED.sub(" ", rest))
    figures = _SYMBOLS.sub(" ", _LISTED.sub(" ", rest))
    if len(symbols) > 1 or any(map(str.isalpha, _PRICE.sub(" ", figures))):
        return "none"
    if not symbols:
        return "sure" if (arrow or exact) and _is_priced(inner, figures) else "none"
    if _LISTED.search(rest) or arrow:
        return "none" if symbols[0] in _ECONOMY else "sure"
    return _named(symbols[0], before) if exact or _FULL_PRICE.search(rest) else "none"


def _served(inner: str) -> _Sort | None:
    """Whether it is the link of a service, `BMP - Free Report`, or its words alone."""
    if _SERVICE.fullmatch(inner):
        return "sure"
    return "maybe" if _SERVED_ALONE.fullmatch(inner) else None


def _is_priced(inner: str, figures: str) -> bool:
    """Whether a price stands before the change: `(37,150원 ▲ 3,130 +9.20%)`.

    With a comma between, an author tells both.
    """
    apart = re.search(r"[,，;；]\s", inner) and not _LABELS.search(inner)
    return not apart and any(map(str.isdigit, figures)) and not _CHANGE.match(inner)


def _named(symbol: str, before: str) -> _Sort:
    """What a symbol with a change in hundredths is, by the name before it."""
    if symbol.upper() in _ECONOMY:
        return "none"
    return "sure" if abbreviates(symbol, before) else "maybe"


def abbreviates(symbol: str, before: str) -> bool:
    """Whether a symbol's letters stand, in their order, in the name before it.

    Initials alone prove nothing: `Consumer Price Index (CPI ...)` is no share.  A name in another
    script than the symbol's will do.
    """
    before = _ASIDE.sub("", before).rstrip(" *_\"'’”»")
    words = _NAME.findall(before)[-_WORDS:]
    if not words or not before.endswith(words[-1]):
        return False
    if not _LATIN.search(words[-1]):
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
