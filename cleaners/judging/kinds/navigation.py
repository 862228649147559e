"""Menus, breadcrumbs, tag lists, paging, and the site's name above the headline.

Not: a table of contents, or sections as the subject of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from cleaners.judging.kinds.byline_shapes import is_byline
from cleaners.judging.lines import Line, Lines
from cleaners.judging.rules import by_cue, opener, span, whole
from cleaners.records import Removal

# `Home > Markets > Crypto`, `You are here: Markets > Crypto`: where the reader is, then steps.
_HERE: Final = re.compile(
    r"(?:you are here|sie sind hier|vous êtes ici|usted está aquí|está[ns]? (?:aquí|en)"
    r"|você está (?:aqui|em)|вы (?:находитесь )?здесь|您(?:当前|现在)?的?位置|現在位置"
    r"|현재 ?위치)\s?[:：]"
)
_HOME: Final = re.compile(
    r"(?:homepage|home|startseite|start|accueil|inicio|início|portada|главная|首页|首頁"
    r"|ホーム|トップページ|トップ|홈)(?=\s?[>＞›»→〉/|])"
)
_ARROWS: Final = ">＞›»→〉"
_STEPS: Final = f"{_ARROWS}/|"
_STEP: Final = re.compile(f"[{_STEPS}]")
# `History [edit | edit source]`: what a wiki sets behind the headings of its pages.
_EDITING: Final = (
    r"(?:edit(?: source)?|(?:quelltext )?bearbeiten|modifier(?: le (?:wiki)?code)?"
    r"|editar(?: código| (?:código-)?fonte)?|править(?: (?:код|текст))?"
    r"|编辑(?:源代码)?|編輯(?:原始碼)?|(?:ソースを)?編集|(?:원본 )?편집)"
)
_EDIT: Final = re.compile(rf" ?\[ ?{_EDITING}(?: ?\| ?{_EDITING})? ?\]$", re.IGNORECASE)
_LONGEST_STEP: Final = 60
_ENTRIES: Final = 6
_KNOWN: Final = 3
_TAG_WORDS: Final = 4
_TAGS: Final = 30


def judge(lines: Lines) -> Iterator[Removal]:
    """Cues, menus, breadcrumbs, tags under their heading, a site's name before the headline."""
    yield from by_cue(lines, "navigation")
    for line in lines.short_together.holding(_STEPS):
        if is_breadcrumb(line):
            yield whole(line, "navigation", "navigation.breadcrumb", "is a path through the site")
    for line in lines.short_together.holding("]"):
        if not line.prose and (edit := _EDIT.search(line.text)):
            yield span(line, edit, "navigation", "navigation.edit", "leads to a wiki's editor")
    for head in lines.cued["navigation"]:
        hit = opener(head, "navigation")
        if hit and (hit.cue.weight >= 1 or lines.outside(head)) and head.number > lines.running:
            yield whole(head, "navigation", "navigation.heading", "heads a list of tags")
            for tag in _tags(lines, head):
                yield whole(tag, "navigation", "navigation.tags", f"a tag under “{head.text[:40]}”")
    for entry in _menus(lines):
        why = "an entry of a menu: short lines around words that menus have"
        yield whole(entry, "navigation", "navigation.menu", why, 0.7)
    if is_site_name(lines):
        why = "a name alone above the headline"
        yield whole(lines.all[0], "navigation", "navigation.site", why, 0.8)


def _menus(lines: Lines) -> Iterator[Line]:
    """The entries of menus above and below an article.

    A menu is a run of labels that holds at least three words of menus.  Above the text it
    reaches to its last such word, below it begins with the first one: the entries beside the
    text may belong to it.
    """
    named = sum(line.has("navigation") for line in lines.all if line.cues)
    if lines.running == len(lines.all) or named < _KNOWN:
        return
    for entries, run in groupby(lines.all, key=is_entry):
        menu = list(run) if entries else []
        known = [n for n, line in enumerate(menu) if line.has("navigation")]
        if len(menu) < _ENTRIES or len({menu[n].folded for n in known}) < _KNOWN:
            continue
        if menu[-1].number < lines.running:
            yield from menu[: known[-1] + 1]
        elif menu[0].number > lines.last_prose:
            yield from menu[known[0] :]


def is_entry(line: Line) -> bool:
    """Whether the line could be an entry of a menu: a few words that are no sentence."""
    return line.words <= 4 and not line.stopped and line.role in ("paragraph", "item", "heading")


def is_breadcrumb(line: Line) -> bool:
    """Whether the line is a path such as `Home > Markets > Crypto`."""
    if line.words > 25:
        return False
    here = _HERE.match(line.folded)
    path = line.folded[here.end() :].strip() if here else line.folded
    if not (here or _HOME.match(path)):
        return False
    steps = [step.strip() for step in _STEP.split(path)]
    if any(not 0 < len(step) <= _LONGEST_STEP or set(step) & set(".!?") for step in steps):
        return False
    # A bar or a slash parts other pairs as well: `Home | Away`.
    return len(steps) >= (2 if any(arrow in path for arrow in _ARROWS) else 3)


def is_site_name(lines: Lines) -> bool:
    """Whether the page begins with a name of one to three words and then a longer headline."""
    if len(lines.all) < 3 or lines.first_prose < 2:
        return False
    first, second = lines.all[:2]
    return (
        first.words <= 3
        and first.text.replace(" ", "").isalpha()
        and first.role == "paragraph"
        and not (first.stopped or is_byline(first) or first.has("byline"))
        and not second.prose
        and second.words >= max(4, first.words + 2)
        and lines.running <= min(6, len(lines.all) - 1)
    )


def _tags(lines: Lines, head: Line) -> Iterator[Line]:
    """The tags after their heading: a list of short lines, as far as it goes."""
    for line in lines.all[head.number + 1 : head.number + 1 + _TAGS]:
        if (
            line.prose
            or line.words > _TAG_WORDS
            or line.stopped
            or line.role in ("heading", "title")
        ):
            return
        yield line
