"""What segmenting knows of each block, as arrays: role, level, links, and how often it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from cleaners.judging.features.shape import Columns
from cleaners.judging.features.tree import NOWHERE, Floats, Ints
from cleaners.records import Block, Role

ROLES: Final[dict[Role, int]] = {role: code for code, role in enumerate(get_args(Role))}
_START: Final = 40  # characters of a text that are enough to know it again


@dataclass(frozen=True, slots=True)
class Facts:
    """One value a block of each."""

    role: Ints
    """Its number in `ROLES`."""
    level: Ints
    tight: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    links: Ints
    linked: Floats
    """The share of its characters inside links."""

    def is_role(self, *roles: Role) -> NDArray[np.bool_]:
        """Which blocks have one of these roles."""
        found: NDArray[np.bool_] = self.role == ROLES[roles[0]]
        for role in roles[1:]:
            found |= self.role == ROLES[role]
        return found


def facts_of(blocks: Sequence[Block]) -> Facts:
    """Read all blocks once."""
    rows: list[int] = []
    for block in blocks:
        place = block.place or NOWHERE
        rows += (
            ROLES[block.role], block.level, block.tight, place.hidden, place.links,
            place.link_chars, len(block.text),
        )  # fmt: skip
    found = np.array(rows, np.int64).reshape(len(blocks), -1).T
    role, level, tight, hidden, links, link_chars, chars = found
    return Facts(role, level, tight > 0, hidden > 0, links, link_chars / chars)


def own_columns(facts: Facts) -> Columns:
    """A column for each fact, and one for each role."""
    columns: Columns = {f"role_{role}": facts.role == code for role, code in ROLES.items()}
    return columns | {
        "level": facts.level,
        "tight": facts.tight,
        "hidden": facts.hidden,
        "links": facts.links,
        "linked": facts.linked,
    }


def copy_columns(texts: Sequence[str]) -> Columns:
    """How often a block's text, or one that starts like it, stands on the page.

    Some pages carry their article a second time as one long block, for machines.
    """
    told = Counter(texts)
    starts: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if len(text) >= _START:
            starts.setdefault(text[:_START], []).append(number)
    alike, longer, shorter = np.zeros((3, len(texts)), np.int64)
    alike += 1
    for numbers in starts.values():
        if len(numbers) > 1:
            sizes = np.array([len(texts[number]) for number in numbers])
            alike[numbers] = len(numbers)
            longer[numbers] = sizes.max() - sizes
            shorter[numbers] = sizes - sizes.min()
    return {
        "copies": np.array([told[text] for text in texts]),
        "alike": alike,
        "alike_longer": longer,
        "alike_shorter": shorter,
    }
