"""Addresses that are none: they name no site and fail no page."""

import pytest

from cleaners import Page, clean_page
from cleaners.addresses import site_of, split_url

MALFORMED = ["http://[bad", "https://exa\u2100mple.org/", "\ud800", "", "no url"]
HTML = "<html><body><h1>The lamp</h1><p>The keeper lit the lamp at dusk.</p></body></html>"


def test_a_site_is_the_host_without_www():
    assert site_of("https://www.Example.org:8080/a/b?c#d") == "example.org"
    assert split_url("https://example.org/a/b?c#d").path == "/a/b"


@pytest.mark.parametrize("url", [None, *MALFORMED])
def test_what_is_no_address_has_no_site(url):
    assert site_of(url) is None


@pytest.mark.parametrize("url", [*MALFORMED, "https://example.org/\udc80"])
def test_no_address_fails_a_page(url):
    page = Page(HTML, url=url)
    document = clean_page(page)
    assert "The keeper lit the lamp at dusk." in document.text
    assert len(document.id) == 32
    assert document == clean_page(page)


def test_half_a_surrogate_pair_still_tells_addresses_apart():
    pages = (Page(HTML, url=f"https://example.org/{half}") for half in "\ud800\ud801")
    one, other = map(clean_page, pages)
    assert one.id != other.id
