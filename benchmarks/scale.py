"""How a batch scales: pages a second, memory, and what it costs beside bare cleaning.

    python -m benchmarks.scale --pages 2000 20000 --workers 1 2 --from FOLDER

Pages of a folder are repeated, each with a URL of its own and a paragraph that no other has, in
one JSONL file.  Peak memory is the kernel's high-water mark (VmHWM) of the parent and of its
largest worker.  Numbers of workers take turns, round after round, and the median counts.

Overhead compares the whole batch (start, planning, one worker, duplicates, writing) with
`clean_page` alone: in processor time of all processes, which other work on the machine changes
least, and in time on the clock, where the command works beside its worker.  Both take turns on the
same pages, `--overhead` of them, in processes of their own.  What is compared with has done nothing
else: its pages were read and parsed, its imports and models loaded, before its clock ran.  So all
of that counts as overhead, although nobody could clean records without.
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from cleaners import Page, clean_page
from cleaners.errors import PageError
from cleaners.reading import find_scrapes, read_page
from cleaners.records import Media

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


def read_records(path: Path) -> Iterator[Page]:
    with path.open() as lines:
        for record in map(json.loads, lines):
            media: Media = "html" if "html" in record else "text"
            yield Page(text=record[media], media=media, url=record["url"])


def measure(records: Path, workers: int) -> Cost:
    """Run the command and look at its processes ten times a second."""
    command = [sys.executable, "-m", "cleaners.cli", "clean", str(records), "--quiet"]
    with tempfile.TemporaryDirectory(dir=records.parent) as out:
        before = _children_seconds()
        began = time.perf_counter()
        process = subprocess.Popen([*command, "--out", out, "--workers", str(workers)])
        parent = worker = 0.0
        while process.poll() is None:
            parent = max(parent, _peak(process.pid))
            worker = max([worker, *(_peak(child) for child in _children(process.pid))])
            time.sleep(0.1)
        seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"the run ended with exit code {process.returncode}")
    return Cost(seconds, _children_seconds() - before, parent, worker)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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


def bare(records: Path) -> tuple[float, float]:
    """`clean_page` and nothing else, in a process of its own: seconds of processor and clock."""
    command = [sys.executable, "-m", "benchmarks.scale", "--bare", str(records)]
    # As in a worker: with more threads, numpy's library waits actively for small products.
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    processor, seconds = map(float, done.stdout.split())
    return processor, seconds


def _bare_here(records: Path) -> tuple[float, float]:
    clean_page(Page(text="<p>Imports and tables come first.</p>"))
    processor = seconds = 0.0
    for page in read_records(records):
        began, clock = time.process_time(), time.perf_counter()
        clean_page(page)
        processor += time.process_time() - began
        seconds += time.perf_counter() - clock
    return processor, seconds


def show_overhead(records: Path, count: int, rounds: int) -> None:
    taken: list[tuple[float, float, float, float]] = []
    for _ in range(rounds):
        alone, whole = bare(records), measure(records, 1)
        taken.append((*alone, whole.processor, whole.seconds))
        print(
            f"{count:,} pages: bare {alone[0]:.1f} s of processor time, {alone[1]:.1f} s; "
            f"batch {whole.processor:.1f} s, {whole.seconds:.1f} s",
            flush=True,
        )
    # The least of each: what else the machine does only ever adds.
    bare_processor, bare_seconds, processor, seconds = map(min, zip(*taken, strict=True))
    print(
        f"overhead, the least of {rounds}: {processor / bare_processor - 1:+.1%} of processor "
        f"time, {seconds / bare_seconds - 1:+.1%} of time on the clock\n",
        flush=True,
    )


def show_scaling(records: Path, count: int, workers: Sequence[int], rounds: int) -> None:
    costs: dict[int, list[Cost]] = {number: [] for number in workers}
    for _ in range(rounds):
        for number in workers:
            costs[number].append(measure(records, number))
    one = median(cost.seconds for cost in costs[workers[0]])
    for number, found in costs.items():
        seconds = median(cost.seconds for cost in found)
        print(
            f"| {count:,} | {number} | {count / seconds:.1f} | {one / seconds:.2f} "
            f"| {max(cost.parent for cost in found):.0f} "
            f"| {max(cost.worker for cost in found):.0f} |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[2_000, 20_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--rounds", type=int, nargs="+", default=[3, 1], help="one for each --pages"
    )
    parser.add_argument("--overhead", type=int, default=1_000, help="pages; 0 leaves it out")
    parser.add_argument("--from", dest="folder", type=Path, default=Path("seeds"))
    parser.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.bare:
        print(*_bare_here(args.bare))
        return
    pages = pages_of(args.folder)
    print(f"{len(pages)} different pages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "records.jsonl"
        if args.overhead:
            write_records(records, repeated(pages, args.overhead))
            show_overhead(records, args.overhead, args.rounds[0])
        print("| pages | workers | pages/s | times as many | parent MB | worker MB |")
        print("|--:|--:|--:|--:|--:|--:|")
        for count, rounds in zip(args.pages, args.rounds, strict=True):
            write_records(records, repeated(pages, count))
            show_scaling(records, count, args.workers, rounds)


if __name__ == "__main__":
    main()
