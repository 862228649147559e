"""What the content is where the name does not say: HTML, text, or not a page at all."""

from __future__ import annotations

import re
from typing import Final

from cleaners.records import Media

_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP, WAV or AVI)"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
)
_HEAD: Final = 65_536
_OPENS_HTML: Final = re.compile(
    # Possessive: a thousand comments before no page must not be tried in every grouping.
    r"\s*(?:(?><\?xml[^>]*>|<!--.*?-->)\s*)*+"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG: Final = re.compile(
    r"</?(?:html|head|body|title|meta|link|script|style|div|span|p|a|br|img|ul|ol|li|table|tr|td"
    r"|h[1-6]|article|section|header|footer|nav|main|strong|em|b|i)\b[^<>]*>",
    re.IGNORECASE,
)
_TAGS: Final = 5
_TAG_SHARE: Final = 0.05


def binary_format(data: bytes, *, wide: bool = False) -> str | None:
    """What `data` is if it is no page, by its first bytes or by its share of control bytes.

    In `wide` encodings, UTF-16 and UTF-32, control bytes are no sign of anything.
    """
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    for magic, name in _MAGIC:
        # An article may begin with "ID3 tags ..."; it has no control bytes.
        if data.startswith(magic) and (controls or magic == b"%PDF-"):
            return name
    if data[4:8] == b"ftyp" and controls:
        return "a video or HEIF image"
    # Text has none of these; broken scrapes have a few.  ESC is left out: ISO-2022 uses it.
    return "binary data" if controls * 50 > len(head) and not wide else None


_CONTROL_BYTES: Final = bytes([*range(9), *range(14, 27), *range(28, 32), 127])


def guess_media(text: str) -> Media:
    """HTML if the text opens like a page, or if a good part of its head is common tags."""
    head = text[:_HEAD]
    if _OPENS_HTML.match(head):
        return "html"
    tags = [len(tag) for tag in _TAG.findall(head)]
    # A fragment begins with a tag; an article about HTML begins with a word.
    enough = 2 if head.lstrip().startswith("<") else _TAGS
    return "html" if len(tags) >= enough and sum(tags) >= _TAG_SHARE * len(head) else "text"
