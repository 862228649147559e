"""One scrape: read, cleaned, told as a result line."""

from __future__ import annotations

import time

from cleaners.cleaning import clean_page
from cleaners.collector import COLLECTOR_PAUSED
from cleaners.describing import removed_rows
from cleaners.errors import NoTextError, PageError, WinnowError
from cleaners.reading import Scrape, read_page
from cleaners.settings import Settings
from cleaners.templating.records import NO_TEMPLATES, Templates
from cleaners.working.results import failure_line, write_line


def clean_scrape(scrape: Scrape, settings: Settings, templates: Templates = NO_TEMPLATES) -> bytes:
    """Read and clean one scrape: its result line, whatever the page is like.

    Raises `OSError` for a fault of the machine, such as no space for a library's own files, and
    `WinnowError` for one of the installation.
    """
    # Until all is gone that the page made: looking through it took longer than writing it down.
    with COLLECTOR_PAUSED:
        return _clean(scrape, settings, templates)


def _clean(scrape: Scrape, settings: Settings, templates: Templates) -> bytes:
    started = time.perf_counter()
    try:
        limits = settings.limits
        page = read_page(
            scrape,
            page_bytes=limits.page_bytes,
            unpack_ratio=limits.unpack_ratio,
            columns=settings.columns,
        )
    except Exception as error:  # noqa: BLE001 - a fault in one page must not end the run
        return failure_line(scrape, "read", error)
    try:
        document = clean_page(page, settings, templates)
    except PageError as error:
        return failure_line(scrape, "clean", error)
    except (OSError, WinnowError):
        raise  # cleaning opens none of the page's files: the fault is not the page's
    except Exception as error:  # noqa: BLE001 - see above
        return failure_line(scrape, "clean", error)
    if not document.blocks:
        reason = NoTextError("the page has no text; was it rendered by a script?")
        return failure_line(scrape, "clean", reason)
    record = {
        "source": scrape.source,
        "digest": scrape.digest,
        "seconds": round(time.perf_counter() - started, 4),
        "document": document.as_record(),
    }
    return write_line(record, removed_rows(document))
