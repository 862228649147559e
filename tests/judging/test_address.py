"""Whether a text speaks to its reader or of its page."""

import pytest

from cleaners.judging.address import addresses_reader


@pytest.mark.parametrize(
    "text",
    [
        "Our best stories wait for you each morning.",
        "This article was written by two people.",
        "Kurse: Börse Düsseldorf, 15 Minuten verzögert.",
        "Jeden Morgen schicken wir die Nachrichten des Hafens.",
        "当サイトの記事は毎朝届く。",
    ],
)
def test_boilerplate_does(text):
    assert addresses_reader(text)


@pytest.mark.parametrize(
    "text",
    [
        "The board met in May and voted to raise the wall.",
        "“You may have my boat,” she said.",
        "US exports fell by a tenth.",
        "壁は1931年に建てられた。",
    ],
)
def test_a_story_does_not(text):
    assert not addresses_reader(text)


def test_what_can_happen_counts_for_warnings_alone():
    text = "The value of coins can fall to nothing."
    assert not addresses_reader(text)
    assert addresses_reader(text, warning=True)
