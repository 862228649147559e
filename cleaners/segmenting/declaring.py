"""What a page declares itself to be, and what it says of itself where only machines read it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from cleaners.metadata.head import Head
from cleaners.records import Block, Place, elements_of

_TYPE: Final = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"(?:https?://schema\.org/)?(\w+)"')
_SAID: Final = re.compile(
    r'"(?:description|text|articleBody|reviewBody)"\s*:\s*("(?:[^"\\]|\\.)*+")'
)
_TAG: Final = re.compile(r"<[a-zA-Z/][^<>]*>")
_MANY: Final = 200
_WORTH: Final = 100  # characters; less is a slogan


def types_and_statements(head: Head) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The declared types of a page, lower-case, and its statements about itself.

    Types are schema.org's names in JSON-LD and OpenGraph's `og:type` (as `og:article`); the
    statements are descriptions and texts from the same places, as plain text, longest first.
    """
    types: list[str] = []
    said: list[str] = []
    for meta in head.tags:
        content, sort = meta.get("content") or "", meta.get("property")
        if sort == "og:type":
            types.append(f"og:{content.strip().lower()}")
        elif sort == "og:description" or (meta.get("name") or "").lower() == "description":
            said.append(_plain(content))
    for source in head.scripts:
        types += (name.lower() for name in _TYPE.findall(source)[:_MANY])
        said += _strings(source)
    unique = sorted({text for text in said if text}, key=lambda text: (-len(text), text))
    return tuple(dict.fromkeys(types)), tuple(unique)


def undisplayed(blocks: Sequence[Block], article: str | None, said: Sequence[str]) -> list[Block]:
    """Blocks for a text that the page declares and hardly shows: its scripts would have shown it.

    That is the declared article or else the longest statement, on a page whose own blocks hold
    less text than it.
    """
    text = article or (said[0] if said else "")
    shown = sum(len(block.text) for block in blocks)
    if len(text) < _WORTH or shown >= len(text):
        return []
    have = {" ".join(block.text.split()) for block in blocks}
    elements = elements_of(blocks)
    place = Place(elements, elements.add("script", "json-ld", 0))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [Block(line, place=place) for line in lines if line and line not in have]


def _strings(source: str) -> Iterator[str]:
    for found in _SAID.findall(source)[:_MANY]:
        try:
            value = json.loads(found, strict=False)
        except ValueError:
            # An escape that JSON does not know: what it says is not certain.
            continue
        yield _plain(value)


def _plain(text: str) -> str:
    """Text without tags and entities, white space collapsed."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", html.unescape(text)))
    return " ".join(text.split())
