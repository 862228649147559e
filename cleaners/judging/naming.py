"""What a piece is that the layout judge takes out: the finest kind that the evidence supports.

The layout judge says whether, this says what.  Evidence that would be too weak to remove a block
is enough to name one that goes anyway: the class of its container, the heading above it, a light
cue, a line that is nothing but a link.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple, cast

from cleaners.judging.boxes import find_boxes, is_link, kind_of_box
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import names_story, opener
from cleaners.judging.shapes import is_age, is_date, is_placeholder
from cleaners.judging.sought import Sought
from cleaners.records import Block, Kind, Place, Removal

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOKEN: Final = re.compile(r"[a-z]+|\d+")
# `category-legal`, `tag-social-security`: what a story is filed under says nothing of its box, and
# `newsletter-post` is a letter itself, no offer of one.
_FILED: Final = Sought(
    re.compile(
        r"(?:category|tag|topic)-(?!lists?|links?|clouds?|items?)"
        r"|newsletter-(?:post|issue|edition|article)(?![a-z])"
    ),
    ("category-", "tag-", "topic-", "newsletter-"),
)
_HEADLINE: Final = 5
"""Words from which a link is a headline rather than an entry of a menu."""
_BAR: Final = 3
"""Links from which a block of short ones is a bar, each with so many words at most:"""
_EACH: Final = 3
_LONGEST: Final = 30
"""Words up to which it is one; longer ones are menus in one line."""
_ANCHOR: Final = " #¶§"
"""Signs behind a heading that link to it."""
_NEAREST: Final = 6
"""Elements outwards that are asked; containers of the whole page say nothing of a block."""


@dataclass(frozen=True, slots=True)
class _Name:
    kind: Kind
    why: str


def name_layout(
    removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines
) -> list[Removal]:
    """The removals, with a finer kind in place of `layout` wherever there is evidence for one."""
    return name_placed(name_told(removals, blocks, lines), blocks, lines)


def name_told(removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines) -> list[Removal]:
    """The removals, with the kind that a cue, a heading, a container's name, the shape or the box
    tells.
    """
    headed = _headed(removals, blocks, lines)
    told = [_told(removal, blocks[removal.block], lines, headed) for removal in removals]
    boxes = find_boxes(told, blocks, lines)
    return [
        _renamed(removal, _Name(kind, f"stands in a box of {kind}"))
        if removal.kind == "layout" and (kind := kind_of_box(blocks[removal.block], boxes))
        else removal
        for removal in told
    ]


def name_placed(
    removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines
) -> list[Removal]:
    """The removals, those without a name with the kind that their place makes the likeliest."""
    gone = {removal.block for removal in removals}
    headings = {
        line.folded.rstrip(_ANCHOR)
        for line in lines.all
        if line.role in ("title", "heading") and line.number not in gone
    }
    return [
        _placed(removal, blocks[removal.block], lines, headings)
        if removal.kind == "layout"
        else removal
        for removal in removals
    ]


def _told(removal: Removal, block: Block, lines: Lines, headed: Mapping[int, _Name]) -> Removal:
    """The removal with its finer kind, if it has none yet or the box of paid links knows better."""
    if removal.kind not in ("layout", "related"):
        return removal
    called = _by_place(block.place, "words") if block.place else None
    # A box of paid links calls itself `Around the web`: its container is worth more than its words.
    name = called if called and called.kind == "sponsored" else None
    if not name and removal.kind == "layout":
        line = lines.all[removal.block]
        name = (
            (line.cues and (_by_cue(line, at_least=1) or _by_heading(line)))
            or called
            or (block.place and headed and _by_head(block.place, headed))
            or _by_shape(block, line)
            or None
        )
    return _renamed(removal, name) if name else removal


def _placed(removal: Removal, block: Block, lines: Lines, headings: Collection[str]) -> Removal:
    """The removal with the kind of a light cue, or of the part of the page."""
    line, place = lines.all[removal.block], block.place
    name = (
        (line.cues and _by_cue(line, at_least=0))
        or (
            place
            and (
                _by_place(place, "frame")
                or _by_link(block, line, headings)
                or _by_place(place, "parts")
                or _by_tag(place)
            )
        )
        or None
    )
    return _renamed(removal, name) if name else removal


def _renamed(removal: Removal, name: _Name) -> Removal:
    block, start, end, _, _, why, score, layout = removal
    kind = name.kind
    # Written out, since `_replace` takes five times as long.
    return Removal(block, start, end, kind, f"{kind}.layout", f"{why}; {name.why}", score, layout)


def _by_head(place: Place, headed: Mapping[int, _Name]) -> _Name | None:
    """What the heading of the nearest container says that has one."""
    return next((headed[node] for node in place.outwards() if node in headed), None)


def _by_place(place: Place, table: str) -> _Name | None:
    """What the nearest container's class, id or role says."""
    number, parents, words = place.number, place.elements.parents, place.elements.words
    for _ in range(_NEAREST):
        if not number:  # the body
            break
        if words[number] and (found := _by_words(words[number], table)):
            return found
        number = parents[number]
    return None


# Most elements have the names of others, on their page and on others of its site.
@lru_cache(maxsize=4096)
def _by_words(words: str, table: str) -> _Name | None:
    tokens = _tokens(words)
    ranked = _ranked()[table]
    # Looked up by first word: a name has a few words, the table hundreds of phrases.
    known = ranked.keys() & tokens
    if not known:
        return None
    padded = f" {' '.join(tokens)} "
    found = min(
        (entry for word in known for entry in ranked[word] if f" {entry.phrase} " in padded),
        default=None,
    )
    return found and _Name(found.kind, f"its container is called “{found.phrase}”")


# Asked twice a page, and pages of one site share their names.
@lru_cache(maxsize=4096)
def _tokens(words: str) -> tuple[str, ...]:
    """The lower-case words of class, id and role values, without those that file a story."""
    lower = words.lower()
    if _FILED.may_fit(lower):
        words = " ".join(word for word in words.split() if not _FILED.match(word.lower()))
        lower = words.lower()
    if words != lower:
        lower = _CAMEL.sub(" ", words).lower()
    return tuple(_TOKEN.findall(lower))


class _Ranked(NamedTuple):
    """A phrase of `places.toml`; where several fit, the one that stands first there counts."""

    rank: int
    kind: Kind
    phrase: str


@cache
def _ranked() -> dict[str, dict[str, list[_Ranked]]]:
    """The phrases of each table by their first word."""
    tables: dict[str, dict[str, list[_Ranked]]] = {}
    for table in ("words", "frame", "parts"):
        entries = [
            (cast("Kind", kind), phrase)
            for kind, phrases in _places()[table].items()
            for phrase in phrases
        ]
        index = tables.setdefault(table, {})
        for rank, (kind, phrase) in enumerate(entries):
            index.setdefault(phrase.split()[0], []).append(_Ranked(rank, kind, phrase))
    return tables


@cache
def _places() -> dict[str, dict[str, Any]]:
    """The tables of `places.toml`: `words`, `frame` and `parts` by kind, and kinds by tag."""
    return tomllib.loads((files("cleaners.judging") / "places.toml").read_text(encoding="utf-8"))


def _headed(removals: Sequence[Removal], blocks: Sequence[Block], lines: Lines) -> dict[int, _Name]:
    """Containers whose heading, which goes too, says what is in them."""
    headed: dict[int, _Name] = {}
    for number in sorted({removal.block for removal in removals}):
        place, hit = blocks[number].place, opener(lines.all[number])
        if place is None or hit is None or number + 1 >= len(blocks):
            continue
        if names_story(lines.all[number]):
            continue
        after = blocks[number + 1].place
        around = set(after.outwards()) if after else set()
        shared = [node for node in place.outwards() if node in around]
        if len(shared) > 1:
            why = f"stands under “{lines.all[number].text[:60]}”"
            headed.setdefault(shared[0], _Name(hit.cue.kind, why))
    return headed


def _by_cue(line: Line, *, at_least: float) -> _Name | None:
    """The heaviest cue of the line, even one that asks for another shape.

    Light cues name no running text: a sentence says many things.
    """
    least = 1 if line.prose else at_least
    hits = [hit for hit in line.cues if hit.cue.weight >= least]
    if not hits:
        return None
    hit = max(hits, key=lambda hit: (hit.cue.weight, hit.end - hit.start))
    return _Name(hit.cue.kind, f"says “{hit.cue.phrase}”")


def _by_heading(line: Line) -> _Name | None:
    """The kind of the section that the line heads, however many cards there are."""
    hit = opener(line)
    return _Name(hit.cue.kind, f"“{hit.cue.phrase}” heads a section") if hit else None


def _by_shape(block: Block, line: Line) -> _Name | None:
    if is_placeholder(line):
        return _Name("caption", "stands where a picture stood")
    if is_age(line) or (is_date(line) and line.words <= 6):
        return _Name("byline", "is a date or an age")
    if block.role == "caption":
        return _Name("caption", "stands in <figcaption>")
    if is_link(block) and _is_bar(block, line):
        return _Name("navigation", "is a bar of short links")
    return None


def _is_bar(block: Block, line: Line) -> bool:
    return (
        block.place is not None
        and block.place.links >= _BAR
        and line.words <= _EACH * block.place.links
    )


def _by_link(block: Block, line: Line, headings: Collection[str]) -> _Name | None:
    """A line that is a link: a headline leads to a story, a word or two to a part of the site."""
    if block.place is None or not is_link(block):
        return None
    if line.folded in headings:
        return _Name("navigation", "says what a heading that stays says")
    if _HEADLINE <= line.words <= _LONGEST:
        return _Name("related", "is a link as long as a headline")
    return _Name("navigation", "is a link to a part of the site")


def _by_tag(place: Place) -> _Name | None:
    tags = place.elements.tags
    for tag in (tags[number] for number in place.outwards()):
        if kind := _places()["tags"].get(tag):
            return _Name(kind, f"stands in <{tag}>")
    return None
