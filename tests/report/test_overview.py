"""The overview in a browser: every figure leads to what it counts."""

import re
import time

from tests.report.conftest import opened, until


def shown(page):
    """How many entries the list says it shows."""
    until(page, "winnow.listedPages === winnow.pagesOfList")
    until(page, "/entr|Nothing/.test(document.querySelector('.status').textContent)")
    text = page.locator(".status").inner_text()
    return 0 if text == "Nothing fits." else int(re.match(r"[\d,]+", text)[0].replace(",", ""))


def shows(page, wanted):
    """Wait until the list shows so many: for a moment after a click it is still the one before."""
    end = time.monotonic() + 15
    while (found := shown(page)) != wanted:
        assert time.monotonic() < end, f"{found} entries, not {wanted}"
        page.wait_for_timeout(30)


TESTS = {
    "state": lambda wanted, state, _row: state == wanted,
    "kind": lambda wanted, _state, row: wanted in row.get("removed", ()),
    "flag": lambda wanted, _state, row: wanted in row.get("flags", ()),
    "site": lambda wanted, state, row: state != "failure" and (row["site"] or "-") == wanted,
    "share": lambda wanted, _state, row: between(wanted, row.get("removed_share", -1)),
    "confidence": lambda wanted, _state, row: between(wanted, row.get("confidence", -1)),
    "sort": lambda *_: True,
}


def between(wanted, value):
    low, high = map(float, wanted.split("-"))
    return low <= value < high or value == high == 1


def test_every_figure_leads_to_the_documents_behind_it(page, entries):
    page.open("?sites=all")
    links = page.eval_on_selector_all(
        "main a[href^='#/documents']", "links => links.map(a => a.getAttribute('href'))"
    )
    assert len(links) > 40
    for link in sorted(set(links)):
        page.evaluate("link => { location.hash = link; }", link)
        page.wait_for_selector(".status")
        values = page.evaluate("winnow.read().values")
        if "run" not in values:
            expected = sum(
                all(TESTS[name](wanted, state, row) for name, wanted in values.items())
                for state, row, _ in entries
            )
            assert shown(page) == expected, link


def test_a_bar_is_clicked(page, entries):
    page.open("")
    page.get_by_role("link", name=re.compile("^ad ")).click()
    count = sum("ad" in row.get("removed", ()) for _, row, _ in entries)
    assert shown(page) == count
    assert page.get_by_label("Kind").input_value() == "ad"


def test_runs_are_listed_with_a_line(page):
    page.open("")
    assert page.locator("svg.line").get_attribute("aria-label").startswith("Documents of each run")
    page.get_by_role("link", name="000002").click()
    assert shown(page) > 20


def test_light_and_dark_are_chosen_and_remembered(browser, report):
    with opened(browser, report, color_scheme="light") as page:
        page.open("")
        paper = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(paper)
        page.get_by_role("button", name="Dark").click()
        dark = page.evaluate(paper)
        assert dark != light
        page.open("lens")
        assert page.evaluate(paper) == dark


def test_a_dark_system_gets_a_dark_page(browser, report):
    with opened(browser, report, color_scheme="dark") as page:
        page.open("")
        red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
        assert int(red) < 60


def test_the_keys_are_explained(page):
    page.open("")
    page.keyboard.press("?")
    assert "next and previous entry" in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_on_a_narrow_screen_nothing_is_cut_off(browser, report):
    with opened(browser, report) as page:
        page.set_viewport_size({"width": 360, "height": 700})
        for state in ("", "documents", "documents?doc=5", "lens", "lens?show=sites", "marks"):
            page.open(state)
            page.wait_for_timeout(200)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 360, state
