"""The labelled pages: well formed, the halves that are only reported as written, and floors."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from benchmarks.kinds import GROUPS, TARGETS, compare, tally
from benchmarks.labelling import (
    FOLDER,
    HALVES,
    LANGUAGES,
    LabelError,
    load,
    load_lessons,
    read,
)
from cleaners.records import KINDS

FLOORS = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "floors.toml").read_text())

DIGESTS = {
    "report": "539836d7d909c7bcd448affd67bf2a1b7a5b1e60c51063f2b8f03c43762aad09",
    "other": "ffe24664b7a261a8f234c0132face0ec5d89344d916ab1b01d7862b9e635f886",
}
"""What the halves that are only reported must be: nothing in them is changed to suit a rule."""


@pytest.mark.parametrize("half", DIGESTS)
def test_a_half_that_is_only_reported_is_as_it_was_written(half):
    digest = hashlib.sha256()
    for path in sorted((FOLDER / half).iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    assert digest.hexdigest() == DIGESTS[half]


@pytest.mark.parametrize("half", HALVES)
def test_a_half_has_pages_of_all_languages_and_both_media(half):
    pages = load(half)
    assert len(pages) >= 60
    assert {(page.language, page.page.media) for page in pages} == {
        (language, media) for language in LANGUAGES for media in ("html", "text")
    }
    assert {*LANGUAGES} == {code for codes in GROUPS.values() for code in codes}


def test_lessons_are_by_many_hands_and_teach_every_kind_in_every_language():
    lessons = load_lessons()
    pages = [page for hand in lessons.values() for page in hand]
    assert len(lessons) == 19
    assert all(len(hand) >= 30 for hand in lessons.values())
    assert {page.language for page in pages} == {*LANGUAGES}
    labels = {label for page in pages for piece in page.pieces for label in piece.labels}
    assert labels >= {*KINDS} - {"layout", "template", "repeat"}


def test_the_html_pages_of_two_hands_are_of_all_types_and_languages():
    pages = load("pages")
    assert len(pages) == 83
    assert {page.page.media for page in pages} == {"html"}
    assert {page.language for page in pages} == {*LANGUAGES}
    types = {page.expected["about"] for page in pages}
    assert {"article", "documentation", "service", "forum", "collection", "listing", "product"} == (
        types
    )
    assert all(any(piece.labels[0] == "keep" for piece in page.pieces) for page in pages)
    assert not any("data-label" in page.page.text for page in pages)


def test_no_page_is_in_two_halves():
    pages = [page for half in (*HALVES, "later", "pages") for page in load(half)]
    pages += [page for lessons in load_lessons().values() for page in lessons]
    texts = [piece.text for page in pages for piece in page.pieces]
    long = [text for text in texts if len(text) > 120]
    assert len(long) == len(set(long))


def page(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path, "writing")


def test_labels_are_read_and_taken_out(tmp_path):
    text = page(tmp_path, "en-1.txt", "# author: A\nkeep| One {{ticker:(AB)}} two.\n\nad| Ad\n")
    assert text.page.text == "One (AB) two.\n\nAd"
    assert [(p.text, p.labels[0]) for p in text.pieces] == [
        ("One ", "keep"),
        ("(AB)", "ticker"),
        (" two.", "keep"),
        ("Ad", "ad"),
    ]
    assert text.expected == {"author": "A"}
    html = page(tmp_path, "de-1.html", '<p>a</p><div data-label="ad/sponsored"><b>c</b></div>')
    assert "data-label" not in html.page.text
    assert [piece.labels for piece in html.pieces] == [("keep",), ("ad", "sponsored")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("en-1.txt", "A line without a label"),
        ("en-1.txt", "advert| No such kind"),
        ("en-1.txt", "# writer: A\nkeep| One"),
        ("xx-1.txt", "keep| No such language"),
        ("en-1.html", '<p data-label="advert">x</p>'),
    ],
)
def test_what_is_malformed_is_refused(tmp_path, name, text):
    with pytest.raises(LabelError):
        page(tmp_path, name, text)


@pytest.fixture(scope="module", params=HALVES)
def tallied(request):
    return request.param, tally(compare(page).words for page in load(request.param))


def test_the_floors_hold(tallied):
    half, tallies = tallied
    floors = FLOORS["kinds"][half]
    assert floors.keys() == {*TARGETS}
    for kind, (precision, recall) in floors.items():
        found = tallies.words[kind]
        assert found.precision >= precision, kind
        assert found.recall >= recall, kind


def test_every_label_of_the_pages_is_counted(tallied):
    _, tallies = tallied
    assert tallies.words.keys() <= {*KINDS}
    for found in (*tallies.words.values(), *tallies.pieces.values()):
        assert found.right <= min(found.labelled, found.called)
