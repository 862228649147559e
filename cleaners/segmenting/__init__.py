"""From a page to its blocks."""

from dataclasses import fields

from cleaners.characters import tidy
from cleaners.records import Block, Metadata, Outline, Page
from cleaners.segmenting.markdown import without_addresses
from cleaners.segmenting.text import segment_text

__all__ = ["segment", "segment_text"]


def segment(page: Page) -> Outline:
    """The page's blocks in reading order, with what its markup declares about it."""
    if page.media == "text":
        return Outline(segment_text(without_addresses(page.text)))
    # A text page needs no HTML parser.
    from cleaners.metadata.head import read_head  # noqa: PLC0415
    from cleaners.metadata.html import article_body, declared  # noqa: PLC0415
    from cleaners.segmenting.declaring import types_and_statements, undisplayed  # noqa: PLC0415
    from cleaners.segmenting.html import blocks_of, parse  # noqa: PLC0415

    tree = parse(page.text)
    head = read_head(tree)
    types, said = types_and_statements(head)
    blocks, article = blocks_of(tree), article_body(head)
    blocks += tuple(undisplayed(blocks, article, said))
    told = declared(tree, head, page.url)
    return Outline(_tidied(blocks), _tidied_metadata(told), article, types, said)


def _tidied(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without the characters that decoding takes out, and references bring back.

    Numeric references make some, and escapes in JSON-LD.  Pages that have one are rare, so all
    blocks are asked at once.
    """
    whole = "\n".join([block.text for block in blocks])
    if tidy(whole) == whole:
        return blocks
    tidied = (block._replace(text=tidy(block.text).strip()) for block in blocks)
    return tuple(block for block in tidied if block.text)


def _tidied_metadata(told: Metadata) -> Metadata:
    values = {field.name: getattr(told, field.name) for field in fields(told)}
    return Metadata(**{name: tidy(value or "").strip() or None for name, value in values.items()})
