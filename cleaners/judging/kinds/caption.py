"""Captions that only credit, credits of pictures, and what stood in a picture's place.

Not: a caption that tells facts in a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, span, whole
from cleaners.judging.shapes import is_placeholder
from cleaners.records import Removal

_AGENCY: Final = (
    r"getty(?: images)?|shutterstock(?:\.com)?|istock(?:photo)?|unsplash|pexels|pixabay|adobe stock"
    r"|alamy|dreamstime|depositphotos|flickr|wikimedia(?: commons)?|imago|picture alliance"
    r"|reuters|afp|ap photo|epa|dpa|zuma press|bloomberg via getty"
)
# `Jane Doe/Shutterstock.com`, `AFP via Getty Images`: a name, a bar, an agency.
_CREDITED: Final = re.compile(rf"(?:[/|©]|\bvia\b|\bby\b|\bfrom\b)\s?(?:the )?(?:{_AGENCY})\b")
# `... global adoption | Source: Chainlens`: the bar parts the caption from whom it is taken.
_SOURCED: Final = re.compile(
    r"\s[|•·]\s(?:source|image|photo|credit|chart|quelle|bild|foto|fuente|crédit)\s?:\s?\S.{0,60}$"
)
# `... the World CupCredit: PA`: flattening glued the credit to the caption.
_GLUED: Final = re.compile(
    r"(?<=[a-zà-ÿ.”\"’])(?:Credit|Photo|Image|Picture|Foto|Bild|Crédit)s?: ?[A-Z][^.!?]{1,60}$"
)
_LED: Final = re.compile(
    r"^[(\[]?(?:image|photo|picture|foto|bild|crédits?(?: photos?)?|photograph|illustration|graphic"
    r"|screenshot|credit|fotos?|imagen|imagem|фото|写真|사진)s?"
    r"(?: credits?| by| courtesy(?: of)?| source)?\s?[:：=]\s?\S"
)


def judge(lines: Lines) -> Iterator[Removal]:
    """Placeholders and credits as whole lines; credits glued to a sentence as spans."""
    yield from by_cue(lines, "caption")
    for line in lines.all:
        if line.role in ("code", "title"):
            continue
        glued = _GLUED.search(line.text)
        if is_placeholder(line):
            yield whole(line, "caption", "caption.placeholder", "stands where a picture stood")
        elif is_credit(line) or (glued and not line.prose):
            yield whole(line, "caption", "caption.credit", "credits a picture")
        elif glued:
            yield span(line, glued, "caption", "caption.glued", "a picture's credit, glued on")


def is_credit(line: Line) -> bool:
    """Whether the line credits a picture's maker or agency."""
    if _SOURCED.search(line.folded) and line.words <= 40 and not line.stopped:
        return True
    if line.prose or line.words > 25:
        return False
    return bool(_LED.match(line.folded) and line.words <= 16) or bool(
        _CREDITED.search(line.folded) and line.words <= 14 and not line.stopped
    )
