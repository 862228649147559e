"""Days of deadlines and openings below a label of their own: they stay with it."""

import pytest

from cleaners import Page, clean_page

LEAD = "Owners of listed buildings can apply for up to half of the cost of urgent repairs."
BODY = (
    "You can apply if you own a building of the first grade in the county, or hold a lease of it.",
    "Do not start work before you have our offer in writing, since we pay for nothing done before.",
    "Send the form and two quotations to the heritage team, whose office is in the county hall.",
)
MENU = "<nav><a href=/>Home</a> <a href=/grants>Grants</a> <a href=/contact>Contact us</a></nav>"


def of_html(terms):
    body = "".join(f"<p>{text}</p>" for text in BODY)
    return clean_page(
        Page(
            f"<html lang=en><body>{MENU}<main><h1>Heritage repair grants</h1><p>{LEAD}</p>{terms}"
            f"<h2>Who can apply</h2>{body}</main><footer>© 2026 Bramshott Council</footer></body>"
        )
    )


@pytest.mark.parametrize("label", ["Deadline:", "Opens:", "Ends", "Closing date", "Doors open"])
def test_a_day_stays_below_the_label_that_stays(label):
    document = of_html(f"<dl><dt>{label}</dt><dd>31 January 2027</dd></dl>")
    assert ("31 January 2027" in document.text) == (label in document.text)
    assert label in document.text


@pytest.mark.parametrize("label", ["Published:", "Updated:", "Posted"])
def test_the_day_of_the_page_goes(label):
    document = of_html(f"<dl><dt>{label}</dt><dd>3 November 2026</dd></dl>")
    assert "3 November 2026" not in document.text
    assert document.date == "2026-11-03"


def test_a_day_below_running_text_that_ends_like_a_label_goes():
    """`... on the last day it is open` is no label."""
    document = of_html("<p>We will tell you when the fund opens</p><p>3 November 2026</p>")
    assert "3 November 2026" not in document.text


def test_a_day_stays_below_its_label_in_flattened_text():
    lines = ["Home", "Grants", "News", "Contact us", "Heritage repair grants", LEAD]
    frame = ["Share this page", "Copyright 2026 Bramshott Council. All rights reserved."]
    page = [*lines, "Deadline:", "31 January 2027", *BODY, *frame]
    document = clean_page(Page("\n\n".join(page), media="text"))
    assert "Deadline:\n\n31 January 2027" in document.text
    assert document.date is None
