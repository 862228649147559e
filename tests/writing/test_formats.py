"""The same documents in every format, here and elsewhere: read back, checked, made again."""

import json
import os
import re
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
import yaml
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaners.formats import FORMATS
from cleaners.writing import markdown, parquet
from cleaners.writing.emitted import emitted_of, note_place, place_of, stem_of, wanted_place
from cleaners.writing.jsonl import line
from tests.corpus import article, fill, manifest, tree, winnow

KINDS = ("documents", "duplicates", "removed", "failures")


@pytest.fixture(scope="module")
def scrapes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scrapes")
    fill(folder / "in")
    return folder


def clean(scrapes, out, *args, again=False):
    flags = ("--again",) if again else ()
    done = winnow("clean", "in", "--out", out, "--quiet", *args, *flags, cwd=scrapes)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def outs(scrapes, tmp_path_factory):
    """One output of the same scrapes in each format."""
    folder = tmp_path_factory.mktemp("outs")
    return {
        name: clean(scrapes, folder / name, "--format", name, "--workers", 1) for name in FORMATS
    }


def lines(out, kind):
    emitted = emitted_of(out)
    return [row for name in emitted.names(kind) for row in emitted.lines(name)]


def records(out, kind):
    return [json.loads(row) for row in lines(out, kind)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same(name, kind, outs):
    expected = records(outs["jsonl"], kind)
    assert expected
    assert records(outs[name], kind) == expected
    if name != "markdown":
        assert lines(outs[name], kind) == lines(outs["jsonl"], kind)


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_do_not_depend_on_the_workers(name, scrapes, outs, tmp_path):
    other = clean(scrapes, tmp_path / name, "--format", name, "--workers", 2)
    assert tree(other) == tree(outs[name])


@pytest.mark.parametrize("name", FORMATS)
def test_manifests_cover_every_file_and_damage_is_found(name, scrapes, tmp_path):
    out = clean(scrapes, tmp_path / name, "--format", name)
    listed = {file["path"] for file in manifest(out)["files"]}
    emitted = emitted_of(out)
    assert listed == {path for kind in KINDS for path in emitted.names(kind)}
    assert winnow("verify", out).returncode == 0
    victim = max((out / "documents").rglob("*"), key=lambda path: path.is_file())
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    done = winnow("verify", out)
    assert done.returncode == 1
    assert re.search(r"documents/000001-00000\S*: not as it was written", done.stdout)


@pytest.mark.parametrize("name", FORMATS)
def test_the_index_can_be_made_again_and_finds_what_it_found(name, scrapes, outs, tmp_path):
    out = clean(scrapes, tmp_path / name, "--format", name)
    for command in (("index", "rebuild"), ("index", "rebuild", "--ledger"), ("verify",)):
        done = winnow(*command[:2], out, *command[2:])
        assert done.returncode == 0, done.stderr + done.stdout
    copy = "\n\n".join([*article("plain"), "One line more, which makes it no exact copy of it."])
    (tmp_path / "copy.txt").write_text(copy)
    done = winnow("clean", tmp_path / "copy.txt", "--out", out, "--quiet")
    assert done.returncode == 0, done.stderr
    assert records(out, "duplicates")[-1]["relation"] in ("copy", "contained_in")
    # ... and in another output, from an output of this format.
    done = winnow(
        "clean", tmp_path / "copy.txt", "--out", tmp_path / "b", "--against", outs[name], "--quiet"
    )
    assert done.returncode == 0, done.stderr
    assert len(records(tmp_path / "b", "duplicates")) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_every_command_reads_every_format(name, outs, tmp_path):
    out = outs[name]
    done = winnow("report", out, "-o", tmp_path / "report")
    assert done.returncode == 0, done.stderr
    assert f"{manifest(out)['counts']['scrapes']} entries" in done.stdout
    status = winnow("status", out).stdout
    assert "last failures" in status
    assert "EmptyError" in status
    assert "cluster" in winnow("duplicates", out).stdout


def test_one_output_may_hold_several_formats(scrapes, tmp_path):
    out = tmp_path / "out"
    for name in FORMATS:
        clean(scrapes, out, "--format", name, again=True)
    assert [stem_of(path) for path in emitted_of(out).names("documents")] == [
        f"{number:06d}-00000" for number in range(1, 5)
    ]
    for command in (("verify",), ("index", "rebuild"), ("report",)):
        extra = ("-o", tmp_path / "r") if command == ("report",) else ()
        done = winnow(*command, out, *extra)
        assert done.returncode == 0, done.stderr + done.stdout


def test_files_are_what_other_programs_expect(outs):
    expected = records(outs["jsonl"], "documents")
    (path,) = (outs["jsonl.zst"] / "documents").iterdir()
    with path.open("rb") as file:
        packed = zstandard.ZstdDecompressor().stream_reader(file).read()
    assert [json.loads(row) for row in packed.splitlines()] == expected
    (path,) = (outs["parquet"] / "documents").iterdir()
    table = pq.read_table(path)
    assert table.column("text").to_pylist() == [record["text"] for record in expected]
    assert table.schema.field("words").type == "int64"
    assert table.schema.field("removed_share").type == "double"
    files = sorted((outs["markdown"] / "documents").glob("*/*.md"))
    assert len(files) == len(expected)
    for file, record in zip(files, expected, strict=True):
        _, head, body = file.read_text().split("---\n", 2)
        assert yaml.safe_load(head) == {k: v for k, v in record.items() if k != "text"}
        assert body == f"\n{record['text']}\n"


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_any_document_reads_back_from_markdown_and_its_file_name_is_safe(texts):
    rows = [
        line({"id": "1", "title": title, "removed": {"ad": 1}, "text": text})
        for title, text in texts
    ]
    files = list(markdown.to_files(rows))
    read = [json.loads(markdown.from_file(data)) for _, data in files]
    assert read == [json.loads(row) for row in rows]
    names = [name for name, _ in files]
    assert len(set(names)) == len(names)
    assert sorted(names) == names
    for name in names:
        assert re.fullmatch(r"\d{5}(-[\w-]+)?\.md", name)
        assert len(name.encode()) < 200


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con"),
        ("Ein Tag am Meer: „Größe zählt“", "ein-tag-am-meer-größe-zählt"),
        ("今日のニュース!", "今日のニュース"),
        ("a\nb\x00c\\d/e", "a-b-c-d-e"),
        ("...", ""),
        ("x" * 500, "x" * 60),
    ],
)
def test_titles_become_file_names(title, slug):
    assert markdown.slug_of(title) == slug


@given(st.lists(TEXT, min_size=1, max_size=5))
def test_any_row_reads_back_from_parquet(texts):
    rows = [
        line({"id": text, "url": None, "removed": {"ad": n}, "flags": ["short"], "score": 0.5})
        for n, text in enumerate(texts, 1)
    ]
    assert list(parquet.from_parquet(parquet.to_parquet(rows))) == rows


def test_a_missing_library_is_named_with_its_extra_before_anything_is_done(scrapes, tmp_path):
    code = (
        "import sys; sys.modules['pyarrow'] = None; sys.modules['pyarrow.parquet'] = None\n"
        "from cleaners.cli import main\n"
        f"sys.exit(main(['clean', 'in', '--out', {str(tmp_path / 'out')!r},"
        " '--format', 'parquet']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=scrapes, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install 'winnow[parquet]'" in done.stderr
    assert not (tmp_path / "out/documents").exists()


def test_a_folder_given_as_a_url_is_a_folder(tmp_path):
    out = tmp_path / "out"
    (out / ".work").mkdir(parents=True)
    note_place(out, wanted_place(out, f"file://{tmp_path}/files/", begun=False))
    assert place_of(out) == str(tmp_path / "files")
    assert wanted_place(out, str(tmp_path / "files"), begun=True) == place_of(out)


def test_a_run_that_found_nothing_notes_no_place_for_the_files(scrapes, tmp_path):
    (tmp_path / "empty").mkdir()
    out, wrong = tmp_path / "out", tmp_path / "wrong"
    done = winnow("clean", tmp_path / "empty", "--out", out, "--files", wrong)
    assert done.returncode == 2
    assert not (out / "files-are-in").exists()
    clean(scrapes, out)
    assert (out / "documents").is_dir()
    assert not wrong.exists()


def test_files_may_lie_in_another_folder_and_stay_there(scrapes, outs, tmp_path):
    out, files = tmp_path / "out", tmp_path / "far/files"
    clean(scrapes, out, "--files", files)
    assert tree(files).keys() == tree(outs["jsonl"]).keys()
    for kind in KINDS:
        assert lines(out, kind) == lines(outs["jsonl"], kind)
        assert not (out / kind).exists()
    assert winnow("verify", out).returncode == 0
    clean(scrapes, out, again=True)  # the place is remembered
    assert len(list((files / "documents").iterdir())) == 2
    done = winnow("clean", "in", "--out", out, "--files", tmp_path / "other", cwd=scrapes)
    assert done.returncode == 2
    assert "choose another --out" in done.stderr
    done = winnow("clean", "in", "--out", outs["jsonl"], "--files", files, cwd=scrapes)
    assert done.returncode == 2


@pytest.mark.parametrize("place", ["taken", "taken/deep", "/proc/winnow"])
def test_a_place_that_cannot_be_written_is_refused_before_it_is_noted(scrapes, tmp_path, place):
    (tmp_path / "taken").write_text("a file")
    out = tmp_path / "out"
    done = winnow("clean", scrapes, "--out", out, "--files", tmp_path / place)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "name another folder for the files" in done.stderr
    assert not (out / "files-are-in").exists()
    done = winnow("clean", scrapes, "--out", out, "--files", tmp_path / "files", "--quiet")
    assert done.returncode == 0, done.stderr


def test_a_store_that_does_not_answer_is_refused_before_it_is_noted(scrapes, tmp_path):
    nowhere = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    out = tmp_path / "out"
    place = ["--files", "s3://bucket/corpus"]
    done = winnow("clean", scrapes, "--out", out, *place, env=os.environ | nowhere | keys)
    assert done.returncode == 2
    assert "s3://bucket/corpus: cannot be read" in done.stderr
    assert not (out / "files-are-in").exists()
