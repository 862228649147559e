"""How the namer is trained: from labels that are read, hand by hand, and the same every time."""

import dataclasses

import numpy as np
import pytest

from benchmarks.labelling import LabelError, read
from benchmarks.training_namer.examples import (
    PHRASES,
    Said,
    class_of,
    joined,
    labels_of,
    phrases,
    thinned,
)
from benchmarks.training_namer.net import fit_net, side_by_side
from benchmarks.training_namer.train import (
    Lessons,
    Rows,
    rows_of,
    train_net,
    train_words,
    weights_of,
)
from benchmarks.training_namer.words import fit_words, matrix
from cleaners.counting import count
from cleaners.judging.namer.concepts import default_concepts, find_concepts
from cleaners.judging.namer.features import CLASS_OF, CLASSES, COUNT, KEEP, NAMED
from cleaners.segmenting import segment

PAGES = {
    "north": {
        "en-01-harbour": (
            "keep| The harbour closes for six weeks in spring, the council said on Monday.\n"
            "ad| Open an account today and get a bonus of 50 dollars\n"
            "keep| Two old piers need to be replaced, and the town has set money aside.\n"
            "newsletter| Sign up to our newsletter\n"
            "copyright| All rights reserved\n"
        ),
        "en-02-oven": (
            "keep| The bakery has sold its last loaf after thirty years of rye and rolls.\n"
            "social| Share on Facebook\n"
            "related| Read more: why flour became dearer than rent\n"
        ),
    },
    "south": {
        "en-01-tram": (
            "keep| The tram will run at night from May, and the fare stays as it is.\n"
            "ad/sponsored| Claim your welcome gift now\n"
            "disclaimer| This is not investment advice.\n"
        ),
        "en-02-well": (
            "keep| Divers found the well under the square while they looked for a leak.\n"
            "newsletter| The best stories in your inbox every morning\n"
            "ticker| DAX 16,105.83 +0.14%\n"
        ),
    },
}


def page_of(tmp_path, text, name="en-01-page"):
    """A labelled page, read from its file."""
    path = tmp_path / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return read(path, "lessons")


@pytest.fixture
def texts(tmp_path):
    """Four labelled pages by two hands, as training sees them."""
    from benchmarks.training_namer.examples import _of_page  # noqa: PLC0415

    found = []
    for hand, pages in PAGES.items():
        (tmp_path / hand).mkdir()
        found += [
            _of_page(page_of(tmp_path / hand, text, name), hand) for name, text in pages.items()
        ]
    return found


def lessons_of(texts):
    """What is learned from when there are only labelled pages."""
    said = [
        Said(tuple(block.text for block in text.blocks), text.group, text.name, text.allowed)
        for text in texts
    ]
    hands = sorted({text.group for text in texts})
    return Lessons(texts, said, {hand: n for n, hand in enumerate(hands)}, hands)


# --- labels ----------------------------------------------------------------------------------


def test_a_line_is_allowed_each_of_its_labels_and_no_other(tmp_path):
    page = page_of(tmp_path, PAGES["south"]["en-01-tram"])
    allowed = labels_of(page, segment(page.page).blocks)
    assert allowed.shape == (3, CLASSES)
    assert [set(np.flatnonzero(row)) for row in allowed] == [
        {KEEP},
        {CLASS_OF["ad"], CLASS_OF["sponsored"]},
        {CLASS_OF["disclaimer"]},
    ]


def test_a_line_with_a_piece_of_another_kind_counts_for_what_most_of_it_is(tmp_path):
    page = page_of(
        tmp_path, "keep| Shares rose on Monday {{ticker:(EME - Free Report)}} once more.\n"
    )
    allowed = labels_of(page, segment(page.page).blocks)
    assert np.flatnonzero(allowed[0]).tolist() == [KEEP]


def test_titles_count_as_what_stays(tmp_path):
    page = page_of(tmp_path, "title| Harbour closes in spring\nkeep| It will open in May again.\n")
    assert labels_of(page, segment(page.page).blocks)[:, KEEP].all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("advert| Open an account\n", "advert"),
        ("A line without a label\n", "no label"),
        ("ad| {{advert:Open}} an account\n", "advert"),
    ],
)
def test_labels_that_cannot_be_read_are_refused(tmp_path, text, told):
    with pytest.raises(LabelError, match=told):
        page_of(tmp_path, text)


def test_a_block_that_is_not_in_the_labelled_text_is_refused(tmp_path):
    page = page_of(tmp_path, "keep| The harbour closes in spring.\n")
    other = page_of(tmp_path, "keep| Something else altogether.\n", "en-02-other")
    with pytest.raises(LabelError, match="Something else"):
        labels_of(page, segment(other.page).blocks)


# --- what the first look learns from ---------------------------------------------------------


def test_phrases_of_the_rules_are_learned_as_their_kinds_alone():
    said = phrases()
    assert said.group == PHRASES
    assert said.allowed.any(axis=1).all()
    assert not said.allowed[:, KEEP].any()
    row = said.texts.index("advertisement")
    assert [NAMED[at - 1] for at in np.flatnonzero(said.allowed[row])] == ["ad"]


def some_lines(group, site, *lines):
    allowed = np.zeros((len(lines), CLASSES), bool)
    for row, (_, kind) in zip(allowed, lines, strict=True):
        row[KEEP if kind == "keep" else CLASS_OF[kind]] = True
    return Said(tuple(text for text, _ in lines), group, site, allowed)


def test_lines_are_thinned_to_one_of_each_and_so_many_of_a_class():
    many = [(f"Offer number {n}", "ad") for n in range(50)]
    pages = [some_lines("fold 0", "a", *many), some_lines("fold 1", "b", *many, ("Tram", "keep"))]
    left = thinned(pages, 20)
    texts, allowed = joined(left)
    assert class_of(allowed).tolist().count(CLASS_OF["ad"]) == 20
    assert len(set(texts)) == len(texts) == 21
    assert [page.group for page in left] == ["fold 0", "fold 1"][-len(left) :]


def test_the_same_lines_are_drawn_every_time():
    pages = [some_lines("fold 0", "a", *((f"Offer number {n}", "ad") for n in range(50)))]
    assert thinned(pages, 7)[0].texts == thinned(pages, 7)[0].texts
    assert set(thinned(pages, 7)[0].texts) < set(thinned(pages, 8)[0].texts)


def test_labelled_lines_weigh_most_and_unknown_ones_nothing():
    unknown = some_lines("fold 0", "s", ("What is this", "ad"))
    said = [
        some_lines("north", "n", ("Open an account", "ad")),
        some_lines(PHRASES, PHRASES, ("advertisement", "ad")),
        some_lines("fold 0", "s", *((f"Offer {n}", "ad") for n in range(3))),
        dataclasses.replace(unknown, allowed=np.zeros_like(unknown.allowed)),
    ]
    weights = weights_of(said, ["north"])
    assert weights[0] == 1
    assert all(0 < weight < 1 for weight in weights[1:5])
    assert weights[5] == 0


# --- fitting ---------------------------------------------------------------------------------


def test_training_counts_tokens_as_the_shipped_model_does(texts):
    lines, allowed = joined(lessons_of(texts).said)
    words = fit_words(matrix(lines), allowed, np.ones(len(lines), np.float32))
    counted = count(lines)
    said = words.said(counted, find_concepts(counted, default_concepts())).T
    sums = matrix(lines) @ (words.table * words.scale) + words.bias
    by_hand = sums - np.log(np.exp(sums).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(said, by_hand, atol=1e-3)
    right = np.where(allowed, np.exp(said), 0).sum(axis=1)
    assert (right > 0.5).mean() > 0.9


def test_the_same_lessons_give_the_same_model(texts):
    once, again = (train_words(lessons_of(texts)) for _ in range(2))
    for one, other in zip([*once[0], once[1]], [*again[0], again[1]], strict=True):
        np.testing.assert_array_equal(one.table, other.table)
        np.testing.assert_array_equal(one.bias, other.bias)
    rows = rows_of(lessons_of(texts), once[0])
    nets = [train_net(rows, None) for _ in range(2)]
    np.testing.assert_array_equal(nets[0].inner, nets[1].inner)
    np.testing.assert_array_equal(nets[0].outer, nets[1].outer)


def test_a_model_knows_nothing_of_the_hand_that_it_is_tried_on(texts):
    without, _ = train_words(lessons_of(texts))
    assert [text.group for text in texts] == ["north", "north", "south", "south"]
    # Whatever the north writes, the model that is tried on it stays the same; the other does not.
    changed = [
        dataclasses.replace(text, allowed=np.roll(text.allowed, 1, axis=0))
        if text.group == "north"
        else text
        for text in texts
    ]
    again, _ = train_words(lessons_of(changed))
    np.testing.assert_array_equal(without[0].table, again[0].table)
    assert not np.array_equal(without[1].table, again[1].table)


def test_a_line_is_seen_by_a_first_look_that_did_not_know_its_page(texts):
    lessons = lessons_of(texts)
    without, _ = train_words(lessons)
    rows = rows_of(lessons, without)
    assert rows.values.shape == (sum(len(text.blocks) for text in texts), COUNT)
    assert rows.units.tolist() == [lessons.units[text.group] for text in texts for _ in text.blocks]
    # With the looks exchanged every line is seen otherwise.
    other = rows_of(lessons, without[::-1])
    assert (np.abs(rows.values - other.values).sum(axis=1) > 0).all()


def test_a_net_is_fitted_without_the_unit_that_is_held_out():
    random = np.random.default_rng(0)
    values = random.normal(size=(300, 5)).astype(np.float32)
    allowed = np.zeros((300, CLASSES), bool)
    allowed[np.arange(300), (values[:, 0] > 0).astype(int)] = True
    units = np.arange(300) % 2
    rows = Rows(values, allowed, np.ones(300, np.float32), units)
    poisoned = values.copy()
    poisoned[units == 1] *= -3
    held_out, same = (train_net(dataclasses.replace(rows, values=v), 1) for v in (values, poisoned))
    np.testing.assert_array_equal(held_out.inner, same.inner)
    np.testing.assert_array_equal(held_out.centre, same.centre)


def test_nets_side_by_side_give_their_mean():
    random = np.random.default_rng(0)
    values = random.normal(size=(6000, 6)).astype(np.float32)
    allowed = np.zeros((6000, 3), bool)
    allowed[np.arange(6000), (values[:, 0] > 0) + (values[:, 1] > 0).astype(int)] = True
    nets = [fit_net(values, allowed, np.ones(6000, np.float32), seed=seed) for seed in (0, 1)]
    assert not np.array_equal(nets[0].inner, nets[1].inner)
    both = side_by_side(nets)
    logs = [np.log(net.probabilities(values.T)) for net in nets]
    mean = (logs[0] + logs[1]) / 2
    mean -= np.log(np.exp(mean).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(np.log(both.probabilities(values.T)), mean, atol=0.02)
    best = both.probabilities(values.T).argmax(axis=1)
    assert (allowed[np.arange(6000), best]).mean() > 0.8
