"""What an HTML page declares about itself.

Read from the same tree that is cut into blocks, surest source first: JSON-LD, then the `<meta>`
vocabularies (OpenGraph, Twitter, Dublin Core, Highwire, Parsely), then marked-up elements, then
what is only shown (bylines, dates beside the heading), then the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.addresses import site_of
from cleaners.metadata import jsonld, titles, vocabulary
from cleaners.metadata.days import published_day
from cleaners.metadata.head import Head
from cleaners.metadata.names import joined, looks_like_names
from cleaners.metadata.nearby import MARKED, Near, is_elsewhere, near_heading
from cleaners.records import Metadata

_BODIES = ("articleBody", "text")
_TAGGED = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/h\d|/tr|/blockquote)\b[^<>]*>")
_BY = re.compile(r"(?:(?:(?:written|posted|published) )?by|von|par|por)(?::| |$)", re.IGNORECASE)


def declared(tree: LexborHTMLParser, head: Head, url: str | None) -> Metadata:
    """Title, author, date, site and language as the page declares them; None for what it hides.

    The date is the day of publication, else of the last change.  Several authors are joined by
    `"; "`.  The site falls back to the host's name.
    """
    tag = _language_tag(tree, head)
    host = site_of(url)
    site = _site(head) or host
    sites = [name for name in (site, host, _label(host), *head.meta(vocabulary.SITES)) if name]
    near = cache(partial(near_heading, tree, head))
    return Metadata(
        title=_title(tree, head, sites, host),
        author=_author(tree, head, near, sites),
        date=published_day(tree, head, near, tag, url),
        site=site,
        language=_primary(tag),
    )


def article_body(head: Head) -> str | None:
    """The longest `articleBody` or `text` in the page's JSON-LD, as plain text."""
    bodies = (
        body
        for item in jsonld.everything(head.values)
        for key in _BODIES
        if (body := jsonld.text(item.get(key)))
    )
    longest = max(bodies, key=len, default=None)
    return (_plain(longest) or None) if longest else None


def _plain(body: str) -> str:
    """A body without tags and entities, its paragraphs on their own lines."""
    if _TAGGED.search(body) or "&" in body:
        marked = _BREAK.sub("\n", body.replace("\r\n", "\n"))
        inner = LexborHTMLParser(f"<body>{marked}").body
        body = inner.text() if inner else ""
    lines = (" ".join(line.split()) for line in body.splitlines())
    return "\n".join(line for line in lines if line)


# --- site and language ----------------------------------------------------------------------


def _site(head: Head) -> str | None:
    publishers = (jsonld.names(item.get("publisher"), head.by_id) for item in head.items)
    websites = (jsonld.names(item.get("name"), {}) for item in head.typed(("WebSite",)))
    stated = chain(head.meta(("og:site_name",)), *publishers, *websites)
    name = next(filter(None, map(titles.tidy, stated)), None)
    return name.removeprefix("www.") if name else None


def _label(host: str | None) -> str | None:
    """The part of a host that most likely is the site's name: the longest but the last."""
    return max((host or "").split(".")[:-1], key=len, default=None)


def _language_tag(tree: LexborHTMLParser, head: Head) -> str | None:
    attributes = tree.root.attributes if tree.root else {}
    candidates = (
        attributes.get("lang"),
        attributes.get("xml:lang"),
        *head.meta(vocabulary.LANGUAGES),
        *(jsonld.text(item.get("inLanguage")) for item in head.items),
    )
    return next((tag.strip() for tag in candidates if tag and _primary(tag)), None)


def _primary(tag: str | None) -> str | None:
    """The two-letter language of a tag such as `pt-BR` or `zh_CN`."""
    primary = re.split(r"[-_,;\s]", (tag or "").strip(), maxsplit=1)[0].lower()
    return primary if re.fullmatch(r"[a-z]{2}", primary) else None


# --- title ----------------------------------------------------------------------------------


def _title(
    tree: LexborHTMLParser, head: Head, sites: Sequence[str], host: str | None
) -> str | None:
    headlines = (
        jsonld.text(item.get("headline")) or jsonld.text(item.get("name"))
        for item in head.typed(vocabulary.TITLED)
    )
    stated = [titles.tidy(text) for text in (*headlines, *head.meta(vocabulary.TITLES)) if text]
    headings = head.headings
    if len(headings) == 1 and titles.is_last_part(headings[0], head.page_title):
        # The manual's name; what its page is about may be said a level below.
        below = tree.css_first("h2")
        headings = [*headings, titles.tidy(below.text())] if below else headings
    # Headings that lead to the page's own front page name the site, unless the page is called so.
    brands = [name for name, of in head.brands if of in ("", host) and name not in stated]
    page_title = head.page_title
    for brand in brands:  # `Kitchen Notes: Rye bread at last`
        page_title = page_title.removeprefix(f"{brand}: ")
    return titles.choose(
        headings=headings, stated=stated, page_title=page_title, sites=[*sites, *brands]
    )


# --- author ---------------------------------------------------------------------------------


def _author(tree: LexborHTMLParser, head: Head, near: Near, sites: Sequence[str]) -> str | None:
    """The stated author; a byline goes before one that is the site or the house it belongs to."""
    stated = next(filter(None, map(joined, _stated_authors(head))), None)
    if stated and stated not in _houses(head) and not titles.names_site(stated, sites):
        return stated
    return next(
        (joined((line,)) for line in _bylines(tree, near) if looks_like_names(line)), stated
    )


def _stated_authors(head: Head) -> Iterator[list[str]]:
    """Lists of author fields, surest first."""
    for key in ("author", "creator"):
        for item in head.typed((*vocabulary.POSTS, *vocabulary.PAGES)):
            yield list(filter(_is_no_link, jsonld.names(_persons(item.get(key)), head.by_id)))
    for key in vocabulary.AUTHORS:
        yield list(filter(_is_no_link, head.metas.get(key, ())))
    for number in ("1", "2"):
        label = next(head.meta((f"twitter:label{number}",)), "").strip(" :").lower()
        if label in vocabulary.AUTHOR_LABELS:
            yield list(head.meta((f"twitter:data{number}",)))


def _persons(authors: Any) -> Any:
    """Authors without the organisations, where there are persons among them."""
    if not isinstance(authors, list):
        return authors
    persons = [one for one in authors if isinstance(one, dict) and "Person" in jsonld.types(one)]
    return persons or authors


def _houses(head: Head) -> set[str]:
    """The authors that are stated to be organisations."""
    authors = (item.get("author") for item in head.typed((*vocabulary.POSTS, *vocabulary.PAGES)))
    listed = (one for named in authors for one in (named if isinstance(named, list) else [named]))
    houses = (
        one
        for one in listed
        if isinstance(one, dict)
        and any(sort.endswith("Organization") for sort in jsonld.types(one))
    )
    return {name for one in houses if (name := joined(jsonld.names(one, head.by_id)))}


def _is_no_link(name: str) -> bool:
    return not name.startswith(("http://", "https://", "www.", "//", "@"))


def _bylines(tree: LexborHTMLParser, near: Near) -> Iterator[str]:
    """Short texts marked as bylines, then lines near the heading that begin with "By"."""
    for node in sorted(tree.css(vocabulary.BYLINES)[:MARKED], key=_byline_rank):
        shown = node.text(separator=" ").strip()
        if 1 < len(shown) < 150 and not is_elsewhere(node):
            yield shown
    for line, after in pairwise(chain(near().behind, ("",))):
        if _BY.fullmatch(line):
            yield after
        # `by counting`: the middle of a sentence that is cut at a link.
        elif (by := _BY.match(line)) and not line[by.end() :][:1].islower():
            yield line


def _byline_rank(node: LexborNode) -> int:
    """Links to the author first, then marked properties, then telling names of classes."""
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "").split():
        return 0
    return 1 if "author" in (attributes.get("itemprop") or "").split() else 2
