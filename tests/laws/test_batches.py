"""The laws of batches: nothing is lost, and the number of workers does not matter."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.batch import run_batch
from cleaners.cli.reporting import Silence
from cleaners.settings import Settings
from tests.corpus import manifest, rows, tree
from tests.laws.pages import markups, texts

JUNK = st.binary(max_size=200)
RECORDS = st.lists(
    st.one_of(
        texts().map(lambda text: json.dumps({"url": "https://quay.example/r", "text": text})),
        st.sampled_from(['{"url": 3}', "not json", "[]", '{"html": "<p>short</p>"}', ""]),
    ),
    max_size=3,
).map(lambda lines: "\n".join(lines).encode())
FILES = st.one_of(
    st.tuples(st.just("txt"), texts().map(lambda text: text.encode("utf-8", "replace"))),
    st.tuples(st.just("html"), markups().map(lambda text: text.encode("utf-8", "replace"))),
    st.tuples(st.sampled_from(["txt", "html"]), JUNK),
    st.tuples(st.just("jsonl"), RECORDS),
)
BATCHES = st.lists(FILES, min_size=1, max_size=6)


def lay(folder, batch):
    folder.mkdir()
    for number, (suffix, content) in enumerate(batch):
        (folder / f"{number:02d}.{suffix}").write_bytes(content)


def clean(folder, out, workers=1):
    return run_batch([str(folder)], out, Settings(), workers=workers, reporter=Silence())


def scrapes_in(batch):
    """Files, and the lines of files of records that are not blank."""
    return sum(
        sum(bool(line.strip()) for line in content.split(b"\n")) if suffix == "jsonl" else 1
        for suffix, content in batch
    )


@given(BATCHES)
@settings(max_examples=30)
def test_every_scrape_ends_in_exactly_one_place(batch):
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name, "scrapes"), Path(name, "out")
        lay(folder, batch)
        if not scrapes_in(batch):
            return
        clean(folder, out)
        counts = manifest(out)["counts"]
        places = ("documents", "duplicates", "failures")
        assert {place: len(rows(out, place)) for place in places} == {
            place: counts[place] for place in places
        }
        ended = sum(counts[place] for place in (*places, "skipped"))
        assert ended == counts["scrapes"] == scrapes_in(batch)

        sources = [row["source"] for place in places for row in rows(out, place)]
        assert len(sources) == len(set(sources))
        # What was done once is skipped the next time, and nothing is written.
        before = tree(out)
        clean(folder, out)
        assert tree(out) == before


@given(BATCHES)
@settings(max_examples=4)
def test_any_number_of_workers_gives_the_same_bytes(batch):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "scrapes")
        lay(folder, batch)
        # Beyond the size of a run that needs no workers at all.
        for number in range(70):
            (folder / f"more-{number}.txt").write_text(f"Berth {number} is free. " * (number % 9))
        clean(folder, Path(name, "one"), workers=1)
        clean(folder, Path(name, "two"), workers=2)
        assert tree(Path(name, "one")) == tree(Path(name, "two"))
