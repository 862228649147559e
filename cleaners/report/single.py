"""The report's view of one document, for `winnow explain --html`."""

from __future__ import annotations

import shutil
from pathlib import Path

from cleaners.describing import removed_rows
from cleaners.records import Document
from cleaners.report.building import check_target, copy_static, head
from cleaners.report.paging import detail, details_script, write_script
from cleaners.writing.jsonl import line


def write_document(document: Document, report: Path) -> Path:
    """Write a folder that shows one document; returns the page to open.

    Raises `UsageError` where the folder holds something other than a report.
    """
    check_target(report)
    shutil.rmtree(report, ignore_errors=True)
    data = report / "data"
    data.mkdir(parents=True)
    copy_static(report)
    raw = line(document.as_record()).rstrip()
    removed = [line(row).rstrip() for row in removed_rows(document)]
    page = details_script(0, [detail("document", raw, removed)])
    (data / "details-00000.js").write_bytes(page)
    write_script(data / "summary.js", "summary", head(None) | {"starts": [0], "entries": 1})
    return report / "index.html"
