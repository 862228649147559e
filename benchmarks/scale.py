"""How a batch scales: pages a second, memory, and what it costs beside bare cleaning.

    python -m benchmarks.scale --pages 2000 20000 --workers 1 2 --from seeds

Pages of a folder are repeated, each with a URL of its own and a paragraph that no other has, in
one JSONL file.  Peak memory is the kernel's high-water mark (VmHWM) of the parent and of its
largest worker.  Overhead compares processor time, which other work on the machine changes least:
the whole batch, start, planning, workers, duplicates and writing, over `clean_page` alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from cleaners import Page, clean_page
from cleaners.errors import PageError
from cleaners.reading import find_scrapes, read_page

_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """`parent` and `worker`: peak memory in MB; `processor`: seconds of all processes."""

    seconds: float
    processor: float
    parent: float
    worker: float


def pages_of(folder: Path) -> list[Page]:
    found = []
    for scrape in find_scrapes([str(folder)], page_bytes=_BYTES):
        try:
            found.append(read_page(scrape, page_bytes=_BYTES))
        except PageError as error:
            print(f"left out {scrape.source}: {error}", file=sys.stderr)
    return found


def repeated(pages: list[Page], count: int) -> Iterator[Page]:
    """`count` pages, no two of them the same."""
    for number, page in enumerate(islice(cycle(pages), count)):
        own = f"This is copy {number} of a page that stands here {count} times in many places."
        text = f"{page.text}<p>{own}</p>" if page.media == "html" else f"{page.text}\n\n{own}"
        yield Page(text=text, media=page.media, url=f"https://example.org/{number}")


def write_records(path: Path, pages: Iterator[Page]) -> None:
    with path.open("w") as file:
        for page in pages:
            file.write(json.dumps({"url": page.url, page.media: page.text}) + "\n")


def measure(records: Path, out: Path, workers: int) -> Cost:
    """Run the command and look at its processes ten times a second."""
    command = [sys.executable, "-m", "cleaners.cli", "clean", str(records), "--out", str(out)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--workers", str(workers), "--quiet"])
    parent = worker = 0.0
    while process.poll() is None:
        parent = max(parent, _peak(process.pid))
        worker = max([worker, *(_peak(child) for child in _children(process.pid))])
        time.sleep(0.1)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"the run ended with exit code {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, processor, parent, worker)


def _peak(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines())
    return next((int(line[1]) / 1024 for line in lines if line[0] == "VmHWM:"), 0.0)


def _children(pid: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for path in tasks for child in path.read_text().split()]
    except OSError:
        return []


def bare(pages: Iterator[Page]) -> float:
    """Seconds of processor time for `clean_page` and nothing else."""
    clean_page(Page(text="<p>Imports and tables come first.</p>"))
    spent = 0.0
    for page in pages:
        began = time.process_time()
        clean_page(page)
        spent += time.process_time() - began
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--from", dest="folder", type=Path, default=Path("seeds"))
    args = parser.parse_args()
    pages = pages_of(args.folder)
    print(f"{len(pages)} different pages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("| pages | workers | pages/s | parent MB | worker MB | CPU s | bare CPU s | overhead |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for count in args.pages:
        alone = bare(repeated(pages, count))
        for workers in args.workers:
            with tempfile.TemporaryDirectory() as scratch:
                records = Path(scratch) / "records.jsonl"
                write_records(records, repeated(pages, count))
                cost = measure(records, Path(scratch) / "out", workers)
            print(
                f"| {count:,} | {workers} | {count / cost.seconds:.1f} | {cost.parent:.0f} "
                f"| {cost.worker:.0f} | {cost.processor:.1f} | {alone:.1f} "
                f"| {cost.processor / alone - 1:+.0%} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
