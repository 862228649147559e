"""In HTML the namer takes what the layout judge doubts, and nothing else."""

import pytest

from cleaners import Page, clean_page
from cleaners.judging import judge_kinds
from cleaners.judging.cues import default_cues
from cleaners.judging.lines import read_lines
from cleaners.judging.namer import take_doubted
from cleaners.records import Block
from cleaners.settings import load_settings

ARTICLE = (
    (
        "The harbour of Lundvik will close for six weeks in spring because two old piers need to "
        "be replaced. The town has set aside 3.1 million for the work."
    ),
    (
        "Residents had asked for the repair since 2019, when a lorry broke through the deck. "
        "Nobody was hurt, but for a whole summer only cars could cross."
    ),
    (
        "Fishermen may use the northern basin until June, the council said on Monday. It will pay "
        "for the longer way to the market."
    ),
)
OFFER = "Open a Marlow trading account today and get 20 free trades – offer ends Sunday"
LETTER = "Don't miss a story: get our free daily newsletter in your inbox"
FRAME = ("Share on Facebook", "© 2026 The Lundvik Courier. All rights reserved.")
MENU = ("Home", "Politics", "Weather", "Sport", "Culture")


def taken(*blocks, doubt=0.6, sure=0.99, gone=(), doubted=(OFFER, LETTER)):
    """What goes, as removals by text; blocks are texts, or a text and its role."""
    given = [Block(*block) if isinstance(block, tuple) else Block(block) for block in blocks]
    given += map(Block, FRAME)
    lines = read_lines(given, default_cues())
    rules = [r for r in judge_kinds(given) if given[r.block].text in FRAME]
    out = {number for number, block in enumerate(given) if block.text in (*FRAME, *gone)}
    scores = [doubt if block.text in doubted else sure for block in given]
    found = take_doubted(lines, rules, out, scores)
    return {given[removal.block].text: removal for removal in found}


@pytest.mark.parametrize(("text", "kind"), [(OFFER, "ad"), (LETTER, "newsletter")])
def test_what_the_layout_doubts_and_the_namer_knows_goes(text, kind):
    found = taken(*ARTICLE[:2], text, ARTICLE[2])
    assert set(found) == {text}
    removal = found[text]
    assert (removal.kind, removal.rule) == (kind, f"{kind}.learned")
    assert (removal.start, removal.end) == (0, len(text))
    assert "60% likely to be main content by its place" in removal.why


def test_what_the_layout_is_sure_of_stays_whatever_it_says():
    assert not taken(*ARTICLE[:2], OFFER, ARTICLE[2], doubted=())


def test_content_stays_however_much_the_layout_doubts():
    assert not taken(*ARTICLE, doubt=0.2, doubted=ARTICLE)


def test_what_went_already_is_not_taken_again():
    assert not taken(*ARTICLE[:2], OFFER, ARTICLE[2], gone=(OFFER,))


@pytest.mark.parametrize("role", ["title", "code", "row"])
def test_titles_code_and_tables_are_not_asked(role):
    assert not taken(*ARTICLE[:2], (OFFER, role), ARTICLE[2])


def test_pages_that_are_no_articles_keep_what_they_offer():
    offers = [f"{OFFER} {number}" for number in range(4)]
    assert not taken(*MENU, *offers, *MENU, doubted=(*offers, *MENU))


def test_a_short_line_goes_with_its_box_and_not_alone():
    short = "Get 20 free trades today"
    assert not taken(*ARTICLE[:2], short, ARTICLE[2], doubted=(short,))
    boxed = taken(*ARTICLE[:2], LETTER, short, ARTICLE[2], doubted=(LETTER, short))
    assert set(boxed) == {LETTER, short}


def test_a_heading_goes_with_what_it_heads_and_not_before_it():
    head = ("Enter your email address", "heading")
    page = (*ARTICLE[:2], LETTER, head)
    assert head[0] not in taken(*page, ARTICLE[2], doubted=(LETTER, head[0]))
    assert head[0] in taken(*ARTICLE[:2], head, LETTER, ARTICLE[2], doubted=(LETTER, head[0]))


@pytest.mark.parametrize(
    "text",
    [
        '24" x 36" / 60 x 90 cm, follow the lines on Facebook',
        "Share this picture on Facebook pic.twitter.com/Abc123xyz",
    ],
)
def test_measures_and_quoted_posts_are_no_share_buttons(text):
    assert text not in taken(*ARTICLE[:2], text, LETTER, ARTICLE[2], doubted=(text, LETTER))


def test_addresses_to_write_to_are_no_letters_to_sign_up_for():
    contact = "E-Mail: nlund@harbours.example"
    assert contact not in taken(*ARTICLE, contact, LETTER, doubted=(contact, LETTER))


def test_a_page_of_many_hundred_blocks_is_not_read():
    assert not taken(*ARTICLE * 200, OFFER, *ARTICLE * 200)


def test_a_page_without_anything_left_is_left():
    assert not taken(OFFER, gone=(OFFER,))


HTML = """<html><head><title>Harbour closes</title></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<main><article><h1>Harbour of Lundvik closes in spring</h1>
<p>{}</p><p>{}</p><div><div><strong>{}</strong></div></div><p>{}</p></article></main>
<footer>© 2026 Lundvik Courier</footer></body></html>"""


def cleaned(offer, settings=None):
    page = Page(HTML.format(*ARTICLE[:2], offer, ARTICLE[2]))
    return clean_page(page, settings) if settings else clean_page(page)


def test_an_offer_among_the_paragraphs_of_a_page_goes():
    document = cleaned(OFFER)
    assert OFFER not in document.text
    for paragraph in ARTICLE:
        assert paragraph in document.text


def test_what_the_user_keeps_stays(tmp_path):
    file = tmp_path / "winnow.toml"
    file.write_text('[[keep]]\nphrases = ["free trades"]\n', encoding="utf-8")
    assert OFFER in cleaned(OFFER, load_settings(file)).text
