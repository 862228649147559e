"""The comparison runs, counts what it should, and says where its figures come from."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from benchmarks import quality
from benchmarks.datasets import load
from benchmarks.quality import SEEN, TOOLS, UNSEEN, Tool, Worker, is_on_page, report, run, score
from benchmarks.results import circumstances, write_section

PAGE = (
    "<html><body><nav>Home</nav><article><h1>Rye</h1><p>{}</p></article>"
    "<footer>All rights reserved</footer></body></html>"
)
STORY = "Rye bread rises slowly because its flour holds little gluten and much water. " * 4


@pytest.fixture
def examples(tmp_path):
    for name, keys in (
        ("wcxb-dev", ("text", "with", "without")),
        ("traf-dev", ("with", "without")),
    ):
        (tmp_path / name / "html").mkdir(parents=True)
        (tmp_path / name / "html" / "p1.html.gz").write_bytes(
            gzip.compress(PAGE.format(STORY).encode())
        )
        truth = {"text": STORY, "with": ["rises slowly"], "without": ["All rights reserved"]}
        row = {"id": "p1", "url": "https://a.example/"} | {key: truth[key] for key in keys}
        (tmp_path / name / "truth.jsonl").write_text(json.dumps(row) + "\n")
    return {name: load(name, tmp_path) for name in ("wcxb-dev", "traf-dev")}


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """All tools in this environment, which has what `everything` and `winnow` need."""
    for name, tool in TOOLS.items():
        monkeypatch.setitem(
            TOOLS, name, Tool(tool.title, tool.settings, python=Path(sys.executable))
        )


def test_tools_run_side_by_side(examples) -> None:
    texts = {"traf-dev": {"p1": ""}}
    results = run(["everything", "winnow"], examples, texts, save=None)
    everything = results.pages["keep everything"]["wcxb-dev"][0]
    assert everything.overlap.recall == 1
    assert everything.overlap.precision < 1
    assert everything.segments.let_in == 1
    assert everything.ms > 0
    assert results.pages[SEEN]["traf-dev"][0].overlap is None
    assert results.pages[UNSEEN]["traf-dev"][0].segments.found == 0
    assert results.versions.keys() >= {"winnow", "beautifulsoup4", "python"}
    assert all(peak > 5 for peak in results.peaks.values())


def test_the_report_has_a_row_a_tool_and_labels_the_sources(examples) -> None:
    predictions = {"wcxb-dev": {"p1": STORY}}
    lines = list(report(run(["everything"], examples, predictions, save=None)))
    text = "\n".join(lines)
    assert "| winnow, cross-validated | 1.000 | 1.000 | 1.000 | 1.000 |" in text
    assert "trained on these very pages" in text
    assert sum(line.startswith("| keep everything |") for line in lines) == 3
    assert "### wcxb-dev, 1 pages" in text


def test_without_predictions_the_report_says_so(examples) -> None:
    text = "\n".join(report(run(["everything"], examples, {}, save=None)))
    assert "were not given to this run" in text
    assert "saw no page of its domain" not in text


def test_saved_texts_can_be_given_as_predictions(examples, tmp_path) -> None:
    run(["everything"], examples, {}, save=tmp_path / "saved")
    read = quality._predictions(tmp_path / "saved" / "everything", examples)
    assert STORY.strip() in read["wcxb-dev"]["p1"]


def test_predictions_must_be_whole(examples, tmp_path) -> None:
    (tmp_path / "wcxb-dev.jsonl").write_text('{"id": "other", "text": ""}\n')
    with pytest.raises(SystemExit, match="1 pages are missing, the first is p1"):
        quality._predictions(tmp_path, examples)


def test_a_tool_that_fails_is_counted_not_hidden(examples) -> None:
    worker = Worker("winnow", Path(sys.executable))
    answer = worker.extract(7, None)  # no text at all
    worker.stop()
    assert answer["text"] == ""
    assert answer["error"]
    page = score(examples["wcxb-dev"][0], "", on_page=True, error=answer["error"])
    assert page.overlap.f1 == 0


def test_a_known_text_that_the_markup_lacks_is_found_out(examples) -> None:
    example = examples["wcxb-dev"][0]
    assert is_on_page(example, PAGE.format(STORY))
    assert is_on_page(example, f"<script>{json.dumps(STORY)}</script>")
    assert not is_on_page(example, PAGE.format("Rye bread rises."))
    page = score(example, "", on_page=False)
    assert page.overlap.f1 == 0
    assert not page.on_page


def test_a_process_that_dies_names_its_command() -> None:
    worker = Worker("no-such-tool", Path(sys.executable))
    with pytest.raises(SystemExit, match=r"worker\.py no-such-tool"):
        worker.extract("<p>Rye", None)
    worker.stop()


def test_a_section_replaces_its_older_self_and_leaves_the_others(tmp_path) -> None:
    path = tmp_path / "RESULTS.md"
    write_section("quality", ["old \\1"], path)
    write_section("metadata", ["kept"], path)
    write_section("quality", ["new \\1"], path)
    text = path.read_text()
    assert text.count("<!-- quality -->") == 1
    assert "old" not in text
    assert text.index("new \\1") < text.index("kept")
    assert text.startswith("# Results")


def test_circumstances_name_command_day_machine_and_versions() -> None:
    text = "\n".join(circumstances("benchmarks.quality", ["--sample", "5"], {"winnow": "0.1"}))
    assert "python -m benchmarks.quality --sample 5" in text
    assert "winnow 0.1" in text
    assert "cores" in text
