"""What a report costs: to build it, and to open it in a browser.

    python -m benchmarks.report                     # 100,000 documents; rewrites its section
    python -m benchmarks.report --documents 2000    # a taste; prints and writes nothing

The output folder is made of the documents that cleaning `seeds/` gives, repeated under other ids,
titles and sites.  Needs Debian's `chromium` and the package playwright.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xxhash

from benchmarks.results import circumstances, write_section
from cleaners.writing.jsonl import line

_ROOT: Final = Path(__file__).resolve().parent.parent
_FULL: Final = 100_000
_SHARD: Final = 1_000
_SITES: Final = 700


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=_FULL)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the report there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out, report = Path(scratch) / "out", Path(scratch) / "report"
        make_output(out, args.documents)
        rows = [("output, MB", f"{size(out):,.0f}"), *build(out, report)]
        rows.append(("report, MB", f"{size(report):,.0f}"))
        rows += browse(report)
        if args.keep:
            shutil.move(report, args.keep)
    lines = [f"## The report on {args.documents:,} documents", ""]
    lines += circumstances("benchmarks.report", sys.argv[1:], {"chromium": chromium_version()})
    lines += ["", "| | |", "|---|---:|", *[f"| {name} | {value} |" for name, value in rows]]
    print("\n".join(lines))
    if args.documents == _FULL:
        write_section("report", lines)
    return 0


def make_output(out: Path, documents: int) -> None:
    """An output folder as `winnow clean` writes it, with so many documents."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "cleaners.cli", "clean", "seeds", "--quiet", "--out"]
        subprocess.run([*command, scratch], check=True, cwd=_ROOT)
        shutil.copytree(Path(scratch) / "runs", out / "runs")
        seeds = list(_rows(Path(scratch)))
    for first in range(0, documents, _SHARD):
        _write_shard(out, first, min(_SHARD, documents - first), seeds)


def _rows(out: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    removed: dict[str, list[dict[str, Any]]] = {}
    for path in sorted((out / "removed").glob("*.jsonl")):
        for text in path.read_text().splitlines():
            row = json.loads(text)
            removed.setdefault(row["id"], []).append(row)
    for path in sorted((out / "documents").glob("*.jsonl")):
        for text in path.read_text().splitlines():
            row = json.loads(text)
            yield row, removed.get(row["id"], [])


def _write_shard(out: Path, first: int, count: int, seeds: list[Any]) -> None:
    """Every 20th document has a copy in `duplicates/`, every 200th place a failure."""
    lines: dict[str, list[bytes]] = {
        name: [] for name in ("documents", "removed", "duplicates", "failures")
    }
    for number in range(first, first + count):
        row, removed = seeds[number % len(seeds)]
        own = xxhash.xxh3_128_hexdigest(str(number).encode())
        told = {
            "id": own,
            "source": f"crawl.jsonl#{number}",
            "title": f"{row['title']} {number}",
            "text": f"{row['text']}\n\n{own_words(number)}",
            "site": f"site-{number % _SITES}.example",
        }
        lines["documents"].append(line(row | told))
        lines["removed"] += [line(one | {"id": own}) for one in removed]
        if number % 20 == 0:
            lines["duplicates"].append(line(_duplicate(row | told, number)))
        if number % 200 == 0:
            failure = {"source": f"broken-{number}.html", "stage": "read"}
            failure |= {"error": "EmptyError", "message": "there is nothing in it"}
            lines["failures"].append(line(failure))
    for name, data in lines.items():
        (out / name).mkdir(exist_ok=True, parents=True)
        (out / name / f"000001-{first // _SHARD:05d}.jsonl").write_bytes(b"".join(data))


_SYLLABLES: Final = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]


def own_words(number: int) -> str:
    """A sentence that no other document has, of some of a million made-up words."""
    chosen = random.Random(number)
    words = ("".join(chosen.choices(_SYLLABLES, k=3)) for _ in range(20))
    return " ".join(words).capitalize() + "."


def _duplicate(row: dict[str, Any], number: int) -> dict[str, Any]:
    told = ("source", "url", "site", "title", "author", "date", "language", "text", "words")
    return {
        "id": xxhash.xxh3_128_hexdigest(f"copy {number}".encode()),
        **{key: row[key] for key in told},
        "duplicate_of": row["id"],
        "relation": "copy",
        "similarity": 0.97,
        "containment": 0.99,
        "cluster_id": row["id"],
        "fetched_at": None,
        "cleaned_by": row["cleaned_by"],
    }


def size(folder: Path) -> float:
    """Megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def build(out: Path, report: Path) -> list[tuple[str, str]]:
    """Seconds and peak memory of `winnow report`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [sys.executable, "-m", "cleaners.cli", "report", str(out), "-o", str(report)]
    subprocess.run(command, check=True, cwd=_ROOT, stdout=subprocess.DEVNULL)
    elapsed = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [
        ("build, s", f"{elapsed:.1f}"),
        ("build, s of CPU", f"{cpu:.1f}"),
        ("build, peak MB", f"{after.ru_maxrss / 1024:,.0f}"),
    ]


def chromium() -> str:
    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("benchmarks.report: no chromium; install it (apt-get install chromium)")
    return path


def chromium_version() -> str:
    done = subprocess.run([chromium(), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[1]


def browse(report: Path) -> list[tuple[str, str]]:
    """What a reader waits for, in milliseconds, and the page's memory."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the build needs no browser

    address = f"file://{report}/index.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"{address}#/")
        page.wait_for_selector(".cards")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        overview = page.evaluate("performance.timing.loadEventEnd - performance.timing.fetchStart")
        page.goto("about:blank")
        page.goto(f"{address}#/documents")
        page.wait_for_selector(".row")
        first = page.evaluate("performance.now()")
        until(page, _LISTED)
        listed = page.evaluate("performance.now()")
        rows = [
            ("overview: first paint, ms", f"{paint:,.0f}"),
            ("overview: loaded and interactive, ms", f"{overview:,.0f}"),
            ("list: first rows, ms", f"{first:,.0f}"),
            ("list: all entries, ms", f"{listed:,.0f}"),
            ("list: memory held by scripts, MB", held(page)),
        ]
        rows.append(("list: scrolling, ms a frame (median, worst)", page.evaluate(_SCROLL)))
        rows += timed(page)
        browser.close()
    return rows


def until(page: Any, expression: str, arg: object = None) -> None:
    """Wait until an expression holds; Playwright's own waiting needs `eval`, which is forbidden."""
    while not page.evaluate(expression, arg):
        time.sleep(0.01)


_LISTED: Final = "winnow.listedPages === winnow.pagesOfList"
_FLAGS: Final = ["--no-sandbox", "--enable-precise-memory-info"]
_HEAP: Final = "performance.memory.usedJSHeapSize / 1e6"
_SCROLL: Final = """async () => {
  const box = document.querySelector(".scroller");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  let last = await frame();
  for (let n = 0; n < 120; n += 1) {
    box.scrollTop += box.scrollHeight / 130;
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  return `${times[60].toFixed(0)}, ${times[119].toFixed(0)}`;
}"""


def held(page: Any) -> str:
    """Megabytes that scripts hold once all garbage is collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.detach()
    return f"{page.evaluate(_HEAP):,.0f}"


def peak_of_renderer() -> float:
    """Megabytes of memory that this program's largest renderer process has had at most (Linux)."""
    parents, peaks = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(
                line.split(":", 1) for line in (folder / "status").read_text().splitlines()
            )
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended
        parents[int(folder.name)] = int(status["PPid"])
        if b"--type=renderer" in command:
            peaks[int(folder.name)] = int(status["VmHWM"].split()[0]) / 1024
    return max(peak for pid, peak in peaks.items() if os.getpid() in _ancestors(pid, parents))


def _ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid := parents.get(pid, 0):
        yield pid


def _searching(*words: str) -> str:
    return f"#/documents?q={'+'.join(words).replace(' ', '+')}"


def timed(page: Any) -> list[tuple[str, str]]:
    """Filtering, sorting, opening a document and searching all texts."""
    there, nowhere = own_words(77).split(), own_words(10**9).split()
    steps = {
        "filter by kind, ms": ("#/documents?kind=ad", "entries of"),
        "sort by title, ms": ("#/documents?sort=title", "entries"),
        "search: words of one document, ms": (_searching(*there[3:6]), "1 entry of"),
        "search: words of no document, ms": (_searching(*nowhere[3:6]), "Nothing fits"),
        "search: letters that all pages have, ms": (_searching("not to be found"), "Nothing fits"),
    }
    rows = []
    for name, (state, expected) in steps.items():
        page.evaluate("document.querySelector('.status').textContent = ''")
        started = time.perf_counter()
        page.evaluate("state => { location.hash = state; }", state)
        said = "text => document.querySelector('.status').textContent.includes(text)"
        until(page, said, expected)
        rows.append((name, f"{1000 * (time.perf_counter() - started):,.0f}"))
    rows.append(("after the searches: memory held by scripts, MB", held(page)))
    rows.append(("most memory of the page's process, MB", f"{peak_of_renderer():,.0f}"))
    started = time.perf_counter()
    last = page.evaluate("Math.max(0, winnow.facts.entries - 1000)")
    page.evaluate("n => { location.hash = `#/documents?doc=${n}`; }", last)
    page.wait_for_selector(".page .kept")
    rows.append(("open a document, ms", f"{1000 * (time.perf_counter() - started):,.0f}"))
    return rows


if __name__ == "__main__":
    sys.exit(main())
