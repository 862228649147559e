"""What goes from a page because its site repeats it: kind `template`.

A line that many pages of a site share is not yet boilerplate: sections of every article can be
headed "Background", and columns of every table "Price".  Such headings stand alone among content.
Templates come in runs, or at the end of the page, or they are whole sentences.  So a run of known
lines goes if it

- holds a sentence, or
- ends the text, or
- begins the text, with two lines or more, or
- has three lines or more.

Judged is what other rules have left, as text: the form in which templates are learned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cleaners.judging.lines import Line, Lines, read_lines
from cleaners.judging.protect import protect
from cleaners.judging.rules import whole
from cleaners.judging.users import Own, own_rules
from cleaners.records import Block, Removal
from cleaners.templating.records import ANY, Standing, Template

_AT_TOP: Final = 2
_ANYWHERE: Final = 3


def judge_template(
    blocks: Sequence[Block], template: Template, own: Own | None = None
) -> list[Removal]:
    """What the template of its site would take out of a page, less what is protected."""
    own = own or own_rules()
    lines = read_lines(blocks, own.cues)
    return own.keep(blocks, protect(lines, _propose(lines, template)))


def name_by_template(
    blocks: Sequence[Block],
    removals: Sequence[Removal],
    template: Template,
    own: Own | None = None,
) -> list[Removal]:
    """The removals; what has no finer kind than `layout` is what the site's template says it is."""
    lines = read_lines(blocks, (own or own_rules()).cues).all
    return [
        _removal(line, template[line.folded])
        if removal.kind == "layout"
        and (line := lines[removal.block]).folded in template
        and (removal.start, removal.end) == (0, len(line.text))
        else removal
        for removal in removals
    ]


def _propose(lines: Lines, template: Template) -> Iterator[Removal]:
    known = (line.folded in template and line.role not in ("code", "title") for line in lines.all)
    marked = list(zip(lines.all, known, strict=True))
    for stands, group in groupby(marked, key=lambda pair: pair[1]):
        run = [line for line, _ in group]
        if stands and _is_template(run, lines):
            yield from (_removal(line, template[line.folded]) for line in run)


def _is_template(run: Sequence[Line], lines: Lines) -> bool:
    begins, ends = run[0].number == 0, run[-1].number == len(lines.all) - 1
    return any(line.prose for line in run) or ends or len(run) >= (_AT_TOP if begins else _ANYWHERE)


def _removal(line: Line, standing: Standing) -> Removal:
    if standing.site == ANY:
        why = f"stands in {standing.pages:,} stories"
        return whole(line, standing.kind, "template.any", why, 1.0)
    site = standing.site or "the pages without a url"
    why = f"stands on {standing.pages:,} of {standing.of:,} pages of {site}"
    score = min(standing.pages / max(standing.of, 1), 1.0)
    return whole(line, standing.kind, "template.site", why, score)
