"""Kind `widget`: programs, styles and data of a page that a flattener took for its text.

Not: code that a text shows and speaks about.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import whole
from cleaners.records import Removal

_LONG: Final = 250
"""Characters from which a line of a program was packed, and not written to be read."""
_AIRY: Final = 0.1
"""Share of blanks that packing leaves at most; prose has .13 or more, and so has code in a text."""
_SIGNED: Final = 0.03
"""Share of signs of programs in a packed line; sentences have .01 at most."""
_SOLID: Final = 0.03
"""Share of blanks in lines that are encoded data; few signs are enough there."""
_ENCODED: Final = 0.005
_DENSE: Final = 0.06
"""Share of signs in a long line of code that is not packed."""
_LOOK: Final = 4000
"""Characters of a line that are looked at."""
_GAP: Final = 2
"""Lines within a program that may look like anything: values, comments, names."""
_NAME: Final = 2
"""Words that such a line has at most."""
_NEAR: Final = 3
"""Lines before and behind code within which a text speaks about it."""

_BLOCK: Final = ("{", "}", "=")
_ADDRESS: Final = re.compile(r"""https?://[^\s"'<>()\\]+""")
_SIGNS: Final = re.compile(r"""[{}()\[\];=<>"|&]""")
# A line of a script, a style sheet or JSON.
_PROGRAM: Final = re.compile(
    r"""
      [\s{}()\[\];,:'"<>/*!|&=.$\#-]+                              # nothing but signs
    | [^;{]*[;{]                                                  # a statement, a block's begin
    | [^{]*\{.*\}\S{0,12}                                         # a block in one line
    | .*[\w)"'\]][ ]?(?:[=(\[{]|\);|\},?)                          # what goes on in the next line
    | [})\]]{1,3}.{0,40}                                          # a block's end
    | "[^"]{1,80}"\s?:.*                                          # a pair of JSON
    | (?:var|let|const)[ ][\w${\[].* | function\b.*[({].* | (?:if|for|while|catch)[ ]?\(.*
    | [\w$]+(?:\.[\w$]+)+[ ]?[=(\[].*                             # a.b = c, a.b(c)
    | [.\#@][\w-].{0,120},                                        # a selector of styles
    | (?:// | /\* | \*/ | <!-- | <!\[CDATA\[ ).*
    """,
    re.VERBOSE,
)
_BEGINS: Final = ("var ", "let ", "const ", *"{}()[];,:'\"<>/*!|&=.$#@-\\")
_ENDS: Final = tuple(";{}(),=[]\\")
_HELD: Final = ("(", "{", "=", "[")
"""A line that fits begins or ends so, or holds one of these; few others do, and to ask the pattern
for all takes eight times as long."""
# What nearly no text speaks of: pages measure their readers, place ads and load themselves.
_OF_SITES: Final = re.compile(
    r"""dataLayer | gtag\( | gtm\.(?:js|start) | googletag | adsbygoogle | fbq\( | _gaq | _paq
    | __next_ | __NEXT_DATA__ | __NUXT__ | __INITIAL_STATE__ | __APOLLO_STATE__ | sourceURL=
    | "@context" | wp--preset | wp-block- | wpcf7 | elementor- | woocommerce-
    """,
    re.VERBOSE,
)
_OF_PAGES: Final = re.compile(
    r"""document\.\w+ | window\.\w+ | navigator\.\w+ | localStorage | XMLHttpRequest | jQuery
    | \$\((?:document|window|this|function|['"]) | addEventListener
    | @font-face | @keyframes | @media | !important | :root\s?\{ | -webkit- | \bpx;
    """,
    re.VERBOSE,
)
# What a text calls the code that it is about to show.
_SPEAKING: Final = re.compile(
    r"\b(?:code|snippet|script|tag|json|markup|schema|schnipsel|quelltext|extrait|balise|fragmento"
    r"|código|etiqueta|trecho|код|скрипт|фрагмент)|代码|脚本|标签|コード|スクリプト|タグ|코드|스크립트|태그"
)
_RULE: Final = re.compile(r"[\w\])-]\{[a-z-]+:[^{}]*\}")
"""A rule of a style sheet without blanks."""
_BEGUN: Final = re.compile(
    r"""(?<=\w) (?: \{" | \[\{ | [!(]+function | :root\{ | [.\#][\w-]+\{ | @media | window\. )""",
    re.VERBOSE,
)
"""Where a packed program begins that stands directly behind text."""


def judge(lines: Lines) -> Iterator[Removal]:
    """The lines of runs that read like a program of the page itself; scripts of HTML are none."""
    if lines.all and lines.all[0].place:
        return
    programs = [line for line in lines.all if _is_program(line)]
    if not programs:
        return
    numbers = {line.number for line in programs}
    told = sorted({line.number for line in lines.all if line.prose} - numbers)
    for run in _runs(lines, programs):
        if _is_of_page(lines, run, told):
            for line in run:
                yield _without_text(line)


def _runs(lines: Lines, programs: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines of programs that follow each other, with what little stands between them."""
    run: list[Line] = []
    for line in programs:
        between = lines.all[run[-1].number + 1 : line.number] if run else ()
        if len(between) > _GAP or any(not _is_name(other) for other in between):
            yield run
            run, between = [], ()
        run += [*between, line]
    yield run


def _is_name(line: Line) -> bool:
    short = line.words <= _NAME and line.role == "paragraph"
    return short and not line.prose and "://" not in line.text


def _is_program(line: Line) -> bool:
    if line.plain or line.role in ("code", "title"):
        return False
    if len(line.text) >= _LONG:
        shown = line.text[:_LOOK]
        coded = ";" in shown or "{" in shown
        return _is_packed(line) or (coded and _signs(shown) >= _DENSE)
    return line.role != "row" and fits_program(line.text)


# Remembered, since the text that is left is read again.
@lru_cache(maxsize=4096)
def fits_program(text: str) -> bool:
    """Whether a line is written like one of a program."""
    # Whoever writes markdown puts a stroke before some signs.
    text = text.replace("\\", "")
    bare = text.lstrip()
    may_fit = bare.startswith(_BEGINS) or text.endswith(_ENDS) or any(map(text.__contains__, _HELD))
    return (may_fit or not bare) and bool(_PROGRAM.fullmatch(text))


def _is_packed(line: Line) -> bool:
    """Whether the line breaks and blanks of a program were taken out."""
    if len(line.text) < _LONG:
        return bool(_RULE.search(line.text))
    if not _has_block(line.text[:_LOOK]):  # as most lines
        return False
    shown = _ADDRESS.sub("", line.text[:_LOOK])
    if len(shown) * 2 < _LONG or not _has_block(shown):
        return False
    blanks, signs = (len(shown.split()) - 1) / len(shown), _signs(shown)
    # Scripts that need no blanks are not written in ASCII.
    latin = len(shown.encode(errors="replace")) <= (1 + _AIRY) * len(shown)
    return latin and blanks <= _AIRY and signs >= (_SIGNED if blanks > _SOLID else _ENCODED)


def _has_block(shown: str) -> bool:
    return any(sign in shown for sign in _BLOCK)


def _signs(shown: str) -> float:
    return len(_SIGNS.findall(shown)) / len(shown)


def _is_of_page(lines: Lines, run: Sequence[Line], told: Sequence[int]) -> bool:
    """Whether a program is one that the page ran, and not one that the text shows."""
    first, last = run[0].number, run[-1].number
    if first and lines.all[first - 1].folded.endswith((":", "：")):
        return False
    said = [line for line in run if not _is_name(line)]
    if said and all(map(_is_packed, said)):
        return True
    before = told[bisect_left(told, first - _NEAR) : bisect_left(told, first)]
    behind = bisect_right(told, last) < bisect_right(told, last + _NEAR)
    if before and (behind or _SPEAKING.search(lines.all[before[-1]].folded)):
        return False
    shown = "\n".join([line.text[:_LOOK] for line in run]).replace("\\", "")
    if _OF_SITES.search(shown):
        return True
    # A text that tells nothing beside its code is that code.
    outside = bool(told) and (last < told[0] or first > told[-1])
    return outside and not before and bool(_OF_PAGES.search(shown))


def _without_text(line: Line) -> Removal:
    """The removal of a program, without the text that a flattener put directly before it."""
    why = "reads like a page's program, and no text"
    glued = _BEGUN.search(line.text, 0, _LOOK) if len(line.text) >= _LONG else None
    if glued and len(line.text[: glued.start()].split()) > _NAME:
        end = len(line.text)
        return Removal(line.number, glued.start(), end, "widget", "widget.script", why, 0.9)
    return whole(line, "widget", "widget.script", why)
