"""`winnow explain`: what stays and what goes, readable with colours and without."""

import json
import os
import pty
import subprocess
import sys

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
        ("records.jsonl", "#NUMBER"),
        ("records.jsonl#9", "there is no record 9"),
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


def test_the_title_is_marked_as_such(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("\n\n".join(["Baltic ports test berth tokens", *article("page")]))
    lines = winnow("explain", page).stdout.splitlines()
    assert lines[0] == "T Baltic ports test berth tokens"
    assert sum(line.startswith("T ") for line in lines) == 1


def on_a_terminal(command, tmp_path, **extra):
    """What a command prints on a terminal, with a browser that writes down what it should show."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{tmp_path}/shown"\n')
    browser.chmod(0o755)
    names = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    env = {key: value for key, value in os.environ.items() if key not in names}
    extra = {key: value.format(browser=browser) for key, value in extra.items()}
    master, slave = pty.openpty()
    with os.fdopen(master, "rb"):
        done = subprocess.run(
            [sys.executable, "-m", "cleaners.cli", *command],
            stdout=slave,
            stderr=subprocess.PIPE,
            env=env | extra,
            cwd=tmp_path,
            check=False,
        )
        os.close(slave)
        told = os.read(master, 10_000).decode()
    assert done.returncode == 0, done.stderr
    shown = tmp_path / "shown"
    return told.strip(), shown.read_text().split() if shown.exists() else []


def test_the_page_for_the_browser_opens(page, tmp_path):
    told, shown = on_a_terminal(
        ["explain", str(page), "--html", "look"], tmp_path, BROWSER="{browser} %s"
    )
    assert told == "opened look/index.html"
    assert shown == [(tmp_path / "look/index.html").as_uri()]


def test_the_page_for_the_browser_does_not_open_where_it_is_not_wanted(page, tmp_path):
    command = ["explain", str(page), "--html", "look"]
    told, shown = on_a_terminal([*command, "--no-open"], tmp_path, BROWSER="{browser} %s")
    assert (told, shown) == ("open look/index.html", [])
    told, shown = on_a_terminal(command, tmp_path)  # no display, and no browser named
    assert (told, shown) == ("open look/index.html", [])
    piped = winnow(*command, cwd=tmp_path, env=os.environ | {"BROWSER": "false", "DISPLAY": ":0"})
    assert piped.stdout == "open look/index.html\n"


CASE = {
    "about": "a story with an ad",
    "language": "en",
    "lines": [*article("case"), "Advertisement", "The Lantern comes on Fridays."],
    "removed": [{"text": "Advertisement", "kind": "ad"}],
}


def test_cases_are_checked(tmp_path):
    (tmp_path / "cases.json").write_text(json.dumps([CASE]))
    done = winnow("explain", "--case", tmp_path / "cases.json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["holds  a story with an ad", "1 of 1 cases hold"]


def test_a_case_that_fails_says_how_and_holds_with_other_settings(tmp_path):
    wanted = {"text": "The Lantern comes on Fridays.", "kind": "newsletter"}
    (tmp_path / "cases.json").write_text(json.dumps([CASE | {"removed": [wanted]}]))
    done = winnow("explain", "--case", "cases.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "should go: newsletter · The Lantern comes on Fridays" in done.stdout
    assert "should stay: ad · Advertisement" in done.stdout
    (tmp_path / "winnow.toml").write_text(
        '[[cues]]\nkind = "newsletter"\nphrases = ["The Lantern comes on Fridays"]\n'
        '[[keep]]\nphrases = ["Advertisement"]\n'
    )
    assert winnow("explain", "--case", "cases.json", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "not valid JSON"),
        ("{}", "write a list of cases"),
        ("[3]", "case 1: write an object with about"),
        (json.dumps([CASE, CASE | {"note": 1}]), "case 2: write an object with about"),
        (json.dumps([CASE | {"text": "x"}]), "needs either lines or text"),
        (json.dumps([CASE | {"removed": [{"text": "x", "kind": "adx"}]}]), "removed must be"),
        (json.dumps([CASE | {"lines": [1]}]), "must be texts"),
    ],
)
def test_a_file_that_holds_no_cases_is_refused(tmp_path, text, told):
    (tmp_path / "cases.json").write_text(text)
    done = winnow("explain", "--case", "cases.json", cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "flags",
    [[], ["a.html", "--case", "b.json"], ["a.html", "--no-open"], ["--case", "b", "--html", "c"]],
)
def test_what_makes_no_sense_together_is_refused(flags):
    done = winnow("explain", *flags)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["explain", "duplicates"])
def test_a_reader_that_has_seen_enough_ends_it_without_a_word(command, page, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(html("page"))
    out = tmp_path / "out"
    assert (
        winnow("clean", tmp_path / "one.html", tmp_path / "two.html", "--out", out).returncode == 0
    )
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "cleaners.cli", command, page if command == "explain" else out],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")
