"""How the loss of line breaks is counted."""

from benchmarks.joined import kept_and_gone, long_share
from benchmarks.labelling import LabelledPage, Piece
from cleaners import Page

STORY = (
    "The quarry closed before its winter was over, and half of the walls are built of its stone."
)
ADVERT = "Advertisement"


def test_characters_of_pieces_are_counted_by_their_labels_and_by_what_is_left():
    page = LabelledPage(
        "one",
        "later",
        "en",
        Page(f"{STORY}\n{ADVERT}\n{STORY}", media="text"),
        (Piece(STORY, ("keep",)), Piece(STORY, ("keep",)), Piece(ADVERT, ("ad",))),
        {},
    )
    story, advert = (len("".join(text.split())) for text in (STORY, ADVERT))
    assert kept_and_gone(page, "\n") == (2 * story, 2 * story, advert, advert)


def test_a_share_of_long_lines_is_one_of_characters():
    assert long_share("a" * 3000 + "\n" + "b" * 999 + "\n c ") == 3000 / 4000
