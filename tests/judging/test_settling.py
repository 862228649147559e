"""Judging again: only where something may have changed."""

from cleaners.judging import judge_text, settling
from cleaners.segmenting.text import segment_text
from tests.corpus import article


def test_a_clean_text_is_not_judged_a_second_time(monkeypatch):
    text = "\n\n".join(article("clean"))
    blocks = segment_text(text)
    removals, _ = judge_text(blocks)
    assert not removals
    judged = []
    monkeypatch.setattr(settling, "judge_kinds", lambda *asked: judged.append(asked) or [])
    assert settling.settle(blocks, removals) == ((), text)
    assert judged == []
