"""Cue phrases: data with evidence, found fast.

A cue is a phrase that pages of many sites use in boilerplate of one kind.  The phrases live in
`phrases/<language>.toml`, grouped with the evidence for them; all languages are looked for on
every page, since pages mix them.  A cue says where in a line it must stand and what shape the
line must have, because the same words in a sentence are mostly content.

`...` inside a phrase stands for up to eighty characters of other text on the same line.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias, cast, get_args

from cleaners.errors import SettingsError
from cleaners.records import KINDS, Kind

Position: TypeAlias = Literal["whole", "start", "end", "inside"]
Shape: TypeAlias = Literal["line", "any"]

_GAP: Final = 80
# Around a phrase that must be the whole line, these do not count.
_ORNAMENTS: Final = " \t:：»«›‹>→➤▶►▸•·*-–—_|#.!。…+()[]【】\"'▼▽■□◆●★⬇↓"


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase and what it is evidence of.

    `shape` "line" asks for a line that is not prose; "any" allows a sentence.  `weight` 1 is
    enough by itself; lighter cues need company in the same line.  `opens` marks headings that
    more of the same kind hangs on.
    """

    phrase: str
    kind: Kind
    position: Position
    shape: Shape = "line"
    weight: float = 1.0
    opens: bool = False
    max_words: int = 0
    language: str = ""

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.phrase.split("..."))


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a line, and the span of the folded line that it matched."""

    cue: Cue
    start: int
    end: int


class Cues:
    """An index over cues: each line is read once, whatever the number of cues."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._whole: dict[str, list[Cue]] = defaultdict(list)
        self._first: dict[str, list[Cue]] = defaultdict(list)
        self._wide: list[Cue] = []
        for cue in cues:
            if cue.position == "whole" and len(cue.parts) == 1:
                self._whole[cue.phrase.strip(_ORNAMENTS)].append(cue)
            elif _spaceless(cue.phrase):
                self._wide.append(cue)
            else:
                self._first[_words(cue.parts[0])[0]].append(cue)

    def find(self, folded: str) -> tuple[Hit, ...]:
        """All cues in a folded line, in the order they stand there."""
        bare = folded.strip(_ORNAMENTS)
        hits = [Hit(cue, 0, len(folded)) for cue in self._whole.get(bare, ())]
        at = 0
        for word in _words(folded):
            at = folded.index(word, at)
            for cue in self._first.get(word, ()):
                hits.extend(_match(cue, folded, at))
            at += len(word)
        if not folded.isascii():
            for cue in self._wide:
                at = folded.find(cue.parts[0])
                if at >= 0:
                    hits.extend(_match(cue, folded, at))
        return tuple(hits)


def _words(text: str) -> list[str]:
    """The words of a folded text as the index keys them: cut at spaces, edges bare."""
    return [bare for word in text.split() if (bare := word.strip(_EDGES))]


_EDGES: Final = ".,;:!?\"'()[]{}<>|*•·-–—:：»«›‹→©#@/"


def _spaceless(phrase: str) -> bool:
    """Whether a phrase is written in a script without spaces between words."""
    return any("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in phrase)


def _match(cue: Cue, folded: str, at: int) -> Iterator[Hit]:
    """The cue's hit at a place of a line, if the rest of its phrase and its position agree."""
    parts = cue.parts
    if not folded.startswith(parts[0], at):
        return
    end = at + len(parts[0])
    for part in parts[1:]:
        found = folded.find(part, end, end + _GAP + len(part))
        if found < 0:
            return
        end = found + len(part)
    if _cuts_word(folded, end):
        return
    before, after = folded[:at].strip(_ORNAMENTS), folded[end:].strip(_ORNAMENTS)
    if cue.position in ("whole", "start") and before:
        return
    if cue.position in ("whole", "end") and after:
        return
    yield Hit(cue, at, end)


def _cuts_word(folded: str, end: int) -> bool:
    """Whether a match that ends here would end in the middle of a word."""
    return (
        0 < end < len(folded)
        and folded[end].isalnum()
        and folded[end - 1].isalnum()
        and not _spaceless(folded[end - 1])
    )


@cache
def default_cues() -> Cues:
    """The cues of all languages that come with Winnow."""
    folder = files("cleaners.judging") / "phrases"
    tables = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return Cues(
        cue
        for table in tables
        for cue in read_cues(
            tomllib.loads(table.read_text(encoding="utf-8")),
            language=table.name.removesuffix(".toml"),
            where=table.name,
        )
    )


def read_cues(data: Mapping[str, Any], *, language: str, where: str) -> Iterator[Cue]:
    """The cues of a parsed phrase file.

    Raises `SettingsError` for an unknown kind, position, shape or key, and for a group without
    evidence: a rule that nobody can check is not a rule.
    """
    for number, group in enumerate(data.get("cues", ()), start=1):
        place = f"{where}: cues group {number}"
        if unknown := set(group) - _KEYS:
            raise SettingsError(f"{place}: unknown key {min(unknown)!r}")
        for key, allowed in _CHOICES.items():
            if key in group and group[key] not in allowed:
                raise SettingsError(
                    f"{place}: {key} = {group[key]!r}; use one of {', '.join(allowed)}"
                )
        if any(not _words(phrase.split("...")[0]) for phrase in group.get("phrases", ())):
            raise SettingsError(f"{place}: a phrase must begin with a word")
        if not group.get("evidence") or not group.get("phrases") or "kind" not in group:
            raise SettingsError(f"{place}: needs kind, evidence and phrases")
        options = {
            key: group[key] for key in ("shape", "weight", "opens", "max_words") if key in group
        }
        for phrase in group["phrases"]:
            yield Cue(
                phrase.casefold(),
                cast("Kind", group["kind"]),
                cast("Position", group.get("position", "whole")),
                language=language,
                **options,
            )


_KEYS: Final = {"kind", "position", "shape", "weight", "opens", "max_words", "evidence", "phrases"}
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "kind": KINDS,
    "position": get_args(Position),
    "shape": get_args(Shape),
}
