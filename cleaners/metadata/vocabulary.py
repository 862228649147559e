"""Where pages put their metadata: keys, types and selectors, the surest first."""

from __future__ import annotations

import re
from typing import Final

# --- `<meta>` keys, lower-cased ---------------------------------------------------------------

TITLES: Final = (
    *("og:title", "citation_title", "parsely-title", "dc.title", "dcterms.title"),
    *("twitter:title", "sailthru.title", "title"),
)
AUTHORS: Final = (
    *("author", "article:author", "og:author", "og:article:author", "parsely-author"),
    *("sailthru.author", "bc:authors", "cxenseparse:author", "citation_author", "dc.creator"),
    *("dcterms.creator", "creator", "authors", "byl"),
)
DATES: Final = (
    *("article:published_time", "og:article:published_time", "og:published_time"),
    *("datepublished", "parsely-pub-date", "sailthru.date", "citation_publication_date"),
    *("citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date.created", "dc.date", "dcterms.date"),
    *("cxenseparse:recs:publishtime", "cxenseparse:publishtime", "publish-date", "publish_date"),
    *("published", "publication_date", "publicationdate", "publisheddate", "pubdate", "date"),
    *("datecreated", "displaydate"),
)
UPDATES: Final = (
    *("article:modified_time", "og:updated_time", "og:modified_time", "datemodified"),
    *("dcterms.modified", "dc.date.modified", "last-modified", "lastmod", "revised"),
)
SITES: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title")
LANGUAGES: Final = ("content-language", "og:locale", "language", "dc.language", "inlanguage")
# `twitter:label1` says what `twitter:data1` is.
AUTHOR_LABELS: Final = frozenset(
    ("written by", "author", "by", "verfasst von", "escrito por", "écrit par", "автор", "작성자")
)

# --- schema.org types, by their endings -------------------------------------------------------

POSTS: Final = ("Article", "Posting", "Report", "Recipe", "Question", "Review", "CreativeWork")
TITLED: Final = (*POSTS, "Product", "Event", "Course")
PAGES: Final = ("Page", "Object")

# --- elements ---------------------------------------------------------------------------------

HEAD: Final = 'meta, title, h1, time, [itemprop~="datePublished"], script[type*="ld+json" i]'
BYLINES: Final = (
    '[rel~="author"], [itemprop~="author"], '
    '[class*="author" i]:not([class*="authoriz" i]):not([class*="authorit" i]), '
    '[class*="byline" i], [class*="writer" i], [data-testid*="author" i]'
)
DATE_LINES: Final = (
    '[class*="date" i], [class*="publish" i], [class*="byline" i], [class*="posted" i], '
    '[class*="meta" i], [class*="time" i], [id*="date" i]'
)

# Class and id words of places whose names and dates belong to something else than the page.
ELSEWHERE: Final = re.compile(
    # The foot of a post names its author; Blogger's posts stand in a `widget Blog`.
    r"comment|related|recommend|sidebar|(?<!post-)(?<!entry-)(?<!article-)footer|copyright|"
    r"widget(?! blog\b)|teaser|popular|trending|promo|\bnav|menu|latest|read-?next|more-|"
    # What customers say, and when.
    r"testimonial|trustpilot|(?:customer|user)-?_?review|review[-_]+(?:card|list|item)",
    re.IGNORECASE,
)
