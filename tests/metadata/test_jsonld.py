import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.metadata.jsonld import items, names, parse, text, types

values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "script",
    [
        '{"headline": "Bread"}',
        '<!-- {"headline": "Bread"} -->',
        '//<![CDATA[\n{"headline": "Bread"}\n//]]>',
        '{"headline": "Bread",}',
        '{"headline": "Bread"};',
        '{"headline": "Bread", "tags": ["a",],}',
    ],
)
def test_wrapped_and_sloppy_json_is_read(script) -> None:
    assert parse(script)[0]["headline"] == "Bread"


def test_line_breaks_in_strings_are_put_up_with() -> None:
    assert parse('{"headline": "Bread\n\tand rye"}')[0]["headline"].split() == [
        "Bread",
        "and",
        "rye",
    ]


def test_several_values_in_a_row_are_all_read() -> None:
    assert parse('{"a": 1}\n{"b": 2}') == [{"a": 1}, {"b": 2}]


def test_plain_pairs_are_saved_from_what_is_not_json() -> None:
    broken = '{"headline": "Say \\"bread\\"", "datePublished": "2024-05-16", "x": "a"b"}'
    assert parse(broken) == [{"headline": 'Say "bread"', "datePublished": "2024-05-16"}]


@pytest.mark.parametrize("script", ["", "  ", "<!-- -->", "window.x = 1", "{", "[" * 5000])
def test_what_is_not_json_is_nothing(script) -> None:
    assert parse(script) == []


def test_items_are_those_of_the_page_not_of_its_lists() -> None:
    page = {
        "@type": "WebPage",
        "mainEntity": {"@type": "NewsArticle", "name": "inner"},
        "hasPart": [{"@type": "NewsArticle", "name": "other page"}],
    }
    graph = [{"@graph": [page, {"@type": "Organization"}]}]
    found = [next(iter(types(item)), None) for item in items(graph)]
    assert found == [None, "WebPage", "NewsArticle", "Organization"]


def test_types_come_without_their_vocabulary() -> None:
    assert types({"@type": ["https://schema.org/NewsArticle", "schema:Report"]}) == {
        "NewsArticle",
        "Report",
    }


def test_names_are_found_by_value_item_and_reference() -> None:
    by_id = {"#ada": {"@id": "#ada", "name": "Ada"}}
    value = ["Max", {"name": "Li"}, {"@id": "#ada"}, {"@id": "#gone"}, {"name": ["A", "B"]}, 7]
    assert list(names(value, by_id)) == ["Max", "Li", "Ada", "A", "B"]


def test_texts_may_be_wrapped() -> None:
    assert text([{"@value": " Bread "}]) == "Bread"
    assert text({"name": "x"}) is None


@given(values)
def test_every_json_is_read_and_walked(value) -> None:
    parsed = parse(json.dumps(value))
    for item in items(parsed):
        types(item)
        list(names(item.get("author"), {}))


@given(st.text(alphabet='{}[]",:\\ab\n<!-->;', max_size=80))
def test_no_script_is_an_error(script) -> None:
    assert isinstance(parse(script), list)
