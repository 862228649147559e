"""`winnow explain`: what stays and what goes, readable with colours and without."""

import json
import os

import pytest

from tests.corpus import article, html, winnow


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html("page"))
    return path


def environment(**extra):
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    return kept | extra


def test_every_block_is_shown_with_its_fate(page):
    done = winnow("explain", page, env=environment(COLUMNS="100"))
    assert done.returncode == 0, done.stderr
    shown = " ".join(done.stdout.split())
    for paragraph in article("page"):
        assert paragraph in shown
    lines = done.stdout.splitlines()
    gone = lines.index("- Advertisement")
    assert lines[gone + 1].startswith("      ad · ")
    assert "words kept" in lines[-1]


def test_it_wraps_to_the_width(page):
    done = winnow("explain", page, env=environment(COLUMNS="50"))
    assert max(map(len, done.stdout.splitlines())) <= 50


def test_colours_only_where_they_are_wanted(page):
    assert "\x1b" not in winnow("explain", page, env=environment()).stdout
    assert "\x1b[" in winnow("explain", page, env=environment(FORCE_COLOR="1")).stdout
    plain = winnow("explain", page, env=environment(FORCE_COLOR="1", NO_COLOR="1")).stdout
    assert "\x1b[3" not in plain


def test_one_record_of_many(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps({"html": html(n)}) + "\n" for n in range(3)))
    shown = " ".join(winnow("explain", f"{path}#2").stdout.split())
    assert article(1)[0] in shown
    assert article(0)[0] not in shown


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("records.jsonl", "#LINE"),
        ("records.jsonl#9", "no record in line 9"),
        ("nowhere.html", "no such file"),
        (".", "this is a folder"),
    ],
)
def test_what_cannot_be_explained(name, part, tmp_path):
    (tmp_path / "records.jsonl").write_text(json.dumps({"html": html(1)}) + "\n")
    done = winnow("explain", name, cwd=tmp_path)
    assert done.returncode == 2
    assert part in done.stderr
    assert done.stderr.count("\n") == 1
