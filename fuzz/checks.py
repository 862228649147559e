"""What must hold of any bytes that are taken for a page; each check raises where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from cleaners import Page, clean_page
from cleaners.applying import replay
from cleaners.errors import ChangedError, PageError
from cleaners.formats import Columns
from cleaners.reading import decode, page_from_bytes, tidy
from cleaners.reading import jsonl as records
from cleaners.records import Block, Document
from cleaners.segmenting import segment

_CLAIMS: Final = (None, "utf-16", "shift_jis", "iso-8859-1", "utf-7", "gbk", "hz", "zip", "\0")


def check_decoding(data: bytes) -> None:
    """Every decoding gives text that JSON and UTF-8 can carry; records fail with a reason."""
    claim = _CLAIMS[data[0] % len(_CLAIMS)] if data else None
    for html in (True, False):
        _check_text(decode(data[1:], declared=claim, html=html).text)
    try:
        _check_text(page_from_bytes(data[1:], name="page.html").text)
    except PageError as error:
        _check_reason(error)
    digest = records.digest(data[1:], Columns())
    try:
        page = records.page(data[1:], Columns(), source="records.jsonl#1", number=1, planned=digest)
    except ChangedError as error:
        raise AssertionError("a record is not what it was a moment ago") from error
    except PageError as error:
        _check_reason(error)
    else:
        _check_text(page.text)


def _check_text(text: str) -> None:
    assert tidy(text) == text
    text.encode()


def _check_reason(error: PageError) -> None:
    assert str(error)
    assert "\n" not in str(error)


def check_segmenting(data: bytes) -> None:
    """A page is cut into blocks that say something, and cleaned by the laws."""
    media = "text" if data[:1] > b"\xc0" else "html"
    page = Page(decode(data[1:]).text, media, url="https://quay.example/1", source="page")
    for block in segment(page).blocks:
        assert block.text == block.text.strip() != ""
    check_laws(page)


def check_laws(page: Page) -> Document:
    """Replay, accounting and repetition, as in tests/laws; returns the document."""
    document = clean_page(page)
    assert replay(document.blocks, document.removals) == document.text
    for removal in document.removals:
        assert 0 <= removal.start < removal.end <= len(document.blocks[removal.block].text)
    check_accounts(document)
    assert json.loads(json.dumps(document.as_record())) == document.as_record()
    for told in (document.text, document.title, document.author, document.site, document.credit):
        _check_text(told or "")
    twice = clean_page(Page(document.text, media="text", source=page.source))
    assert twice.removals == ()
    return document


def check_accounts(document: Document) -> None:
    """What no removal took is the text, in order; only the fences around code are added."""
    gone = {(r.block, at) for r in document.removals for at in range(r.start, r.end)}
    assert len(gone) == sum(r.end - r.start for r in document.removals), "removed twice"
    left = ""
    for number, block in enumerate(document.blocks):
        rest = "".join(c for at, c in enumerate(block.text) if (number, at) not in gone)
        if rest.strip() and block.role != "title":
            fence = _fence(block)
            left += fence + block.marker + rest + fence
    assert "".join(document.text.split()) == "".join(left.split())


def _fence(block: Block) -> str:
    """What is written around the code of an HTML page; code that holds it gets the other one."""
    if block.role != "code" or block.place is None or block.text.startswith(("```", "~~~")):
        return ""
    return "~~~" if "```" in block.text and "~~~" not in block.text else "```"


CHECKS: Final[dict[str, Callable[[bytes], None]]] = {
    "decoding": check_decoding,
    "segmenting": check_segmenting,
}
