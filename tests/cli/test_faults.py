"""A fault of Winnow's own in one page is a line that names the page, and a traceback on demand."""

import io
import sys

import pytest

from cleaners import cleaning
from cleaners.cli import main


@pytest.fixture(autouse=True)
def faulty(monkeypatch):
    """No page is known that a judge stumbles over, so one is made to."""

    def judge(*_):
        raise ZeroDivisionError("no\nblocks")

    monkeypatch.setattr(cleaning, "clean_page", judge)


@pytest.mark.parametrize("command", ["explain", "clean"])
def test_a_fault_is_one_line_naming_page_and_remedy(command, tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.html"
    page.write_text("<p>Some words.</p>")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<p>Some words.</p>")))
    named = str(page) if command == "explain" else "stdin"
    assert main([command, str(page) if command == "explain" else "-"]) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"winnow: {named}: ")
    assert "ZeroDivisionError: no blocks" in told
    assert "WINNOW_TRACEBACK=1" in told
    assert told.count("\n") == 1


def test_the_traceback_is_there_on_demand(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("<p>Some words.</p>")
    monkeypatch.setenv("WINNOW_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["explain", str(tmp_path / "page.html")])
