"""The day of an HTML page: when it was published, not when something it speaks of is."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from cleaners.metadata.head import read_head
from cleaners.metadata.html import declared

TITLE = "<h1>Repair grants for old roofs</h1>"


def day(body, head="", lang="en"):
    html = f"<!doctype html><html lang={lang}><head>{head}</head><body>{body}</body></html>"
    tree = LexborHTMLParser(html)
    return declared(tree, read_head(tree), None).date


@pytest.mark.parametrize(
    "appointed",
    [
        "<p>Deadline: 31 January 2027</p>",
        "<p><b>Deadline:</b> 31 January 2027</p>",
        "<dl><dt>Deadline</dt><dd>31 January 2027</dd></dl>",
        "<dl><dt>Opens:</dt><dd>1 December 2026</dd><dt>Ends:</dt><dd>2 May 2027</dd></dl>",
        "<table><tr><th>Doors open</th><td>Friday, 4 December 2026</td></tr></table>",
        "<p><span>Closing date</span> <time datetime='2027-01-31'>31 January</time></p>",
        "<dl><dt>Ends</dt><dd><time datetime='2027-01-31'>31 January</time></dd></dl>",
        "<p class=date>Applications close 31 January 2027</p>",
        "<p><span>Starts</span><span class=date>31 January 2027</span></p>",
        "<p>Saturday 5 December 2026, 6 pm to 11 pm</p>",
        "<p>Sunday 12 May 2026, 10:00 to 16:00</p>",
        "<p>12 to 24 December 2026</p>",
        "<p>From 12 May – 24 December 2026</p>",
    ],
)
def test_the_day_of_something_else_is_not_the_page_s(appointed):
    assert day(TITLE + appointed) is None
    assert day(f"{TITLE}{appointed}<p>Published:</p><p>3 November 2026</p>") == "2026-11-03"


@pytest.mark.parametrize(
    ("appointed", "lang"),
    [
        ("<p>Samedi 5 décembre 2026, de 18h à 23h</p>", "fr"),
        ("<p>Date limite d’inscription : 20 novembre 2026</p>", "fr"),
        ("<dl><dt>Einlass</dt><dd>5. Dezember 2026</dd></dl>", "de"),
        ("<dl><dt>Inicio</dt><dd>5 de diciembre de 2026</dd></dl>", "es"),
        ("<dl><dt>Término</dt><dd>5 de dezembro de 2026</dd></dl>", "pt"),
        ("<dl><dt>Начало</dt><dd>5 декабря 2026</dd></dl>", "ru"),
        ("<dl><dt>開演</dt><dd>2026年12月5日</dd></dl>", "ja"),
    ],
)
def test_it_is_not_in_other_languages_either(appointed, lang):
    assert day(TITLE + appointed, lang=lang) is None


@pytest.mark.parametrize(
    "shown",
    [
        "<p>3 November 2026</p>",
        "<p>Published: 3 November 2026</p>",
        "<dl><dt>Published</dt><dd>3 November 2026</dd></dl>",
        "<dl><dt>Date:</dt><dd>3 November 2026</dd></dl>",
        "<p>Tuesday 3 November 2026, 10:00</p>",
        "<p>Published 3 November 2026, 10:00, updated 11:00</p>",
        "<p><span>Start date</span> <time datetime='2026-11-03'>3 November</time></p>",
        "<p>Weekends</p><p>3 November 2026</p>",
        "<p>What opens, and where?</p><p>3 November 2026</p>",
    ],
)
def test_a_day_that_nothing_else_claims_is_the_page_s(shown):
    assert day(TITLE + shown) == "2026-11-03"


EVENT = {"@type": "MusicEvent", "name": "Night of lanterns", "startDate": "2026-12-05T18:00"}


def test_the_day_of_a_declared_event_is_not_the_page_s():
    head = f'<script type="application/ld+json">{json.dumps(EVENT)}</script>'
    shown = f"{TITLE}<p>Saturday</p><p>5 December 2026</p>"
    assert day(shown, head) is None
    assert day(shown) == "2026-12-05"
    others = "<h2>See also</h2><p>22 November 2026</p><time datetime=2026-12-24>24 December</time>"
    assert day(shown + others, head) is None
    assert day(f"{shown}<p>Posted 3 November 2026</p>", head) == "2026-11-03"


def test_a_marked_day_is_believed_though_something_is_held_on_it():
    head = f'<script type="application/ld+json">{json.dumps(EVENT)}</script>'
    marked = "<time pubdate datetime='2026-12-05'>5 December</time>"
    assert day(TITLE + marked, head) == "2026-12-05"


@pytest.mark.parametrize(("sort", "expected"), [("Product", None), ("Review", "2026-11-03")])
def test_a_product_has_no_day_but_its_review_has(sort, expected):
    item = {"@type": [sort, "Product"], "name": "Kettle", "sku": "12"}
    head = f'<script type="application/ld+json">{json.dumps(item)}</script>'
    assert day("<h1>Kettle</h1><time datetime='2026-11-03'>3 November</time>", head) == expected
