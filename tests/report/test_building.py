"""The report's data are the output's, and nothing is half-written or overwritten by accident."""

import colorsys
import json
import re
import shutil
from collections import Counter

import pytest

from cleaners.characters import count_words
from cleaners.errors import RunError, UsageError
from cleaners.records import KINDS
from cleaners.report import paging
from cleaners.report.building import build_report
from cleaners.report.colours import HUES, terminal_colour
from cleaners.report.figures import RecurringLines
from cleaners.report.reading import Entry
from tests.corpus import article, rows, winnow


def data(report, name):
    text = (report / "data" / f"{name}.js").read_text()
    return json.loads(re.fullmatch(r"winnow\.\w+\((.*)\);\n", text, flags=re.DOTALL)[1])


def test_the_figures_are_the_outputs(report, out, entries):
    summary = data(report, "summary")
    states = Counter(state for state, _, _ in entries)
    assert summary["states"] == states
    assert summary["entries"] == len(entries)
    audit = rows(out, "removed")
    documents = rows(out, "documents")
    assert summary["words"] == sum(row["words"] for row in documents)
    assert summary["removed"] == sum(count_words(row["text"]) for row in audit)
    for kind, spans, words, holding in summary["kinds"]:
        own = [row for row in audit if row["kind"] == kind]
        assert spans == len(own)
        assert words == sum(count_words(row["text"]) for row in own)
        assert holding == sum(kind in row["removed"] for row in documents)
    assert sum(summary["shares"]) == sum(summary["confidences"]) == len(documents)
    assert summary["flags"] == Counter(flag for row in documents for flag in row["flags"])
    assert [run["run"] for run in summary["history"]] == ["000001", "000002"]
    assert all(run["committed"] for run in summary["history"])


def test_every_site_has_its_own_figures(report, out):
    documents = rows(out, "documents")
    for name, own, _, review, words, _ in data(report, "summary")["sites"]:
        there = [row for row in documents if (row["site"] or "") == name]
        assert own == len(there)
        assert review == sum("review" in row["flags"] for row in there)
        assert words == sum(row["words"] for row in there)


def test_the_lens_counts_every_removal_once(report, out):
    audit = rows(out, "removed")
    rules = {rule["rule"]: rule for rule in data(report, "lens")["rules"]}
    assert {name: rule["spans"] for name, rule in rules.items()} == Counter(
        row["rule"] for row in audit
    )
    for name, rule in rules.items():
        own = [row for row in audit if row["rule"] == name]
        assert rule["agreed"] == sum(row["layout"] is True for row in own)
        assert rule["differed"] == sum(row["layout"] is False for row in own)
        assert 0 < len(rule["samples"]) <= 12


def test_entries_are_the_bytes_of_the_output(report, entries):
    found = []
    for path in sorted((report / "data").glob("details-*.js")):
        text = path.read_text()
        string = text.partition(",'")[2].removesuffix("');\n")
        assert not re.search(r"(?<!\\)(\\\\)*'|\n", string)
        found += json.loads(re.sub(r"\\(.)", r"\1", string))
    assert [(one["state"], one["row"], one["removed"]) for one in found] == entries


def test_pages_are_cut_where_they_are_full(out, tmp_path, monkeypatch, entries):
    monkeypatch.setattr(paging, "PAGE_BYTES", 5_000)
    monkeypatch.setattr(paging, "LISTED", 7)
    build_report(out, tmp_path / "report")
    summary = data(tmp_path / "report", "summary")
    starts = summary["starts"]
    assert len(starts) > 5
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert len(list((tmp_path / "report/data").glob("details-*"))) == len(starts)
    assert len(list((tmp_path / "report/data").glob("listing-*"))) == -(-len(entries) // 7)


def test_no_markup_is_in_the_data(report):
    for path in (report / "data").iterdir():
        assert b"<" not in path.read_bytes()


def test_a_report_is_replaced_but_nothing_else_is(out, tmp_path):
    build_report(out, tmp_path / "report")
    (tmp_path / "report/data/details-99999.js").write_text("old")
    build_report(out, tmp_path / "report")
    assert not (tmp_path / "report/data/details-99999.js").exists()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/letter.txt").write_text("keep me")
    with pytest.raises(UsageError, match="no report"):
        build_report(out, tmp_path / "other")
    assert (tmp_path / "other/letter.txt").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"report", "other"}


def test_without_output_it_says_what_to_do(tmp_path):
    done = winnow("report", tmp_path, "-o", tmp_path / "report")
    assert done.returncode == 2
    assert "winnow clean" in done.stderr
    assert not (tmp_path / "report").exists()


def test_a_place_that_cannot_be_written_is_named_with_the_remedy(out, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "page.html").write_text("<p>A page of one sentence.</p>")
    place = tmp_path / "file" / "report"
    for command in (
        ("report", out, "-o", place),
        ("explain", tmp_path / "page.html", "--html", place),
    ):
        done = winnow(*command)
        assert done.returncode == 2
        assert done.stderr.startswith(f"winnow: {place}: cannot be written: ")
        assert done.stderr.endswith("; name another folder\n")
        assert done.stderr.count("\n") == 1


def test_an_audit_that_does_not_fit_is_refused(tmp_path):
    for name, row in {
        "documents": {"id": "0" * 32, "removed": {"ad": 2}},
        "removed": {"id": "0" * 32, "at": 0},
    }.items():
        (tmp_path / "out" / name).mkdir(parents=True)
        (tmp_path / "out" / name / "000001-00000.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(RunError, match="does not fit"):
        build_report(tmp_path / "out", tmp_path / "report")
    assert {path.name for path in tmp_path.iterdir()} == {"out"}


@pytest.mark.parametrize(("lost", "other"), [("documents", "removed"), ("removed", "documents")])
def test_a_file_without_its_counterpart_is_named_with_what_is_lost(lost, other, out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    name = min(path.name for path in (tmp_path / "out" / "removed").iterdir())
    (tmp_path / "out" / lost / name).unlink()
    with pytest.raises(RunError, match=rf"^{other}/{name}: its file in {lost}/ is lost; restore"):
        build_report(tmp_path / "out", tmp_path / "report")


def test_files_that_are_not_what_they_were_are_named(out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    (tmp_path / "out/documents/000002-00000.jsonl").write_text("{broken\n")
    with pytest.raises(RunError, match=r"000002-00000.jsonl: not valid JSON"):
        build_report(tmp_path / "out", tmp_path / "report")


def test_without_a_ledger_the_times_of_runs_are_unknown(out, tmp_path):
    shutil.copytree(out, tmp_path / "out")
    (tmp_path / "out/winnow.sqlite").unlink()
    build_report(tmp_path / "out", tmp_path / "report")
    history = data(tmp_path / "report", "summary")["history"]
    assert [run["committed"] for run in history] == [None, None]


def test_copies_and_better_copies_are_linked(tmp_path):
    (tmp_path / "winnow.toml").write_text('[duplicates]\nkeep = "longest"\n')
    for name, paragraphs in (("short", 9), ("long", 10), ("cut", 8)):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(article("grows", paragraphs)))
        done = winnow("clean", f"{name}.txt", "--out", "out", "--quiet", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    build_report(tmp_path / "out", tmp_path / "report")
    links = {(own, partner): how for own, partner, how, _ in data(tmp_path / "report", "links")}
    assert links == {(1, 0): "supersedes", (2, 1): links[2, 1]}
    assert links[2, 1] in ("copy", "contained_in")


def test_recurring_lines_stay_within_bounds_and_keep_the_frequent():
    lines = RecurringLines(held=100)
    for number in range(1_000):
        text = "\n".join(["Follow our channel", *(f"line {number} {n}" for n in range(20))])
        lines.add(0, Entry("document", "1", {"text": text}, [], b"", []))
    assert len(lines._pages) <= 100
    assert lines.most()[0]["kept"][0] == ["Follow our channel", 1_000, ""]


def test_every_kind_has_a_colour_of_its_own():
    assert set(HUES) == set(KINDS)
    assert len(set(HUES.values())) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_terminal_shows_a_kind_in_the_reports_hue(kind):
    parts = [int(part, 16) / 255 for part in re.findall("..", terminal_colour(kind)[1:])]
    hue = colorsys.rgb_to_hls(*parts)[0] * 360
    assert abs(hue - HUES[kind]) < 2
