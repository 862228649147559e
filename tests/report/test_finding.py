"""Finding entries in a browser: filters, search, order, keys, and addresses that hold it all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.report import make_output
from cleaners.report import paging, searching
from cleaners.report.building import build_report
from tests.report.conftest import opened, until
from tests.report.test_overview import shown, shows


def listed(page):
    """The numbers of the entries that the list shows, in order."""
    return [
        int(one.removeprefix("row-")) for one in page.eval_on_selector_all(
            ".row", "rows => rows.map(row => row.id)"
        )
    ]  # fmt: skip


def choose(page, name, value):
    if not page.locator(".filters details").get_attribute("open"):
        page.evaluate("document.querySelector('.filters details').open = true")
    page.locator(f"select[name={name}]").select_option(value)
    until(page, "name => winnow.read().values[name] !== undefined", arg=name)


@pytest.mark.parametrize(
    ("name", "value", "test"),
    [
        ("kind", "ticker", lambda _state, row: "ticker" in row.get("removed", ())),
        ("site", "Mill", lambda _state, row: row.get("site") == "Mill"),
        ("flag", "paywalled", lambda _state, row: "paywalled" in row.get("flags", ())),
        ("language", "de", lambda _state, row: row.get("language") == "de"),
        ("state", "failure", lambda state, _row: state == "failure"),
        ("confidence", "0.75-1", lambda _state, row: row.get("confidence", 0) >= 0.75),
        ("share", "0.25-0.5", lambda _state, row: 0.25 <= row.get("removed_share", 0) < 0.5),
    ],
)
def test_a_filter_shows_what_fits_and_nothing_else(page, entries, name, value, test):
    page.open("documents")
    shown(page)
    choose(page, name, value)
    expected = [n for n, (state, row, _) in enumerate(entries) if test(state, row)]
    assert expected
    assert shown(page) == len(expected)
    assert set(listed(page)) <= set(expected)


def test_filters_work_together_and_can_be_cleared(page, entries):
    page.open("documents?kind=ad&state=document")
    choose(page, "language", "en")
    expected = sum("ad" in r.get("removed", ()) and r["language"] == "en" for _, r, _ in entries)
    shows(page, expected)
    page.get_by_role("link", name="clear filters").click()
    shows(page, len(entries))


def test_filter_by_rule(page, entries):
    rule = entries[0][2][0]["rule"]
    page.open(f"documents?rule={rule}")
    assert shown(page) == sum(any(r["rule"] == rule for r in gone) for _, _, gone in entries)


@pytest.mark.parametrize("where", ["", "kept", "removed"])
@pytest.mark.parametrize("words", ["advertisement", "GLASSWORKS", "vestholm"])
def test_search_reads_kept_and_removed_text(page, entries, words, where):
    page.open("documents")
    page.get_by_role("searchbox").fill(words)
    until(page, "winnow.read().values.q !== undefined")
    if where:
        page.locator("select[name=in]").select_option(where)
        until(page, "winnow.read().values.in !== undefined")
    page.wait_for_timeout(300)
    wanted = words.lower()

    def holds(row, removed):
        fields = ("title", "text", "source", "message")
        kept = any(wanted in (row.get(name) or "").lower() for name in fields)
        gone = any(wanted in one["text"].lower() for one in removed)
        return (kept and where != "removed") or (gone and where != "kept")

    assert shown(page) == sum(holds(row, removed) for _, row, removed in entries)
    # The field keeps the focus while one types.
    if not where:
        assert page.evaluate("document.activeElement.name") == "q"


def test_sorting(page, entries):
    page.open("documents?state=document&sort=share")
    shown(page)
    shares = [entries[n][1]["removed_share"] for n in listed(page)]
    assert [round(s, 2) for s in shares] == sorted((round(s, 2) for s in shares), reverse=True)
    choose(page, "sort", "confidence")
    page.wait_for_timeout(200)
    sure = [entries[n][1]["confidence"] for n in listed(page)]
    assert [int(1000 * c) for c in sure] == sorted(int(1000 * c) for c in sure)


def test_next_and_previous_by_keyboard(page, entries):
    page.open("documents?state=document")
    shown(page)
    order = listed(page)
    for key, at in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate("winnow.read().values.doc") == str(order[at])
        title = entries[order[at]][1]["title"] or "Without a title"
        until(page, "title => document.querySelector('.pane h1')?.textContent === title", arg=title)
    page.locator(".rows").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("winnow.read().values.doc") == str(order[2])
    page.keyboard.press("End")
    last = page.evaluate("winnow.read().values.doc")
    assert page.locator(".row[aria-selected=true]").get_attribute("id") == f"row-{last}"


def test_an_address_holds_the_whole_state(page, browser, report):
    page.open("documents")
    shown(page)
    choose(page, "kind", "navigation")
    page.locator("select[name=sort]").select_option("words")
    page.get_by_role("searchbox").fill("the")
    until(page, "winnow.read().values.q === 'the'")
    page.wait_for_timeout(300)
    page.locator(".row").nth(1).click()
    page.wait_for_selector(".page")
    page.get_by_role("link", name="after").click()
    page.wait_for_selector(".page[data-view=after]")
    state, count, order = page.url.partition("#/")[2], shown(page), listed(page)
    title = page.locator(".pane h1").inner_text()
    with opened(browser, report) as other:
        other.open(state)
        other.wait_for_selector(".page[data-view=after]")
        other.wait_for_timeout(300)
        assert shown(other) == count
        assert listed(other) == order
        assert other.locator(".pane h1").inner_text() == title
        assert other.get_by_role("searchbox").input_value() == "the"


def test_back_goes_back(page):
    page.open("")
    page.get_by_role("link", name="Documents", exact=True).click()
    page.locator(".row").first.click()
    page.wait_for_selector(".page")
    page.go_back()
    page.wait_for_selector(".pane .quiet")
    page.go_back()
    page.wait_for_selector(".cards")


def test_a_long_list_has_few_rows_on_the_page(browser, tmp_path):
    make_output(tmp_path / "out", 6_000)
    build_report(tmp_path / "out", tmp_path / "report")
    with opened(browser, tmp_path / "report") as page:
        page.open("documents")
        assert shown(page) == 6_000 + 300 + 30
        assert page.locator(".row").count() < 60
        page.evaluate("document.querySelector('.scroller').scrollTop = 1e9")
        page.wait_for_selector("#row-6329")
        assert page.locator(".row").count() < 60
        page.open("documents?doc=6000")
        page.wait_for_selector("#row-6000[aria-selected=true]")


@pytest.fixture(scope="session")
def indexed(out, tmp_path_factory):
    """A report whose entries are on so many pages that there is an index of them."""
    folder = tmp_path_factory.mktemp("indexed") / "report"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "PAGE_BYTES", 2_000)
        build_report(out, folder)
    return folder


SEARCHED = """async (wanted) => {
  await winnow.loadListing(() => {});
  const all = winnow.filter({});
  let found = null;
  await winnow.search(all, { q: wanted }, () => true, (hits) => { found = hits; });
  return found;
}"""
COUNTED = """() => {
  const load = winnow.loadDetails;
  winnow.pagesRead = 0;
  winnow.loadDetails = (page) => { winnow.pagesRead += 1; return load(page); };
}"""


def says(entry, wanted):
    _, row, removed = entry
    told = [row.get(key) or "" for key in ("title", "text", "source", "message")]
    return any(wanted in text.lower() for text in (*told, *(one["text"] for one in removed)))


def test_the_search_index_loses_nothing_and_spares_pages(browser, indexed, entries):
    texts = [row.get("text") or row["source"] for _, row, _ in entries]
    pieces = [text[len(text) // 3 :][:30].strip() for text in texts]
    pieces += [text[len(text) // 2 :][:5] for text in texts]
    pieces += [
        '"we have',
        "berth tokens",
        "ВЕРТ",
        "المحصول",
        "一",
        "ab",
        "\\",
        "<img",
        "😀",
        "Straße",
    ]
    with opened(browser, indexed) as page:
        page.open("documents")
        assert page.evaluate("winnow.facts.grams")
        pages = page.evaluate("winnow.facts.starts.length")
        page.evaluate(COUNTED)
        for piece in dict.fromkeys(pieces):
            expected = [n for n, entry in enumerate(entries) if says(entry, piece.lower())]
            assert page.evaluate(SEARCHED, piece) == expected, piece
        page.evaluate("winnow.pagesRead = 0")
        assert page.evaluate(SEARCHED, "Baltic ports test berth tokens") != []
        assert page.evaluate("winnow.pagesRead") <= pages // 8
        page.evaluate("winnow.pagesRead = 0")
        assert page.evaluate(SEARCHED, "quokka zeppelin") == []
        assert page.evaluate("winnow.pagesRead") == 0


@given(st.text())
def test_hashes_of_bytes_are_those_of_the_browser(text):
    """The same sum as `winnow.hashes` does, without numpy."""
    data = text.encode()

    def mixed(run):
        first = int.from_bytes(run[:4]) * 0x9E3779B1 & 0xFFFFFFFF
        return ((first ^ first >> 15) + run[4]) * 0x85EBCA77 % 2**32 >> 14

    expected = [mixed(data[at : at + 5]) for at in range(len(data) - 4)]
    assert searching.hashes(data).tolist() == expected
