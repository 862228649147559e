"""The title of a page out of its several titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Final

_WORD: Final = re.compile(r"\w+")
_SEPARATOR: Final = re.compile(
    r"(\s+(?:\|+|[-–—·•»«›]|::|/|~)\s+|\s*[|｜]\s*|\s+:\s+|_(?=[^\x00-\x7f]))"
)
_BAR: Final = re.compile(r"\s*[|｜]+\s*")
_UNSEEN: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad]")
# What documentation puts behind a heading to link to it.
_ANCHOR: Final = re.compile(r"\s*[¶§🔗#\ue000-\uf8ff]+$")
# How well a heading must agree with a stated title to be preferred to it.
_ENOUGH = 0.5


def tidy(title: str) -> str:
    """A title on one line, unescaped, without anchors and marks of direction or width.

    Only its first 1,000 characters count: what is longer is no title.
    """
    title = unescape(title[:1000])
    return _ANCHOR.sub("", " ".join(_UNSEEN.sub("", title).split()))


def choose(
    *, headings: Sequence[str], stated: Sequence[str], page_title: str, sites: Sequence[str]
) -> str | None:
    """The title: the heading that the stated titles bear out, else a stated one without its site.

    `headings` are the `<h1>`s in reading order, `stated` the titles given for other machines
    (surest first), `page_title` the `<title>`, and `sites` the names the site goes by.  A heading
    that nothing bears out comes last: it is often the site's name or a slogan.
    """
    names = [key for site in sites if len(key := _key(site)) > 2]
    if book := _book(page_title, headings):
        names.append(book)
    trimmed = [trim(title, names) for title in (*stated, page_title) if title]
    witnesses = [title for title in trimmed if title and _key(title) not in names]
    candidates = [heading for heading in headings if heading and _key(heading) not in names]
    agreed = [(_agreement(heading, witnesses), heading) for heading in candidates]
    best = max(agreed, key=lambda pair: pair[0], default=(0.0, ""))
    if best[0] >= _ENOUGH:
        return trim(best[1], names)
    return next(iter((*witnesses, *candidates, *filter(None, trimmed))), None)


def _book(page_title: str, headings: Sequence[str]) -> str | None:
    """The key of a `<title>`'s last part, where a heading says it before one that says the rest.

    Such is the book that a page is a chapter of, or the manual: `Loops - The Oak Handbook`.
    """
    parts = _SEPARATOR.split(page_title)
    last, rest = _key(parts[-1]), "".join(parts[:-2])
    said = [number for number, heading in enumerate(headings) if _key(heading) == last]
    if said and any(_overlap(heading, rest) >= _ENOUGH for heading in headings[said[0] + 1 :]):
        return last
    return None


def trim(title: str, names: Iterable[str]) -> str:
    """A title without the name of its site at either end.

    `names` are the site's names as bare letters and figures.  A part at the end that is one of
    them goes, and behind a bar also one of at most five words that is not the longer part.
    """
    keys = list(names)
    parts = _SEPARATOR.split(title)
    while len(parts) > 2 and _names_site(parts[-1], keys):
        parts = parts[:-2]
    while len(parts) > 2 and _names_site(parts[0], keys):
        parts = parts[2:]
    if len(parts) > 2 and _BAR.fullmatch(parts[-2]):
        left, right = _WORD.findall("".join(parts[:-2])), _WORD.findall(parts[-1])
        if len(right) <= min(5, len(left)):
            parts = parts[:-2]
    return "".join(parts).strip(" |-–—·•»«:")


def without_last(title: str) -> str:
    """A title without its last part, empty where it has one alone."""
    return "".join(_SEPARATOR.split(title)[:-2])


def is_last_part(heading: str, title: str) -> bool:
    """Whether a heading says the last of a title's parts and nothing else."""
    parts = _SEPARATOR.split(title)
    return len(parts) > 1 and _key(heading) == _key(parts[-1])


def names_site(name: str, sites: Iterable[str]) -> bool:
    """Whether a name is one of the site's, give or take a word."""
    return _names_site(name, [_key(site) for site in sites])


def _names_site(part: str, names: Sequence[str]) -> bool:
    key = _key(part)
    return not key or any(
        key == name or (min(len(name), len(key)) > 3 and (name in key or key in name))
        for name in names
    )


def _agreement(heading: str, witnesses: Sequence[str]) -> float:
    """How well the best witness, or the first or longest part of one, agrees with a heading."""
    shares = [0.0]
    for witness in witnesses:
        parts = _SEPARATOR.split(witness)[::2]
        longest = max(parts, key=lambda part: len(_WORD.findall(part)))
        shares += (_overlap(heading, witness), _overlap(heading, parts[0]))
        shares.append(0.9 * _overlap(heading, longest))
    return max(shares)


def _overlap(left: str, right: str) -> float:
    """Dice coefficient of two texts' words."""
    mine, theirs = set(_WORD.findall(left.lower())), set(_WORD.findall(right.lower()))
    total = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / total if total else 0.0


def _key(text: str) -> str:
    """Letters and figures alone, to compare names."""
    return "".join(_WORD.findall(text.lower()))
