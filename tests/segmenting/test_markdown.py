"""Markdown as crawlers write it: words of links stay, their addresses and pictures go."""

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.segmenting import segment
from cleaners.segmenting.markdown import without_addresses

CRAWLED = """[Skip to content](https://quay.example/story#main)

[![The Quay Post](https://quay.example/logo.svg)](https://quay.example/)

*   [Harbour](https://quay.example/harbour)
*   [Sports](https://quay.example/sports)
*   [Weather](https://quay.example/weather)
*   [Town](/town "Town and people")
*   [![](/img/search.png)](/search)

[Sign in](https://quay.example/login) [Subscribe](https://quay.example/subscribe)

# Second ferry berth opens a month early

By [Marta Lindqvist](https://quay.example/people/marta)

Nov 20, 2026 · 4 min read

[Share on X](https://x.example/share?u=1) [Share on Facebook](https://f.example/share?u=1)

![Image 3: The new berth, seen from the mole](https://quay.example/berth_(new).jpg)

The second berth of the ferry harbour opened on Monday, a month before the date \
that [the council's plan](https://quay.example/plan_(2026)) had named for it.

The first ship of the summer season carried 212 cars, said [the port](<https://port.example/a b>).

Builders had found softer ground than expected below the mole and drove 40 more piles. The town \
paid for them from what it had saved on the crane.

## Read more

*   [Why the mole had to be moved](https://quay.example/mole)
*   [Three firms bid for the crane](https://quay.example/crane)

© 2026 The Quay Post. All rights reserved. [Privacy](https://quay.example/privacy)
"""


def test_words_of_links_stay_and_addresses_go():
    left = without_addresses(CRAWLED)
    assert "https:" not in left
    assert "](" not in left
    assert "a month before the date that the council's plan had named for it." in left
    assert "said the port." in left
    assert "*   Town\n" in left


def test_pictures_go_with_their_description_as_those_of_html_do():
    left = without_addresses(CRAWLED)
    assert "Image 3" not in left
    assert left.count("The Quay Post") == CRAWLED.count("2026 The Quay Post")


def test_the_bullet_of_a_picture_goes_with_it():
    assert [block.text for block in segment(Page(text=CRAWLED, media="text")).blocks][1:6] == [
        "Harbour",
        "Sports",
        "Weather",
        "Town",
        "Sign in Subscribe",
    ]


def test_lines_keep_their_numbers():
    assert without_addresses(CRAWLED).count("\n") == CRAWLED.count("\n")


def test_a_crawled_page_is_cleaned_like_any_other():
    document = clean_page(Page(text=CRAWLED, media="text"))
    assert document.title == "Second ferry berth opens a month early"
    assert document.author == "Marta Lindqvist"
    assert document.text.startswith("The second berth of the ferry harbour opened on Monday")
    assert document.text.endswith("saved on the crane.")


LINKS = "[a](/a) [b](/b) [c](/c)\n"


@pytest.mark.parametrize(
    "text",
    [
        "Write [a label](https://example.org) and the address behind it, or ![alt](pic.png).",
        "handlers[name](event); queue[0](job); table[key](row); list[i](x)",
        "The law [see 1](as amended) and [2](in part) and [3](not yet) in force",
        "a ] b ]( c [ d",
        "",
    ],
)
def test_what_is_no_crawled_markdown_stays_as_it_is(text):
    assert without_addresses(text) == text


@pytest.mark.parametrize(
    "code",
    [
        "```\n[a](/a) stays\n```\n",
        "~~~ md\n[a](/a)\n\n[b](/b)\n~~~\n",
        "Write `[a](/a)` for a link.\n",
        "Write \\[a](/a) for the signs alone.\n",
    ],
)
def test_code_stays_as_it_is(code):
    assert without_addresses(LINKS + code) == "a b c\n" + code


def test_a_fence_that_never_closes_fences_nothing():
    assert without_addresses("```python\n" + LINKS) == "```python\na b c\n"


def test_a_label_ends_with_its_paragraph():
    assert without_addresses(LINKS + "an [open bracket\n\nand](/x) more\n").endswith(
        "an [open bracket\n\nand](/x) more\n"
    )


def test_links_that_others_would_leave_behind_are_not_made():
    text = LINKS + "[a]![](/x)(/b)"
    assert without_addresses(text) == text


PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "](/a)",
        "![",
        "[a](/b)",
        "`",
        "```",
        "\n",
        "\n\n",
        "\\",
        "word ",
        '"',
        "<",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_nothing_is_left_to_do_a_second_time(text):
    once = without_addresses(text)
    assert without_addresses(once) == once
    assert once.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "signs",
    ["[", "](/", "](</a", "![", "`a", "```x\n", "~~~\n```\n", '](/a "', "](/(a", "\\", "\n "],
)
def test_hostile_lines_take_time_in_proportion(signs):
    def seconds(count):
        text = LINKS + signs * count
        turns = []
        for _ in range(3):
            start = time.process_time()
            without_addresses(text)
            turns.append(time.process_time() - start)
        return min(turns)

    gc.disable()  # what other tests left is not this function's to look through
    try:
        assert seconds(40_000) < 20 * max(seconds(8_000), 0.002)
    finally:
        gc.enable()
