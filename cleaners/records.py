"""The records that travel through Winnow.  They never change; only `Elements` grows, while a page
is cut.

A scrape is read into a `Page`; a page is cut into `Block`s; judges propose `Removal`s;
what is left is a `Document`.  Nothing here touches files, settings or other rooms.

What a page has hundreds of is a named tuple: a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

Media: TypeAlias = Literal["html", "text"]

Kind: TypeAlias = Literal[
    "ad",
    "sponsored",
    "ticker",
    "related",
    "disclaimer",
    "affiliate",
    "newsletter",
    "social",
    "consent",
    "paywall",
    "bio",
    "byline",
    "caption",
    "navigation",
    "comments",
    "event",
    "app",
    "copyright",
    "source_credit",
    "syndication",
    "widget",
    "teaser",
    "template",
    "layout",
    "repeat",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Role: TypeAlias = Literal[
    "title", "heading", "paragraph", "item", "quote", "code", "row", "caption"
]


@dataclass(frozen=True, slots=True)
class Page:
    """One scrape, read and decoded.

    `text` is the markup of an HTML page or the flattened text of a text page, and `media` says
    which: flattened text that is called HTML has no lines, and nothing is found in it.  `source`
    says where it came from (a path, with `#n` for record n of a many-record file).  `url` and
    `fetched_at` are whatever the scraper recorded; Winnow never invents them.
    """

    text: str
    media: Media = "html"
    url: str | None = None
    source: str = ""
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Elements:
    """The elements of a page in the order in which they open, one value an element in each list.

    Element 0 is the body.  `words` holds the class, id and role words of each element, `parents`
    the number of the element around it.  It grows while the page is cut.
    """

    tags: list[str] = field(default_factory=lambda: ["body"])
    words: list[str] = field(default_factory=lambda: [""])
    parents: list[int] = field(default_factory=lambda: [0])

    def add(self, tag: str, words: str, parent: int) -> int:
        """The number of one more element, behind all others."""
        tags = self.tags
        tags.append(tag)
        self.words.append(words)
        self.parents.append(parent)
        return len(tags) - 1

    def up(self, number: int, steps: int) -> int:
        """The element so many steps outwards; at most the body."""
        for _ in range(steps):
            number = self.parents[number]
        return number

    def holds(self, container: int, number: int) -> bool:
        """Whether an element is another one or stands inside it."""
        while number > container:
            number = self.parents[number]
        return number == container


class Place(NamedTuple):
    """Where a block of an HTML page stood: what only the element tree can tell.

    `number` is the block's own element among `elements`, which all blocks of a page share.
    `link_chars` counts the characters of the block's text inside `<a href>`.
    """

    elements: Elements
    number: int
    link_chars: int = 0
    links: int = 0
    hidden: bool = False

    def outwards(self) -> Iterator[int]:
        """The numbers of the block's own element and those around it, up to below the body."""
        number, parents = self.number, self.elements.parents
        while number:
            yield number
            number = parents[number]

    @property
    def nodes(self) -> tuple[int, ...]:
        """The same numbers from below the body down.

        Two blocks share a container exactly when they share a number.
        """
        return tuple(self.outwards())[::-1]

    @property
    def path(self) -> tuple[str, ...]:
        """The tags of the same elements."""
        tags = self.elements.tags
        return tuple([tags[number] for number in self.nodes])

    @property
    def words(self) -> tuple[str, ...]:
        """The class, id and role words of the same elements, one string an element."""
        words = self.elements.words
        return tuple([words[number] for number in self.nodes])


class Block(NamedTuple):
    """The smallest unit that is decided about.

    `text` has no blank edges; inside, lines are kept only where they mean something (code,
    hard-wrapped paragraphs).  `line` is the 1-based line of a text page where the block starts,
    0 for HTML.  `tight` says that the block stood directly under the one before it, with no
    blank line between.  `level` is the heading's level or the list's depth.  `marker` is what a
    list item is written with (`"- "`), and is not part of `text`.  `gap` is what stood
    between the block and the one before it where both were one line, whose break was lost.
    """

    text: str
    role: Role = "paragraph"
    line: int = 0
    tight: bool = False
    level: int = 0
    marker: str = ""
    place: Place | None = None
    gap: str | None = None


def elements_of(blocks: Iterable[Block]) -> Elements:
    """The elements among which the blocks of a page stand: those of an empty page for others."""
    return next((block.place.elements for block in blocks if block.place), None) or Elements()


class Removal(NamedTuple):
    """A proposal to take `text[start:end]` out of block number `block`.

    `rule` names the rule that proposed it, `why` states its evidence for a reader, and `score`
    (0 to 1) says how sure the rule is.  `layout` says whether the layout judge would have taken
    the block out as well; None where it was not asked.
    """

    block: int
    start: int
    end: int
    kind: Kind
    rule: str
    why: str
    score: float = 1.0
    layout: bool | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself.  Dates are ISO 8601 days; language is ISO 639-1."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    site: str | None = None
    language: str | None = None
    credit: str | None = None
    """The source that supplied the text, as its credit line names it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A page cut into blocks, with what its markup declares about it.

    `declared` comes from JSON-LD, OpenGraph, `<meta>` and `<time>`; a text page declares
    nothing.  `article` is the text of a JSON-LD `articleBody`, where there is one; `types` are
    the declared types of the page (`newsarticle`, `og:product`) and `said` its statements about
    itself that only machines read (descriptions, texts).
    """

    blocks: tuple[Block, ...]
    declared: Metadata = Metadata()
    article: str | None = None
    types: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned page: the text that is left, its metadata, and the account of what went.

    `blocks` and `removals` are the audit: `replay(blocks, removals) == text` always holds.
    `as_record` gives the fields of the JSON line, in the order of the contract.
    """

    id: str
    source: str
    url: str | None
    site: str | None
    title: str | None
    author: str | None
    date: str | None
    language: str | None
    credit: str | None
    text: str
    words: int
    removed: dict[str, int]
    removed_share: float
    confidence: float
    flags: tuple[str, ...]
    fetched_at: str | None
    cleaned_by: str
    cluster_id: str | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    removals: tuple[Removal, ...] = field(default=(), repr=False)

    def as_record(self) -> dict[str, Any]:
        """The document as plain JSON values, without the audit."""
        return {
            "id": self.id,
            "source": self.source,
            "url": self.url,
            "site": self.site,
            "title": self.title,
            "author": self.author,
            "date": self.date,
            "language": self.language,
            "credit": self.credit,
            "text": self.text,
            "words": self.words,
            "removed": dict(self.removed),
            "removed_share": self.removed_share,
            "confidence": self.confidence,
            "flags": list(self.flags),
            "cluster_id": self.cluster_id,
            "fetched_at": self.fetched_at,
            "cleaned_by": self.cleaned_by,
        }
