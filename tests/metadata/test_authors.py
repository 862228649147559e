"""Who wrote a page: what it declares, and what its bylines say."""

import pytest

from cleaners import Page, clean_page

HEADLINE = "The ferry harbour at Lundvik closes for six weeks in spring"
BODY = (
    "The ferry harbour at Lundvik will close for six weeks in spring, and nobody likes it much.",
    "Residents had asked for the repair for years, after a lorry broke through the deck of it.",
    "Nobody was hurt at the time, but the crossing was open to cars only for a whole summer.",
)


def of_text(*byline):
    return clean_page(Page("\n\n".join((HEADLINE, *byline, *BODY)), media="text")).author


def of_html(declared, byline):
    body = "".join(f"<p>{text}</p>" for text in BODY)
    return clean_page(
        Page(
            f"<html><head><meta name='author' content='{declared}'></head><body><article>"
            f"<h1>{HEADLINE}</h1><p class='byline'>{byline}</p>{body}</article></body></html>"
        )
    ).author


@pytest.mark.parametrize(
    "byline",
    [
        ["By Ada Brown"],
        ["By ADA BROWN, CONSUMER CHAMPION", "3 May 2026"],
        ["By Ada Brown at Quarry Lane", "3 May 2026"],
        ["By Ada Brown, Senior Reviewer | 3 May 2026"],
        ["ADA BROWN", "PERSONAL FINANCE COLUMNIST", "3 May 2026"],
    ],
)
def test_a_byline_names_its_author_alone(byline):
    assert of_text(*byline) == "Ada Brown"


@pytest.mark.parametrize("beside", ["Personal Finance", "Reading Time: 3 mins", "Ask Question"])
def test_a_section_beside_the_day_is_no_author(beside):
    assert of_text(beside, "3 May 2026") is None


def test_a_declared_publisher_yields_to_whom_the_page_names():
    assert of_html("Hill Observer", "By Ada Brown, 3 May 2026") == "Ada Brown"
    assert of_html("솔뫼일보 | 하늘뉴스", "도하람 기자") == "도하람"


def test_a_declared_author_stays():
    assert of_html("Carl Gray", "By Ada Brown, 3 May 2026") == "Carl Gray"
    assert of_html("crumb42", "By Ada Brown, 3 May 2026") == "crumb42"
    assert of_html("Hill Observer", "3 May 2026") == "Hill Observer"


@pytest.mark.parametrize(
    ("tail", "author"),
    [
        (" Автор: Анна Зимина", "Анна Зимина"),
        (" Текст: Анна Зимина / Фото: Пётр Рябов", "Анна Зимина"),
        ("（责任编辑 王芳）", None),
        ("（记者 王芳）", "王芳"),
        (" Телефон: Анна Зимина", None),
    ],
)
def test_who_signs_behind_the_last_sentence_is_the_author(tail, author):
    news = "The harbour council voted on Tuesday to widen the northern channel by forty metres."
    document = clean_page(Page(f"{news}\n\n{news} It starts soon.{tail}", media="text"))
    assert document.author == author


@pytest.mark.parametrize(
    ("lead", "author"),
    [("【東京＝佐藤花子】", "佐藤花子"), ("【東京＝共同】", None), ("【定価＝千二百円】", None)],
)
def test_who_reports_from_a_place_is_the_author(lead, author):
    news = "港湾委員会は火曜日、北水路を四十メートル広げることを決め、岸壁では誰も驚かなかった。"
    document = clean_page(Page(f"北水路の拡幅が決まる\n\n{lead}{news}\n\n{news}", media="text"))
    assert document.author == author
    assert (lead in document.text) is (author is None)


def test_who_supervised_a_text_is_named_where_nobody_else_is():
    news = "円建ての仕組みを、はじめての人にも分かるように一つずつ説明していきます。"
    head = "円建てステーブルコインの仕組みと買い方"
    stamp = "最終更新：2026年1月30日　監修：三好 なぎさ"
    document = clean_page(Page(f"{head}\n\n{stamp}\n\n{news}\n\n{news}", media="text"))
    assert document.author == "三好 なぎさ"
