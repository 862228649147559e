"""How lines are measured: what is prose, where an article runs, what a page says twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.characters import fold
from cleaners.judging.cues import Cues
from cleaners.judging.lines import read_lines
from cleaners.records import Block

SENTENCE = "The harbour council voted on Tuesday to widen the northern channel by forty metres."


def lines(*texts, role="paragraph"):
    return read_lines([Block(text, role) for text in texts], Cues(()))


def test_folding_makes_quotes_plain_and_spaces_single():
    assert fold("Don’t  miss “this”…") == 'don\'t miss "this"...'


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        SENTENCE[:-1] + "”.",
        "委员会周二投票决定将北航道拓宽四十米，工程预计明年春天开始。",
        "The vote was close. Nobody had expected the mayor to change his mind on the very last day",
    ],
)
def test_sentences_are_prose(text):
    assert lines(text).all[0].prose


@pytest.mark.parametrize(
    "text", ["Two halves", "Share", "Harbour council votes to widen the channel", "$1.2"]
)
def test_headlines_and_labels_are_not(text):
    assert not lines(text).all[0].prose


def test_code_and_headings_are_never_prose():
    assert not lines(SENTENCE, role="heading").all[0].prose
    assert not lines(SENTENCE, role="code").all[0].prose


def test_an_article_runs_where_sentences_follow_each_other():
    assert lines("Headline of a story", SENTENCE, SENTENCE, SENTENCE).running == 3
    cards = lines(*["A headline", SENTENCE] * 9)
    assert cards.running == len(cards.all)


def test_outside_is_before_and_behind_the_running_text():
    page = lines("Menu", "Quay", *[SENTENCE] * 5, "Contact")
    assert [page.outside(line) for line in page.all] == [True] * 3 + [False] * 3 + [True] * 2


def test_repeated_lines_are_known_in_any_case():
    page = lines("The Quay", "the quay", "The lake")
    assert [page.repeated(line) for line in page.all] == [True, True, False]


def test_wide_characters_count_half_a_word():
    assert lines("委员会周二投票决定将北航道拓宽").all[0].words == 8


@given(st.lists(st.text("ab: x\n/", min_size=1), max_size=8))
def test_the_lines_that_hold_a_needle_are_found_all_at_once(texts):
    read = lines(*texts)
    held = [line for line in read.all if ":" in line.folded or "ab" in line.folded]
    assert read.together.holding((":", "ab")) == held
