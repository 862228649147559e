"""Bytes to text: which encoding, and no character that JSON and UTF-8 cannot carry."""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass
from typing import Final

from cleaners.characters import tidy, tidy_utf8

# A page that claims one of these gets the superset that browsers use for it, after the
# WHATWG Encoding Standard: pages are written for browsers, not for the claim.
_AS_BROWSERS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Labels of the same standard that Python does not know.
_LABELS: Final = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "windows-31j": "cp932",
    "ms932": "cp932",
    "windows-949": "cp949",
    "dos-874": "cp874",
    "windows-874": "cp874",
    "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "unicode": "utf-16-le",
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
}
_FOR_PAGES: Final = frozenset(
    """
    utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be
    cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
    iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10
    iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic
    gb18030 hz big5hkscs euc_jp iso2022_jp iso2022_kr johab ptcp154
    """.split()  # noqa: SIM905 - a table reads better
)
"""Python's names of the encodings that a page may claim.  Everything else Python calls a codec
(zip, rot13, idna, utf-7, ...) is a mistake or an attack."""

_SEVEN_BIT: Final = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
"""Encodings whose bytes are all ASCII, so that they pass for UTF-8 unless the page's claim is
heard first."""

_WIDE: Final = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META: Final = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_META_BYTES: Final = 8192


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text that `tidy` has nothing to mend in, and Python's name of what it was decoded with."""

    text: str
    encoding: str


def decode(data: bytes, *, declared: str | None = None, html: bool = True) -> Decoded:
    """Decode a page the way a browser would, but believe valid UTF-8 over a wrong claim.

    In this order: byte order mark; NUL bytes in every second place, or in half of all (UTF-16 and
    UTF-32 without a mark); valid UTF-8; `declared` (the HTTP charset); the charset of `<meta>` or
    `<?xml?>` if `html`; detection by `bs4.UnicodeDammit`.  A claim is taken if hardly a byte
    contradicts it; what does becomes U+FFFD.  UTF-16 and UTF-32 are not believed of bytes without
    NULs.  Never raises.
    """
    if marked := _marked(data):
        return _decoded(data[marked[0] :], marked[1])

    claims = [
        known for claim in (declared, _meta(data) if html else None) if (known := _known(claim))
    ]
    for claim in claims:
        if claim in _SEVEN_BIT and (b"\x1b" in data or b"~{" in data):
            return _decoded(data, claim)
        if claim in _WIDE and _may_be_wide(data):
            return _decoded(data, claim)
    claims = [claim for claim in claims if claim not in _WIDE]
    try:
        return Decoded(tidy_utf8(data), "utf-8")
    except UnicodeDecodeError:
        pass
    for claim in (*claims, "utf-8"):
        text = data.decode(claim, "replace")
        # A truncated download or one broken comment must not turn a page into mojibake.
        if text.count("\ufffd") * 200 <= len(text):
            return Decoded(tidy(text), claim)
    return _detected(data)


def _decoded(data: bytes, encoding: str) -> Decoded:
    return Decoded(tidy(data.decode(encoding, "replace")), encoding)


def _known(claim: str | None) -> str | None:
    """Python's name of the encoding that a browser would use for this label."""
    if claim is None:
        return None
    label = claim.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(label, label)).name
    except (LookupError, ValueError, UnicodeError):
        return None
    name = _AS_BROWSERS.get(name, name)
    return name if name in _FOR_PAGES else None


def _meta(data: bytes) -> str | None:
    match = _META.search(data, 0, _META_BYTES)
    if match is None:
        return None
    claim = match.group(1).decode("ascii", "replace")
    # The claim was readable as ASCII, so it cannot be true of these.
    return "utf-8" if claim.lower().startswith(("utf-16", "utf-32", "unicode")) else claim


def has_wide_units(data: bytes, declared: str | None = None) -> bool:
    """Whether `data` is UTF-16 or UTF-32, whose NUL bytes are no sign of binary data."""
    if _known(declared) in _WIDE and _may_be_wide(data):
        return True
    marked = _marked(data)
    return marked is not None and marked[1] != "utf-8"


def _may_be_wide(data: bytes) -> bool:
    """Whether a claim of UTF-16 or UTF-32 can be true: spaces and marks of any script have NULs."""
    head = data[:4096]
    return head.count(0) * 100 >= len(head)


def _marked(data: bytes) -> tuple[int, str] | None:
    """The length of the byte order mark and the encoding it tells, if one can be told."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return len(mark), encoding
    wide = _wide(data[:4096])
    return (0, wide) if wide else None


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, told by where the NULs are.

    In UTF-16 they fill the places of one parity and spare the other; in UTF-32 all characters
    have the same two of four.
    """
    if b"\0" not in head:
        return None
    first, second, third, fourth = (head[place::4].count(0) for place in range(4))
    quarter = len(head) // 4
    if quarter and min(third, fourth) >= quarter and first * 50 <= quarter:
        return "utf-32-le"
    if quarter and min(first, second) >= quarter and fourth * 50 <= quarter:
        return "utf-32-be"
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd * 10 >= half * 4 and even * 50 <= half:
        return "utf-16-le"
    if even * 10 >= half * 4 and odd * 50 <= half:
        return "utf-16-be"
    return None


def _is_western(data: bytes) -> bool:
    """Whether windows-1252 gives the letters and quotes of western European prose.

    Detectors take short French or German texts for Baltic ones.
    """
    text = data.decode("cp1252", "replace")
    special = [character for character in text if character > "\x7f"]
    usual = sum(character in _WESTERN for character in special)
    return len(special) * 5 <= len(text) and usual * 10 >= len(special) * 9


_WESTERN: Final = frozenset("äöüßÄÖÜéèêëàâçîïôùûœÉÀÇáíóúñÑãõåøæÅØÆ¿¡«»“”„‘’‚–—…•·©®™€£§°º\xa0\xad")


def _detected(data: bytes) -> Decoded:
    if _is_western(data):
        return _decoded(data, "cp1252")
    from bs4.dammit import UnicodeDammit  # noqa: PLC0415 - slow, and few pages need it

    # It would warn on stderr of what it replaces, without a word about the page.
    logging.getLogger("bs4.dammit").setLevel(logging.ERROR)
    found = UnicodeDammit(data, is_html=False)
    encoding = _known(found.original_encoding) or "cp1252"
    return _decoded(data, encoding)
