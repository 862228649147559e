"""JSON-LD as pages carry it: often wrapped, sometimes broken, nested in many ways."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

Item: TypeAlias = Mapping[str, Any]

_WRAPPING: Final = re.compile(r"<!--|-->|(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>|/\*\s*\*/")
_TRAILING_COMMA: Final = re.compile(r",\s*([}\]])")
_CONTROL: Final = re.compile(r"[\x00-\x1f]")
_PAIR: Final = re.compile(
    r'"(headline|datePublished|dateModified|articleBody)"\s*:\s*"((?:[^"\\]|\\.)*)"'
)
# Where an item's own subject goes on; other keys lead to other pages, comments or products.
_INWARD: Final = ("@graph", "mainEntity", "mainEntityOfPage")


def parse(script: str) -> list[Any]:
    """The JSON values of one script.

    Comments and CDATA around it, control characters in strings, trailing commas and several
    values in a row are put up with.  Of what is still not JSON, only the plain pairs of a title,
    a date or a body are taken.
    """
    text = _WRAPPING.sub("", script).strip().rstrip(";")
    if not text:
        return []
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))):
        try:
            return list(_values(attempt))
        except (ValueError, RecursionError):
            # Not JSON as it stands; the next attempt mends more.
            continue
    return [salvaged] if (salvaged := dict(_pairs(text))) else []


def _values(text: str) -> Iterator[Any]:
    """The JSON values that stand one after the other in a text."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        yield value
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for key, value in _PAIR.findall(text):
        try:
            yield key, json.loads(f'"{value}"', strict=False)
        except ValueError:
            # An escape that JSON does not know: the pair says nothing certain.
            continue


def items(values: Iterable[Any]) -> list[Item]:
    """The items that speak of the page itself: top-level ones, graphs and main entities."""
    return list(_items(values, depth=0))


def _items(value: Any, depth: int) -> Iterator[Item]:
    if depth > 8:
        return
    if isinstance(value, list):
        for part in value:
            yield from _items(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INWARD:
            yield from _items(value.get(key), depth + 1)


def everything(value: Any, depth: int = 0) -> Iterator[Item]:
    """Every item anywhere inside a value."""
    if depth > 20:
        return
    if isinstance(value, list):
        for part in value:
            yield from everything(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for part in value.values():
            yield from everything(part, depth + 1)


def types(item: Item) -> frozenset[str]:
    """An item's types, without their vocabulary: `schema:NewsArticle` is `NewsArticle`."""
    named = item.get("@type")
    listed = named if isinstance(named, list) else [named]
    return frozenset(re.split(r"[/:#]", name)[-1] for name in listed if isinstance(name, str))


def text(value: Any) -> str | None:
    """A value that should be a text: itself, the first of a list, or its `@value`."""
    if isinstance(value, list):
        return next(filter(None, map(text, value)), None)
    if isinstance(value, dict):
        value = value.get("@value")
    return value.strip() or None if isinstance(value, str) else None


def names(value: Any, by_id: Mapping[str, Item]) -> Iterator[str]:
    """The names of persons or organisations, given by name, as items, or by reference."""
    if isinstance(value, list):
        for part in value:
            yield from names(part, by_id)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        name = value.get("name")
        if name is None and isinstance(value.get("@id"), str):
            name = by_id.get(value["@id"], {}).get("name")
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str) and one.strip():
                yield one
