"""Canonical URLs: one form for the addresses under which one page is linked."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING: Final = frozenset(
    {"dclid", "fbclid", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "wbraid"}
    | {"ref", "ref_src", "spm", "yclid"}
)


def canonical_url(url: str) -> str:
    """Host and path in lower-case host form, query without tracking, no scheme and no fragment.

    Two addresses with one canonical form are only candidates: their texts are still compared.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # a port or an IPv6 address that is none
        return url.strip()
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not (name.lower().startswith("utm_") or name.lower() in _TRACKING)
    )
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{urlencode(query)}" if query else "")
