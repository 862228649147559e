"""The whole way of one page, from markup or text to a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, get_args

from cleaners.addresses import site_of
from cleaners.collector import COLLECTOR_PAUSED
from cleaners.describing import describe
from cleaners.errors import SettingsError, UsageError
from cleaners.judging import judge
from cleaners.judging.settling import settle
from cleaners.judging.users import own_rules
from cleaners.metadata.text import complete, mark_declared, mark_shortened
from cleaners.records import Document, Media, Page
from cleaners.segmenting import segment
from cleaners.settings import Settings
from cleaners.templating.records import NO_TEMPLATES, Templates

DEFAULT: Final = Settings()


def clean_page(
    page: Page, settings: Settings = DEFAULT, templates: Templates = NO_TEMPLATES
) -> Document:
    """Clean one page.

    Touches no files and keeps no state: the document depends on the page, the settings and the
    templates alone.  A page without text gives a document without text, flagged `review`.  Raises
    `UsageError` for what is no page, and `SettingsError` where the settings name templates and
    none are given.
    """
    _check(page)
    settings = _with_digest_of(templates, settings)
    with COLLECTOR_PAUSED:
        return _clean(page, settings, templates)


def _check(page: Page) -> None:
    """Types are for those who check them; bytes or a path in a text's place are soon written."""
    if not isinstance(page, Page):
        raise UsageError(f"clean_page takes a Page, not {type(page).__name__}: Page(text=...)")
    if not isinstance(page.text, str):
        raise UsageError(
            f"Page.text is {type(page.text).__name__} and must be str; of a file's bytes, "
            "cleaners.reading.page_from_bytes makes a page"
        )
    if page.media not in get_args(Media):
        raise UsageError(f"Page.media is {page.media!r}; use 'html', or 'text' (also of markdown)")
    if not isinstance(page.url, str | None):
        raise UsageError(f"Page.url is {type(page.url).__name__} and must be str or None")


def _clean(page: Page, settings: Settings, templates: Templates) -> Document:
    outline = segment(page)
    outline = replace(outline, blocks=mark_declared(outline.blocks, outline.declared.title))
    own = own_rules(settings.cues, settings.keep, site_of(page.url))
    blocks, proposals, confidence = judge(page, outline, own)
    if title := outline.declared.title:
        blocks = mark_shortened(blocks, title, proposals)
    removals, text = settle(blocks, proposals, own, templates.of(page.url))
    metadata = complete(outline.declared, blocks, removals, text)
    return describe(page, metadata, blocks, removals, text, confidence, settings)


def _with_digest_of(templates: Templates, settings: Settings) -> Settings:
    """The settings with the templates' digest, so that the document says what it was cleaned by."""
    if settings.cleaning.templates == templates.digest:
        return settings
    if not templates.digest:
        raise SettingsError(
            f"the settings name the templates {settings.cleaning.templates}, which were not given: "
            "read them with cleaners.templating.storing.templates_for(settings)"
        )
    cleaning = replace(settings.cleaning, templates=templates.digest)
    return replace(settings, cleaning=cleaning)
