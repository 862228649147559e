"""Five real scrapes whose result is known line by line.  They are not part of the repository."""

import json

import pytest

from cleaners import Page, clean_page
from tests.conftest import SHARED

NAMES = (
    "000_1c932b2598bfc2b8.txt",
    "001_54b936229bff0ad0.txt",
    "002_4635e73146c349fb.txt",
    "003_5fbab055e19dee5a.txt",
    "004_72388bfd4be39cce.txt",
)


@pytest.fixture(scope="module")
def gold(shared):
    lines = (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    return {case["source"]: case for case in map(json.loads, lines)}


@pytest.mark.parametrize("name", NAMES)
def test_a_real_scrape_comes_out_exactly(gold, name):
    text = (SHARED / "seeds" / name).read_text(encoding="utf-8")
    document = clean_page(Page(text, media="text", source=name))

    assert document.title == gold[name]["title"]
    assert document.text == "\n\n".join(gold[name]["kept"])
    removed = {
        (document.blocks[r.block].line, r.kind, document.blocks[r.block].text[r.start : r.end])
        for r in document.removals
    }
    missing = [
        case
        for case in gold[name]["removed"]
        if (case["line"], case["kind"], case["text"]) not in removed
    ]
    assert not missing
    assert len(removed) == len(gold[name]["removed"])
