"""The two long measurements of `duplicates.py`: a whole job, and a store of a million."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.recombining import Pool, edit_words, embed, make_document, truncate
from cleaners.deduplicating import (
    DuplicateIndex,
    Entry,
    Location,
    Sketches,
    check,
    clusters,
    sketch,
    text_reader,
)
from cleaners.settings import Duplicates

_SHARD = 1000
ROOT = Path(__file__).resolve().parents[1]


def run_job(
    pool: Pool, count: int, peer_count: int, minhash: Callable[[str], Any]
) -> tuple[list[tuple[object, ...]], list[str]]:
    """Rows of the table, and lines on what the job consisted of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_shards(folder, pool, count)
        peer_begun = cpu()
        peer = datasketch_job(folder, peer_count, minhash)
        peer_cpu, begun = cpu() - peer_begun, cpu()
        wall, found, details = winnow_job(folder)
        spent = cpu() - begun
    rate, peer_rate = count / wall, peer_count / peer[0]
    rows = [
        ("datasketch in memory, `update`, defaults for .7", f"{peer_count:,}", f"{peer[0]:.1f}",
         f"{peer_rate:,.0f}", f"{peer_count / peer_cpu:,.0f}", f"{peer[1]:,} (not compared)"),
        ("Winnow, two processes and the writer", f"{count:,}", f"{wall:.1f}", f"{rate:,.0f}",
         f"{count / spent:,.0f}", f"{found:,}"),
    ]  # fmt: skip
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    times = f"{rate / peer_rate:.0f} times datasketch by wall"
    return rows, [f"That is {times}. {details} The machine's load was {load}.", ""]


def cpu() -> float:
    """Seconds of CPU of this process and its children that have ended."""
    return sum(os.times()[:4])


def write_shards(folder: Path, pool: Pool, count: int) -> None:
    rng = random.Random(6)
    older: list[str] = []
    for shard in range(0, count, _SHARD):
        with (folder / f"{shard:09}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(shard, min(shard + _SHARD, count)):
                text = make_text(pool, rng, older)
                file.write(json.dumps({"id": f"d{number}", "text": text}) + "\n")


def make_text(pool: Pool, rng: random.Random, older: list[str]) -> str:
    kind = rng.random()
    if kind >= 0.3 or len(older) < 50:
        text = make_document(pool, rng)
        # Two thousand are enough to copy from, early and late ones.
        if len(older) < 2000:
            older.append(text)
        else:
            older[rng.randrange(2000)] = text
        return text
    text = rng.choice(older)
    if kind < 0.12:
        return edit_words(text, rng, rng.uniform(0, 0.06), pool.words)
    if kind < 0.18:
        return truncate(text, rng)
    return embed(text, rng, pool) if kind < 0.2 else text


def sketch_shard(path: Path) -> bytes:
    return sketch([json.loads(line)["text"] for line in path.open(encoding="utf-8")]).to_bytes()


def winnow_job(folder: Path) -> tuple[float, int, str]:
    """Workers sketch shards while the one writer commits them in order."""
    paths = sorted(folder.glob("*.jsonl"))

    begun, writing, found = time.perf_counter(), 0.0, 0
    connection = sqlite3.connect(folder / "index.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    index = DuplicateIndex(connection, Duplicates(), text_reader(folder))
    workers = multiprocessing.Pool(2)
    with workers:
        for path, data in zip(paths, workers.imap(sketch_shard, paths), strict=True):
            at = time.process_time()
            lines = path.read_bytes().splitlines(keepends=True)
            records = [json.loads(line) for line in lines]
            entries = [Entry(record["id"], record["text"]) for record in records]
            connection.execute("BEGIN IMMEDIATE")
            verdicts = index.add(entries, Sketches.from_bytes(data))
            places, offset = {}, 0
            for entry, verdict, line in zip(entries, verdicts, lines, strict=True):
                if verdict.duplicate_of is None:
                    places[entry.id] = Location(path.name, offset, len(line))
                offset += len(line)
            index.place(places)
            connection.execute("COMMIT")
            found += sum(verdict.duplicate_of is not None for verdict in verdicts)
            writing += time.process_time() - at
        workers.close()
        workers.join()
    total = sum(1 for _ in clusters(connection))
    wall = time.perf_counter() - begun
    problems = check(connection)
    known = connection.execute("SELECT count(*) FROM index_documents").fetchone()[0]
    size = (folder / "index.sqlite").stat().st_size
    return (
        wall,
        found,
        (
            f"{total:,} clusters; the writer took {writing:.1f} s of CPU and compared "
            f"{index.compared:,} pairs; index "
            f"{size / known:,.0f} bytes a document; check: {problems or 'sound'}."
        ),
    )


def datasketch_job(folder: Path, count: int, minhash: Callable[[str], Any]) -> tuple[float, int]:
    """One process and memory, the way of the manual: query, then insert."""
    from datasketch import MinHashLSH  # noqa: PLC0415

    texts = (
        json.loads(line)["text"]
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.open(encoding="utf-8")
    )
    begun, found = time.perf_counter(), 0
    index = MinHashLSH(threshold=0.7, num_perm=128)
    for number in range(count):
        signature = minhash(next(texts))
        found += bool(index.query(signature))
        index.insert(number, signature)
    return time.perf_counter() - begun, found


# --- the store -------------------------------------------------------------------------------


def run_store(count: int) -> Iterator[str]:
    """In a process of its own, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        child = [sys.executable, "-m", "benchmarks.duplicates_jobs", str(count), folder]
        done = subprocess.run(child, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode:
            raise RuntimeError(done.stderr)
    yield done.stdout


def synthetic(rng: np.random.Generator, size: int, shingles: int) -> Sketches:
    """Sketches of unrelated documents: every value is random, as those of hashes are."""
    sampled = rng.binomial(shingles, 1 / 32 if shingles >= 256 else 1 / 8, size)
    bounds = np.concatenate([[0], np.cumsum(sampled)]).astype(np.uint32)
    step = np.uint64(32 if shingles >= 256 else 8)
    return Sketches(
        counts=np.full(size, shingles, np.uint32),
        signatures=rng.integers(0, 1 << 32, (size, 128), np.uint32),
        digests=rng.integers(1, 1 << 63, (size, 2), np.uint64),
        samples=rng.integers(0, 1 << 58, int(bounds[-1]), np.uint64) * step,
        bounds=bounds,
        hashes=np.zeros(size * shingles, np.uint64),  # nothing is compared here
    )


def fill_store(count: int, folder: Path) -> Iterator[str]:
    path = folder / "index.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    index = DuplicateIndex(connection, Duplicates(), lambda _: "the text of another page")
    rng = np.random.default_rng(7)
    yield (
        "| documents | added, documents/s of wall | of CPU | of CPU, last tenth | bytes a document "
        "| RSS MB |"
    )
    yield "|---|---|---|---|---|---|"
    spent = used = last = 0.0
    for number in range(0, count, _SHARD):
        sketches = synthetic(rng, _SHARD, 480)
        entries = [entry_of(number + n) for n in range(_SHARD)]
        begun, begun_cpu = time.perf_counter(), time.process_time()
        connection.execute("BEGIN IMMEDIATE")
        index.add(entries, sketches)
        where = Location(f"documents/2026-01-01T00-00-00-{number // _SHARD:05}.jsonl", 0, 3400)
        index.place({entry.id: where for entry in entries})
        connection.execute("COMMIT")
        spent += time.perf_counter() - begun
        used += time.process_time() - begun_cpu
        done = number + _SHARD
        if done % max(count // 10, _SHARD) == 0:
            size = path.stat().st_size / done
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            lately = count // 10 / (used - last)
            last = used
            yield (
                f"| {done:,} | {done / spent:,.0f} | {done / used:,.0f} | {lately:,.0f} "
                f"| {size:,.0f} | {memory} |"
            )
    yield ""
    yield from look_up(connection, rng)


def entry_of(number: int) -> Entry:
    url = f"https://news{number % 500}.example.org/2026/01/some-story-of-the-day-{number}"
    return Entry(f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}", "x" * 3000, url,
                 f"news{number % 500}.example.org", "2026-01-01")  # fmt: skip


def look_up(connection: sqlite3.Connection, rng: np.random.Generator) -> Iterator[str]:
    """Open the index anew and look up unknown documents, without adding them."""
    from cleaners.deduplicating.batches import Batch, Lookup, ReadyTexts, Source  # noqa: PLC0415

    begun = time.perf_counter()
    lookup = Lookup(Source(connection, lambda _: "the text of another page"))
    opened = time.perf_counter() - begun
    for shingles in (480, 120):
        spent, used, total = 0.0, 0.0, 20_000
        for number in range(0, total, _SHARD):
            sketches = synthetic(rng, _SHARD, shingles)
            entries = [entry_of(2**40 + number + n) for n in range(_SHARD)]
            begun, begun_cpu = time.perf_counter(), time.process_time()
            Batch(entries, sketches, 2**27, Duplicates(), [lookup]).find(ReadyTexts())
            spent += time.perf_counter() - begun
            used += time.process_time() - begun_cpu
        yield (
            f"Look up, {shingles} shingles: {total / spent:,.0f} documents/s of wall, "
            f"{total / used:,.0f} of CPU.  "
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    yield (
        f"Opening takes {opened:.2f} s; peak RSS {memory} MB; {len(lookup.postings):,} postings; "
        f"the machine's load was {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    )


def write(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    write(fill_store(int(sys.argv[1]), Path(sys.argv[2])))
