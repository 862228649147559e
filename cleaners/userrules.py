"""What a user adds to the rules: cues for what should go, keeps for what must stay.

`[[cues]]` and `[[keep]]` of `winnow.toml`, read and checked.  The report writes them in this form
from marks that were made by hand.  Here are only the records; `judging.users` applies them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, get_args

from cleaners.errors import SettingsError
from cleaners.patterns import problem_of
from cleaners.records import KINDS, Kind

Position: TypeAlias = Literal["whole", "start", "end", "inside"]
Shape: TypeAlias = Literal["line", "any"]
Locate: TypeAlias = Callable[[str, int, str, object], str]
"""(table, number of the entry, key, value) -> where that stands: `winnow.toml:12`."""

LONGEST_PHRASE: Final = 2_000
_HOST: Final = re.compile(r"[\w-]+(\.[\w-]+)*")


@dataclass(frozen=True, slots=True)
class CueRule:
    """Phrases that give boilerplate of a kind away; the fields are those of `judging.cues.Cue`."""

    kind: Kind
    phrases: tuple[str, ...]
    """Phrases; a line that holds one where `position` says goes."""
    position: Position = "whole"
    shape: Shape = "line"
    weight: float = 1.0
    opens: bool = False
    max_words: int = 0
    site: str | None = None
    """The host that the cue is for, with its sub-domains; all pages if empty."""
    evidence: str = ""
    """Where the phrases come from; for people."""


@dataclass(frozen=True, slots=True)
class KeepRule:
    """Texts that must stay: whatever would remove some of one is not done."""

    phrases: tuple[str, ...] = ()
    """Texts, without regard to case, kinds of quotes and spaces."""
    patterns: tuple[str, ...] = ()
    """Regular expressions with bounded repetition."""
    site: str | None = None
    """The host that the keep is for, with its sub-domains; all pages if empty."""
    evidence: str = ""
    """Where the phrases come from; for people."""


def concerns(rule: CueRule | KeepRule, host: str | None) -> bool:
    """Whether a rule is for pages of this host (without `www.`)."""
    if rule.site is None:
        return True
    return host is not None and f".{host}".endswith(f".{rule.site}")


def read_cue_rules(entries: object, locate: Locate) -> tuple[CueRule, ...]:
    """The entries of `[[cues]]`.  Raises `SettingsError` for one that is not right."""
    return tuple(
        _cue_rule(entry, lambda key, value, n=n: locate("cues", n, key, value))  # type: ignore[misc]
        for n, entry in enumerate(_tables("cues", entries, locate))
    )


def read_keep_rules(entries: object, locate: Locate) -> tuple[KeepRule, ...]:
    """The entries of `[[keep]]`.  Raises `SettingsError` for one that is not right."""
    return tuple(
        _keep_rule(entry, lambda key, value, n=n: locate("keep", n, key, value))  # type: ignore[misc]
        for n, entry in enumerate(_tables("keep", entries, locate))
    )


_At: TypeAlias = Callable[[str, object], str]


def _cue_rule(entry: Mapping[str, Any], at: _At) -> CueRule:
    _check_keys("cues", entry, CueRule, at)
    for key in ("kind", "phrases"):
        if not entry.get(key):
            raise SettingsError(f"{at('', None)}: [[cues]] needs {key}")
    for key, allowed in _CHOICES.items():
        if key in entry and entry[key] not in allowed:
            told = f"{at(key, entry[key])}: {key} = {entry[key]!r}: use one of "
            raise SettingsError(told + ", ".join(allowed))
    phrases = _texts("phrases", entry, at)
    for phrase in phrases:
        _check_phrase(phrase, phrase.replace("…", "...").split("...")[0], at)
    numbers = {"weight": (0, 1, int | float), "max_words": (0, 1_000, int)}
    for key, (low, high, types) in numbers.items():
        value = entry.get(key, low)
        if isinstance(value, bool) or not isinstance(value, types) or not low <= value <= high:
            raise SettingsError(f"{at(key, value)}: {key} = {value!r}: use {low} to {high:,}")
    if not isinstance(entry.get("opens", False), bool):
        raise SettingsError(f"{at('opens', None)}: opens = {entry['opens']!r}: use true or false")
    rest = {key: entry[key] for key in ("position", "shape", "weight", "opens", "max_words")
            if key in entry}  # fmt: skip
    return CueRule(entry["kind"], phrases, **rest, **_named(entry, at))


def _keep_rule(entry: Mapping[str, Any], at: _At) -> KeepRule:
    _check_keys("keep", entry, KeepRule, at)
    phrases, patterns = _texts("phrases", entry, at), _texts("patterns", entry, at)
    if not phrases and not patterns:
        raise SettingsError(f"{at('', None)}: [[keep]] needs phrases or patterns")
    for phrase in phrases:
        if not phrase.strip() or len(phrase) > LONGEST_PHRASE:
            _check_phrase(phrase, phrase, at)
    for pattern in patterns:
        if problem := problem_of(pattern):
            raise SettingsError(f"{at('patterns', pattern)}: pattern {pattern!r}: {problem}")
    return KeepRule(phrases, patterns, **_named(entry, at))


def _tables(name: str, entries: object, locate: Locate) -> Sequence[Mapping[str, Any]]:
    if isinstance(entries, list | tuple) and all(isinstance(one, Mapping) for one in entries):
        return entries
    raise SettingsError(f"{locate(name, 0, '', None)}: write each entry as a table [[{name}]]")


def _check_keys(name: str, entry: Mapping[str, Any], record: type, at: _At) -> None:
    known = tuple(record.__dataclass_fields__)  # type: ignore[attr-defined]
    for key in entry:
        if key not in known:
            told = f"{at(str(key), None)}: [[{name}]]: unknown key {key!r}; known: "
            raise SettingsError(told + ", ".join(known))


def _texts(key: str, entry: Mapping[str, Any], at: _At) -> tuple[str, ...]:
    texts = entry.get(key, ())
    if isinstance(texts, list | tuple) and all(isinstance(text, str) for text in texts):
        return tuple(texts)
    raise SettingsError(f'{at(key, None)}: {key}: write a list of texts, such as ["Read more"]')


def _check_phrase(phrase: str, first: str, at: _At) -> None:
    """`first` is what stands before the phrase's first gap, if it has one."""
    problem = None
    if not phrase.strip():
        problem = "an empty phrase is in every line; write the words, or remove it"
    elif len(phrase) > LONGEST_PHRASE:
        problem = f"is longer than {LONGEST_PHRASE:,} characters; its beginning is enough"
    elif not any(map(str.isalnum, first)):
        problem = "must begin with a word; signs alone are in too many lines"
    if problem:
        raise SettingsError(f"{at('phrases', phrase)}: phrase {phrase[:60]!r}: {problem}")


def _named(entry: Mapping[str, Any], at: _At) -> dict[str, Any]:
    """The host, as `addresses.site_of` gives hosts, and the evidence."""
    site, evidence = entry.get("site"), entry.get("evidence", "")
    if not isinstance(evidence, str):
        raise SettingsError(f"{at('evidence', None)}: evidence = {evidence!r}: write a text")
    if site is None:
        return {"site": None, "evidence": evidence}
    if not isinstance(site, str) or not _HOST.fullmatch(site):
        told = f"{at('site', site)}: site = {site!r}: "
        raise SettingsError(f'{told}write the host alone, such as "example.org"')
    return {"site": site.lower().removeprefix("www."), "evidence": evidence}


_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "kind": KINDS,
    "position": get_args(Position),
    "shape": get_args(Shape),
}
