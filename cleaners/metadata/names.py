"""Authors' names out of what bylines and headers hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<[^<>]{0,300}>")
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+")
_EMAIL: Final = re.compile(r"<?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+>?")
_HANDLE: Final = re.compile(r"(?<!\w)@\w+")
# What introduces a name: "By", "Written by:", "Recipe by", "Von", "Par", "Автор:", "作者："
_LEAD: Final = re.compile(
    r"(?:(?:[^\W\d_]{1,12} ){0,4}by|authors?|name|about|текст|автор|작성자|글)(?:\s*[:：|]\s*|\s+|$)"
    # One word behind these is a surname: "Von Trier".
    r"|(?:(?:geschrieben |verfasst )?von|(?:écrit |publié )?par|(?:escrito |publicado )?por)"
    r"(?:\s*:\s*|\s+(?=\S+\s+\S)|$)"
    r"|(?:作者|記者|记者|文|撰文|編輯|编辑|責任編輯|著者|執筆|執筆者|筆者)\s*[:：/・|]\s*",
    re.IGNORECASE,
)
# What follows a name and is none: other people's part, dates, counts.
_OTHERS: Final = re.compile(
    r"[\s,.|]*\b(?:(?:medically|fact|last)[ -])?"
    r"(?:reviewed|checked|edited|updated|published|posted|modified|photograph(?:ed|s)|photos?)\b.*",
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
_NOTE: Final = re.compile(r"\s*[(\[（【][^)\]）】]{0,80}[)\]）】]\s*$")
_ROLES: Final = (
    r"(?:(?:[^\W\d_]+ ){0,3}"
    r"(?:editors?(?:[- ]in[- ]chief)?|writer|reporter|correspondent|contributor|columnist|expert|"
    r"journalist|author|redakteur(?:in)?|journaliste|redactor(?:a)?|periodista)"
    r"(?: (?:at|for|of|bei|von|de) .{1,40})?)"
)
_ROLE: Final = re.compile(rf"(?:\s*[,|–—/]\s*|\s+-\s+){_ROLES}$|^{_ROLES}$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*(?:;|\||•|·|、)\s*")
_LISTED: Final = re.compile(r"\s*,?\s+(?:and|und|et|y|e|и|&)\s+|\s*,\s*")
_CREDENTIAL: Final = re.compile(r"[A-Z][A-Za-z]?(?:\.?[A-Z]){1,5}\.?$|(?:Jr|Sr|Inc|Ltd|Dr)\.?$")
_NOBODY: Final = frozenset(
    (
        *("admin", "administrator", "author", "authors", "editor", "guest", "anonymous", "unknown"),
        *("none", "null", "undefined", "root", "webmaster", "user", "contributor", "wordpress"),
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
        name
        for part in _BETWEEN.split(" ".join(text.split()))
        for name in _split(_without_tail(_without_lead(part)))
    )
    return [name for name in map(_tidied, names) if _is_name(name)]


def _without_lead(line: str) -> str:
    """A line without what introduces the name; twice, for "Author: By"."""
    for _ in range(2):
        if lead := _LEAD.match(line):
            line = line[lead.end() :]
    return line.strip()


def _without_tail(line: str) -> str:
    return _FIGURES.sub("", _OTHERS.sub("", line))


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
    name = _ROLE.sub("", _NOTE.sub("", name))
    return name.strip(" ,;:|/-–—•·\"'“”«»")


def _is_name(name: str) -> bool:
    return (
        1 < len(name) <= _LONGEST
        and any(character.isalpha() for character in name)
        and name.lower() not in _NOBODY
    )
