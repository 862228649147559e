"""Authors' names out of what bylines and headers hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from cleaners.metadata import field_words as words
from cleaners.metadata.dates import MONTHS

_TAG: Final = re.compile(r"<[^<>]{0,300}>")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+")
_EMAIL: Final = re.compile(r"<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+>?")
_HANDLE: Final = re.compile(r"(?<!\w)@\w+")
# What introduces a name: "By", "Written by:", "3 May 2024 by", "Von", "Автор:", "作者："
_LEAD: Final = re.compile(
    r"(?:(?:(?:[^\W\d_]{1,12}\.?|[\d/.,:-]{1,10}) ){0,6}(?:by|about)|authors?|name|"
    r"текст|авторы?)(?:\s*[:：|]\s*|\s+|$)|(?:autor(?:in|a|es)?|auteure?s?)\s*[:：]\s*"
    # One word behind these is a surname: "Von Trier".
    r"|(?:(?:geschrieben |verfasst )?von|(?:(?:écrit|publié|posté)e? )?par|"
    r"(?:(?:escrit|publicad|postad)[oa] )?por)"
    r"(?:\s*:\s*|\s+(?=\S+\s+\S)|$)"
    rf"|(?:{words.any_of(words.CJK_AUTHORS, words.CJK_EDITORS)})\s*[:：/／丨｜＝・|]\s*"
    rf"|(?:{words.CJK_BEFORE})\s+(?=[\u4e00-\u9fff]{{2,4}}$)",
    re.IGNORECASE,
)
# What follows a name and is none: other people's part, dates, counts.
_OTHERS: Final = re.compile(
    # `Ottoline K. » Sat Feb 11, 2023`: forums part the hour of a post so.
    r"\s*[»›][^»›\d]{0,20}\d.*|"
    r"[\s,.|]*\b(?:(?:medically|fact|last)[ -])?(?:(?:published|posted)(?!(?: \S{1,12}){0,6} by)|"
    r"reviewed|checked|edited|updated|modified|photograph(?:ed|s)|photos?)\b.*",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(
    r"(?:[\s,|•·–—-]+(?:on|am|um|le|el|em|in|at|last|joined|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|"
    r"january|february|march|april|june|july|august|september|october|november|december)\b\.?:?)*"
    r"[\s,|•·–—-]+\d.*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"\s*[(\[（【][^()\[\]（）【】]{0,80}[)\]）】]\s*")
_ROLES: Final = (
    r"(?:(?:[^\W\d_]+ ){0,3}"
    r"(?:(?:editor|writer|reporter|correspondent|contributor|columnist|expert|journalist|author|"
    r"director|manager|founder|analyst|specialist|strategist|consultant|professor|president|"
    r"ceo|cto|cfo)s?|editor[- ]in[- ]chief|head|redakteur(?:in)?|journaliste|redactora?|"
    r"periodista)(?: (?:at|for|of|bei|von|de) .{1,40})?)"
)
_ROLE: Final = re.compile(rf"(?:\s*[,|–—/]\s*|\s+-\s+){_ROLES}$|^{_ROLES}$", re.IGNORECASE)
# `Fergus Tully Reporter`: the office behind a full name, with nothing between.
_OFFICES: Final = rf"(?:{words.RANK} )*(?:{words.PRESS})"
_OFFICE_HOLDER: Final = re.compile(
    rf"((?!{words.RANK} )[A-ZÀ-Þ][\w'’.-]+(?: (?!{_OFFICES})[A-ZÀ-Þ][\w'’.-]+){{1,2}}) {_OFFICES}"
)
# `백다온 기자`: the office behind a Korean name.
KOREAN_OFFICE: Final = re.compile(rf"(?<=[가-힣]) ?(?:{words.any_of(words.KOREAN)})$")
# `Ada Brown at Quarry Lane`, `Ada Brown, analista sénior`: where, and who that is.
_WHO: Final = re.compile(
    r"([A-ZÀ-ÞА-ЯЁ][\w'’.-]*(?: [A-ZÀ-ÞА-ЯЁ][\w'’.-]*){1,2})"
    r"(?: (?:at|in) [A-ZÀ-Þ].*|, (?!(?:and|und|et|y|e|и) )[a-zß-ÿа-яё].*)"
)
_BETWEEN: Final = re.compile(r"\s*(?:;|\||•|·|、)\s*")
_LISTED: Final = re.compile(r"\s*,?\s+(?:and|und|et|y|e|и|&)\s+|\s*,\s*")
_CREDENTIAL: Final = re.compile(r"[A-Z][A-Za-z]?(?:\.?[A-Z]){1,5}\.?$|(?:Jr|Sr|Inc|Ltd|Dr)\.?$")
_NOBODY: Final = frozenset(
    (
        *("admin", "administrator", "author", "authors", "editor", "guest", "anonymous", "unknown"),
        *("none", "null", "undefined", "root", "webmaster", "user", "contributor", "wordpress"),
        *("posts", "post", "category", "comments"),
        # Links beside the name: of themes of Hugo, of wikis.
        *("suggest changes", "suggest edits", "edit page", "edit post"),
        *("full bio", "bio", "view profile", "profile", "sign in", "log in", "login", "contact us"),
        *("true", "false", "default", "n/a", "topic author", "original poster", "editorial"),
    )
)
_LONGEST = 80


def joined(values: Iterable[str]) -> str | None:
    """Cleaned names of all values, each once, in order, joined by `"; "`; None without any."""
    names: dict[str, str] = {}
    for value in values:
        for name in authors(value):
            names.setdefault(name.casefold(), name)
    return "; ".join(names.values()) or None


def authors(value: str) -> list[str]:
    """The names that a byline or an author field holds.

    Addresses, links, handles, "By" and its like, roles, and what follows the name go.  Commas
    and "and" separate names only where every part looks like one, since "MD" and "Jr." follow
    commas too.  A placeholder such as "admin" and what is too long for a name are none.
    """
    text = _TAG.sub(" ", unescape(value[:500]))
    text = _HANDLE.sub(" ", _EMAIL.sub(" ", _LINK.sub(" ", text)))
    names = (
        name for part in _BETWEEN.split(" ".join(text.split())) for name in _split(_bare(part))
    )
    return [name for name in map(_tidied, names) if _is_name(name)]


def looks_like_names(value: str) -> bool:
    """Whether a line that is only shown, not stated, holds names and no sentence.

    Names are one to five words, and of these the longer ones begin with a capital.
    """
    found = authors(value)
    return bool(found) and all(
        len(parts := name.split()) == 1
        or (len(parts) < 6 and all(not part[0].islower() for part in parts if len(part) > 3))
        for name in found
    )


def _bare(line: str) -> str:
    """A line without notes, what introduces the names (twice: "Author: By") and what follows."""
    line = _OTHERS.sub("", _NOTE.sub(" ", line))
    for _ in range(2):
        if lead := _LEAD.match(line):
            line = line[lead.end() :]
    return _FIGURES.sub("", line).strip()


def _split(part: str) -> list[str]:
    """The names of a list of names, else the part as it is."""
    pieces = _LISTED.split(part)
    separated = all(map(_is_full, pieces)) or (
        "," not in part and all(piece[:1].isupper() and len(piece.split()) < 5 for piece in pieces)
    )
    return pieces if separated else [part]


def _is_full(piece: str) -> bool:
    """Whether a piece is two to four capitalised words, no role and no degree."""
    parts = piece.split()
    return (
        2 <= len(parts) <= 4
        and all(part[0].isupper() for part in parts if len(part) > 3)
        and not any(_CREDENTIAL.match(part) for part in parts[1:])
        and not _ROLE.search(piece)
    )


def _tidied(name: str) -> str:
    if held := _OFFICE_HOLDER.fullmatch(name) or _WHO.fullmatch(name):
        name = held[1]
    name = KOREAN_OFFICE.sub("", _ROLE.sub("", name))
    return name.strip(" ,;:|/-–—•·\"'“”«»")


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST
        and any(character.isalpha() for character in name)
        and not name[0].isdigit()
        and name.lower() not in _NOBODY
        and name.lower().rstrip(".") not in MONTHS
    )
