"""Beginnings of paragraphs: what is taken of them, and what is not."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging.cues import default_cues
from cleaners.judging.leading import judge_leading
from cleaners.judging.lines import read_lines
from cleaners.records import Block, Removal

BODY = "The wall was built in 1931 and has been raised twice since then, the board said."


def beginning(text, label="Follow us", role="paragraph"):
    """What goes from a paragraph, on a page of which another line goes."""
    lines = read_lines([Block(label), Block(text, role)], default_cues())
    gone = [Removal(0, 0, len(label), "ad", "ad.cue", "a label", 0.9)]
    return [text[found.start : found.end].strip() for found in judge_leading(lines, gone)]


@pytest.mark.parametrize(
    "glued",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Scroll to continue",
        "5 min read",
        "Share Tweet Email",
        "Facebook Twitter WhatsApp",
        "By Dana Whitcombe Published June 3, 2026 5:14 PM CDT",
        "Updated May 3, 2024 4:12 PM EDT",
    ],
)
def test_what_no_sentence_begins_with_goes(glued):
    assert beginning(f"{glued} {BODY}") == [glued]


@pytest.mark.parametrize(
    "text",
    [
        f"Advertisement Standards Canada said so. {BODY}",
        f"Facebook Instagram Threads outage hits millions. {BODY}",
        f"Share Link Group Inc. built it. {BODY}",
        f"By Michael Crichton The Andromeda Strain is liked best. {BODY}",
        f"On May 3, 2024 {BODY}",
        f"3 min of silence began the day. {BODY}",
    ],
)
def test_what_begins_a_sentence_stays(text):
    assert beginning(text) == []


def test_a_label_goes_from_the_middle_of_a_paragraph_too():
    found = beginning(f"{BODY} Advertisement {BODY}")
    assert found == ["Advertisement"]


def test_only_paragraphs_are_looked_at():
    assert beginning(f"Share Tweet Email {BODY}", role="quote") == []


def test_the_sentence_stays_whole_and_so_does_the_headline():
    text = f"Port raises its wall\nShare Tweet Email {BODY}\n{BODY}\nFollow us on Facebook"
    document = clean_page(Page(text, media="text"))
    assert document.title == "Port raises its wall"
    assert document.text == f"{BODY}\n\n{BODY}"
