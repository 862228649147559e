"""Who supplied a text: the agency or paper that a credit, a byline or a dateline names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cleaners.metadata import field_words as words

AGENCIES: Final = (
    r"Reuters|AP|(?:The )?Associated Press|AFP|Agence France-Presse|Bloomberg|dpa|EFE|ANSA|TASS"
    r"|Interfax|Xinhua|Kyodo(?: News)?|Jiji|Yonhap|PTI|IANS|ANI|UPI|AAP|PA Media|Europa Press"
)
"""A pattern for the names by which agencies sign, wherever they stand."""
SIGNS: Final = (
    rf"{AGENCIES}|epd|kna|sid|apa|sda|ots|Lusa|LUSA|ТАСС|Интерфакс|РИА Новости"
    r"|新华社|新華社|共同|時事|연합뉴스"
)
"""The same with names that could be words, where they stand alone or in brackets."""
_AGENCY: Final = re.compile(rf"(?:{SIGNS})(?![^\W\d_])")
# `Quelle: `, `Источник — `, `来源：`, `Avec `: what introduces a source.
_LABEL: Final = re.compile(
    rf"(?:{words.any_of(words.SOURCES, words.CJK_SOURCES, 'credit credits')})\s*[:：—–-]\s*"
    r"|(?:con información de|com informações d[aeo]|mit material (?:von|der)|avec|по материалам)"
    r"\s+",
    re.IGNORECASE,
)
# `WITTENHAGEN (dpa) - Ein Schwan`, `(Reuters) - Oil fell`: a text begins with its agency.
_DATELINE: Final = re.compile(rf"(?:[^\W\d_][^()（）.!?]{{0,40}} ?)?[(（]({SIGNS})[)）] ?[-–—]")
_PHONE: Final = re.compile(r"\d{3}[ -]?\d{3}")
_EDGES: Final = " -–—()（）[]【】<>|/©_"
_LONGEST: Final = 60


def credit_of(sources: Iterable[str], bylines: Iterable[str], text: str) -> str | None:
    """The source that the first credit names, else a byline that is an agency's, else a dateline.

    `text` is what is left of the page.
    """
    for said in sources:
        named = said.strip(_EDGES)
        if label := _LABEL.match(named):
            named = named[label.end() :].strip(_EDGES)
        if _is_name(named):
            return named
    for line in bylines:
        if found := _AGENCY.match(line.strip(_EDGES)):
            return found[0]
    found = _DATELINE.match(text)
    return found[1] if found else None


def _is_name(named: str) -> bool:
    """Whether something is said, and no way to call somebody."""
    told = len(named) <= _LONGEST and any(character.isalpha() for character in named)
    return told and not _PHONE.search(named)
