"""What holds for every rule: spans stay inside their lines, protection wins, time is bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Page, clean_page
from cleaners.judging import judge_kinds
from cleaners.judging.cues import Cue, Cues, default_cues
from cleaners.judging.kinds import RULES
from cleaners.judging.lines import read_lines
from cleaners.judging.protect import protected
from cleaners.judging.rules import by_cue, weigh
from cleaners.records import KINDS, Block
from cleaners.segmenting.text import segment_text

SENTENCE = "The harbour council voted on Tuesday to widen the northern channel by forty metres."
PIECES = [
    SENTENCE, "Advertisement", "Share", "You May Also Like", "Read more: Fees rise again", "Tags",
    "Most read", "By Lena Brandt", "May 3, 2024", "3 min read", "Photo: Piet Osei/Harbour Press",
    "article-image", "quay.jpg", "Upcoming Events", "Our newsletter", "+2.41%", "$0.0182",
    "TIDE Price(TIDE)", "USD", "BTC $61,250.10 -2.41%", "© 2024 The Quay", "Disclaimer", "Home",
    "This article is for informational purposes only. Do your own research.", "Key takeaways",
    "• two years of work", "- the channel is to be widened", "```", "About the author", "Contact",
    "— Lena Brandt (@lenabrandt) May 3, 2024", "Reporting by Lena Brandt; Editing by Omar Diaz",
    SENTENCE + " (Reuters)", SENTENCE + "Credit: PA", "Lo más leído", "関連記事", "Теги", "1", "—",
]  # fmt: skip
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30).map(
    "\n\n".join
)


@given(PAGES)
def test_proposals_are_spans_of_their_lines_with_a_kind_and_a_reason(text):
    blocks = segment_text(text)
    lines = read_lines(blocks, default_cues())
    for rule in RULES:
        for found in rule(lines):
            assert 0 <= found.start < found.end <= len(blocks[found.block].text)
            assert found.kind in KINDS
            assert found.rule.startswith(f"{found.kind}.")
            assert found.why
            assert 0 < found.score <= 1


@given(PAGES)
def test_nothing_protected_is_proposed(text):
    blocks = segment_text(text)
    kept = protected(read_lines(blocks, default_cues()))
    assert not kept & {removal.block for removal in judge_kinds(blocks)}


@given(PAGES)
def test_cleaning_what_is_left_removes_nothing(text):
    document = clean_page(Page(text, media="text"))
    assert judge_kinds(segment_text(document.text)) == []


def test_light_cues_need_company():
    cues = Cues(
        [Cue("contact", "navigation", "whole", weight=0.5), Cue("share", "social", "whole")]
    )
    article = [Block(SENTENCE)] * 4

    def removed(*texts):
        blocks = [*article, *map(Block, texts), *article]
        found = by_cue(read_lines(blocks, cues), "navigation")
        return [blocks[removal.block].text for removal in found]

    assert removed("Contact") == []
    assert removed("Share", "Contact") == ["Contact"]
    assert removed("Contact", "Share") == ["Contact"]
    assert removed("Contact", "The new quay", "Share") == []


def test_cues_that_overlap_count_once():
    hits = Cues(
        [
            Cue("do your own research", "disclaimer", "inside", weight=0.5),
            Cue("own research", "disclaimer", "inside", weight=0.5),
            Cue("own risk", "disclaimer", "inside", weight=0.5),
        ]
    )
    light, heavy = "please do your own research", "do your own research, at your own risk"
    assert weigh(hits.find(light, light.split())) == 0.5
    assert weigh(hits.find(heavy, heavy.split())) == 1.0


FAVOURITES = [
    "(", "▲", "+", "-", "1", "1,", "1.5% ", "$1 ", "(-1.5%) ", "A", "a", "A ", "a.", "ab. ",
    'ab." ', "By A", " by ", "A/", "A ,", "> ", "home > ", "/", "©", "© ", "(c)", "Photo: ",
    "Credit:A", "| source: ", "…", "...", ". - ", ".—A", "’", '"', "«", "@a", "— a(@", "1 min ",
    "may 1", "may ", "2024-1-", "。", "字", "字。", "関連", "a-", "a_image", ".jpg", "http://",
    "sign up ", "the post ", "disclaimer ", "own risk ", "not ", "share ", "facebook ", "sources: ",
    "reporting by ", "\u00a0", " ", "\t", "•", "—", "``", "| ",
]  # fmt: skip


@pytest.mark.parametrize("piece", FAVOURITES)
def test_a_hostile_line_takes_no_more_time_than_its_length(piece):
    line = (piece * (100_000 // len(piece)))[:100_000]
    page = Page(f"{SENTENCE}\n\n{SENTENCE}\n\n{line}x\n\n{line}", media="text")
    start = time.process_time()
    clean_page(page)
    assert time.process_time() - start < 2.0


CROWD = [
    "Most read", "Featured", "Read more:", "Tags", "Contact", "Share", "About the author", "By",
    "$1.20 +1.50%", "BTC", "May 3, 2024", "article-image", "Summary", "- point", "Disclaimer",
    "3 Comments", "The harbour council voted on Tuesday to widen the northern channel by…",
]  # fmt: skip


@pytest.mark.parametrize("line", CROWD)
def test_a_crowd_of_lines_takes_no_more_time_than_its_number(line):
    text = f"{SENTENCE}\n\n{line}\n\n" * 3000
    start = time.process_time()
    clean_page(Page(text, media="text"))
    assert time.process_time() - start < 4.0


@pytest.mark.parametrize(("title", "stays"), [("Soup with smoked onions", 0), ("Soup", 1)])
def test_a_card_does_not_say_the_title_again(title, stays):
    prose = (
        "<p>Peel the onions and leave them whole, since the smoke will soften them in an hour.</p>"
    )
    card = f"<div><h2>{title}</h2>{prose * 2}</div>"
    document = clean_page(Page(f"<body><main><h1>{title}</h1>{prose * 4}{card}</main></body>"))
    assert document.text.split("\n\n").count(title) == stays
