"""What goes wrong with one page is told in one line that names it."""

import subprocess
import sys

import pytest

from tests.corpus import html

PAGES = {
    "picture.html": (b"GIF89a\x00\x01\x02\x00", "GIF"),
    "empty.html": (b"", "empty"),
    "bare.html": (b"<html><body></body></html>", "no text"),
}


def winnow(*arguments, **options):
    command = [sys.executable, "-m", "cleaners.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.mark.parametrize("name", PAGES)
def test_explain_names_the_page_and_what_is_wrong(name, tmp_path):
    content, wrong = PAGES[name]
    (tmp_path / name).write_bytes(content)
    told = winnow("explain", tmp_path / name)
    assert told.returncode == 1
    assert told.stderr.decode().count("\n") == 1
    assert name in told.stderr.decode()
    assert wrong in told.stderr.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_from_stdin_is_named_so(name):
    content, wrong = PAGES[name]
    told = winnow("clean", "-", input=content)
    assert told.returncode == 1
    assert told.stderr.decode().startswith("winnow: stdin: ")
    assert wrong in told.stderr.decode()


def test_a_full_disk_behind_stdout_is_one_line():
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device, not a file
        told = subprocess.run(
            [sys.executable, "-m", "cleaners.cli", "clean", "-"],
            input=b"<p>The ferry leaves at nine in the morning.</p>",
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert told.returncode == 1
    assert told.stderr.decode().count("\n") == 1


def test_a_closed_stdin_is_wrong_usage():
    told = subprocess.run(
        f'"{sys.executable}" -m cleaners.cli clean - <&-',
        shell=True,
        capture_output=True,
        check=False,
    )
    assert told.returncode == 2
    assert b"standard input is closed" in told.stderr


def test_a_page_from_stdin_goes_to_stdout_and_nowhere_else(tmp_path):
    for out in ("X", "clean"):
        told = winnow(
            "clean", "-", "--out", out, cwd=tmp_path, text=True, input="<p>The ferry leaves.</p>"
        )
        assert told.returncode == 2
        assert "leave --out away" in told.stderr
        assert told.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("path", "out"), [(".", "."), ("deep", "."), ("a.html", ".")])
def test_the_output_folder_is_no_input(tmp_path, path, out):
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.html").write_text(html(1))
    told = winnow("clean", path, "--out", out, cwd=tmp_path, text=True)
    assert told.returncode == 2
    assert "is in the output folder ., which is never read" in told.stderr
    assert "--out" in told.stderr
    assert not (tmp_path / "winnow.sqlite").exists()


def test_an_output_folder_within_the_input_is_left_out(tmp_path):
    (tmp_path / "a.html").write_text(html(1))
    for _ in range(2):
        told = winnow("clean", ".", "--out", "clean", cwd=tmp_path, text=True)
        assert told.returncode == 0, told.stderr
    assert "nothing new" in told.stdout


@pytest.mark.parametrize("also", [[], ["good.html"]])
def test_failures_name_the_way_back(tmp_path, also):
    (tmp_path / "good.html").write_text(html(1))
    (tmp_path / "large.html").write_text(html(2) + " " * 5_000)
    (tmp_path / "small.toml").write_text("[limits]\npage_bytes = 5_000\n")
    told = winnow(
        "clean",
        "large.html",
        *also,
        "--out",
        "out",
        "--settings",
        "small.toml",
        cwd=tmp_path,
        text=True,
    )
    assert "winnow retry out" in told.stdout + told.stderr
    assert winnow("retry", "out", cwd=tmp_path, text=True).returncode == 0
    assert winnow("retry", "out", cwd=tmp_path, text=True).stdout == "nothing failed\n"
