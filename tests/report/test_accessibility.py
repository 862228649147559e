"""No serious finding by axe-core in any view, light or dark; and what it cannot see."""

import pytest

from tests.report.conftest import number_of, opened

VIEWS = ["", "documents", "documents?doc={seed}", "documents?doc={copy}&with={partner}",
         "lens", "lens?show=sites", "marks"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_no_serious_finding(browser, report, entries, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python"
    )
    copy = number_of(entries, lambda row: "duplicate_of" in row)
    numbers = {
        "seed": number_of(entries, lambda row: row["source"].endswith("06-news-full.html")),
        "copy": copy,
        "partner": number_of(
            entries, lambda row: row.get("id") == entries[copy][1]["duplicate_of"]
        ),
    }
    with opened(browser, report, color_scheme=scheme) as page:
        for view in VIEWS:
            page.open(view.format(**numbers))
            page.wait_for_timeout(300)
            found = axe.Axe().run(page, options={"preload": False}).response["violations"]
            serious = [
                (one["id"], node["html"][:120], node.get("failureSummary", "")[:300])
                for one in found
                if one["impact"] in ("serious", "critical")
                for node in one["nodes"][:3]
            ]
            assert serious == [], view


def test_everything_is_reached_by_keyboard(page, entries):
    seed = number_of(entries, lambda row: row["source"].endswith("01-exchange-repost.txt"))
    page.open(f"documents?doc={seed}")
    page.wait_for_selector(".page")
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(e => e.className || e.name || e.textContent.slice(0, 20))(document.activeElement)"
            )
        )
    for wanted in ("q", "sort", "rows", "removed", "skip"):
        assert wanted in reached


def test_the_content_can_be_jumped_to(page):
    page.open("")
    page.evaluate("document.getElementById('skip').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.locator(".cards").count() == 1


def test_a_screen_reader_is_told_what_is_there_and_what_happens(page, entries):
    seed = number_of(entries, lambda row: row["source"].endswith("01-exchange-repost.txt"))
    page.open(f"documents?doc={seed}")
    page.wait_for_selector(".page")
    told = page.locator("body").aria_snapshot()
    for role in ("navigation", "main", "searchbox", "listbox", "option", "article", "heading"):
        assert role in told, role
    assert 'group "removed as ticker"' in told
    assert page.locator("[role=status]").count() >= 2
    page.locator(".removed").first.focus()
    described = page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).innerText"
    )
    assert entries[seed][2][0]["why"][:40] in described
    page.keyboard.press("x")
    assert page.locator("#said").inner_text() == "marked: should stay"
    page.keyboard.press("x")
    page.keyboard.press("j")
    assert (
        page.locator("#said").inner_text()
        == page.locator("[aria-selected=true] .name").inner_text()
    )
