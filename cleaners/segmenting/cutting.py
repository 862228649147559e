"""The state of a walk over an element tree: what is open, and the run of text being collected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from textwrap import dedent
from typing import Any, Final, NamedTuple, TypeAlias

from selectolax.lexbor import LexborNode

from cleaners.records import Elements, Role
from cleaners.segmenting.seams import are_two_things, is_glued

# Elements deeper than this are walked, but no longer named in a block's place: some pages nest
# 100,000 elements, and a place of that length for each block would be quadratic.
MAX_DEPTH: Final = 200


def names(text: str) -> frozenset[str]:
    """A set of tag names, written with spaces between."""
    return frozenset(text.split())


BLOCK_TAGS: Final = names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "legend li listing main menu nav noscript ol p plaintext pre search section select summary "
    "table tbody td textarea tfoot th thead tr ul xmp"
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LISTS: Final = frozenset(("ul", "ol", "menu", "dir"))
_VERBATIM: Final = frozenset(("pre", "listing", "xmp", "plaintext"))
_CELLS: Final = frozenset(("td", "th"))
_ROLES: Final[dict[str, Role]] = {
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    **dict.fromkeys(_VERBATIM, "code"),
}
_CONTEXTUAL: Final = (
    frozenset(_HEADINGS)
    | frozenset(_ROLES)
    | _LISTS
    | _CELLS
    | names("li table tr noscript dialog")
)
# Emphasis inside a word is typing, not layout: no gap is ever put beside these.
_EMPHASIS: Final = names("b i em strong u s sup sub mark small abbr font")
# Where white space is told by markup alone.
_FORMAL: Final = names("code kbd samp var tt math ruby")
_NAMING: Final = ("class", "id", "role", "itemprop", "aria-label", "data-testid")

_BREAK: Final = "\0"  # a <br>; lexbor never leaves this character in text
_READING: Final = "（"  # before what <rt> says of the characters before it
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION: Final = re.compile(r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])", re.IGNORECASE)
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LONGEST_CAPTION: Final = 600
_ANCHORS: Final = frozenset(["¶", "§", "#", "🔗", "⚓", "^", "↑", "↩", "↩︎", "⤴"])
"""Signs that link to a place of the page, a heading or a note: no text, as icons are none."""


_OUTSIDE_LISTS_AND_ROWS: Final = {"row": 0, "cell": 0, "depth": 0, "outer_list": 0, "item": 0}


class Context(NamedTuple):
    """What the open elements say about text inside them; numbers are preorder numbers."""

    role: Role = "paragraph"
    level: int = 0
    depth: int = 0
    outer_list: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    hidden: bool = False
    noscript: bool = False
    item: int = 0


class Draft(NamedTuple):
    """A block before lists and tables are settled."""

    text: str
    context: Context
    element: int
    link_chars: int
    links: int


_Open: TypeAlias = tuple[int, int, Context, int]
"""What is open around a place: the innermost element's number and how many are open; what they say
about text; and the number of the link, 0 outside of links.  A plain tuple, since every element of
a page makes one."""


class Cutter:
    """Collects text between cuts into drafts.

    `nesting` holds the numbers of tables that contain tables.
    """

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.elements: Final = Elements()
        self.nesting: set[int] = set()
        self._open: _Open = (0, 0, Context(), 0)
        self._around: list[_Open] = []
        self._inward = 0  # the last link that leads to a place of a page
        self._run: list[str] = []
        self._start_run()

    def _start_run(self) -> None:
        self._run.clear()
        self._said = False  # the run has more than white space
        self._blank_since_break = False
        # Tags since the last text: "" none, "tag" some, "a" a link closed, "link" and one opened.
        self._seam = ""
        self._wrapping = 0  # how many of the elements open at the run's start wrap all of it
        self._lowest = 0  # the fewest elements open since the last text
        self._last = self._open  # what was open around the last text
        self._link_chars = 0
        self._links = 0
        self._link = 0

    def enter(self, tag: str, node: LexborNode, depth: int) -> None:
        """An element opens below `depth` others."""
        parent, _, context, link = self._open
        if tag in BLOCK_TAGS:
            if self._run:
                self._end_line() if context.role == "code" else self.cut()
        elif tag not in _EMPHASIS:
            self._enter_inline(tag)
        if depth >= MAX_DEPTH:
            return
        self._around.append(self._open)
        attributes = node.attributes
        own = attributes.get("class") or ""
        if attributes and not _TELLING.isdisjoint(attributes):
            own = " ".join(filter(None, map(attributes.get, _NAMING)))
            if not context.hidden and _hides(attributes):
                context = context._replace(hidden=True)
        number = self.elements.add(tag, own, parent)
        if tag == "a" and (href := attributes.get("href")):
            link = number
            self._inward = number if "#" in href else 0
        elif tag in _CONTEXTUAL:
            context = self._inside(tag, number, attributes, context)
        if "caption" in own and context.role == "paragraph" and _CAPTION.search(own):
            context = context._replace(role="caption")
        self._open = number, depth + 1, context, link

    def _enter_inline(self, tag: str) -> None:
        if tag == "option":
            self._run.append(_BREAK)
        elif tag == "rt" and self._said:
            self._run.append(_READING)
        else:
            self._seam = "link" if tag == "a" and self._seam == "a" else self._seam or "tag"

    def _inside(
        self, tag: str, number: int, attributes: Mapping[str, str | None], context: Context
    ) -> Context:
        """The context inside an element that means something for lists, tables or roles."""
        if tag == "li":
            # Most elements of all that come here; naming the field costs five times as much.
            return Context(*context[:-1], number)
        changes: dict[str, Any]
        if tag in _CELLS:
            changes = {"cell": number}
        elif tag in _LISTS:
            outer = context.outer_list or number
            changes = {"depth": context.depth + 1, "outer_list": outer, "item": 0}
        elif tag in _HEADINGS:
            changes = {"role": "heading", "level": _HEADINGS[tag]}
        elif tag == "tr":
            changes = {"row": number, "cell": 0}
        elif tag == "table":
            self.nesting.add(context.table)
            changes = {"table": number, **_OUTSIDE_LISTS_AND_ROWS}
        elif tag == "noscript":
            changes = {"noscript": True}
        elif tag == "dialog":
            changes = {"hidden": context.hidden or "open" not in attributes}
        else:
            changes = {"role": _ROLES[tag]}
        return context._replace(**changes)

    def leave(self, tag: str, depth: int) -> None:
        """The element that opened below `depth` others closes."""
        if tag in BLOCK_TAGS:
            if self._run:
                inside_code = self._open[2].role == "code" and tag not in _VERBATIM
                self._end_line() if inside_code else self.cut()
        elif tag not in _EMPHASIS:
            self._seam = "a" if tag == "a" else self._seam or "tag"
            if tag == "rt" and self._said:
                self._end_reading()
        if depth < MAX_DEPTH:
            self._open = self._around.pop()
            if depth < self._lowest:  # noqa: PLR1730 - `min` takes four times as long
                self._lowest = depth

    def _end_reading(self) -> None:
        """How characters are read stands in brackets, which browsers set in small type instead."""
        while self._run[-1].isspace():
            self._run.pop()
        if self._run[-1] == _READING:
            self._run.pop()
        elif _READING in self._run:
            self._run.append("）")

    def say(self, text: str) -> None:
        """Text, as it stands in the markup."""
        if not text or text.isspace():
            # Before the first word of a run, white space means something in code alone.
            if text and (self._said or self._open[2].role == "code"):
                self._run.append(text)
                self._seam = ""
            return
        element, depth, context, link = self._open
        if link and link == self._inward and context.role != "code" and text.strip() in _ANCHORS:
            return
        if not self._said:
            self._said = True
            self._first, self._first_depth = element, depth
            self._wrapping = depth
        else:
            self._wrapping = min(self._wrapping, self._lowest)
            if self._seam and not (text[0].isspace() or self._run[-1][-1].isspace()):
                self._mind_gap(text)
        self._lowest = depth
        self._last = self._open
        self._seam = ""
        self._blank_since_break = False
        self._run.append(text)
        if link:
            self._link_chars += len(text.strip())
            self._links += link != self._link
            self._link = link

    def _mind_gap(self, text: str) -> None:
        """White space where text behind a tag stands apart from the text before it."""
        before = self._run[-1]
        apart = is_glued(before, text, links=self._seam == "link") or (
            are_two_things(before, text) and self._are_neighbours()
        )
        if apart and not self._within_formal():
            self._run.append(" ")

    def _are_neighbours(self) -> bool:
        """Whether the last text and the next stand in two elements that no word runs through."""
        ends = []
        for number, depth, *_ in (self._last, self._open):
            if depth <= self._lowest:
                return False
            ends.append(self.elements.up(number, depth - self._lowest - 1))
        return not any(self.elements.tags[end] in _EMPHASIS | _FORMAL for end in ends)

    def _within_formal(self) -> bool:
        """Whether what holds both the last text and the next is code or a formula."""
        number, depth, context, _ = self._last
        if context.role == "code":
            return True
        number = self.elements.up(number, depth - self._lowest)
        while (tag := self.elements.tags[number]) not in BLOCK_TAGS:
            if tag in _FORMAL:
                return True
            number = self.elements.parents[number]
        return False

    def _end_line(self) -> None:
        """A block-level tag inside code: a line ends here, unless one just did."""
        if self._run and not self._run[-1].endswith("\n"):
            self._run.append("\n")

    def break_line(self) -> None:
        """A line ends; where two lines end without text between, the run is cut."""
        if self._open[2].role == "code":
            self._run.append("\n")
            return
        if self._blank_since_break and self._said:
            self.cut()
            return
        self._run.append(_BREAK)
        self._blank_since_break = True

    def skip(self, tag: str) -> None:
        """An element without text of its own, such as an image, stands here."""
        if tag not in {"wbr", "-comment"}:
            self._seam = self._seam or "tag"

    def cut(self) -> None:
        """The run ends; what it says becomes a draft."""
        if not self._said:
            self._run.clear()
            return
        context = self._open[2]
        joined = "".join(self._run)
        text = _verbatim(joined) if context.role == "code" else _collapsed(joined)
        if context.role == "caption" and len(text) > _LONGEST_CAPTION:
            context = context._replace(role="paragraph")
        if text:
            element = self.elements.up(self._first, self._first_depth - self._wrapping)
            link_chars = min(self._link_chars, len(text))
            self.drafts.append(Draft(text, context, element, link_chars, self._links))
        self._start_run()


def _hides(attributes: Mapping[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _HIDING.search(style) is not None


# Most elements have a class or an address alone.
_TELLING: Final = frozenset((*_NAMING[1:], "hidden", "aria-hidden", "style"))


def _collapsed(text: str) -> str:
    """Text with white space as a browser shows it, one line for each `<br>`."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    if _BREAK not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _verbatim(text: str) -> str:
    """Code keeps its lines and their indentation, less what all of them share."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    return dedent("\n".join(lines)).strip()
