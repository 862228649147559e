"""Credits of the source: a wire's name behind the last sentence, `Reporting by ...`.

They are read into metadata first.
Not: a quote's signature, or a sentence that names its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, span, whole
from cleaners.metadata import field_words as words
from cleaners.metadata.credits import AGENCIES, SIGNS
from cleaners.records import Removal

# After the final stop of the last sentence: a dash and a source in capitals, or an agency.
_TRAILING: Final = re.compile(
    r"(?<=[.!?\"”’“»])\s*"
    r"(?:[-–—]{1,2}\s*(?:[A-Z][A-Z'’&.]+(?: [A-Z'’&.]+){1,6}|[A-Z]{4,}"
    rf"|{AGENCIES})|\((?:{AGENCIES})(?:/\w{{1,8}}){{0,3}}\))$"
)
# `(dpa/jp)` alone behind the text: the agency, and who made it fit.
_SIGN: Final = re.compile(rf"[(\[](?:{SIGNS})(?:[/, -]{{1,2}}\w{{1,12}}){{0,3}}[)\]]")
# The same in other scripts: `（来源：湖区日报）`, `（共同）`, `（完）`, `(끝)`.
_NOTED: Final = re.compile(
    rf"(?<=[。！？.!?”」\"’“»])\s*[（(【\[<](?:(?:{words.any_of(words.CJK_SOURCES)})\s?[:：]\s?"
    r"[^（()）【】\[\]]{1,40}|完|共同|時事|新华社|新華社|中新社|中央社|끝|연합뉴스|[кК]онец)[)）】\]>]$"
)
# `Reporting by Jane Doe in Oslo; Editing by John Roe`: names and the words between them.
_REPORTING: Final = re.compile(
    r"^\(?(?:(?:additional |with )?reporting|writing|editing|compiled|translated) by\b"
)
_REPORTS: Final = ("reporting by", "writing by", "editing by", "compiled by", "translated by")
_BETWEEN: Final = frozenset(
    {"by", "in", "and", "editing", "reporting", "additional", "writing", "with", "for", "from"}
)
_LED: Final = re.compile(
    rf"^[(\[]?(?:{words.any_of(words.SOURCES, words.CJK_SOURCES)}"
    r"|con información de|com informações de)\s?[:：]\s?\S.{0,80}$"
)

_SENTENCE: Final = 8


def judge(lines: Lines) -> Iterator[Removal]:
    """Credits as whole lines, and the one behind the last sentence as a span."""
    yield from by_cue(lines, "source_credit")
    behind = lines.all[lines.last_prose + 1 :]
    numbers = {line.number for line in lines.together.holding(_REPORTS) if is_reporting(line)}
    numbers |= {line.number for line in behind if is_source(line) or is_sign(line)}
    for line in map(lines.all.__getitem__, sorted(numbers)):
        yield whole(line, "source_credit", "source_credit.line", "names who supplied the text")
    for line in lines.last:
        if found := trailing(line):
            why = "a source's name behind the last sentence"
            yield span(line, found, "source_credit", "source_credit.trailing", why)


def trailing(line: Line) -> re.Match[str] | None:
    """The credit behind the line's last sentence."""
    if line.words < _SENTENCE or line.role == "code":
        return None
    return _TRAILING.search(line.text) or _NOTED.search(line.text)


def may_report(folded: str) -> bool:
    """Whether a folded text begins as a line does that names reporters and editors."""
    return bool(_REPORTING.match(folded))


def is_reporting(line: Line) -> bool:
    """Whether the line names reporters and editors, and says nothing of them."""
    if line.words > 40 or not may_report(line.folded):
        return False
    behind = re.findall(r"[^\W\d_]+", line.text)[1:]
    return all(word in _BETWEEN for word in behind if word.islower())


def is_sign(line: Line) -> bool:
    """Whether the line is an agency's sign in brackets, with those of its editors."""
    return line.words <= 6 and bool(_SIGN.fullmatch(line.text))


def is_source(line: Line) -> bool:
    """Whether the line names a source behind its label: `Quelle: Lundviker Bote/dpa`."""
    return line.words <= 10 and bool(_LED.match(line.folded))
