"""Judging again: only where something may have changed."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging import judge_text, settling
from cleaners.segmenting.text import segment_text
from tests.corpus import article


def test_a_clean_text_is_not_judged_a_second_time(monkeypatch):
    text = "\n\n".join(article("clean"))
    blocks = segment_text(text)
    _, removals, _ = judge_text(blocks)
    assert not removals
    judged = []
    monkeypatch.setattr(settling, "judge_kinds", lambda *asked: judged.append(asked) or [])
    assert settling.settle(blocks, removals) == ((), text)
    assert judged == []


def test_what_stands_below_two_headlines_is_judged_without_both():
    """Each time that the text is cleaned again, its first line goes as the title."""
    news = "The harbour council voted on Tuesday to widen the northern channel by forty metres."
    line = "0。一一㐀㐀\u3040㐀㐀㐀㐀㐀㐀㐀\u20000㐀\u3040\u3040㐀㐀㐀㐀㐀㐀㐀㐀预"
    above = f"{news} - Advertisement"
    text = f"{above}\n\n{above}\n\n{line}\n\n{news}\n\nBy Lena Brandt"
    document = clean_page(Page(text, media="text"))
    again = clean_page(Page(document.text, media="text"))
    assert not again.removals
    assert "By Lena Brandt" not in document.text


NEWS = "The harbour council voted on Tuesday to widen the northern channel by forty metres."


@pytest.mark.parametrize(
    "lines",
    [
        ["Harbour council widens northern channel", *["By Lena Brandt"] * 300],
        [NEWS, NEWS, *["Lena Brandt, editor of the Lundvik Courier"] * 300],
        [NEWS, *["Nora Rohan est journaliste à Brest et autrice de « Rames »."] * 300],
    ],
    ids=["bylines", "signatures", "notes on authors"],
)
def test_a_long_run_of_one_kind_goes_in_few_rounds(lines, monkeypatch):
    """A round looks at the whole text that is left, so that a round a line is a quadratic cost."""
    rounds = []
    again = settling.judge_kinds
    monkeypatch.setattr(settling, "judge_kinds", lambda *asked: rounds.append(1) or again(*asked))
    document = clean_page(Page("\n\n".join(lines), media="text"))
    assert len(document.removals) >= 300
    assert len(rounds) <= 3
