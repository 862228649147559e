"""Where elements meet without white space: two things get a gap, one word stays whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.segmenting.html import blocks_of, parse


def text_of(markup: str) -> str:
    return "|".join(block.text for block in blocks_of(parse(f"<div>{markup}</div>")))


def spans(*texts: str) -> str:
    return "".join(f"<span>{text}</span>" for text in texts)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        # quotes
        (spans("S&amp;P 500", "5,871.40"), "S&P 500 5,871.40"),
        (spans("NASDAQ", "AAPL", "187.20", "+1.4%"), "NASDAQ AAPL 187.20 +1.4%"),
        (spans("17,546.65", "-15.35"), "17,546.65 -15.35"),
        (spans("ATX", "3078.02", "−0.24%", "ERSTE"), "ATX 3078.02 −0.24% ERSTE"),
        (spans("25,972.25", "156.71"), "25,972.25 156.71"),
        # bylines, dates and times
        (spans("Ann Lee", "12.03.2024"), "Ann Lee 12.03.2024"),
        ("<time>17/11/2019</time><time>21:25</time>", "17/11/2019 21:25"),
        (spans("April 3, 2024", "5 mins"), "April 3, 2024 5 mins"),
        (spans("12", "Nov"), "12 Nov"),
        (spans("By", "JP Morgan"), "By JP Morgan"),
        # shops
        (spans("SKU: ISO1635", "MFR: SEL16"), "SKU: ISO1635 MFR: SEL16"),
        (spans("iPhone", "15"), "iPhone 15"),
        (spans("Regular price:", "€49.99"), "Regular price: €49.99"),
        (spans("$116.97", "$145", "19% off"), "$116.97 $145 19% off"),
        (spans("(45)", "45 reviews"), "(45) 45 reviews"),
        (spans("item number:", "404928375058"), "item number: 404928375058"),
        ("<label>XXL</label><label>3XL</label>", "XXL 3XL"),
        # counts and links
        (spans("Sensors", "16"), "Sensors 16"),
        (spans("107k", "39", "39 gold badges"), "107k 39 39 gold badges"),
        ("<a href=a>Google+</a><a href=b>Pinboard</a>", "Google+ Pinboard"),
        ("<a href=a>$150 at one</a><a href=b>$120 at two</a>", "$150 at one $120 at two"),
        # a single figure beside a word
        (spans("Servings", "8"), "Servings 8"),
        (spans("8:11am", "1"), "8:11am 1"),
        (spans("3", "likes", "14", "replies"), "3 likes 14 replies"),
        (spans("Reposo", "6 horas"), "Reposo 6 horas"),
        (spans("5", "Déc.", "2026"), "5 Déc. 2026"),
        # signs that part
        (spans("Ann Lee", "•", "3 May 2024", "·", "News"), "Ann Lee • 3 May 2024 · News"),
        (spans("home", "›", "quays"), "home › quays"),
        # labels of scripts without white space
        (
            spans("2026-07-15 09:12", "来源：溪口日报", "作者：林知远"),
            "2026-07-15 09:12 来源：溪口日报 作者：林知远",
        ),
        (spans("経済", "更新日：2026年"), "経済 更新日：2026年"),
        # neighbours further out, with emphasis inside
        ("<i></i><span><b>ATX</b></span><span><i>30.15</i></span>", "ATX 30.15"),
        (f"<x-cell>{spans('USD')}</x-cell><x-cell>{spans('476.98')}</x-cell>", "USD 476.98"),
    ],
)
def test_two_things_in_neighbouring_elements_are_kept_apart(markup: str, text: str):
    assert text_of(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        # prices set in parts
        spans("$", "12", ".99"),
        spans("$129", "00"),
        spans("EUR", "12", ",99").replace("<span>EUR</span>", "EUR "),
        spans("12", "99 €"),
        spans("EUR 148", "02"),
        spans("US", "$12.50"),
        spans("12,50", "€"),
        # one figure in parts
        spans("1,2", "34"),
        spans("1", "2", "3", "4"),
        spans("14", "% of all"),
        spans("12:", "30"),
        spans("2010", "-2015"),
        spans("COVID", "-19"),
        # words that are animated, coloured or set in type
        spans(*"Welcome"),
        spans("W", "ELCOME"),
        spans("e", "BAY"),
        spans("insight", "-driven"),
        spans("cyb", "ersecurity"),
        spans("PDF", "s"),
        spans("401", "mg"),
        spans("the 2", "nd"),
        spans("CO", "2"),
        spans("U.", "S."),
        spans("0.", "75"),
        spans("json.", "JSONEncoder"),
        spans("v.", "2"),
        spans("3", "rd"),
        spans("250", "ml"),
        spans("4", "x", "4"),
        spans("Mp", "3"),
        spans("A|B", "C|D").replace("C|D", "c|d"),
        "<span>H</span><sub>2</sub>O",
        "<b>ISO</b><span>9001</span>",
        "<strong>MAC</strong><b>BOOK</b>",
        "MP<span>34</span>",
        "<span>GDPR</span>2018",
        # punctuation that belongs to what is before it
        "<a href=a>DJI</a><span>, said it</span>",
        "<a href=a>some</a><span>)</span>",
        # words that go on in a link
        "de l'<a href=a>Union</a>",
        "dell’<a href=a>Università</a>",
        "anti-<a href=a>American</a>",
        "ex-<span>Präsident</span>",
        "rain/<a href=a>Snow</a>",
        "hash(<a href=a>Object</a>)",
        # code and formulas
        "<pre><span>np</span><span>.</span><span>Array</span><span>X9</span></pre>",
        "<code><span>np</span><span>.</span><span>Array</span></code>",
        "<code><span><span>0x</span><span>FF</span></span></code>",
        "<code>UTF</code><code>16LE</code>",
        "<math><mn>12</mn><mi>AB</mi></math>",
        # scripts that are written without white space
        spans("第三", "2024年", "ABC社"),
        spans("東京", "大阪"),
    ],
)
def test_one_word_or_figure_in_several_elements_stays_whole(markup: str):
    assert text_of(markup) == re.sub("<[^>]*>", "", markup)


@given(st.lists(st.text("abz", min_size=1), min_size=2))
def test_lower_case_is_never_parted(parts: list[str]):
    assert text_of(spans(*parts)) == "".join(parts)


@given(st.lists(st.text("aZ9.$ 東", min_size=1), min_size=1))
def test_gaps_add_white_space_and_nothing_else(parts: list[str]):
    bare = "".join("".join(parts).split())
    assert "".join(text_of(spans(*parts)).split()) == bare
