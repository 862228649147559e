"""`winnow clean`: what it accepts, what it says, and how it ends."""

import ctypes
import json
import os
import pty
import subprocess
import sys

import pytest

from cleaners.settings import Settings
from cleaners.version import __version__
from tests.corpus import article, fill, html, manifest, rows, tree, winnow


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(html("page"))
    return path


def assert_one_line(done, code, *parts):
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("winnow: ")
    assert done.stderr.count("\n") == 1
    for part in parts:
        assert part in done.stderr


def test_the_closing_table_adds_up(tmp_path):
    count = fill(tmp_path / "scrapes")
    done = winnow("clean", "scrapes", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    counts = manifest(tmp_path / "out")["counts"]
    told = dict(line.split()[:2] for line in done.stdout.splitlines() if line.startswith("  "))
    assert told["pages"] == str(count)
    for name in ("documents", "duplicates", "failures", "skipped"):
        assert told[name] == str(counts[name])
    assert told["removed"] == str(sum(counts["removed"].values()))
    assert {kind: int(told[kind]) for kind in counts["removed"]} == counts["removed"]
    assert float(told["pages/s"]) > 0


def test_piped_output_has_plain_lines_and_no_colour(tmp_path):
    fill(tmp_path / "scrapes")
    done = winnow("clean", "scrapes", "--out", "out", cwd=tmp_path)
    assert done.stdout.startswith("000001-00000: ")
    assert "\x1b" not in done.stdout


def test_a_terminal_gets_a_bar_for_a_run_that_takes_long(tmp_path):
    fill(tmp_path / "scrapes", pages=80)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "cleaners.cli", "clean", "scrapes", "--out", "out"]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 65536):
            shown += data
    except OSError:  # the other end was closed
        pass
    assert process.wait() == 0
    total = manifest(tmp_path / "out")["counts"]["scrapes"]
    assert f"{total}/{total}".encode() in shown
    assert b"pages/s" in shown


def test_quiet_prints_nothing(page, tmp_path):
    done = winnow("clean", page, "--out", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(rows(tmp_path / "out", "documents")) == 1


def test_stdin_to_stdout(tmp_path):
    done = winnow("clean", "-", input=html("page"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["text"] == "\n\n".join(article("page"))
    assert document["source"] == "-"
    assert document["title"] == "Report page"
    assert list(tmp_path.iterdir()) == []


def test_stdin_takes_text_too(tmp_path):
    text = "\n\n".join(article("flat"))
    done = winnow("clean", "-", input=text, cwd=tmp_path)
    assert json.loads(done.stdout)["text"] == text


@pytest.mark.parametrize("data", ["", "\n \n", "\x89PNG\r\n\x1a\n\x00\x00", "<p><br></p>"])
def test_stdin_without_a_page(data, tmp_path):
    assert_one_line(winnow("clean", "-", input=data, cwd=tmp_path), 1)


def test_stdin_goes_alone(page):
    assert_one_line(winnow("clean", "-", page), 2, "stdin")


def test_a_missing_path(tmp_path):
    done = winnow("clean", "nowhere.html", "--out", "out", cwd=tmp_path)
    assert_one_line(done, 2, "nowhere.html", "check the path")
    assert not (tmp_path / "out").exists()


def test_an_empty_folder(tmp_path):
    (tmp_path / "empty").mkdir()
    done = winnow("clean", "empty", "--out", "out", cwd=tmp_path)
    assert_one_line(done, 2, "empty: no pages found", ".html", ".jsonl")


def test_an_output_folder_that_is_a_file(page, tmp_path):
    (tmp_path / "out").write_text("a file")
    done = winnow("clean", page, "--out", tmp_path / "out")
    assert_one_line(done, 2, "must be a folder")
    assert (tmp_path / "out").read_text() == "a file"


def test_an_unknown_setting(page, tmp_path):
    (tmp_path / "winnow.toml").write_text("[duplicates]\nthreshhold = 0.8\n")
    done = winnow("clean", page, "--out", "out", cwd=tmp_path)
    assert_one_line(done, 2, "winnow.toml", "threshhold", "did you mean 'threshold'")


def test_a_missing_settings_file(page, tmp_path):
    done = winnow("clean", page, "--settings", tmp_path / "none.toml", "--out", tmp_path / "out")
    assert_one_line(done, 2, "none.toml", "cannot be read")


@pytest.mark.parametrize("workers", ["0", "-1", "many", "257", "9" * 5_000])
def test_a_number_of_workers_that_is_none(workers, page):
    done = winnow("clean", page, "--workers", workers)
    assert done.returncode == 2
    assert "use a whole number from 1" in done.stderr


def test_no_page_could_be_cleaned(tmp_path):
    (tmp_path / "empty.html").write_bytes(b"")
    done = winnow("clean", "empty.html", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("winnow: no page could be cleaned; out/failures says why of each")
    assert done.stderr.count("\n") == 1
    (failure,) = rows(tmp_path / "out", "failures")
    assert len(failure.pop("digest")) == 32
    assert failure == {
        "source": "empty.html",
        "stage": "read",
        "error": "EmptyError",
        "message": "the file is empty",
    }


def as_permissions_say():
    """Options to run a command as one whom permissions hold back, even if the tests run as root."""
    drop, override, read_search = 24, 1, 2  # PR_CAPBSET_DROP and two capabilities
    if os.getuid():
        return {}
    return {
        "preexec_fn": lambda: [ctypes.CDLL(None).prctl(drop, n) for n in (override, read_search)]
    }


def test_what_may_not_be_read_fails_and_the_rest_goes_on(tmp_path):
    options = as_permissions_say()
    (tmp_path / "in/closed").mkdir(parents=True)
    (tmp_path / "in/closed/page.html").write_text(html("closed"))
    (tmp_path / "in/secret.html").write_text(html("secret"))
    (tmp_path / "in/open.html").write_text(html("open"))
    (tmp_path / "in/secret.html").chmod(0)
    (tmp_path / "in/closed").chmod(0)
    try:
        done = winnow("clean", "in", "--out", "out", cwd=tmp_path, **options)
        again = winnow("clean", "in", "--out", "out", cwd=tmp_path, **options)
    finally:
        (tmp_path / "in/closed").chmod(0o755)
    assert done.returncode == 0, done.stderr
    failures = {row["source"]: row for row in rows(tmp_path / "out", "failures")}
    assert set(failures) == {"in/closed", "in/secret.html"}
    for failure in failures.values():
        assert failure["error"] == "UnreadableError"
        assert "ermission" in failure["message"]
    assert [row["source"] for row in rows(tmp_path / "out", "documents")] == ["in/open.html"]
    assert "nothing new" in again.stdout
    (tmp_path / "in/secret.html").chmod(0o644)
    winnow("clean", "in", "--out", "out", cwd=tmp_path, **options)
    sources = [row["source"] for row in rows(tmp_path / "out", "documents")]
    assert sources == ["in/open.html", "in/closed/page.html", "in/secret.html"]


def test_an_output_folder_that_may_not_be_written(page, tmp_path):
    options = as_permissions_say()
    tmp_path.chmod(0o555)
    page.chmod(0o644)
    done = winnow("clean", page, "--out", tmp_path / "out", **options)
    tmp_path.chmod(0o755)
    assert_one_line(done, 2, "cannot be written", "choose another --out")


def test_version_names_the_version_and_the_settings(tmp_path):
    digest = Settings().digest
    assert winnow("--version", cwd=tmp_path).stdout == f"winnow {__version__}, settings {digest}\n"
    (tmp_path / "winnow.toml").write_text("[duplicates]\nthreshold = 0.8\n")
    told = winnow("--version", cwd=tmp_path).stdout
    assert told.startswith(f"winnow {__version__}, settings ")
    assert digest not in told


def test_without_a_command(tmp_path):
    assert_one_line(winnow(cwd=tmp_path), 2, "name a command")


def test_a_reader_that_stops_early_is_no_fault(tmp_path):
    fill(tmp_path / "scrapes")
    command = f"{sys.executable} -m cleaners.cli clean scrapes --out out | head -0"
    done = subprocess.run(
        command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert winnow("clean", "scrapes", "--out", "out", cwd=tmp_path).returncode == 0
    assert manifest(tmp_path / "out")["counts"]["documents"]


def test_paths_in_any_form_give_the_same_documents(tmp_path):
    """Odd names: spaces, line breaks, bytes that are no UTF-8, a link back to the folder."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "with space.html").write_text(html("a"))
    (folder / "line\nbreak.html").write_text(html("b"))
    (folder / os.fsdecode(b"caf\xe9.html")).write_text(html("c"))
    (folder / "gone.html").symlink_to("nowhere.html")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    done = winnow("clean", "in", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    sources = [row["source"] for row in rows(tmp_path / "out", "documents")]
    assert sorted(sources) == ["in/caf\\xe9.html", "in/line\nbreak.html", "in/with space.html"]
    assert [row["source"] for row in rows(tmp_path / "out", "failures")] == ["in/gone.html"]
    before = tree(tmp_path / "out")
    winnow("clean", "in", "--out", "out", cwd=tmp_path)
    assert tree(tmp_path / "out") == before
