"""What a page says of itself to machines, read from its tree once and asked many times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.metadata import jsonld, titles, vocabulary
from cleaners.metadata.jsonld import Item

# `/`, `https://example.org/`; a name alone may be the page's own, and `./` any folder.
_FRONT: Final = re.compile(r"(?:(?:https?:)?//([^/?#]+))?/?")


@dataclass(frozen=True, slots=True)
class Head:
    """The elements that describe a page, wherever in it they stand."""

    tags: Sequence[Mapping[str, str | None]]
    """The attributes of each `<meta>`, in reading order."""
    metas: Mapping[str, Sequence[str]]
    """Contents of `<meta>` by lower-cased key, in reading order, none empty."""
    scripts: Sequence[str]
    """The sources of the JSON-LD scripts."""
    values: Sequence[Any]
    """The JSON values in them."""
    items: Sequence[Item]
    """The JSON-LD items that speak of the page itself."""
    by_id: Mapping[str, Item]
    """All JSON-LD items that carry an `@id` and a name."""
    headings: Sequence[str]
    brands: Sequence[tuple[str, str]]
    """Headings that are nothing but a link to a front page, and its host ("": the page's own)."""
    shown_heading: str
    """The first heading as the body's text has it, with a line break between its nodes."""
    page_title: str
    times: Sequence[LexborNode]
    """The `<time>`s and other elements that say when the page was published."""

    def meta(self, keys: Iterable[str]) -> Iterator[str]:
        """The contents under these keys, the first key's first."""
        for key in keys:
            yield from self.metas.get(key, ())

    def typed(self, endings: tuple[str, ...]) -> Iterator[Item]:
        """Items one of whose types ends so."""
        for item in self.items:
            if any(name.endswith(endings) for name in jsonld.types(item)):
                yield item


def read_head(tree: LexborHTMLParser) -> Head:
    """Read all of it by one search, since each search goes through the whole tree."""
    tags: list[Mapping[str, str | None]] = []
    scripts: list[str] = []
    headings: list[str] = []
    brands: list[tuple[str, str]] = []
    times: list[LexborNode] = []
    shown_heading = page_title = ""
    for node in tree.css(vocabulary.HEAD):
        if node.tag == "meta":
            tags.append(node.attributes)
        elif node.tag == "script":
            scripts.append(node.text())
        elif node.tag == "h1":
            shown = node.text(separator="\n")
            headings.append(titles.tidy(shown))
            if (host := _front_of(node)) is not None:
                brands.append((headings[-1], host))
            shown_heading = shown_heading or shown
        elif node.tag != "title":
            times.append(node)
        elif not page_title:
            # Later ones are titles of drawings.
            page_title = titles.tidy(node.text())
    values = [value for script in scripts for value in jsonld.parse(script)]
    by_id = {
        item["@id"]: item
        for item in jsonld.everything(values)
        if isinstance(item.get("@id"), str) and item.get("name")
    }
    return Head(
        tags=tags,
        metas=_metas(tags),
        scripts=scripts,
        values=values,
        items=jsonld.items(values),
        by_id=by_id,
        headings=headings,
        brands=brands,
        shown_heading=shown_heading,
        page_title=page_title,
        times=times,
    )


def _front_of(heading: LexborNode) -> str | None:
    """The host whose front page a heading leads to, if it is nothing but a link there."""
    link = heading.css_first("a[href]")
    if link is None or link.text().split() != heading.text().split():
        return None
    href = (link.attributes["href"] or "").strip()
    found = _FRONT.fullmatch(href) if href else None
    return (found[1] or "").lower().removeprefix("www.") if found else None


def _metas(tags: Iterable[Mapping[str, str | None]]) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = defaultdict(list)
    for attributes in tags:
        content = (attributes.get("content") or "").strip()
        for name in ("property", "name", "itemprop", "http-equiv") if content else ():
            if key := attributes.get(name):
                metas[key.strip().lower()].append(content)
    return metas
