"""Parts of a page's address, whatever stands there: no address fails a page."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NONE = SplitResult("", "", "", "", "")


def split_url(url: str | None) -> SplitResult:
    """The parts of a url; all empty where there is none, or it is malformed."""
    try:
        return urlsplit(url or "")
    except ValueError:
        # Say a broken IPv6 host, `http://[bad`: it has no parts that could be told.
        return _NONE


def site_of(url: str | None) -> str | None:
    """The host of a url, without `www.`; None where there is none."""
    host = split_url(url).hostname
    return (host.removeprefix("www.") or None) if host else None
