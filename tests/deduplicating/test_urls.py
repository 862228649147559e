"""One form for the addresses under which one page is linked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.deduplicating.urls import canonical_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/b",
        "http://www.example.org/a/b/",
        "https://m.example.org/a/b#part",
        "https://WWW.Example.org:443/a/b?utm_source=x&fbclid=1",
        " https://example.org/a/b?UTM_Medium=mail ",
    ],
)
def test_one_page_has_one_address(url):
    assert canonical_url(url) == "example.org/a/b"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/B",
        "https://example.org/a",
        "https://example.org:8080/a/b",
        "https://other.example.org/a/b",
        "https://example.org/a/b?page=2",
        "https://[broken/a/b",
        "",
    ],
)
def test_other_pages_have_other_addresses(url):
    assert canonical_url(url) != "example.org/a/b"


def test_the_order_of_a_query_does_not_matter():
    assert canonical_url("https://x.example/?b=2&a=1") == canonical_url("http://x.example/?a=1&b=2")


_PARTS = (
    st.sampled_from(["http://", "https://"]),
    st.sampled_from(["", "www.", "m.", "www.m.", "m.m."]),
    st.from_regex(r"[a-z0-9-]{1,8}(\.[a-z]{2,5})?", fullmatch=True),
    st.from_regex(r"(/[a-zA-Z0-9%._~-]{0,6}){0,3}", fullmatch=True),
)


@given(st.tuples(*_PARTS).map("".join))
def test_the_short_way_is_the_long_way(url):
    # A fragment sends it the long way.
    assert canonical_url(url) == canonical_url(url + "#top")
