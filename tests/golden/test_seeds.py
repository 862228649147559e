"""Every sample scrape gives exactly the body, metadata and removals that an editor would want.

A golden file beside this test describes one scrape of `seeds/`, or one record of a many-record
file (`"seed": "name.jsonl#2"`).  Its fields are explained in `seeds/README.rst`.  They are
written by hand: where the program disagrees, somebody decides who is right.
"""

import difflib
import functools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from cleaners import Document, Page
from cleaners.cleaning import clean_page
from cleaners.reading import find_scrapes, read_page
from cleaners.records import KINDS

GOLDEN = Path(__file__).parent
SEEDS = GOLDEN.parents[1] / "seeds"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.json"))
# These need other pages of the site, or say that no finer kind is known.
NEED_A_SITE = {"layout", "template", "repeat"}
PAGE_BYTES = 1_000_000


def golden(name):
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def every_seed(check, names=NAMES):
    """Run a test for each seed.  `"misses": {check: reason}` in a golden file says that the
    program is known to fall short there; the test must then fail, or the entry goes.
    """
    return pytest.mark.parametrize(
        "name",
        [
            pytest.param(name, marks=[pytest.mark.xfail(reason=misses[check])])
            if check in (misses := golden(name).get("misses", {}))
            else name
            for name in names
        ],
    )


# Golden files of text pages list every line that goes; those of markup only what matters.
TEXTS = [name for name in NAMES if all("line" in one for one in golden(name)["removed"])]


def read_seeds() -> dict[str, Page]:
    """All pages of the folder by their place in it."""
    return {
        scrape.source.removeprefix(f"{SEEDS}/"): read_page(scrape, page_bytes=PAGE_BYTES)
        for scrape in find_scrapes([str(SEEDS)], page_bytes=PAGE_BYTES)
    }


@functools.cache
def cleaned(name) -> Document:
    return clean_page(read_seeds()[golden(name)["seed"]])


def differences(wanted, got):
    """What is missing (-) and what is too much (+), a line each."""
    lines = difflib.unified_diff(wanted, got, "wanted", "got", lineterm="", n=0)
    return "\n".join(["", *lines])


def squeezed(text):
    return " ".join(text.split())


def removed_pieces(document):
    """(line, kind, text) of everything that was taken out, in reading order."""
    for removal in document.removals:
        block = document.blocks[removal.block]
        yield block.line, removal.kind, squeezed(block.text[removal.start : removal.end])


def kinds_of(wanted, pieces):
    """The kinds under which a wanted removal went; none where it, or a part of it, stayed.

    Where a text was cut into several pieces that follow each other, all their kinds count.
    """
    text = squeezed(wanted["text"])
    here = [piece for piece in pieces if wanted.get("line") in (None, piece[0])]
    whole = [kind for _, kind, piece in here if piece == text]
    if whole:
        return whole
    around = [kind for _, kind, piece in here if text in piece]
    if around:
        return around
    run, spans = "", []
    for _, kind, piece in here:
        spans.append((len(run), len(run) + len(piece), kind))
        run += piece + " "
    at = run.find(text)
    if at < 0:
        return []
    return [kind for start, end, kind in spans if start < at + len(text) and at < end]


def problems_of_removals(wanted, pieces):
    """Missed removals and wrong kinds, a line each.

    A text that is wanted twice, under two kinds, must have gone at least once under each.
    """
    for one in wanted:
        kinds = kinds_of(one, pieces)
        if not kinds:
            yield f"still there: {one['kind']}: {one['text'][:90]}"
        elif one["kind"] not in kinds:
            yield f"{'/'.join(sorted(set(kinds)))} instead of {one['kind']}: {one['text'][:90]}"


@every_seed("body")
def test_body_is_what_an_editor_would_keep(name):
    wanted = "\n\n".join(golden(name)["kept"])
    got = cleaned(name).text
    if got != wanted:
        pytest.fail(differences(wanted.split("\n"), got.split("\n")), pytrace=False)


@every_seed("metadata")
def test_metadata_is_what_the_page_says(name):
    wanted, document = golden(name), cleaned(name)
    keys = ("title", "author", "date", "language")
    got = {key: getattr(document, key) for key in keys}
    assert got == {key: wanted[key] for key in keys}
    assert sorted(document.flags) == sorted(wanted["flags"])


@every_seed("kinds")
def test_removals_have_the_kind_that_is_meant(name):
    pieces = list(removed_pieces(cleaned(name)))
    problems = list(problems_of_removals(golden(name)["removed"], pieces))
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


@every_seed("extra", TEXTS)
def test_nothing_but_the_wanted_lines_goes_from_text(name):
    lines = {one["line"] for one in golden(name)["removed"]}
    extra = [piece for piece in removed_pieces(cleaned(name)) if piece[0] not in lines]
    assert not extra


def test_every_seed_has_an_expected_result():
    assert sorted(read_seeds()) == sorted(golden(name)["seed"] for name in NAMES)


def test_every_kind_that_a_page_can_show_is_in_the_seeds():
    shown = {one["kind"] for name in NAMES for one in golden(name)["removed"]}
    assert shown == set(KINDS) - NEED_A_SITE


def test_winnow_clean_writes_the_seeds_and_folds_the_copies(tmp_path):
    command = [sys.executable, "-m", "cleaners.cli", "clean", str(SEEDS)]
    done = subprocess.run(
        [*command, "--out", str(tmp_path), "--quiet"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

    def rows(folder):
        files = sorted((tmp_path / folder).glob("*.jsonl"))
        lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
        return [json.loads(line) for line in lines]

    documents = {Path(row["source"]).name: row for row in rows("documents")}
    by_id = {row["id"]: name for name, row in documents.items()}
    folded = {Path(row["source"]).name: row for row in rows("duplicates")}
    assert rows("failures") == []
    for name in NAMES:
        wanted = golden(name)
        seed, partner = wanted["seed"], wanted["duplicate_of"]
        if partner is None:
            assert documents[seed]["text"] == cleaned(name).text, seed
        else:
            assert by_id[folded[seed]["duplicate_of"]] == partner["seed"], seed
            assert folded[seed]["relation"] == partner["relation"], seed
    assert len(documents) + len(folded) == len(NAMES)
