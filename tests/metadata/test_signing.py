"""Which bylines of an HTML page name its author, and which belong to menus, cards and others."""

import pytest

from cleaners import Page, clean_page

TITLE = "The ferry harbour at Lundvik closes for six weeks in spring"
BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The ferry harbour at Lundvik will close for six weeks in spring, and nobody likes it.",
        "Residents had asked for the repair for years, after a lorry broke through its deck.",
        "Nobody was hurt at the time, but the crossing was open to cars only all summer long.",
        "The council paid for the new deck from what it had put by for the library’s roof.",
    )
)

LONG = "".join(
    f"<p>In {place} nobody on the quay could say when the first boat of the year would leave.</p>"
    f"<p>The people of {place} tie their boats to the old pier when the wind is from the west.</p>"
    for place in ("Ardley", "Bresk", "Corrin", "Dunsey", "Eskerby", "Farlow", "Gannet", "Holm")
) + "".join(BODY * 6)


def author_of(*, above="", head="", inside="", foot=""):
    return clean_page(
        Page(
            f"<html lang=en><body>{above}<main><article><h1>{TITLE}</h1>{head}{LONG}{inside}{LONG}"
            f"</article></main>{foot}</body></html>"
        )
    ).author


@pytest.mark.parametrize(
    "head",
    [
        "<p>Ada Brown</p><p>3 May 2026</p>",
        "<p>By Ada Brown</p><p>3 May 2026</p>",
        "<ul class=meta><li>Ada Brown</li><li>3 May 2026</li></ul>",
        "<div><a href='/ada'>By Ada Brown</a></div><div>3 May 2026</div>",
    ],
)
def test_a_byline_below_the_headline_names_the_author(head):
    assert author_of(head=head) == "Ada Brown"


def test_a_byline_behind_the_last_words_names_the_author():
    assert author_of(foot="<div><p>Written by Ada Brown</p></div>") == "Ada Brown"


MENU = "".join(f"<li><a href='/{n}'>Part {n}</a></li>" for n in range(12))


@pytest.mark.parametrize(
    "above",
    [
        f"<nav><ul><li><span>By Gender &amp; Age</span></li>{MENU}</ul></nav>",
        f"<div class=menu><button>BY USE CASE</button><ul>{MENU}</ul></div>",
        "<nav><p>By Ada Brown</p></nav>",
    ],
)
def test_an_entry_of_a_menu_names_nobody(above):
    assert author_of(above=above) is None


def test_who_wrote_the_stories_on_cards_is_not_the_author():
    card = "<a href='/{0}'><h3>Harbour fees rise again in {0}</h3><p>By Ada Brown</p></a>"
    cards = "".join(map(card.format, ("May", "June", "July")))
    assert author_of(foot=f"<section><h2>More stories</h2>{cards}</section>") is None


def test_who_is_named_in_the_middle_of_the_page_is_not_the_author():
    assert author_of(inside="<p>By Ada Brown</p>") is None


@pytest.mark.parametrize("months", [("March 2026", "May 2025", "June 2024")])
def test_the_label_of_a_choice_names_nobody(months):
    options = "".join(f"<option>{month}</option>" for month in ("Select Month", *months))
    assert author_of(foot=f"<div class=archive><select>{options}</select></div>") is None
