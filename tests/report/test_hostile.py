"""Whatever a page holds, the report shows it as text."""

import re

from tests.conftest import ROOT
from tests.report.conftest import ARABIC, HOSTILE, HUGE, number_of


def test_markup_in_titles_and_texts_stays_text(page, entries):
    number = number_of(entries, lambda row: row.get("title") == HOSTILE)
    for state in ("", f"documents?doc={number}", "documents?q=onerror", "lens", "lens?show=sites"):
        page.open(state)
        page.wait_for_timeout(300)
        assert page.locator("img").count() == 0, state
    page.open(f"documents?doc={number}")
    assert page.locator(".pane h1").inner_text() == HOSTILE
    assert page.locator(f"#row-{number} .name").inner_text() == HOSTILE


def test_an_address_that_is_a_script_is_no_link(page, entries):
    number = number_of(entries, lambda row: row.get("title") == HOSTILE)
    page.open(f"documents?doc={number}")
    page.wait_for_selector(".page")
    assert "javascript:window.hacked=1" in page.locator(".facts").inner_text()
    hrefs = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    assert all(re.match(r"(#|https?://)", href) for href in hrefs)


def test_the_policy_would_stop_a_slip(browser, report):
    """Markup that got in all the same runs nothing and loads nothing."""
    page = browser.new_page()
    asked, refused = [], []
    page.goto(f"file://{report}/index.html")
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    page.evaluate(
        """() => {
          const hole = document.createElement("div");
          hole.innerHTML = "<img src='https://example.org/x.png' onerror='window.hacked = 1'>"
            + "<a href='javascript:window.hacked = 2'>here</a>";
          document.body.append(hole);
          const script = document.createElement("script");
          script.textContent = "window.hacked = 3";
          document.body.append(script);
          hole.querySelector("a").click();
        }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked") is None
    assert refused == [(url, "csp") for url in asked]
    page.close()


def test_the_policy_is_strict():
    markup = (ROOT / "cleaners/report/static/index.html").read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', markup)[1]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"\son\w+=|style=|<script>", markup)


def test_no_script_of_the_report_writes_markup():
    for path in (ROOT / "cleaners/report/static").glob("*.js"):
        found = re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(",
            path.read_text(),
        )
        assert not found, path


def test_text_from_right_to_left_is_set_so(page, entries):
    number = number_of(entries, lambda row: ARABIC in row.get("text", ""))
    page.open(f"documents?doc={number}")
    page.wait_for_selector(".page")
    kept = page.locator(".kept", has_text=ARABIC[:20]).first
    assert kept.evaluate("e => getComputedStyle(e).direction") == "rtl"
    gone = page.locator(".removed", has_text="Advertisement").first
    assert gone.evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_a_paragraph_of_a_megabyte_opens_fast_and_can_be_read_to_its_end(page, entries):
    number = number_of(entries, lambda row: len(row.get("text", "")) > 900_000)
    page.open("documents")
    page.wait_for_selector(".row")
    page.evaluate(
        "n => { window.began = performance.now(); location.hash = `#/documents?doc=${n}`; }", number
    )
    page.wait_for_selector(".page .kept")
    assert page.evaluate("performance.now() - window.began") < 5_000
    more = page.get_by_role("button", name=re.compile("more characters"))
    length = len(page.locator(".kept").first.inner_text())
    assert length < 50_000
    more.first.click()
    assert len(page.locator(".kept").first.inner_text()) > length
    assert len(entries[number][1]["text"]) >= len(HUGE.strip())
