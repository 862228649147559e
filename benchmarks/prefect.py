"""What Prefect costs: `winnow run` beside `winnow clean` on the same pages, in one run.

    python benchmarks/prefect.py --pages 1000 [--rounds 3] [--dask] [--workers 2] [--text]

The commands take turns, round by round, since a machine that others use is now faster, now slower;
what is printed is the mean of the rounds: wall time and CPU time (of all processes together) of
each, what is left of the difference when an empty run's start-up is taken off, and how much
Prefect's database grew.  The outputs are compared byte by byte.  CPU time is the figure to trust
on a machine that others use, too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
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

    @classmethod
    def mean(cls, costs: Sequence[Cost]) -> Cost:
        count = len(costs)
        return cls(sum(c.wall for c in costs) / count, sum(c.cpu for c in costs) / count)


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


def fill(folder: Path, pages: int, *, text: bool) -> None:
    """Pages of HTML in files, or records of flattened text in one file."""
    words = random.Random(SEED)
    if text:
        folder.mkdir(parents=True)
        with (folder / "records.jsonl").open("w") as file:
            for _ in range(pages):
                paragraphs = "\n\n".join(_sentence(words, 40) for _ in range(3))
                file.write(json.dumps({"text": paragraphs}) + "\n")
        return
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
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--dask", action="store_true", help="measure a local Dask cluster, too")
    parser.add_argument("--text", action="store_true", help="short flattened texts, not HTML")
    args = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="winnow-prefect-"))
    try:
        fill(scratch / "scrapes", args.pages, text=args.text)
        fill(scratch / "single", 1, text=args.text)
        return measure(scratch, args.pages, args.workers, args.rounds, dask=args.dask)
    finally:
        shutil.rmtree(scratch)


def measure(scratch: Path, pages: int, workers: int, rounds: int, *, dask: bool) -> int:
    home, scrapes, single = scratch / "home", scratch / "scrapes", scratch / "single"
    winnow(home, "run", single, "--out", scratch / "first")  # makes Prefect's database
    commands: dict[str, tuple[str, ...]] = {"clean": ("clean",), "run": ("run",)}
    if dask:
        commands["run, Dask"] = ("run", "--runner", "dask")
    costs: dict[str, list[Cost]] = defaultdict(list)
    grown, equal = [], True
    for _ in range(rounds):
        for name, command in commands.items():
            out, start = scratch / name, scratch / f"start {name}"
            flags = ("--workers", workers)
            costs[f"start-up of {name}"].append(
                winnow(home, *command, single, "--out", start, *flags)
            )
            before = database_bytes(home)
            costs[name].append(winnow(home, *command, scrapes, "--out", out, *flags))
            if name == "run":
                grown.append(database_bytes(home) - before)
            equal = equal and same(scratch / "clean", out)
            if name != "clean":
                shutil.rmtree(out)
            shutil.rmtree(start)
        shutil.rmtree(scratch / "clean")
    told(
        {name: Cost.mean(rows) for name, rows in costs.items()},
        f"{pages:,} pages, {workers} workers, {rounds} rounds, {os.cpu_count()} cores, "
        f"Python {sys.version.split()[0]}, load {os.getloadavg()[1]:.0f}",
    )
    size = sum(grown) / rounds / pages
    print(f"Prefect's database grew by {size:.0f} KB per 1,000 pages")
    print(f"outputs are {'equal' if equal else 'DIFFERENT'}")
    return 0 if equal else 1


def told(costs: dict[str, Cost], head: str) -> None:
    """Print the table, and what each kind of run costs over `winnow clean` beyond start-up."""
    print(head)
    print(f"{'':24}{'wall s':>9}{'CPU s':>9}")
    for name, cost in sorted(costs.items()):
        print(f"{name:24}{cost.wall:9.1f}{cost.cpu:9.1f}")
    work = costs["clean"] - costs["start-up of clean"]
    for name, cost in costs.items():
        if name.startswith("run"):
            over = (cost - costs[f"start-up of {name}"]) - work
            print(
                f"beyond start-up, {name} costs {over.wall / work.wall:+.1%} wall, "
                f"{over.cpu / work.cpu:+.1%} CPU over clean"
            )


if __name__ == "__main__":
    sys.exit(main())
