"""What Prefect costs: `winnow run` beside `winnow clean` on the same pages, in one run.

    python benchmarks/prefect.py --pages 1000 [--dask] [--workers 2]

Prints wall time and CPU time (of all processes together) of each, what is left of the difference
when an empty run's start-up is taken off, and how much Prefect's database grew.  The outputs are
compared byte by byte.  CPU time is the figure to trust on a machine that others use, too.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SEED: Final = 20_261_122
_WORDS: Final = """
market harbour index council report price library share growth orchard river bank village rate
fund teacher bridge energy policy study winter trade music garden court railway coast
""".split()  # noqa: SIM905 - as a list it would take thirty lines
_LINKS: Final = 40


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float
    cpu: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.wall - other.wall, self.cpu - other.cpu)


def write_page(path: Path, words: random.Random) -> None:
    """A page of usual size: navigation, some 25 paragraphs, an ad, related links, a footer."""
    links = "".join(
        f'<li><a href="/{words.randrange(10**6)}">{_sentence(words, 6)}</a></li>'
        for _ in range(_LINKS)
    )
    body = "".join(f"<p>{_sentence(words, 45)}</p>" for _ in range(25))
    title = _sentence(words, 8)
    path.write_text(
        f"<html><head><title>{title}</title></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{title}</h1>{body}<p>Advertisement</p></article>"
        f'<aside class="related"><h3>You may also like</h3><ul>{links}</ul></aside>'
        f"<footer><p>All rights reserved.</p></footer></body></html>"
    )


def _sentence(words: random.Random, count: int) -> str:
    text = " ".join(
        words.choice(_WORDS) if words.random() < 0.9 else str(words.randrange(10**4))
        for _ in range(count)
    )
    return f"{text.capitalize()}."


def fill(folder: Path, pages: int) -> None:
    words = random.Random(SEED)
    for number in range(pages):
        if number % 1000 == 0:
            (folder / f"{number // 1000:03d}").mkdir(parents=True)
        write_page(folder / f"{number // 1000:03d}" / f"{number % 1000:03d}.html", words)


def winnow(home: Path, *args: object) -> Cost:
    """Run the command; its cost, with all the processes it started and waited for."""
    environment = {key: value for key, value in os.environ.items() if "PREFECT" not in key}
    before, began = os.times(), time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "cleaners.cli", *map(str, args), "--quiet"],
        env=environment | {"PREFECT_HOME": str(home)},
        check=True,
    )
    after = os.times()
    cpu = after.children_user + after.children_system
    return Cost(time.monotonic() - began, cpu - before.children_user - before.children_system)


def database_bytes(home: Path) -> int:
    with sqlite3.connect(home / "prefect.db") as database:
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(size)


def same(one: Path, other: Path) -> bool:
    names = {
        str(path.relative_to(folder))
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("winnow.sqlite", ".lock")
    }
    return all((one / name).read_bytes() == (other / name).read_bytes() for name in names)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dask", action="store_true", help="measure a local Dask cluster, too")
    args = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="winnow-prefect-"))
    try:
        return measure(scratch, args.pages, args.workers, dask=args.dask)
    finally:
        shutil.rmtree(scratch)


def measure(scratch: Path, pages: int, workers: int, *, dask: bool) -> int:
    home, scrapes, single = scratch / "home", scratch / "scrapes", scratch / "single"
    fill(scrapes, pages)
    fill(single, 1)
    winnow(home, "run", single, "--out", scratch / "first")  # makes Prefect's database

    def run(name: str, folder: Path, *flags: object) -> Cost:
        return winnow(home, *flags, folder, "--out", scratch / name, "--workers", workers)

    start_clean = run("start-clean", single, "clean")
    start_run = run("start-run", single, "run")
    clean = run("clean", scrapes, "clean")
    before = database_bytes(home)
    tracked = run("run", scrapes, "run")
    grown = database_bytes(home) - before

    print(f"{pages:,} pages, {workers} workers, {os.cpu_count()} cores, Python {sys.version[:6]}")
    print(f"{'':22}{'wall s':>9}{'CPU s':>9}")
    rows = {
        "clean": clean,
        "run": tracked,
        "start-up of clean": start_clean,
        "start-up of run": start_run,
    }
    outputs = [scratch / "run"]
    if dask:
        flags = ("run", "--runner", "dask")
        rows["start-up of run, Dask"] = run("start-dask", single, *flags)
        rows["run, Dask"] = run("dask", scrapes, *flags)
        outputs.append(scratch / "dask")
    for name, cost in rows.items():
        print(f"{name:22}{cost.wall:9.1f}{cost.cpu:9.1f}")
    overhead, work = (tracked - start_run) - (clean - start_clean), clean - start_clean
    print(
        f"beyond start-up, run costs {overhead.wall / work.wall:+.1%} wall, "
        f"{overhead.cpu / work.cpu:+.1%} CPU over clean"
    )
    if dask:
        work_dask = rows["run, Dask"] - rows["start-up of run, Dask"]
        print(
            f"beyond start-up, Dask with {workers} workers takes {work_dask.wall / work.wall:.2f} "
            f"of clean's wall time, {work_dask.cpu / work.cpu:.2f} of its CPU time"
        )
    print(f"Prefect's database grew by {grown / pages:.0f} KB per 1,000 pages")
    equal = all(same(scratch / "clean", output) for output in outputs)
    print(f"outputs are {'equal' if equal else 'DIFFERENT'}")
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
