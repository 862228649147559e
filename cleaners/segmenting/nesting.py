"""Markup that nests deeper than any page that was written to be read.

The parser asks of each block-level tag what is open around it, so that 100,000 nested `<div>`s
take it a quarter of a minute.  Browsers stop nesting at 512 elements, and so does Winnow: what is
deeper stands side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from cleaners.segmenting.cutting import BLOCK_TAGS, names

DEEPEST: Final = 512
FEW: Final = 20_000
"""Tags up to which a page is parsed as it is: however deep they nest, it takes half a second."""
# Elements that hold nothing, and those that end where the next of their kind begins.
_UNNESTED: Final = names(
    "area base br col embed hr img input link meta param source track wbr "
    "a button colgroup dd dt li nobr optgroup option p rp rt tbody td tfoot th thead tr"
)
_TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</\1\b|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*)[^>]*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def flattened(markup: str, deepest: int = DEEPEST, few: int = FEW) -> str:
    """The markup without tags that nest deeper than `deepest` elements; all of its text stays.

    Where a block-level tag goes, a `<p>` keeps the texts beside it apart.  Takes time in proportion
    to the markup's length; markup of at most `few` tags is given back as it is.
    """
    if markup.count("<") <= few:
        return markup
    stack: list[str] = []
    counts: Counter[str] = Counter()
    parts: list[str] = []
    at = 0
    for found in _TAG.finditer(markup):
        name = (found["name"] or "").lower()
        if not name or name in _UNNESTED:
            continue
        if found["end"]:
            if not counts[name]:
                continue
            while (last := stack.pop()) != name:
                counts[last] -= 1
            counts[name] -= 1
            too_deep = len(stack) >= deepest
        elif name not in BLOCK_TAGS and found[0].endswith("/>"):
            continue
        else:
            stack.append(name)
            counts[name] += 1
            too_deep = len(stack) > deepest
        if too_deep:
            parts += (markup[at : found.start()], "<p>" if name in BLOCK_TAGS else "")
            at = found.end()
    return "".join((*parts, markup[at:])) if parts else markup
