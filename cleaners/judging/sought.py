"""Patterns that are looked for in every line of a page, and stand in few.

A pattern with many alternatives is tried at each character of a line.  Each of its alternatives
holds something plain, though: looking for that first costs a hundredth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern, and `needles` of which every text that fits it holds one (tests try many)."""

    pattern: re.Pattern[str]
    needles: tuple[str, ...]

    def search(self, text: str) -> re.Match[str] | None:
        """Where the pattern stands in a text, if anywhere."""
        return self.pattern.search(text) if self.may_fit(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The beginning of a text, if it fits the pattern."""
        return self.pattern.match(text) if self.may_fit(text) else None

    def may_fit(self, text: str) -> bool:
        """Whether a text holds a needle."""
        for needle in self.needles:  # noqa: SIM110 - a generator would take three times as long
            if needle in text:
                return True
        return False
