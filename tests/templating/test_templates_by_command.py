"""Templates from the first cleaning to the second, by the command."""

import json
import signal
import time

import pytest

from tests.corpus import article, manifest, rows, start, tree, winnow

_FRAME = ("Orchard paper weekly", "The orchard paper is read in four valleys and two ports.")


@pytest.fixture
def scrapes(tmp_path):
    path = tmp_path / "scrapes.jsonl"
    lines = [
        {"url": f"https://orchard.example/{n}", "text": "\n".join([*article(n), *_FRAME])}
        for n in range(40)
    ] + [{"url": "https://other.example/", "text": "\n".join([*article("x"), *_FRAME])}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def file(scrapes, tmp_path):
    winnow("clean", scrapes, "--out", tmp_path / "draft")
    done = winnow("template", tmp_path / "draft", "-o", tmp_path / "templates.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].split() == ["2", "orchard.example"]
    return tmp_path / "templates.jsonl"


def test_learned_lines_go_and_the_file_is_kept_with_the_output(scrapes, file, tmp_path):
    out = tmp_path / "out"
    done = winnow("clean", scrapes, "--out", out, "--templates", file)
    assert done.returncode == 0, done.stderr
    documents = {row["url"]: row for row in rows(out, "documents")}
    assert all(
        (_FRAME[1] in row["text"]) == ("other" in url)
        and row["removed"].get("template", 0) in (0, 2)
        for url, row in documents.items()
    )
    [kept] = (out / "templates").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    assert manifest(out)["settings"]["cleaning"]["templates"] == kept.stem
    [by] = {row["cleaned_by"] for row in documents.values()}
    assert by != rows(tmp_path / "draft", "documents")[0]["cleaned_by"]
    assert winnow("verify", out).returncode == 0
    assert winnow("template", out, "-o", tmp_path / "again.jsonl").returncode == 0
    learned = [json.loads(line)["text"] for line in file.read_text().splitlines()]
    again = [
        json.loads(line)["text"] for line in (tmp_path / "again.jsonl").read_text().splitlines()
    ]
    assert sorted(again) == sorted(learned)


def test_another_file_makes_other_documents_outdated(scrapes, file, tmp_path):
    out = tmp_path / "out"
    winnow("clean", scrapes, "--out", out)
    told = winnow("clean", scrapes, "--out", out, "--templates", file).stdout
    assert "41 of the skipped were cleaned with other settings" in told
    winnow("clean", scrapes, "--out", out, "--templates", file, "--upgrade")
    assert manifest(out, 2)["counts"]["removed"]["template"] == 80


def test_workers_and_kills_change_nothing(scrapes, file, tmp_path):
    outs = [tmp_path / name for name in ("one", "three", "killed")]
    for out, workers in zip(outs, (1, 3), strict=False):
        winnow("clean", scrapes, "--out", out, "--templates", file, "--workers", workers)
    killed = start("clean", scrapes, "--out", outs[2], "--templates", file)
    while not (outs[2] / ".work/000001/run.json").exists():
        assert killed.poll() is None
        time.sleep(0.001)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    # What the file holds by then is another matter: the run has its own copy.
    file.write_text("")
    winnow("clean", scrapes, "--out", outs[2])
    trees = [tree(out) for out in outs]
    assert trees[0] == trees[1] == trees[2]


def test_explain_and_stdin_use_templates_too(scrapes, file):
    told = winnow("explain", f"{scrapes}#1", "--templates", file).stdout
    assert "template.site: stands on 40 of 40 pages of orchard.example" in " ".join(told.split())


def test_the_settings_file_can_name_templates(scrapes, file, tmp_path):
    (tmp_path / "winnow.toml").write_text(f'[cleaning]\ntemplates = "{file}"\n')
    done = winnow("clean", scrapes, "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert manifest(tmp_path / "out")["counts"]["removed"]["template"] == 80


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("{", ":1: not JSON"),
        ('{"site": "a"}', ":1: must be an object with site, text, pages, of, kind"),
        ('\n{"site":"a","text":"b","pages":"c","of":2,"kind":"ad"}', ":2: pages must be a whole"),
        ('{"site":"a","text":"b","pages":1,"of":2,"kind":"advert"}', ":1: kind 'advert' is not"),
        ('{"site":"a","text":" ","pages":1,"of":2,"kind":"ad"}', ":1: text is blank"),
    ],
)
def test_a_broken_file_is_told_with_its_line(data, told, scrapes, tmp_path):
    (tmp_path / "t.jsonl").write_text(data)
    done = winnow("clean", scrapes, "--out", tmp_path / "out", "--templates", tmp_path / "t.jsonl")
    assert done.returncode == 2
    assert f"{tmp_path / 't.jsonl'}{told}" in done.stderr


def test_repeats_are_listed_and_taken_out_by_a_file(tmp_path):
    notice = " ".join(article("notice", 1)[0].split()[:40]) + "."
    path, out = tmp_path / "in.jsonl", tmp_path / "out"
    texts = ["\n\n".join([*article(n, 2), notice, *article(f"{n}b", 2)]) for n in range(6)]
    path.write_text("".join(
        json.dumps({"url": f"https://{n}.example/", "text": text}) + "\n"
        for n, text in enumerate(texts)
    ))  # fmt: skip
    (tmp_path / "winnow.toml").write_text("[duplicates]\nrepeats = true\n")
    settings = ("--settings", tmp_path / "winnow.toml")
    winnow("clean", path, "--out", out, *settings)
    done = winnow("repeats", out, "-o", tmp_path / "repeats.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("     6  ")
    assert notice in done.stdout
    assert "0 paragraphs" in winnow("repeats", out, "--stories", 7).stdout
    winnow("clean", path, "--out", tmp_path / "clean", "--templates", tmp_path / "repeats.jsonl")
    documents = rows(tmp_path / "clean", "documents")
    assert [row["removed"] for row in documents] == [{"repeat": 1}] * 6
    assert not any(notice in row["text"] for row in documents)


def test_repeats_that_were_not_counted_are_told_with_the_remedy(scrapes, tmp_path):
    winnow("clean", scrapes, "--out", tmp_path / "out")
    done = winnow("repeats", tmp_path / "out")
    assert done.returncode == 1
    assert "repeats = true" in done.stderr
