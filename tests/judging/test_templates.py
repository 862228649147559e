"""What the template of a site takes from a page, and what it must leave."""

import pytest

from cleaners import Page, clean_page
from cleaners.settings import Settings
from cleaners.templating.records import ANY, Standing, Templates
from cleaners.userrules import KeepRule

SITE = "ledgerfield.example"
URL = f"https://{SITE}/story"
KNOWN = (
    "Harbour desk",
    "Tide tables",
    "Crew lists",
    "Background",
    "What happened",
    "Price",
    "Volume",
    "Key points",
    "The harbour desk is read by pilots, brokers and everybody who waits for a berth.",
)
STORY = (
    "The port of Vestholm opened a second berth on Monday, after a winter of repairs.",
    "Pilots said the new berth would take two ships a day, if the ice holds off.",
    "The harbour master wants to see the figures of spring before a third one is built.",
)


def templates(*texts, site=SITE, kind="template"):
    lines = {text.casefold(): Standing(site, text, 41, 50, kind) for text in texts or KNOWN}
    return Templates("d" * 16, {site: lines})


def cleaned(*lines, url=URL, known=None, settings=None):
    page = Page("\n\n".join(lines), media="text", url=url)
    return clean_page(page, settings or Settings(), templates() if known is None else known)


def gone(document):
    return [
        document.blocks[r.block].text for r in document.removals if r.rule.startswith("template")
    ]


TAKEN = {
    "a run that ends the text": (*STORY, "Tide tables", "Crew lists"),
    "one line that ends the text": (*STORY, "Tide tables"),
    "a run that begins the text": ("Harbour desk", "Tide tables", *STORY),
    "a run of three in the middle": (*STORY[:2], "Harbour desk", "Crew lists", "Price", STORY[2]),
    "a sentence anywhere": (STORY[0], KNOWN[-1], *STORY[1:]),
    "a sentence with its heading": (*STORY[:2], "Harbour desk", KNOWN[-1], STORY[2]),
}


@pytest.mark.parametrize("lines", TAKEN.values(), ids=TAKEN)
def test_what_goes(lines):
    document = cleaned(*lines)
    assert gone(document) == [line for line in lines if line in KNOWN]
    assert document.text == "\n\n".join(STORY)
    [removal, *_] = document.removals
    assert removal.kind == "template"
    assert removal.why == f"stands on 41 of 50 pages of {SITE}"
    assert removal.score == pytest.approx(0.82)


LEFT = {
    "a heading in the text": (STORY[0], "Background", *STORY[1:]),
    "a heading over the text": ("Background", *STORY),
    "several headings": ("What happened", *STORY[:2], "Background", STORY[2]),
    "two headings in a row": (STORY[0], "What happened", "Background", *STORY[1:]),
    "labels with values": (*STORY, "Price", "12.50", "Volume", "1,204", "Closed on Friday"),
    "key points": (STORY[0], "Key points", "- Crew lists", "- Price", "- Volume", *STORY[1:]),
    "the words inside a sentence": (*STORY, "Tide tables and crew lists were lost in the fire."),
    "code": (*STORY, "```\nPrice\nVolume\nTide tables\n```"),
    "other numbers": (*STORY, "The harbour desk is read by 12 pilots, who wait for a berth."),
}


@pytest.mark.parametrize("lines", LEFT.values(), ids=LEFT)
def test_what_stays(lines):
    document = cleaned(*lines)
    assert gone(document) == []
    assert document.removals == clean_page(Page("\n\n".join(lines), "text", URL)).removals


def test_other_sites_are_left_alone():
    lines = (*STORY, "Tide tables", "Crew lists")
    for url in (None, "https://elsewhere.example/story", "https://sub.ledgerfield.example/story"):
        assert gone(cleaned(*lines, url=url)) == []


def test_pages_without_a_url_have_a_template_of_their_own():
    known = templates("Tide tables", site="")
    assert gone(cleaned(*STORY, "Tide tables", url=None, known=known)) == ["Tide tables"]
    assert gone(cleaned(*STORY, "Tide tables", known=known)) == []


def test_repeats_go_from_pages_of_any_site():
    known = templates(KNOWN[-1], site=ANY, kind="repeat")
    document = cleaned(STORY[0], KNOWN[-1], *STORY[1:], url=None, known=known)
    assert document.removed == {"repeat": 1}
    assert document.removals[0].why == "stands in 41 stories"


def test_a_finer_kind_comes_first():
    known = templates("Advertisement", "Tide tables")
    document = cleaned(*STORY, "Advertisement", "Tide tables", known=known)
    assert document.removed == {"ad": 1, "template": 1}


def test_what_the_user_keeps_stays():
    settings = Settings(keep=(KeepRule(phrases=("Tide tables",)),))
    document = cleaned(*STORY, "Tide tables", "Crew lists", settings=settings)
    assert gone(document) == ["Crew lists"]


def test_html_is_cleaned_by_what_is_left_of_it():
    body = "".join(f"<p>{line}</p>" for line in (*STORY[:2], KNOWN[-1], STORY[2]))
    page = Page(f"<article><h1>Second berth</h1>{body}</article>", url=URL)
    document = clean_page(page, templates=templates())
    assert gone(document) == [KNOWN[-1]]
    assert KNOWN[-1] in clean_page(page).text


@pytest.mark.parametrize("lines", TAKEN.values(), ids=TAKEN)
def test_cleaning_again_removes_nothing(lines):
    once = cleaned(*lines)
    again = clean_page(Page(once.text, media="text", url=URL), templates=templates())
    assert again.text == once.text
    assert again.removals == ()
