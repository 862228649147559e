"""What is known of the lines that sites repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from cleaners.addresses import site_of
from cleaners.records import Kind

ANY: Final = "*"
"""In place of a host: a line of pages of any site."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A line that stands on `pages` of the `of` pages of a site that were looked at.

    `site` is a host without `www.`, empty for pages that name no url, or `ANY`; then `of` is 0.
    """

    site: str
    text: str
    pages: int
    of: int
    kind: Kind = "template"


Template: TypeAlias = Mapping[str, Standing]
"""The lines of one site, by their folded texts."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates of many sites; `digest` tells one set from another, and is empty for none."""

    digest: str = ""
    sites: Mapping[str, Template] = field(default_factory=dict)

    def of(self, url: str | None) -> Template:
        """The lines that pages with this address are looked through for."""
        if not self.sites:
            return {}
        return {**self.sites.get(ANY, {}), **self.sites.get(site_of(url) or "", {})}


NO_TEMPLATES: Final = Templates()
