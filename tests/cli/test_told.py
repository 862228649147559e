"""What goes wrong with one page is told in one line that names it."""

import os
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


@pytest.mark.parametrize(
    "flags",
    [["--format", "parquet"], ["--files", "x"], ["--against", "x"], ["--again"], ["--upgrade"]],
)
def test_flags_of_output_folders_are_refused_for_stdin(flags):
    told = winnow("clean", "-", *flags, text=True, input="<p>The ferry leaves.</p>")
    assert told.returncode == 2
    assert f"leave {flags[0]} away" in told.stderr
    assert told.stdout == ""


def shell(command, **options):
    """The command through a shell, which can close what Python cannot."""
    return subprocess.run(
        f'"{sys.executable}" -m cleaners.cli {command}',
        shell=True,
        capture_output=True,
        check=False,
        text=True,
        **options,
    )


def test_a_closed_stdout_is_wrong_usage(tmp_path):
    (tmp_path / "a.html").write_text(html(1))
    told = shell("clean a.html --out out >&-", cwd=tmp_path)
    assert told.returncode == 2
    assert told.stderr.startswith("winnow: standard output is closed; ")
    assert not (tmp_path / "out").exists()


def test_a_closed_stderr_gets_into_no_file(tmp_path):
    (tmp_path / "empty.html").write_bytes(b"")
    told = shell("clean empty.html --out out 2>&- <&-", cwd=tmp_path)
    assert told.returncode == 1
    assert "no page could be cleaned" not in told.stdout
    assert winnow("verify", "out", cwd=tmp_path).returncode == 0


def test_a_full_disk_behind_a_batchs_stdout_is_not_the_output_folders(tmp_path):
    (tmp_path / "a.html").write_text(html(1))
    told = shell("clean a.html --out out >/dev/full", cwd=tmp_path)
    assert told.returncode == 1
    assert told.stderr.startswith("winnow: standard output: No space left on device; ")
    again = winnow("clean", "a.html", "--out", "out", cwd=tmp_path)
    assert again.returncode == 0
    assert winnow("verify", "out", cwd=tmp_path).returncode == 0


def test_a_terminal_without_the_characters_of_a_page_shows_their_numbers(tmp_path):
    (tmp_path / "a.html").write_text("<h1>Ærø</h1><p>The ferry to Ærø leaves at nine.</p>")
    told = winnow("explain", "a.html", cwd=tmp_path, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert told.returncode == 0, told.stderr
    assert b"ferry to \\xc6r\\xf8 leaves" in told.stdout


def test_names_of_files_cannot_move_the_cursor(tmp_path):
    name = "a\x1b[31mb\nc.html"
    told = winnow("clean", name, cwd=tmp_path, text=True)
    assert told.stderr == "winnow: a\\x1b[31mb\\nc.html: no such file or folder; check the path\n"
    (tmp_path / name).write_bytes(b"")
    winnow("clean", ".", "--out", "out", cwd=tmp_path)
    told = winnow("status", "out", cwd=tmp_path, text=True)
    assert "./a\\x1b[31mb\\nc.html: EmptyError" in told.stdout
    assert "\x1b" not in told.stdout


@pytest.mark.parametrize("command", ["explain", "similar"])
def test_a_page_is_explained_and_compared_from_stdin_too(tmp_path, command):
    (tmp_path / "a.html").write_text(html(1))
    winnow("clean", "a.html", cwd=tmp_path)
    named = winnow(command, "a.html", cwd=tmp_path)
    piped = winnow(command, "-", cwd=tmp_path, input=html(1).encode())
    assert piped.returncode == 0, piped.stderr
    assert piped.stdout == named.stdout
    assert winnow(command, "-", cwd=tmp_path, input=b"").stderr.startswith(b"winnow: stdin: ")
