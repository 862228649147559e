"""The whole way of one page, from markup or text to a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cleaners.addresses import site_of
from cleaners.describing import describe
from cleaners.judging import judge
from cleaners.judging.settling import settle
from cleaners.judging.users import own_rules
from cleaners.metadata.text import complete, mark_declared, mark_headline
from cleaners.records import Document, Page
from cleaners.segmenting import segment
from cleaners.settings import Settings

DEFAULT: Final = Settings()


def clean_page(page: Page, settings: Settings = DEFAULT) -> Document:
    """Clean one page.

    Touches no files and keeps no state: the document depends on the page and the settings
    alone.  A page without text gives a document without text, flagged `review`.
    """
    outline = segment(page)
    outline = replace(outline, blocks=mark_declared(outline.blocks, outline.declared.title))
    own = own_rules(settings.cues, settings.keep, site_of(page.url))
    proposals, confidence = judge(page, outline, own)

    blocks = outline.blocks
    if outline.declared.title is None:
        blocks = mark_headline(blocks, proposals)
    removals, text = settle(blocks, proposals, own)
    metadata = complete(outline.declared, blocks, removals, text)
    return describe(page, metadata, blocks, removals, text, confidence, settings)
