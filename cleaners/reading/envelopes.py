"""What was found of one page in a file of many: its content, and what the file says about it.

An envelope goes to a worker through a spool file, since archives cannot be read from the middle.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Final

import xxhash

from cleaners import errors
from cleaners.errors import PageError
from cleaners.records import Media

_LEVEL: Final = 1
"""Of zlib.  Spools are short-lived; the fastest takes markup to about a fifth."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One page as a file of many holds it.

    `content` is what the page's own file would hold; if it is `decoded`, it is text in UTF-8,
    whatever it claims.  `name` and `media` tell what it is, `charset` how it is encoded.  With a
    `problem` there is no page, and reading it raises that.  `where` names the record in messages.
    """

    content: bytes = b""
    name: str = ""
    media: Media | None = None
    charset: str | None = None
    decoded: bool = False
    url: str | None = None
    fetched_at: str | None = None
    where: str = ""
    problem: PageError | None = None

    @property
    def digest(self) -> str:
        """The xxh3-128, in hex, of the content and what says how to read it.

        So a page that was fetched again without a change is the same scrape.
        """
        problem = self.problem and [type(self.problem).__name__, str(self.problem)]
        said = [self.url, self.media, self.charset, self.decoded, self.name, problem]
        digest = xxhash.xxh3_128(json.dumps(said).encode())
        digest.update(self.content)
        return digest.hexdigest()

    def to_bytes(self) -> bytes:
        """The envelope, packed."""
        said = {
            "name": self.name,
            "media": self.media,
            "charset": self.charset,
            "decoded": self.decoded,
            "url": self.url,
            "fetched_at": self.fetched_at,
            "where": self.where,
        }
        problem = self.problem and [type(self.problem).__name__, str(self.problem)]
        head = json.dumps([said, problem]).encode()
        return zlib.compress(head + b"\n" + self.content, _LEVEL)


def from_bytes(data: bytes) -> Envelope:
    """The envelope that `to_bytes` packed."""
    head, _, content = zlib.decompress(data).partition(b"\n")
    said, problem = json.loads(head)
    found = None if problem is None else getattr(errors, problem[0])(problem[1])
    return Envelope(content=content, problem=found, **said)
