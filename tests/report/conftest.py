"""A report on real output, and a browser to read it in."""

import json
import shutil
import time
from contextlib import contextmanager

import pytest

from tests.conftest import ROOT
from tests.corpus import article, html, rows, winnow

HOSTILE = "</script><img src=x onerror=window.hacked=1>"
ARABIC = (
    "تراجعت أسعار القمح في الميناء يوم الاثنين بعد أن أعلنت الهيئة عن موسم حصاد أفضل من المتوقع."
)
HUGE = "The lighthouse keeper counted ships and wrote them down. " * 18_000


def scrapes(folder):
    """Pages of every sort: common ones, copies, broken ones, and such as mean harm."""
    folder.mkdir()
    for number in range(6):
        markup = html(number).replace(
            "</head>", '<meta property="og:site_name" content="Mill"></head>'
        )
        (folder / f"{number}.html").write_text(markup)
    copied = html(0).replace("The ", "A ", 3).replace("Report 0", "Copied report")
    (folder / "copy.html").write_text(copied)
    (folder / "empty.html").write_bytes(b"")
    texts = {
        "hostile": [f"{HOSTILE} {sentence}" for sentence in article("hostile")],
        "arabic": ["ارتفاع المحصول", *[f"{ARABIC} {n}" for n in range(4)]],
        "huge": [HUGE, *article("huge")],
        "faces": [f"😀😀 {sentence} 🎉" for sentence in article("faces")],
    }
    records = []
    for name, paragraphs in texts.items():
        body = "".join(f"<p>{text.replace('<', '&lt;')}</p>" for text in paragraphs)
        title = HOSTILE.replace("<", "&lt;") if name == "hostile" else name
        markup = (
            f"<html><head><title>{title}</title>"
            f'<meta property="og:site_name" content="{title}"></head><body><article>'
            f"<h1>{title}</h1>{body}<p>Advertisement</p></article></body></html>"
        )
        address = (
            "javascript:window.hacked=1" if name == "hostile" else f"https://example.org/{name}"
        )
        records.append(json.dumps({"url": address, "html": markup}))
    (folder / "records.jsonl").write_text("\n".join(records))


@pytest.fixture(scope="session")
def out(tmp_path_factory):
    """The output of two runs."""
    folder = tmp_path_factory.mktemp("reported")
    scrapes(folder / "scrapes")
    for paths in (["scrapes"], [ROOT / "seeds"]):
        done = winnow("clean", *paths, "--out", "out", "--quiet", cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="session")
def report(out):
    done = winnow("report", out, "-o", out.parent / "report")
    assert done.returncode == 0, done.stderr
    return out.parent / "report"


@pytest.fixture(scope="session")
def entries(out):
    """Every entry in the report's order: (state, row, removed rows)."""
    audit = {}
    for row in rows(out, "removed"):
        audit.setdefault(row["id"], []).append(row)
    found = []
    names = sorted({p.name for p in out.rglob("*.jsonl")})
    for name in names:
        for folder, state in (
            ("documents", "document"),
            ("duplicates", "duplicate"),
            ("failures", "failure"),
        ):
            path = out / folder / name
            for text in path.read_text().splitlines() if path.exists() else ():
                row = json.loads(text)
                found.append((state, row, audit.get(row.get("id"), []) * (state == "document")))
    return found


@pytest.fixture(scope="session")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs Debian's chromium (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@contextmanager
def opened(browser, folder, **options):
    """A page that fails its test by an error, a warning, or a request that leaves the folder."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, **options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    inside = (f"file://{folder}/", "blob:")
    page.on(
        "request", lambda r: None if r.url.startswith(inside) else faults.append(f"asked {r.url}")
    )

    def go(state):
        page.goto("about:blank")
        faults[:] = [fault for fault in faults if fault != "asked about:blank"]
        page.goto(f"file://{folder}/index.html#/{state}")
        page.wait_for_selector("main > *")

    page.open = go
    yield page
    assert faults == []
    assert page.evaluate("window.hacked") is None
    context.close()


@pytest.fixture
def page(browser, report):
    with opened(browser, report) as page:
        yield page


def until(page, expression, arg=None):
    """Wait until an expression holds; Playwright's own waiting needs `eval`, which is forbidden."""
    end = time.monotonic() + 15
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"{expression} does not come true"
        page.wait_for_timeout(30)


def number_of(entries, test):
    """The number of the first entry whose row passes a test."""
    return next(n for n, (_, row, _) in enumerate(entries) if test(row))
