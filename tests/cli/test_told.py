"""What goes wrong with one page is told in one line that names it."""

import subprocess
import sys

import pytest

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
