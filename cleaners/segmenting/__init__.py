"""From a page to its blocks."""

from cleaners.records import Outline, Page
from cleaners.segmenting.text import segment_text

__all__ = ["segment", "segment_text"]


def segment(page: Page) -> Outline:
    """The page's blocks in reading order, with what its markup declares about it."""
    if page.media == "text":
        return Outline(segment_text(page.text))
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
    return Outline(blocks, declared(tree, head, page.url), article, types, said)
