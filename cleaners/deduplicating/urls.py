"""Canonical URLs: one form for the addresses under which one page is linked."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING: Final = frozenset(
    {"dclid", "fbclid", "gbraid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "wbraid"}
    | {"ref", "ref_src", "spm", "yclid"}
)

# Most addresses: nothing in them that would have to be taken apart.
_PLAIN: Final = re.compile(r"https?://(?:www\.)?(?:m\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)(/[^?#\s]*)?")


def canonical_url(url: str) -> str:
    """Lower-case host, path, query without tracking; neither scheme nor fragment.

    Two addresses with one canonical form are only candidates: their texts are still compared.
    """
    plain = _PLAIN.fullmatch(url)
    if plain:
        return plain[1] + (plain[2] or "").rstrip("/")
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
