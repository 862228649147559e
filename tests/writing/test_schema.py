"""Real output is what `docs/output.schema.json` says, field by field."""

import json

import pytest
from jsonschema import Draft202012Validator

from cleaners.records import KINDS
from tests.conftest import ROOT
from tests.corpus import article, fill, html, manifest, rows, winnow

SCHEMA = json.loads((ROOT / "docs/output.schema.json").read_text())
FOLDERS = {
    "documents": "document",
    "duplicates": "duplicate",
    "supersedes": "superseding",
    "removed": "removed",
    "failures": "failure",
}


def errors(name, record):
    validator = Draft202012Validator(SCHEMA | {"$ref": f"#/$defs/{name}"})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(record)]


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Output with every kind of row in it."""
    folder = tmp_path_factory.mktemp("schema")
    fill(folder / "scrapes")
    (folder / "winnow.toml").write_text('[duplicates]\nkeep = "longest"\n')
    (folder / "short.txt").write_text("\n\n".join(article("grows", paragraphs=9)))
    (folder / "long.txt").write_text("\n\n".join(article("grows", paragraphs=10)))
    for paths in (["scrapes", ROOT / "seeds"], ["short.txt"], ["long.txt"]):
        done = winnow("clean", *paths, "--out", "out", cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder / "out"


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["kind"]["enum"] == list(KINDS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_row_is_what_the_schema_says(folder, out):
    found = rows(out, folder)
    assert found
    for row in found:
        assert errors(FOLDERS[folder], row) == []


@pytest.mark.parametrize("run", [1, 2, 3])
def test_the_manifests_are_what_the_schema_says(run, out):
    assert errors("manifest", manifest(out, run)) == []


def test_nothing_else_is_in_the_output_folder(out):
    known = {*FOLDERS, "runs", "winnow.sqlite", ".lock"}
    assert {path.name for path in out.iterdir()} == known


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_schema_notices_a_missing_and_an_unknown_field(folder, out):
    row = rows(out, folder)[0]
    for key in row:
        assert errors(FOLDERS[folder], {k: v for k, v in row.items() if k != key})
    assert errors(FOLDERS[folder], row | {"unknown": 1})


def test_rows_refer_to_documents_that_are_there(out):
    documents = {row["id"] for row in rows(out, "documents")}
    assert {row["id"] for row in rows(out, "removed")} <= documents
    assert {row["duplicate_of"] for row in rows(out, "duplicates")} <= documents
    for row in rows(out, "supersedes"):
        assert {row["id"], row["supersedes"]} <= documents


def test_the_audit_says_exactly_what_the_documents_count(out):
    audit = rows(out, "removed")
    for document in rows(out, "documents"):
        kinds = [row["kind"] for row in audit if row["id"] == document["id"]]
        assert {kind: kinds.count(kind) for kind in kinds} == document["removed"]


def test_a_reworded_page_is_no_duplicate(tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    (tmp_path / "b.html").write_text(html("b"))
    winnow("clean", "a.html", "b.html", "--out", "out", cwd=tmp_path)
    assert len(rows(tmp_path / "out", "documents")) == 2
