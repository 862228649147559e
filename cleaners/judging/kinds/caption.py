"""Captions that only credit, credits of pictures, and what stood in a picture's place.

Not: a caption that tells facts in a sentence of its own, or a line of a product's specification.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from cleaners.judging.kinds.source_credit import is_source
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, span, whole
from cleaners.judging.shapes import is_placeholder
from cleaners.judging.sought import Sought
from cleaners.records import Removal

_PICTURES: Final = (
    r"getty(?: images)?|shutterstock(?:\.com)?|istock(?:photo)?|unsplash|pexels|pixabay|adobe stock"
    r"|alamy|dreamstime|depositphotos|flickr|wikimedia(?: commons)?|imago|picture alliance"
    r"|ap photo|epa|zuma press|bloomberg via getty"
)
# `Jane Doe/Shutterstock.com`, `AFP via Getty Images`: a name, a bar, an agency.
_BEFORE: Final = r"(?:[/|©]|\bvia\b|\bby\b|\bfrom\b)\s?(?:the )?"
_BEFORES: Final = ("/", "|", "©", "via", "by", "from")
_OF_PICTURES: Final = Sought(re.compile(rf"{_BEFORE}(?:{_PICTURES})\b"), _BEFORES)
# Agencies that supply texts as well: behind `Source:` they are the source of the text.
_OF_WIRES: Final = Sought(re.compile(rf"{_BEFORE}(?:reuters|afp|dpa)\b"), ("reuters", "afp", "dpa"))
# `... global adoption | Source: Chainlens`: the bar parts the caption from whom it is taken.
_SOURCED: Final = Sought(
    re.compile(
        r"\s[|•·]\s(?:source|image|photo|credit|chart|quelle|bild|foto|fuente|crédit)\s?:\s?\S"
        r".{0,60}$"
    ),
    ("|", "•", "·"),
)
# `... at dawn. Photo: Jane Doe`, `... the World CupCredit: PA`: a credit that ends the caption,
# glued to it or not.
_ENDING: Final = re.compile(
    r"(?:(?<=[.!?…)\]\"”’])|(?<=[a-zà-ÿ])(?=[A-Z(])|\s[(|–—-])\s?\(?"
    r"(?:Credit|Photo|Image|Picture|Photograph|Foto|Bild|Crédit|Imagen|Imagem|Фото|写真|사진)s?"
    r"(?: by| credit)?\s?[:：] ?[^\W\d_][^.!?:]{1,60}\)?$"
    # `... last autumn. Image source: Getty Images.`
    r"|(?<=[.!?…)\]\"”’])\s(?:Image|Photo|Chart|Data) (?P<source>source)\s?[:：]"
    r" ?[A-Z][^.!?:]{1,40}\.?$"
)
# `백조 [사진=코레일 제공]`, `線路に座る白鳥（JR提供）`, `图/受访者供图`, `Фото пресс-службы`,
# `El cisne, en la vía. / Adif`, `El cisne, en la vía. EFE / LUIS PRADO`.
_PROVIDED: Final = Sought(
    re.compile(
        r"[\[(（/|]\s?(?:사진|写真|图|圖|Фото)\s?[=＝:：/／]\s?[^\])）]{1,40}[\])）]?$"
        r"|[（(\[][^（()）\[\]]{1,30}(?:제공|提供|供图|供圖|摄|撮影)[)）\]]$"
        r"|^Фото (?:пресс-служб|предоставлен|из архива)"
        r"|[^\W\d_]{2}[.!?] ?/ [A-ZÀ-Þ][^.!?]{1,40}$"
        r"|[^\W\d_]{2}[.!?)] (?:EFE|AFP|AP|ANSA|LUSA|REUTERS|Reuters|dpa|EUROPA PRESS) ?/ ?"
        r"[A-ZÀ-Þ][^.!?]{1,40}$"
    ),
    ("/", "(", "[", "（", "|", "Фото"),
)
_CREDIT: Final = 65
"""Characters at a line's end in which a credit's colon stands."""
_CAPTION: Final = 35
"""Most words of a caption; a longer line is a paragraph that a credit was glued to."""
_TALKATIVE: Final = 16
"""The same of a line of several sentences: captions mostly have one."""
_NEXT: Final = re.compile(r"[.!?…][\"'”’»)]*\s|[。！？]")
"""The end of a sentence behind which another begins."""
_LED: Final = re.compile(
    r"(?i:[(\[]?(?:(?:image|photo|picture|foto|crédit|screenshot|credit|illustration)s?|bild|imagen"
    r"|imagem|фото|写真|사진|photograph|crédits photos?)"
    r"(?: credits?| by| courtesy(?: of)?| source)?)\s?[:：=]\s?[^\sa-z]"
)
# `Jane Doe/Prairie Press`: who took a picture; only beside the picture's place.
_NAME: Final = r"[A-ZÀ-Þ][\w.'’\-]{0,30}"
_NAMED: Final = Sought(re.compile(rf"(?:{_NAME} ){{0,4}}{_NAME} ?[/|©] ?[A-ZÀ-Þ]"), ("/", "|", "©"))

_COLONS: Final = (":", "：")
_NEEDLES: Final = {
    needle.casefold()
    for sought in (_OF_PICTURES, _OF_WIRES, _SOURCED, _PROVIDED, _NAMED)
    for needle in sought.needles
} | {*_COLONS, "="}
"""Of these a line holds one that credits a picture or names its maker."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Placeholders and credits as whole lines; credits glued to a sentence as spans."""
    yield from by_cue(lines, "caption")
    held = {line.number for line in lines.short_together.holding(_NEEDLES)}
    for line in lines.short:
        if is_placeholder(line):
            yield whole(line, "caption", "caption.placeholder", "stands where a picture stood")
        elif line.number not in held:
            continue
        elif is_credit(line):
            yield whole(line, "caption", "caption.credit", "credits a picture")
        elif names_maker(line) and line.number and is_placeholder(lines.all[line.number - 1]):
            why = "names who made the picture that stood before it"
            yield whole(line, "caption", "caption.maker", why)
    for line in lines.together.holding(_COLONS):
        tail = line.text[-_CREDIT:]
        if line.role in ("code", "title") or not (":" in tail or "：" in tail):
            continue
        found = _ENDING.search(line.text, len(line.text) - _CREDIT - 30)
        if found and line.words <= _longest_caption(line.text, found):
            yield whole(line, "caption", "caption.credited", "ends with a picture's credit")
        elif found:
            yield span(line, found, "caption", "caption.glued", "a picture's credit, glued on")


def _longest_caption(text: str, credit: re.Match[str]) -> int:
    """Most words that a caption has which reads like the text before its credit."""
    many = _NEXT.search(text, 0, credit.start()) or credit["source"]
    return _TALKATIVE if many else _CAPTION


def is_credit(line: Line) -> bool:
    """Whether the line credits a picture's maker or agency."""
    if line.stopped or line.words > 40:
        return line.words <= 16 and bool(_LED.match(line.text))
    return (
        bool(_SOURCED.search(line.folded))
        or (_PROVIDED.may_fit(line.text) and _ends_provided(line.text[-120:]))
        or (line.words <= 16 and not line.plain and bool(_LED.match(line.text)))
        or (line.words <= 14 and _names_agency(line))
    )


# Remembered, since the text that is left is read again.
@lru_cache(maxsize=1024)
def _ends_provided(end: str) -> bool:
    return bool(_PROVIDED.search(end))


def _names_agency(line: Line) -> bool:
    return bool(_OF_PICTURES.search(line.folded)) or (
        bool(_OF_WIRES.search(line.folded)) and not is_source(line)
    )


def names_maker(line: Line) -> bool:
    """Whether the line could name a photographer and an agency."""
    return line.words <= 12 and not line.stopped and bool(_NAMED.match(line.text))
