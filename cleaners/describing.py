"""A document out of what is left of a page: ids, counts, flags, and the audit's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import xxhash

from cleaners.addresses import site_of
from cleaners.applying import places
from cleaners.characters import count_words, line_length
from cleaners.records import Block, Document, Kind, Metadata, Page, Removal
from cleaners.settings import Settings
from cleaners.version import __version__

_SAYING: Final = 4
"""Words from which a wall says what it wants; `Already a subscriber?` has fewer."""
_BOX: Final = 3
"""Most blocks from one piece of a box to the next."""


def describe(  # noqa: PLR0913, PLR0917 - all that is known of a page meets here
    page: Page,
    metadata: Metadata,
    blocks: Sequence[Block],
    removals: Sequence[Removal],
    text: str,
    confidence: float,
    settings: Settings,
) -> Document:
    """The document of a page whose removals are final."""
    words = count_words(text)
    removed = count_words("\n".join(blocks[r.block].text[r.start : r.end] for r in removals))
    share = removed / (words + removed) if removed else 0.0
    kinds = Counter(removal.kind for removal in removals)
    return Document(
        id=document_id(page, text),
        source=page.source,
        url=page.url,
        site=metadata.site or site_of(page.url),
        title=metadata.title,
        author=metadata.author,
        date=metadata.date,
        language=metadata.language,
        credit=metadata.credit,
        text=text,
        words=words,
        removed=dict(sorted(kinds.items())),
        removed_share=round(share, 4),
        confidence=round(confidence, 4),
        flags=_flags(words, share, confidence, kinds, has_wall(blocks, removals), settings),
        fetched_at=page.fetched_at,
        cleaned_by=f"winnow {__version__} {settings.digest}",
        blocks=tuple(blocks),
        removals=tuple(removals),
    )


def has_wall(blocks: Sequence[Block], removals: Sequence[Removal]) -> bool:
    """Whether a wall was taken out, and not only a link for those who have an account.

    Walls say what they want in a few words, or in a box of several pieces.  What stands above the
    headline is for those who have an account, or offers one: of 34 labelled pages with nothing
    else, none is cut short.
    """
    title = max((at for at, block in enumerate(blocks) if block.role == "title"), default=-1)
    walls = [removal for removal in removals if removal.kind == "paywall" and removal.block > title]
    said = (line_length(blocks[wall.block].text[wall.start : wall.end]) for wall in walls)
    numbers = sorted({wall.block for wall in walls})
    boxed = any(after - before <= _BOX for before, after in pairwise(numbers))
    return boxed or any(words >= _SAYING for words in said)


def document_id(page: Page, text: str) -> str:
    """32 hex digits: xxh3-128 of the url, or else the source, and the text."""
    named = f"{page.url or page.source}\n{text}"
    # Half a surrogate pair is no character, but pages and file names hold some.
    return xxhash.xxh3_128_hexdigest(named.encode("utf-8", "surrogatepass"))


def _flags(  # noqa: PLR0913, PLR0917 - each flag has its own evidence
    words: int,
    share: float,
    confidence: float,
    kinds: Counter[Kind],
    walled: bool,  # noqa: FBT001
    settings: Settings,
) -> tuple[str, ...]:
    cleaning = settings.cleaning
    doubtful = share > cleaning.review_share or confidence < cleaning.review_confidence
    flags = {
        "paywalled": walled,
        "sponsored": kinds["sponsored"] > 0,
        "short": words < cleaning.min_words,
        "review": doubtful or words == 0,
    }
    return tuple(name for name, holds in flags.items() if holds)


def removed_rows(document: Document) -> list[dict[str, Any]]:
    """The audit of a document: one row a removed span, in reading order."""
    stood = places(document.blocks, document.removals)
    return [
        {
            "id": document.id,
            "block": removal.block,
            "start": removal.start,
            "end": removal.end,
            "at": at,
            "whole": whole,
            "kind": removal.kind,
            "rule": removal.rule,
            "why": removal.why,
            "score": round(removal.score, 4),
            "layout": removal.layout,
            "text": document.blocks[removal.block].text[removal.start : removal.end],
        }
        for removal, (at, whole) in zip(document.removals, stood, strict=True)
    ]
