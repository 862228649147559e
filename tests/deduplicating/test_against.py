"""Earlier outputs by the command: what they have is a duplicate here."""

import json
import signal
import time

import pytest

from tests.corpus import article, manifest, rows, start, tree, winnow

_JUNE, _JULY = range(30), range(20, 50)


def scrape(path, numbers):
    lines = [
        json.dumps({"url": f"https://{path.stem}.example/{n}", "text": "\n\n".join(article(n))})
        for n in numbers
    ]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def june(tmp_path):
    out = tmp_path / "june"
    assert winnow("clean", scrape(tmp_path / "june.jsonl", _JUNE), "--out", out).returncode == 0
    return out


@pytest.fixture
def july(tmp_path):
    return scrape(tmp_path / "july.jsonl", _JULY)


def test_what_an_earlier_output_has_is_a_duplicate_and_says_where(june, july, tmp_path):
    out, before = tmp_path / "out", tree(june)
    done = winnow("clean", july, "--out", out, "--against", june)
    assert done.returncode == 0, done.stderr
    known = {row["id"] for row in rows(june, "documents")}
    found = rows(out, "duplicates")
    assert len(found) == 10
    assert all(row["duplicate_of"] in known and row["folder"] == str(june) for row in found)
    assert len(rows(out, "documents")) == 20
    last = rows(june, "documents")[-1]["id"]
    assert manifest(out)["against"] == [{"folder": str(june), "last": 30, "document": last}]
    assert tree(june) == before
    assert winnow("verify", out).returncode == 0
    assert "20 documents" in winnow("index", "rebuild", out).stdout
    assert winnow("report", out, "-o", tmp_path / "report").returncode == 0


def test_several_earlier_outputs_are_looked_into(june, july, tmp_path):
    other, out = tmp_path / "other", tmp_path / "out"
    winnow("clean", scrape(tmp_path / "other.jsonl", range(40, 45)), "--out", other)
    done = winnow("clean", july, "--out", out, "--against", june, "--against", other)
    assert done.returncode == 0, done.stderr
    folders = [row["folder"] for row in rows(out, "duplicates")]
    assert (folders.count(str(june)), folders.count(str(other))) == (10, 5)


def test_the_number_of_workers_changes_nothing(june, july, tmp_path):
    outs = [tmp_path / f"{workers}" for workers in (1, 3)]
    for out, workers in zip(outs, (1, 3), strict=True):
        winnow("clean", july, "--out", out, "--against", june, "--workers", workers)
    assert tree(outs[0]) == tree(outs[1])


def test_a_killed_run_ends_as_planned_though_the_earlier_output_grew(june, tmp_path):
    many = scrape(tmp_path / "many.jsonl", range(20, 1300))
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    winnow("clean", many, "--out", undisturbed, "--against", june)
    killed = start("clean", many, "--out", out, "--against", june)
    while not (out / ".work/000001/run.json").exists():
        assert killed.poll() is None
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    winnow("clean", scrape(tmp_path / "more.jsonl", range(30, 60)), "--out", june)
    assert len(rows(june, "documents")) == 60
    # The interrupted run is finished first; by then nothing is left to do.
    done = winnow("clean", many, "--out", out, "--against", june)
    assert done.returncode == 0, done.stderr
    assert tree(out) == tree(undisturbed)


def test_an_index_made_anew_in_between_is_refused_with_the_remedy(june, july, tmp_path):
    out = tmp_path / "out"
    killed = start("clean", july, "--out", out, "--against", june)
    while not (out / ".work/000001/run.json").exists():
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    if not (out / ".work/000001/run.json").exists():
        pytest.skip("it was done before it could be killed")
    plan = out / ".work/000001/run.json"
    plan.write_text(plan.read_text().replace('"last": 30', '"last": 29'))
    done = winnow("clean", july, "--out", out, "--against", june)
    assert done.returncode == 1
    assert f"{june}: its index was made anew" in done.stderr
    assert ".work" in done.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nowhere", "is no output folder"),
        ("out", "is the output folder itself"),
    ],
)
def test_a_folder_that_cannot_be_looked_into_is_named(name, told, july, tmp_path):
    winnow("clean", july, "--out", tmp_path / "out")
    folder = tmp_path / name
    done = winnow("clean", july, "--out", tmp_path / "out", "--again", "--against", folder)
    assert done.returncode == 2
    assert done.stderr.startswith(f"winnow: {folder}: {told}")
    assert done.stderr.count("\n") == 1


def test_an_output_without_an_index_is_refused_with_the_remedy(july, tmp_path):
    bare = tmp_path / "bare"
    winnow("clean", july, "--out", bare, "--no-dedup")
    done = winnow("clean", july, "--out", tmp_path / "out", "--against", bare)
    assert done.returncode == 2
    assert f"run `winnow index rebuild {bare}`" in done.stderr
    assert winnow("index", "rebuild", bare).returncode == 0
    assert winnow("clean", july, "--out", tmp_path / "out", "--against", bare).returncode == 0
    assert rows(tmp_path / "out", "documents") == []


def test_an_index_with_other_settings_is_refused_with_the_remedy(june, july, tmp_path):
    (tmp_path / "five.toml").write_text("[duplicates]\nshingle_tokens = 5\n")
    done = winnow(
        "clean", july, "--out", tmp_path / "out", "--against", june,
        "--settings", tmp_path / "five.toml",
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{june}: the duplicate index was made with shingle_tokens = 3" in done.stderr
    assert f"run `winnow index rebuild {june}`" in done.stderr


def test_without_an_index_there_is_nothing_to_look_into(june, july, tmp_path):
    done = winnow("clean", july, "--out", tmp_path / "out", "--no-dedup", "--against", june)
    assert done.returncode == 2
    assert "leave out --no-dedup" in done.stderr


def test_similar_looks_into_earlier_outputs(june, july, tmp_path):
    out = tmp_path / "out"
    winnow("clean", july, "--out", out, "--against", june)
    done = winnow("similar", f"{july}#1", "--out", out, "--against", june)
    assert done.returncode == 0, done.stderr
    assert "copy: similarity 1.00" in done.stdout
    assert str(june) in done.stdout
