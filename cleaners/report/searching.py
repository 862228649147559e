"""Which pages of entries can hold a text: an index over five bytes in a row.

A text is in a page only if all its runs of five bytes are.  A page's runs are hashed to 18 bits;
kept are, for each hash, the pages that have it, as bits.  A search then loads the few pages that
have all hashes of what is looked for, in place of all.  Hashes are spread over files, so that a
search reads a few of them: some 70 kB each among 1,000 pages.

Five, because among a hundred documents nearly all runs of three letters occur.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

RUN: Final = 5
HASHES: Final = 1 << 18
FILES: Final = 512
FEWEST_PAGES: Final = 16
"""Pages of entries up to which all are searched, without an index."""
_FIRST, _SECOND = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)  # odd numbers without a pattern


class SearchIndex:
    """Gathers the hashes of each page; holds 32 kB a page."""

    def __init__(self) -> None:
        self._pages: list[NDArray[np.uint8]] = []

    def add(self, data: bytes) -> None:
        """Take up the next page, given as UTF-8."""
        present = np.zeros(HASHES, np.bool_)
        present[hashes(data.decode("utf-8", "replace").lower().encode())] = True
        self._pages.append(np.packbits(present))

    def write(self, folder: Path) -> bool:
        """Write `grams-000.js` and on; False where there are too few pages to need them."""
        if len(self._pages) <= FEWEST_PAGES:
            return False
        each = HASHES // FILES
        for number in range(FILES):
            part = slice(number * each // 8, (number + 1) * each // 8)
            bits = np.unpackbits(np.stack([page[part] for page in self._pages]), axis=1)
            columns = np.packbits(bits.T, axis=1, bitorder="little")
            data = base64.b64encode(columns.tobytes())
            script = b"winnow.grams(%d,'%s');\n" % (number, data)
            (folder / f"grams-{number:03d}.js").write_bytes(script)
        return True


def hashes(data: bytes) -> NDArray[np.uint32]:
    """18 bits for every five bytes in a row; `winnow.hashes` in finding.js gives the same."""
    codes = np.frombuffer(data, np.uint8).astype(np.uint32)
    if len(codes) < RUN:
        return np.zeros(0, np.uint32)
    mixed = codes[:-4] << np.uint32(24)
    for place, shift in ((1, 16), (2, 8), (3, 0)):
        mixed |= codes[place : place - 4] << np.uint32(shift)
    mixed *= _FIRST
    mixed ^= mixed >> np.uint32(15)
    mixed += codes[4:]
    mixed *= _SECOND
    mixed >>= np.uint32(14)
    return mixed
