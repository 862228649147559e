"""Features say what their names say, and depend on nothing but the page."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.judging.features import Scores, measure
from cleaners.judging.features.shape import text_shape
from cleaners.judging.features.tree import names_in, nearest, tree_of
from cleaners.records import Block, Outline
from cleaners.segmenting.html import blocks_of, parse

NOTHING = Scores({}, {})


def outline(markup: str) -> Outline:
    return Outline(blocks_of(parse(markup)))


def column(markup: str, name: str, scores: Scores = NOTHING, url: str | None = None) -> list[float]:
    measured = measure(outline(markup), url, scores)
    return measured.values[measured.names.index(name)].tolist()


def test_text_shape_counts_words_capitals_and_stops():
    shape = text_shape(["He saw Rome. It was big.", "MENU", "価格は上がった。", "12,5 %"])
    assert np.expm1(shape["words"])[:2] == pytest.approx([6, 1])
    assert shape["capitals"].tolist() == pytest.approx([3 / 6, 1, 0, 0])
    assert shape["stop_count"].tolist() == [2, 0, 1, 0]
    assert shape["upper"][1] == 1
    assert shape["ends_stop"].tolist() == [1, 0, 1, 0]
    assert shape["numbers"][3] == 1


def test_a_stop_inside_a_number_ends_no_sentence():
    assert text_shape(["It rose 3.5 points."])["stop_count"].tolist() == [1]


def test_closing_quotes_do_not_hide_the_stop_before_them():
    assert text_shape(["He said: “No.”"])["ends_stop"].tolist() == [1]


def test_names_are_split_where_a_reader_would():
    assert names_in("navBar-left2 main_content x") == {"nav", "bar", "left", "main", "content"}


def test_the_tree_knows_which_blocks_an_element_holds():
    blocks = outline("<main><p>a</p><div><p>b</p><p>c</p></div></main><p>d</p>").blocks
    tree = tree_of(blocks)
    spans = {
        (tree.labels[label][0], int(first), int(last))
        for label, first, last in zip(tree.label, tree.first, tree.last, strict=True)
    }
    assert ("body", 0, 3) in spans
    assert ("main", 0, 2) in spans
    assert ("div", 1, 2) in spans
    marked = np.array([[tree.labels[label][0] == "main" for label in tree.label]])
    (steps,) = nearest(tree, marked)
    assert steps.tolist() == [1, 2, 2, 30]


def test_links_are_a_share_of_the_text():
    assert column("<p><a href=x>all</a></p><p>half <a href=x>half</a></p>", "linked") == (
        pytest.approx([1, 4 / 9])
    )


def test_cards_are_known_by_their_repetition():
    card = '<div class="card"><h3>Name</h3><p>Text of the card.</p></div>'
    cards = column(f"<p>one</p>{card * 4}", "unit_count")
    assert cards[0] == pytest.approx(np.log1p(1))
    assert cards[1:] == pytest.approx([np.log1p(4)] * 8)


def test_learned_names_are_summed_along_the_path():
    scores = Scores({"post": 1.5, "footer": -3.0}, {})
    markup = '<div class="post"><p>a</p><p class="footer">b</p></div><p>c</p>'
    assert column(markup, "names_sum", scores) == [1.5, -1.5, 0]
    assert column(markup, "names_own", scores) == [0, -3, 0]


def test_learned_words_speak_for_short_blocks_alone():
    scores = Scores({}, {"subscribe": -2.0})
    markup = f"<p>Subscribe now</p><p>{'They subscribe to it. ' * 9}</p>"
    assert column(markup, "said_sum", scores) == [-2, 0]


def test_a_second_copy_of_the_text_is_seen():
    text = "A first paragraph that is long enough to be told from all others."
    markup = f"<p>{text}</p><p>More.</p><div hidden>{text} More.</div>"
    assert column(markup, "alike_longer")[0] == 6
    assert column(markup, "alike_shorter")[2] == 6


def test_the_address_is_used_where_it_is_known():
    assert column("<p>a</p>", "url_parts", url="https://a.b/c/d?e") == [2]
    assert column("<p>a</p>", "url_known") == [0]


def test_blocks_without_a_place_can_be_measured():
    measured = measure(Outline((Block("one"), Block("two"))), None, NOTHING)
    assert np.isfinite(measured.values).all()


def test_every_page_has_the_same_columns():
    one = measure(outline("<p>a</p>"), None, NOTHING)
    other = measure(
        outline("<nav><a href=x>b</a></nav><main><p>c</p></main>"), "http://d/", NOTHING
    )
    assert one.names == other.names
    assert len(set(one.names)) == len(one.names) == len(one.values)


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=12))
def test_any_text_gives_finite_numbers(texts):
    blocks = tuple(Block(text.strip()) for text in texts)
    measured = measure(Outline(blocks), None, NOTHING)
    assert np.isfinite(measured.values).all()
