"""What an HTML page declares about itself.

Read from the same tree that is cut into blocks, surest source first: JSON-LD, then the `<meta>`
vocabularies (OpenGraph, Twitter, Dublin Core, Highwire, Parsely), then marked-up elements, then
what is only shown (bylines, dates beside the heading), then the address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from typing import Any, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.addresses import site_of
from cleaners.metadata import jsonld, titles, vocabulary
from cleaners.metadata.dates import day_in, day_of_url, iso_day
from cleaners.metadata.head import Head
from cleaners.metadata.names import joined, looks_like_names
from cleaners.records import Metadata

_BODIES = ("articleBody", "text")
_TAGGED = re.compile(r"<[a-zA-Z/!][^<>]*>")
_BREAK = re.compile(r"(?i)<(?:br|/p|/div|/li|/h\d|/tr|/blockquote)\b[^<>]*>")
_BY = re.compile(r"(?:(?:(?:written|posted|published) )?by|von|par|por)(?::| |$)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Bylines and dates without any mark are looked for in this many characters around the heading.
_BEFORE, _AFTER = 500, 3000
# Of elements with a telling class no more than these are read: some pages have thousands.
_MARKED = 300

_Near: TypeAlias = Callable[[], Sequence[str]]
"""Gives the lines near the heading: asked for late, since few pages need them, and read once."""


def declared(tree: LexborHTMLParser, head: Head, url: str | None) -> Metadata:
    """Title, author, date, site and language as the page declares them; None for what it hides.

    The date is the day of publication, else of the last change.  Several authors are joined by
    `"; "`.  The site falls back to the host's name.
    """
    tag = _language_tag(tree, head)
    host = site_of(url)
    site = _site(head) or host
    sites = [name for name in (site, host, _label(host), *head.meta(vocabulary.SITES)) if name]
    near = cache(partial(_near_heading, tree, head))
    return Metadata(
        title=_title(tree, head, sites, host),
        author=_author(tree, head, near, sites),
        date=_date(tree, head, near, tag, url),
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


def _author(tree: LexborHTMLParser, head: Head, near: _Near, sites: Sequence[str]) -> str | None:
    """The stated author; a byline goes before one that only repeats the site's name."""
    stated = next(filter(None, map(joined, _stated_authors(head))), None)
    if stated and not titles.names_site(stated, sites):
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


def _is_no_link(name: str) -> bool:
    return not name.startswith(("http://", "https://", "www.", "//", "@"))


def _bylines(tree: LexborHTMLParser, near: _Near) -> Iterator[str]:
    """Short texts marked as bylines, then lines near the heading that begin with "By"."""
    for node in sorted(tree.css(vocabulary.BYLINES)[:_MARKED], key=_byline_rank):
        shown = node.text(separator=" ").strip()
        if 1 < len(shown) < 150 and not _is_elsewhere(node):
            yield shown
    for line, after in pairwise(chain(near(), ("",))):
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


def _near_heading(tree: LexborHTMLParser, head: Head) -> list[str]:
    """The short lines around the page's heading, or at its beginning where it has none."""
    shown = tree.body.text(separator="\n") if tree.body else ""
    at = max(shown.find(head.shown_heading), 0)
    near = shown[max(at - _BEFORE, 0) : at + len(head.shown_heading) + _AFTER]
    lines = (" ".join(line.split()) for line in near.split("\n"))
    return [line for line in lines if 1 < len(line) < 80]


def _is_elsewhere(node: LexborNode) -> bool:
    """Whether a node stands among comments, teasers or other pages' data."""
    above: LexborNode | None = node
    while above is not None and above.tag not in ("body", "html"):
        if above.tag in ("aside", "footer", "nav"):
            return True
        attributes = above.attributes
        words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if vocabulary.ELSEWHERE.search(words):
            return True
        above = above.parent
    return False


# --- date -----------------------------------------------------------------------------------


def _date(
    tree: LexborHTMLParser, head: Head, near: _Near, language: str | None, url: str | None
) -> str | None:
    for values in (
        _stated_days(head, ("datePublished", "dateCreated", "uploadDate")),
        head.meta(vocabulary.DATES),
        _marked_days(head),
    ):
        if day := next(filter(None, (iso_day(value, language) for value in values)), None):
            return day
    if day := next(
        filter(None, (day_in(line, language) for line in _date_lines(tree, near))), None
    ):
        return day
    updates = chain(_stated_days(head, ("dateModified",)), head.meta(vocabulary.UPDATES))
    days = (iso_day(value, language) for value in updates)
    return next(filter(None, days), None) or (day_of_url(url) if url else None)


def _stated_days(head: Head, keys: Sequence[str]) -> Iterator[str]:
    for endings in (vocabulary.POSTS, vocabulary.PAGES, ("",)):
        for item in head.typed(endings):
            for key in keys:
                if value := jsonld.text(item.get(key)):
                    yield value


def _marked_days(head: Head) -> Iterator[str]:
    """What `<time>` and `itemprop=datePublished` say, the marked ones before the others."""
    nodes = [node for node in head.times if not _is_elsewhere(node)]
    for node in sorted(nodes, key=lambda node: not _is_published(node)):
        attributes = node.attributes
        yield attributes.get("datetime") or attributes.get("content") or node.text()


def _is_published(node: LexborNode) -> bool:
    """Whether an element is marked as the day of publication, or of a question's asking."""
    attributes = node.attributes
    words = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower()
    return "publish" in words or "datecreated" in words or "pubdate" in attributes


def _date_lines(tree: LexborHTMLParser, near: _Near) -> Iterator[str]:
    """Short lines whose class says that they hold a date, then those near the heading."""
    for node in tree.css(vocabulary.DATE_LINES)[:_MARKED]:
        shown = node.text(separator=" ")
        if len(shown) < 200 and _YEAR.search(shown) and not _is_elsewhere(node):
            yield " ".join(shown.split())
    yield from filter(_YEAR.search, near())
