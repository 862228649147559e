"""Near-duplicates, side by side in one run with datasketch (used as its manual says) and rensa.

    python -m benchmarks.duplicates --quick          # two minutes
    python -m benchmarks.duplicates --out benchmarks/RESULTS-duplicates.md

rensa is measured where `.venvs/rensa` has it: `python -m venv .venvs/rensa` and
`.venvs/rensa/bin/pip install rensa`.  CPU is that of one process; wall is that of the whole job.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from datasketch import MinHash, MinHashLSH
from xxhash import xxh32_intdigest

from benchmarks.duplicates_jobs import run_job, run_store
from benchmarks.recombining import (
    NOTES,
    TEMPLATES,
    Pool,
    edit_characters,
    edit_words,
    embed,
    frame,
    make_document,
    make_pool,
    make_report,
    make_unspaced,
    truncate,
)
from benchmarks.scratch import Scratch
from cleaners.deduplicating import sketch
from cleaners.deduplicating.comparing import compare, prepare
from cleaners.deduplicating.shingles import split_shingles

RENSA: Final = Path(__file__).resolve().parents[1] / ".venvs" / "rensa" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    speed: int
    pairs: int
    others: int
    reports: int
    job: int
    store: int
    peer_job: int


QUICK: Final = Size(
    speed=400, pairs=1000, others=300, reports=300, job=5_000, store=50_000, peer_job=500
)
FULL: Final = Size(
    speed=2000, pairs=6000, others=2000, reports=1000, job=100_000, store=1_000_000, peer_job=3000
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it runs")
    parser.add_argument("--only", help="one part: speed, pairs, kinds, job or store")
    parser.add_argument("--out", type=Path, help="write the tables to this file as well")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else FULL
    pool = make_pool()
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "speed": lambda: speed(pool, size.speed),
        "pairs": lambda: pairs(pool, size.pairs),
        "kinds": lambda: kinds(pool, size),
        "job": lambda: job(pool, size),
        "store": lambda: store(size.store),
    }
    lines: list[str] = []
    for name, part in parts.items():
        if arguments.only in (None, name):
            for line in part():
                print(line, flush=True)
                lines.append(line)
    if arguments.out:
        arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"
    yield ""


def minhash_by_update(text: str) -> MinHash:
    """Datasketch as its manual says: one `update` a shingle, SHA-1."""
    signature = MinHash(num_perm=128)
    for shingle in split(text):
        signature.update(shingle)
    return signature


def split(text: str) -> list[bytes]:
    """Word 3-grams as most users make them."""
    words = text.lower().split()
    return [" ".join(words[n : n + 3]).encode() for n in range(len(words) - 2)]


def per_second(work: Callable[[], Any], count: int, repeat: int = 3) -> float:
    """Documents a second of CPU, the best of some runs."""
    best = float("inf")
    for _ in range(repeat):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return count / best


# --- text to signature -----------------------------------------------------------------------


def speed(pool: Pool, count: int) -> Iterator[str]:
    rng = random.Random(1)
    texts = [make_document(pool, rng) for _ in range(count)]
    some = texts[: count // 5]
    rates: list[tuple[str, float]] = [
        (
            "datasketch, `update` a shingle",
            per_second(lambda: [*map(minhash_by_update, some)], len(some), 1),
        ),
        (
            "datasketch, `update_batch`",
            per_second(
                lambda: [MinHash(num_perm=128).update_batch(split(t)) for t in some], len(some)
            ),
        ),
        (
            "datasketch, `bulk` and xxh32",
            per_second(
                lambda: MinHash.bulk(
                    [split(t) for t in some], num_perm=128, hashfunc=xxh32_intdigest
                ),
                len(some),
            ),
        ),
        *rensa_rates(some),
        ("Winnow, signature, digest and sample", per_second(lambda: sketch(texts), count)),
    ]
    base = rates[0][1]
    share = sum(text.isascii() for text in texts) / count
    yield f"## Text to signature: {count:,} texts of 3,000 characters ({share:.0%} of them ASCII)"
    yield ""
    rows = ((name, f"{rate:,.0f}", f"{rate / base:.1f}") for name, rate in rates)
    yield from table(["", "documents/s of CPU", "times `update`"], rows)


_RENSA_CHILD: Final = """
import json, sys, time
from rensa import RMinHash
texts = json.load(open(sys.argv[1]))
best = 1e9
for _ in range(3):
    begun = time.process_time()
    for text in texts:
        words = text.lower().split()
        one = RMinHash(num_perm=128, seed=1)
        one.update([" ".join(words[n:n+3]) for n in range(len(words)-2)])
        one.digest()
    best = min(best, time.process_time() - begun)
print(len(texts) / best)
"""


def rensa_rates(texts: Sequence[str]) -> list[tuple[str, float]]:
    if not RENSA.exists():
        return []
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(texts, file)
        file.flush()
        done = subprocess.run(
            [RENSA, "-c", _RENSA_CHILD, file.name], capture_output=True, text=True, check=True
        )
    return [("rensa, `RMinHash`", float(done.stdout))]


# --- pairs of one document and its edited copy -----------------------------------------------


def pairs(pool: Pool, count: int) -> Iterator[str]:
    rng = random.Random(2)
    originals = [
        make_document(pool, rng, rng.choice((600, 1500, 3000, 6000))) for _ in range(count)
    ]
    copies = [edit_words(one, rng, rng.uniform(0, 0.12), pool.words) for one in originals]
    exact = similarities(originals, copies)
    truly = exact >= 0.7
    yield (
        f"## Edited copies: {count:,} documents of 600 to 6,000 characters, each with a copy of "
        f"which 0 to 12% of the words were edited; {truly.sum():,} pairs have an exact Jaccard "
        "similarity of .7 or more"
    )
    yield ""
    rows = [lsh_row(originals, copies, exact), winnow_row(originals, copies, exact)]
    head = ["", "of those pairs found", "precision", "candidates a copy", "documents/s of CPU"]
    yield from table(head, rows)
    begun = time.process_time()
    similarities(originals[:1000], copies[:1000])
    cost = (time.process_time() - begun) / len(originals[:1000])
    yield f"To compare a pair exactly takes {cost * 1e6:.0f} us of CPU, both texts shingled for it."
    yield ""
    yield from grid(originals, copies, truly)


def similarities(some: Sequence[str], others: Sequence[str]) -> np.ndarray:
    ready = zip(prepare(some, 3), prepare(others, 3), strict=True)
    return np.array([compare(one, other).similarity for one, other in ready])


def lsh_row(
    originals: Sequence[str], copies: Sequence[str], exact: np.ndarray
) -> tuple[object, ...]:
    """Datasketch's defaults; a returned pair counts as found, right or wrong."""
    begun = time.process_time()
    index = MinHashLSH(threshold=0.7, num_perm=128)
    shingles = [[*map(bytes, split_shingles(text))] for text in (*originals, *copies)]
    signatures = MinHash.bulk(shingles, num_perm=128)
    for number in range(len(originals)):
        index.insert(number, signatures[number])
    right = wrong = 0
    for number in range(len(copies)):
        for found in index.query(signatures[len(originals) + number]):
            good = found == number and exact[number] >= 0.7
            right, wrong = right + good, wrong + (not good)
    rate = 2 * len(originals) / (time.process_time() - begun)
    found, precision = right / (exact >= 0.7).sum(), right / max(right + wrong, 1)
    pairs_each = (right + wrong) / len(copies)
    return (
        "datasketch, defaults for .7",
        f"{found:.3f}",
        f"{precision:.3f}",
        f"{pairs_each:.2f}",
        f"{rate:,.0f}",
    )


def winnow_row(
    originals: Sequence[str], copies: Sequence[str], exact: np.ndarray
) -> tuple[object, ...]:
    begun = time.process_time()
    with Scratch() as scratch:
        scratch.add(originals)
        before = scratch.compared
        verdicts = scratch.add(copies)
        pairs_each = (scratch.compared - before) / len(copies)
    rate = 2 * len(originals) / (time.process_time() - begun)
    named = [verdict.relation == "copy" for verdict in verdicts]
    right = sum(
        said and one >= 0.7 and verdict.cluster_id == f"d{n}"
        for n, (said, one, verdict) in enumerate(zip(named, exact, verdicts, strict=True))
    )
    found, precision = right / (exact >= 0.7).sum(), right / max(sum(named), 1)
    return "Winnow", f"{found:.3f}", f"{precision:.3f}", f"{pairs_each:.2f}", f"{rate:,.0f}"


def grid(originals: Sequence[str], copies: Sequence[str], truly: np.ndarray) -> Iterator[str]:
    """Which of the true pairs share a band or a sample, and how many pairs that are not do."""
    one, other = sketch(originals), sketch(copies)
    equal = one.signatures == other.signatures
    rows = []
    for bands, height in ((9, 13), (14, 9), (16, 8), (18, 7), (21, 6), (25, 5), (32, 4)):
        share = equal[:, : bands * height].reshape(-1, bands, height).all(axis=2).any(axis=1)
        rows.append((f"{bands} x {height}", share))
    sampled = np.array(
        [
            len(np.intersect1d(samples_of(one, n), samples_of(other, n))) > 0
            for n in range(len(originals))
        ]
    )
    rows.append(("a sampled hash", sampled))
    thin = (one.sampled < 8) | (other.sampled < 8)
    rows.append(
        ("a sampled hash, or 21 x 6 where one has fewer than 8", sampled | (thin & rows[4][1]))
    )
    yield "Candidates by the keys that a pair shares, at word 3-grams:"
    yield ""
    yield from table(
        ["shared", "true pairs", "true pairs under 150 words", "pairs below .7"],
        (
            (
                name,
                f"{share[truly].mean():.4f}",
                f"{share[truly & (one.counts < 150)].mean():.4f}",
                f"{share[~truly].mean():.3f}",
            )
            for name, share in rows
        ),
    )


def samples_of(sketches: Any, number: int) -> np.ndarray:
    return sketches.samples[sketches.bounds[number] : sketches.bounds[number + 1]]


# --- other ways to be alike, or not ----------------------------------------------------------


def kinds(pool: Pool, size: Size) -> Iterator[str]:
    rng = random.Random(3)
    originals = [
        make_document(pool, rng, rng.choice((1500, 3000, 6000))) for _ in range(size.others)
    ]
    changes: dict[str, Callable[[str], str]] = {
        "truncated to 50-70%": lambda text: truncate(text, rng),
        "embedded in two to three times as much": lambda text: embed(text, rng, pool),
        "header and footer added": lambda text: frame(text, rng, pool),
    }
    rows: list[tuple[object, ...]] = []
    for name, change in changes.items():
        rows.append((name, *both(originals, [change(text) for text in originals])))
    yield f"## Parts and frames: {size.others:,} documents of 1,500 to 6,000 characters"
    yield ""
    head = ["", "datasketch, defaults for .7, found", "Winnow, found", "as"]
    yield from table(head, rows)

    yield (
        f"## Reports of {TEMPLATES} templates that differ in numbers and names alone, "
        f"{size.reports:,} each"
    )
    yield ""
    yield from table(
        [
            "notes added to each",
            "median Jaccard",
            "datasketch, defaults for .7, merged",
            "Winnow, merged",
        ],
        (templates_row(notes, size.reports) for notes in range(NOTES + 1)),
    )

    rows = []
    for language, name in (("zh", "Chinese"), ("ja", "Japanese")):
        texts = [make_unspaced(rng, language) for _ in range(size.others)]
        edited = [edit_characters(text, rng, 0.03) for text in texts]
        with Scratch() as scratch:
            unrelated = sum(verdict.relation is not None for verdict in scratch.add(texts))
            verdicts = scratch.add(edited)
        found = sum(v.cluster_id == f"d{n}" for n, v in enumerate(verdicts)) / len(texts)
        rows.append((name, f"{word_lsh(texts, edited):.3f}", f"{found:.3f}", unrelated))
    yield f"## Without spaces: {size.others:,} texts of 1,000 characters, 3% of them replaced"
    yield ""
    head = ["", "datasketch, word 5-grams, found", "Winnow, found", "Winnow, unrelated merged"]
    yield from table(head, rows)


def both(originals: Sequence[str], changed: Sequence[str]) -> tuple[object, ...]:
    index = MinHashLSH(threshold=0.7, num_perm=128)
    signatures = MinHash.bulk([split_shingles(t) for t in (*originals, *changed)], num_perm=128)
    for number in range(len(originals)):
        index.insert(number, signatures[number])
    queries = signatures[len(originals) :]
    plain = sum(number in index.query(one) for number, one in enumerate(queries))
    with Scratch() as scratch:
        scratch.add(originals)
        verdicts = scratch.add(changed)
    right = [v for n, v in enumerate(verdicts) if f"d{n}" in (v.duplicate_of, v.supersedes)]
    copies = sum(verdict.relation == "copy" for verdict in right)
    return (
        f"{plain / len(originals):.3f}",
        f"{len(right) / len(originals):.3f}",
        f"{copies} copy, {len(right) - copies} contained_in",
    )


def templates_row(notes: int, count: int) -> tuple[object, ...]:
    rng = random.Random(4)
    merged = plain = 0
    exact: list[float] = []
    for number in range(TEMPLATES):
        reports = [make_report(number, rng, notes) for _ in range(count)]
        exact += similarities(reports[:-1:5], reports[1::5]).tolist()
        with Scratch() as scratch:
            merged += sum(verdict.relation is not None for verdict in scratch.add(reports))
        index = MinHashLSH(threshold=0.7, num_perm=128)
        for place, one in enumerate(MinHash.bulk([*map(split_shingles, reports)], num_perm=128)):
            plain += bool(index.query(one))
            index.insert(place, one)
    total = TEMPLATES * count
    return notes, f"{np.median(exact):.2f}", f"{plain / total:.1%}", f"{merged / total:.1%}"


def word_lsh(texts: Sequence[str], edited: Sequence[str]) -> float:
    import re  # noqa: PLC0415

    def grams(text: str) -> list[bytes]:
        words = re.findall(r"\w+", text)
        return [" ".join(words[n : n + 5]).encode() for n in range(max(len(words) - 4, 1))]

    index = MinHashLSH(threshold=0.7, num_perm=128)
    for number, one in enumerate(MinHash.bulk([*map(grams, texts)], num_perm=128)):
        index.insert(number, one)
    queries = MinHash.bulk([*map(grams, edited)], num_perm=128)
    return sum(number in index.query(one) for number, one in enumerate(queries)) / len(texts)


# --- the whole job, and the store ------------------------------------------------------------


def job(pool: Pool, size: Size) -> Iterator[str]:
    yield (
        f"## Whole job: {size.job:,} documents of 3,000 characters in JSON lines on disk, clusters "
        "out, committed; 30% are edited, truncated, embedded or exact copies of earlier ones"
    )
    yield ""
    rows, details = run_job(pool, size.job, size.peer_job, minhash_by_update)
    yield from table(
        ["", "documents", "wall s", "documents/s of wall", "of CPU, all processes", "duplicates"],
        rows,
    )
    yield from details


def store(count: int) -> Iterator[str]:
    yield f"## Store: {count:,} synthetic documents of 480 shingles, in shards of 1,000"
    yield ""
    yield from run_store(count)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
