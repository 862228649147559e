"""Comment forms and calls to comment.

The comments of readers themselves are main content on a forum, so only the frame goes here.
Not: sentences about comments that somebody made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cleaners.judging.lines import Lines
from cleaners.judging.rules import by_cue, whole
from cleaners.records import Removal

_COUNT: Final = re.compile(
    r"\d{1,5} ?(?:comments?|replies|responses|kommentare?|commentaires?|comentarios?|comentários?"
    r"|комментари\w{0,2}|条?评论|[則则條条個个](?:留言|回應|评论|評論)|件のコメント|개의 댓글)"
    r"|(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|комментари[ий]|评论|評論|留言"
    r"|コメント|댓글) ?[:：]? ?[(（]?\d{1,5} ?件?[)）]?"
)


def judge(lines: Lines) -> Iterator[Removal]:
    """Lines of the form in which readers comment."""
    yield from by_cue(lines, "comments")
    for line in lines.signed:
        if _COUNT.fullmatch(line.folded) and lines.outside(line):
            yield whole(line, "comments", "comments.count", "counts comments beside the text")
