"""Risk warnings and disclaimers of liability, of one paragraph or many.

Not: articles about disclaimers, and warnings that somebody quotes: a cue between quotation
marks, or in a sentence that says who said it, is content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from cleaners.judging.cues import Hit
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import fitting, is_quoted, is_speech, weigh, whole
from cleaners.records import Removal

# Words of reports, in the languages that part words by spaces ...
_REPORTED: Final = re.compile(
    r"\b(?:said|says|saying|wrote|writes|according to|warned|warns|argued|told|reads|regulators?"
    r"|requires?|required|must (?:carry|show|include)"
    r"|sagte[nr]?|schrieb|schreibt|warnte|warnt|laut (?!gesetz|satzung)|erklärte|heißt es|heisst es"
    r"|a dit|explique|affirme|prévient|a jugé|a déclaré|selon (?:le|la|les|l'|un|une) ?"
    r"(?:régulateur|autorité|tribunal|amf|banque|gendarme|association)"
    r"|dijo|dice|explica|advierte|advirtió|obliga|según (?:el|la|los|las) ?"
    r"(?:regulador|autoridad|tribunal|cnmv|banco|asociación)"
    r"|disse|diz|afirmou|alertou|segundo (?:o|a|os|as) ?"
    r"(?:regulador|autoridade|tribunal|cvm|banco|associação)"
    r"|сказал[аи]?|заявил[аи]?|сообщил[аи]?|предупредил[аи]?|говорит|по словам)\b"
    # ... and in those that do not.  Parties of a contract are named with the same words:
    # 以下简称 (hereafter called), 我们认为 (we believe), を目的とした (meant for).
    r"|(?<![名简簡俗通职職以])称[，“「:：]|(?<![不])表示[，“「:：]|指出[，“「:：]|警告称"
    r"|(?<!我们)(?<!公司)(?<!报告)认为[，:：]"
    r"|によると|によれば|と述べ|と話し|と語っ|と指摘|と主張|(?<!目的)(?<!前提)(?<!対象)とした。"
    r"|밝혔다|말했다|전했다|설명했다|에 따르면|라고 (?:말|밝|전|설명|강조|지적|주장)"
)
_NEAR: Final = 2
_EDGE: Final = 0.75
"""Weight from which a line is taken that does not stand in the middle of running text."""


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines whose cues weigh 1 together, and lighter ones directly beside those."""
    sure = -_NEAR - 1
    for line in lines.cued["disclaimer"]:
        hits = fitting(line, "disclaimer")
        weight = weigh(hits)
        opens = any(hit.cue.position in ("start", "whole") for hit in hits)
        if is_speech(line) or (not opens and is_reported(line, hits)):
            continue
        if all(map(is_label, hits)) and is_between(lines, line):
            continue
        at_edge = weight >= _EDGE and not is_between(lines, line)
        if weight >= 1 or at_edge or (weight >= 0.5 and line.number - sure <= _NEAR):
            sure = line.number
            phrases = ", ".join(f"“{hit.cue.phrase}”" for hit in hits)
            yield whole(line, "disclaimer", "disclaimer.cue", f"disclaims: {phrases}")


def is_label(hit: Hit) -> bool:
    """Whether the cue is a label such as `Disclaimer:`, which heads remarks of any sort."""
    return hit.cue.phrase.endswith((":", "：")) or (
        hit.cue.position == "whole" and not hit.cue.phrase.count(" ")
    )


def is_between(lines: Lines, line: Line) -> bool:
    """Whether running text stands directly before and behind, that disclaims nothing."""
    if not 0 < line.number < len(lines.all) - 1:
        return False
    beside = (lines.all[line.number - 1], lines.all[line.number + 1])
    return all(other.prose and not other.has("disclaimer") for other in beside)


def is_reported(line: Line, hits: Iterable[Hit]) -> bool:
    """Whether the line tells what somebody says, or quotes what the cues were found in."""
    return is_quoted(line, hits) or bool(_REPORTED.search(line.folded))
