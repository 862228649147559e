"""What stays whatever the rules say."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging.cues import default_cues
from cleaners.judging.lines import read_lines
from cleaners.judging.protect import live_times
from cleaners.segmenting import segment

BEFORE = "The ferry harbour at Lundvik will close for six weeks in spring, and the town pays."
AFTER = "Residents had asked for the repair since a truck broke through the deck in the year 2019."


def stays(*middle, joint="\n\n"):
    """Whether all lines survive between two paragraphs."""
    text = joint.join((BEFORE, AFTER, *middle, AFTER, BEFORE))
    document = clean_page(Page(text, media="text"))
    return document.removals == ()


@pytest.mark.parametrize(
    "heading",
    [
        *("Key takeaways", "Key points", "At a glance", "Summary:", "Das Wichtigste in Kürze"),
        *("Das Wichtigste im Überblick", "À retenir", "Las claves", "O que você precisa saber"),
        *("核心观点", "【导读】", "記事のポイント", "3줄 요약", "Вкратце"),
    ],
)
def test_key_points_stay(heading):
    points = [
        "• The deck is replaced in two halves",
        "• Share of the town: 3.1 million crowns",
        "• Tags are no longer needed",
    ]
    assert stays(heading, *points)
    assert stays(heading, *(point.replace("•", "-") for point in points), joint="\n")


def test_quoted_posts_stay_with_handle_and_date():
    assert stays(
        "“Six weeks without a ferry. Bring a book.”",
        "— Marta Engdahl (@martaengdahl) May 3, 2024",
        "pic.twitter.com/aB3dE5fG7h",
    )


def test_times_of_a_live_blog_stay_where_their_posts_stay():
    posts = [f"<article><time>0{hour}:40</time><p>{AFTER}</p></article>" for hour in (5, 6, 7)]
    page = (
        f"<body><main><h1>The quay in the storm</h1><p>{BEFORE}</p>{''.join(posts)}</main></body>"
    )
    lines = read_lines(segment(Page(page)).blocks, default_cues())
    times = {line.number for line in lines.all if line.text.endswith(":40")}
    assert len(times) == 3
    assert live_times(lines, set()) == times
    assert live_times(lines, {number + 1 for number in times}) == set()


def test_quote_signatures_stay():
    assert stays("“A harbour is a promise made of wood.”", "— Marta Engdahl")
    assert stays("“A harbour is a promise made of wood.”", "– Charles Dickens")


def test_clock_times_of_a_live_blog_stay():
    assert stays("9:05", "The first barge has left.", "9.40 Uhr", "The second is late.", "10h15")


def test_times_of_a_recipe_stay():
    assert stays("Prep 15 min", "Cook: 40 minutes", "Total time 55 min", "Serves 4")


def test_price_sentences_stay():
    assert stays(
        "Bitcoin lost 2.4% to $61,250 and ether fell by 3.1% to $2,980 in the afternoon.",
        "Copper gains 1.8% to $9,412 a tonne as mines stand still",
        "The index (NRX) rose 0.3% to 1,204.55 points, the highest since March.",
    )


def test_shares_of_companies_stay():
    assert stays(
        "Shares in the ferry company fell 4% to 12.30 crowns.",
        "Share price halves within a year",
        "He sold half of his shares and kept the rest for his daughter.",
    )


def test_code_stays():
    assert stays("```\nshare\nnext\nprint\n```")


def test_a_title_stays_out_of_the_removals():
    document = clean_page(
        Page(f"Share prices and how to read them\n\n{BEFORE}\n\n{AFTER}", media="text")
    )
    assert document.title == "Share prices and how to read them"
    assert document.removals == ()


NOTICE = "Disclaimer: This article is for information only and is not investment advice."
HINWEIS = "免责声明：本文仅供参考，不构成投资建议。"
STORIES = (
    (" ".join((BEFORE, AFTER) * 6), f" {NOTICE}"),
    ("渡轮港将于春季关闭六周，工人将更换两座最旧的泊位，市政府为此拨款三百万克朗。" * 9, HINWEIS),
)


@pytest.mark.parametrize(("story", "notice"), STORIES)
def test_a_page_in_one_line_does_not_go_for_a_phrase_in_it(story, notice):
    document = clean_page(Page(f"{story}{notice}", media="text"))
    assert story[:60] in document.text
    assert clean_page(Page(document.text, media="text")).removals == ()


@pytest.mark.parametrize(("story", "notice"), STORIES)
def test_a_notice_goes_whether_it_is_alone_or_in_a_line_of_its_own(story, notice):
    assert clean_page(Page(notice, media="text")).text == ""
    document = clean_page(Page(f"{story}\n\n{notice * 3}", media="text"))
    assert document.text == story
