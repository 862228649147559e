"""Flags say what a page's removals prove."""

import pytest

from cleaners import Page, clean_page

ARTICLE = (
    "The ferry harbour at Lundvik will close for six weeks in spring, and two berths are replaced.",
    "Residents had asked for the repair since 2019, when a truck broke through the deck at night.",
)


@pytest.mark.parametrize(
    ("lines", "walled"),
    [
        (("Subscribe to continue reading",), True),
        (("This article is for subscribers only",), True),
        (("Members only", "Already a subscriber?"), True),
        (("Already a subscriber?",), False),
        (("Bereits Abonnent?",), False),
        (("Log in",), False),
        ((), False),
    ],
)
def test_a_link_to_log_in_is_no_wall(lines, walled):
    document = clean_page(Page("\n\n".join((*ARTICLE, *lines)), media="text"))
    assert ("paywalled" in document.flags) == walled
    assert all(paragraph in document.text for paragraph in ARTICLE)


def test_what_stands_above_the_headline_is_no_wall():
    lines = ("Log in or subscribe for $1 a week", "Harbour at Lundvik closes for spring", *ARTICLE)
    document = clean_page(Page("\n".join((*lines, "Share this article")), media="text"))
    assert document.title == lines[1]
    assert document.removed["paywall"] == 1
    assert "paywalled" not in document.flags
