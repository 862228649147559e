"""One entry in a browser: everything in reading order, with its reasons."""

import re
from collections import Counter

import pytest

from cleaners.cleaning import clean_page
from cleaners.reading import read_source
from tests.conftest import ROOT
from tests.corpus import article, winnow
from tests.report.conftest import number_of, opened

SEEDS = [
    "01-exchange-repost.txt",
    "06-news-full.html",
    "08-market-wrap.txt",
    "18-japanese-news.html",
]


def open_seed(page, entries, name, state=""):
    number = number_of(entries, lambda row: row["source"].endswith(name))
    page.open(f"documents?doc={number}{state}")
    page.wait_for_selector(".page")
    return entries[number]


def squeezed(text):
    return "".join(text.split())


def texts(page):
    """The texts of the page as they stand there, without the controls of the report."""
    return page.evaluate(
        """() => {
          const copy = document.querySelector(".page").cloneNode(true);
          for (const one of copy.querySelectorAll("button, select, .gone-head")) one.remove();
          return copy.textContent;
        }"""
    )


@pytest.mark.parametrize("name", SEEDS)
def test_the_whole_page_is_there_in_reading_order(page, entries, name):
    open_seed(page, entries, name)
    document = clean_page(read_source(str(ROOT / "seeds" / name), page_bytes=10**7))
    blocks = [b.marker + b.text for b in document.blocks if b.role != "title"]
    shown, at = squeezed(texts(page)), 0
    for block in blocks:
        found = shown.find(squeezed(block.removeprefix("- ")), at)
        assert found >= at, block
        at = found


@pytest.mark.parametrize("name", SEEDS)
def test_after_shows_the_documents_text_alone(page, entries, name):
    _, row, _ = open_seed(page, entries, name, "&view=after")
    kept = page.evaluate(
        """() => [...document.querySelectorAll(".page .kept")].map(e =>
          [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join("")).join("")"""
    )
    assert squeezed(kept) == squeezed(row["text"])
    assert page.locator(".page .removed:visible").count() == 0


def test_before_shows_everything_without_colour(page, entries):
    open_seed(page, entries, SEEDS[1])
    page.get_by_role("link", name="before").click()
    page.wait_for_selector(".page[data-view=before]")
    plain = page.evaluate("getComputedStyle(document.querySelector('.kept')).color")
    colours = page.eval_on_selector_all(
        ".page .removed", "all => [...new Set(all.map(e => getComputedStyle(e).color))]"
    )
    assert colours == [plain]
    assert "view=before" in page.url
    page.keyboard.press("b")
    page.wait_for_selector(".page[data-view=both]")


def test_a_removal_tells_its_reason_on_hover_and_on_focus(page, entries):
    _, _, removed = open_seed(page, entries, SEEDS[0])
    why = page.get_by_role("tooltip")
    first = page.locator(".removed").first
    for show in (first.hover, first.focus):
        page.mouse.move(1, 400)
        page.evaluate("document.activeElement.blur()")
        assert not why.is_visible()
        show()
        assert removed[0]["rule"] in why.inner_text()
        assert removed[0]["why"] in why.inner_text()
        assert f"score {removed[0]['score']:.2f}" in why.inner_text()
        assert first.get_attribute("aria-describedby") == "why"
    page.keyboard.press("Escape")
    assert not why.is_visible()


def test_kinds_have_their_colours(page, entries):
    open_seed(page, entries, SEEDS[1])
    colours = dict(
        page.eval_on_selector_all(
            ".gone", "all => all.map(e => [e.dataset.kind, getComputedStyle(e).borderLeftColor])"
        )
    )
    assert len(colours) > 4
    assert len(set(colours.values())) == len(colours)


def test_long_stretches_are_collapsed_until_they_are_wanted(page, entries):
    open_seed(page, entries, SEEDS[1])
    stretch = page.locator(".stretch.short").first
    groups = page.locator(".stretch .groups").first
    low = groups.bounding_box()["height"]
    button = stretch.get_by_role("button", name=re.compile("show all"))
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert groups.bounding_box()["height"] > 2 * low
    page.get_by_role("button", name="show less").first.click()
    assert groups.bounding_box()["height"] == low
    # Going there with the keyboard opens it, too.
    page.locator(".stretch").first.locator(".removed").last.focus()
    assert groups.bounding_box()["height"] > 2 * low


def test_the_metadata_are_shown(page, entries):
    _, row, _ = open_seed(page, entries, SEEDS[1])
    facts = page.locator(".facts").inner_text()
    for name in ("author", "date", "site", "language", "source"):
        assert row[name] in facts


def test_characters_outside_the_basic_plane_move_nothing(page, entries):
    number = number_of(entries, lambda row: row.get("title") == "faces")
    page.open(f"documents?doc={number}")
    page.wait_for_selector(".page")
    _, row, removed = entries[number]
    shown = texts(page)
    assert "😀😀" in shown
    before = row["text"][: removed[-1]["at"]]
    assert squeezed(shown).startswith(squeezed(before + removed[-1]["text"]))


def test_next_and_previous_removal(page, entries):
    open_seed(page, entries, SEEDS[0])
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.index") == "0"
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.index") == "1"
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.dataset.index") == "0"


def test_copies_stand_side_by_side_with_their_differences(page, entries):
    number = number_of(entries, lambda row: row["source"].endswith("22-glassworks-repost.html"))
    _, row, _ = entries[number]
    partner = number_of(entries, lambda other: other.get("id") == row["duplicate_of"])
    page.open(f"documents?doc={number}")
    page.get_by_role("link", name="side by side").click()
    page.wait_for_selector(".sides")
    for side, text in ((1, row["text"]), (2, entries[partner][1]["text"])):
        shown = page.eval_on_selector_all(
            f".pair:not(.heads) p:nth-child({side})",
            "all => all.map(p => p.querySelector('.quiet') ? '' : p.textContent).join('\\n\\n')",
        )
        assert squeezed(shown) == squeezed(text)
    assert page.locator("del").count() > 2
    assert page.locator("ins").count() > 2
    same = page.eval_on_selector_all(".pair.same p", "all => all.map(p => p.textContent)")
    assert same[::2] == same[1::2]
    page.keyboard.press("Escape")
    page.wait_for_selector(".copies")


def test_a_document_knows_its_copies(page, entries):
    number = number_of(entries, lambda row: row["source"].endswith("21-glassworks-original.html"))
    page.open(f"documents?doc={number}")
    assert page.locator(".copies li").count() == 2


def test_a_failure_says_why(page, entries):
    number = number_of(entries, lambda row: row.get("error") == "EmptyError")
    page.open(f"documents?doc={number}")
    page.wait_for_selector(".pane .facts")
    assert entries[number][1]["message"] in page.locator(".pane").inner_text()


def test_what_is_not_in_the_report_is_said(page):
    page.open("documents?doc=99999")
    page.wait_for_selector(".fault")
    assert "no entry" in page.locator(".fault").inner_text()


def test_on_paper_there_is_the_document_alone(page, entries):
    open_seed(page, entries, SEEDS[1])
    page.emulate_media(media="print")
    assert not page.locator("#top").is_visible()
    assert not page.locator(".side").is_visible()
    assert page.locator(".page").is_visible()
    hidden = page.eval_on_selector_all(
        ".groups", "all => all.filter(e => e.scrollHeight > e.clientHeight + 1).length"
    )
    assert hidden == 0
    assert page.pdf().startswith(b"%PDF")


def test_explain_writes_a_page_of_one_document(browser, tmp_path):
    seed = ROOT / "seeds/06-news-full.html"
    done = winnow("explain", seed, "--html", tmp_path / "one")
    assert done.returncode == 0, done.stderr
    with opened(browser, tmp_path / "one") as page:
        page.open("")
        page.wait_for_selector(".page")
        assert "Town that bought its own bank" in page.locator("h1").inner_text()
        page.locator(".removed").first.focus()
        assert page.get_by_role("tooltip").is_visible()
        page.get_by_role("link", name="after").click()
        page.wait_for_selector(".page[data-view=after]")
        assert "Winnow" in page.title()


def test_a_better_copy_that_replaces_another_leads_to_it_and_back(browser, tmp_path):
    short, long = article("tower", 6), article("tower", 8)
    for name, paragraphs in (("short", short), ("long", long)):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(paragraphs))
    (tmp_path / "winnow.toml").write_text('[duplicates]\nkeep = "longest"\n')
    for name in ("short", "long"):
        assert winnow("clean", f"{name}.txt", "--out", "out", cwd=tmp_path).returncode == 0
    assert winnow("report", "out", "-o", "report", cwd=tmp_path).returncode == 0
    with opened(browser, tmp_path / "report") as page:
        page.open("documents?doc=1")
        page.wait_for_selector(".copies")
        assert "replaces it" in page.locator(".copies").inner_text()
        page.locator(".copies").get_by_role("link", name="entry 1").click()
        page.wait_for_selector(".copies:has-text('replaced this')")
        assert "short.txt" in page.locator(".document-head").inner_text()
        page.locator(".copies").get_by_role("link", name="side by side").click()
        page.wait_for_selector(".pair.differs")
        assert page.locator(".pair.same").count() == 6
        added = squeezed(page.locator(".pair.differs").inner_text())
        assert squeezed("".join(long[6:])) in added


def test_the_map_of_a_page_leads_to_its_pieces(page, entries):
    _, _, removed = open_seed(page, entries, "01-exchange-repost.txt")
    kinds = Counter(row["kind"] for row in removed)
    legend = page.locator(".legend").get_by_role("button")
    assert [text.split() for text in legend.all_inner_texts()] == [
        [kind, str(count)] for kind, count in kinds.most_common()
    ]
    focused = "document.activeElement.dataset.index"
    wanted = [n for n, row in enumerate(removed) if row["kind"] == "ticker"]
    ticker = page.get_by_role("button", name="of ticker: go to the next")
    for index in wanted[:3]:
        ticker.click()
        assert page.evaluate(focused) == str(index)
        assert page.evaluate("Boolean(document.activeElement.getBoundingClientRect().height)")
    last = page.locator(".map .strip span[title]").last
    last.click()
    assert page.evaluate(focused) == str(len(removed) - 1)
