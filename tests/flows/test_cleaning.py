"""The flow writes what `winnow clean` writes, and Prefect shows how it went."""
# ruff: noqa: PLC0415 - Prefect reads the environment when it is imported

import json
import os
import time
from pathlib import Path

import pytest

from cleaners.batch import Silence, cores, output_lock, plan_shards, run_batch
from cleaners.settings import Cleaning, Settings, load_settings
from tests.corpus import fill, manifest, rows, start, tree, winnow
from tests.flows.conftest import artifacts, obstructed

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def scrapes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flow") / "scrapes"
    fill(folder)
    return folder


@pytest.fixture(scope="module")
def finished(server, scrapes):  # noqa: ARG001 - the run is tracked by it
    """A finished run of the flow: its final state and its output folder."""
    return run_flow(scrapes, scrapes.parent / "Flow out")


def run_flow(scrapes, out, **parameters):
    from flows.cleaning import clean_scrapes

    return clean_scrapes([str(scrapes)], str(out), return_state=True, **parameters), out


def test_the_output_is_that_of_the_command(finished, scrapes, tmp_path):
    state, out = finished
    assert state.is_completed(), state.message
    run_batch([str(scrapes)], tmp_path / "out", Settings(), reporter=Silence())
    assert tree(out) == tree(tmp_path / "out")


def test_a_page_that_fails_fails_nothing_else(finished):
    _, out = finished
    failed = {Path(row["source"]).name for row in rows(out, "failures")}
    assert failed == {"blank.html", "empty.html", "image.html", "records.jsonl#6"}
    assert manifest(out)["counts"]["documents"] > 15


def test_the_result_is_the_list_of_manifests(finished):
    state, out = finished
    assert state.result() == [manifest(out)]
    assert state.message.endswith("4 failures")


def test_the_summary_tells_counts_failures_and_what_was_removed(finished, client):
    (summary,) = artifacts(client, "flow-out-summary")
    documents = manifest(finished[1])["counts"]["documents"]
    assert f"**{documents:,} clean documents**" in summary["data"]
    assert "MalformedError" in summary["data"]
    assert "records.jsonl#6" in summary["data"]
    assert "| ad |" in summary["data"]
    assert "## Slowest pages" in summary["data"]
    assert "keeper" not in summary["data"]  # no page text


@pytest.mark.usefixtures("finished")
def test_there_is_a_table_of_shards_a_full_bar_and_a_chart(client):
    (table,) = artifacts(client, "flow-out-shards")
    (row,) = json.loads(table["data"])
    assert row["shard"] == "000001-00000"
    assert row["failures"] == 4
    (bar,) = artifacts(client, "flow-out-progress")
    assert bar["data"] == 100
    (picture,) = artifacts(client, "flow-out-removed")
    assert picture["data"].startswith("data:image/svg+xml;base64,")


def test_a_second_run_finds_nothing_new_and_changes_nothing(finished, scrapes):
    _, out = finished
    before = tree(out)
    state, _ = run_flow(scrapes, out)
    assert state.is_completed()
    assert state.name == "NothingNew"
    assert tree(out) == before


def test_the_run_form_names_what_can_be_cleaned_and_counts_cores_as_the_command_does():
    from flows.cleaning import clean_scrapes

    paths = clean_scrapes.parameters.properties["paths"]["description"]
    for word in ("WARC", "Parquet", "archives", ".zst", "URLs"):
        assert word in paths
    assert cores() == len(os.sched_getaffinity(0))


@pytest.mark.usefixtures("server")
def test_a_folder_that_another_run_holds_is_left_to_it(scrapes, tmp_path):
    with output_lock(tmp_path / "out"):
        state, out = run_flow(scrapes, tmp_path / "out")
    assert state.is_completed()
    assert state.name == "Skipped"
    assert "another run" in state.message
    assert not (out / "documents").exists()


@pytest.mark.usefixtures("server")
def test_a_folder_that_another_run_holds_is_waited_for(scrapes, tmp_path):
    with output_lock(tmp_path / "out"):
        waiting = start("run", scrapes, "--out", tmp_path / "out", "--wait")
        assert waiting.stderr.readline().startswith("winnow: waiting for process")
        assert waiting.poll() is None
    told, errors = waiting.communicate(timeout=180)
    assert waiting.returncode == 0, errors
    assert "documents" in told


@pytest.mark.usefixtures("server")
def test_what_other_settings_gave_is_cleaned_again(scrapes, tmp_path):
    out = tmp_path / "out"
    run_batch([str(scrapes)], out, Settings(), reporter=Silence())
    settings = Settings(cleaning=Cleaning(min_words=20))
    state, _ = run_flow(scrapes, out, settings=settings, upgrade=True)
    assert state.is_completed(), state.message
    assert manifest(out, 2)["counts"]["skipped"] == 0
    state, _ = run_flow(scrapes, out, settings=settings, upgrade=True)
    assert state.name == "NothingNew"


@pytest.mark.usefixtures("server")
def test_a_failing_task_is_tried_again(scrapes, tmp_path, client):
    out = tmp_path / "out"
    plan = plan_shards([str(scrapes)], out, Settings())
    with obstructed(client, plan.shards[0]):
        state, _ = run_flow(scrapes, out)
    assert state.is_completed(), state.message
    runs = client.read_task_runs()
    cleaned = [run for run in runs if run.name == "clean-shard 000001-00000" and run.run_count > 1]
    assert cleaned
    run_batch([str(scrapes)], tmp_path / "plain", Settings(), reporter=Silence())
    assert tree(out) == tree(tmp_path / "plain")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"workers": 0}, "workers"),
        ({"settings": {"duplicates": {"treshold": 0.8}}}, "treshold"),
        ({"settings": {"duplicates": {"threshold": 3.0}}}, "use 0.1 to 1"),
        ({"runner": "spark"}, "runner"),
    ],
)
def test_wrong_parameters_are_named(parameters, message):
    from flows.cleaning import clean_scrapes

    with pytest.raises(Exception, match=message):
        clean_scrapes.validate_parameters({"paths": ["scrapes"], **parameters})


def test_every_parameter_is_described_for_the_run_form():
    from flows.cleaning import clean_scrapes

    schema = clean_scrapes.parameters.model_dump()
    assert schema["required"] == ["paths"]
    for name, parameter in schema["properties"].items():
        assert parameter.get("description"), name
    for name in ("Settings", "Cleaning", "Duplicates", "Limits"):
        assert schema["definitions"][name]["additionalProperties"] is False


def test_a_dead_api_address_is_told_fast(scrapes, tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    began = time.monotonic()
    done = winnow("run", scrapes, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "PREFECT_API_URL=http://127.0.0.1:9/api: no Prefect server answers" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()
    assert time.monotonic() - began < 20


@pytest.mark.usefixtures("server")
def test_the_summary_links_to_the_report_that_the_run_made(scrapes, tmp_path, client):
    out = tmp_path / "Told out"
    rules = '[[keep]]\nphrases = ["Advertisement"]\n[[cues]]\nkind = "ad"\nphrases = ["Home"]\n'
    (tmp_path / "own.toml").write_text(rules)
    done = winnow("run", scrapes, "--out", out, "--report", "--settings", tmp_path / "own.toml")
    assert done.returncode == 0, done.stderr
    assert (out / "report/index.html").exists()
    (artifact,) = artifacts(client, "told-out-summary")
    assert f"({(out / 'report/index.html').as_uri()})" in artifact["data"]
    # The settings have reached the workers: what the user keeps is nowhere removed.
    texts = [row["text"] for row in rows(out, "documents")]
    assert any("Advertisement" in text for text in texts)
    assert "Advertisement" not in [row["text"] for row in rows(out, "removed")]
    run_batch([str(scrapes)], tmp_path / "out", load_settings(tmp_path / "own.toml"),
              reporter=Silence())  # fmt: skip
    assert {p: b for p, b in tree(out).items() if "report" not in str(p)} == tree(tmp_path / "out")


def test_the_command_runs_the_flow_on_the_server_that_is_set(scrapes, tmp_path, client):
    done = winnow("run", scrapes, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "documents" in done.stdout
    assert [run for run in client.read_flow_runs() if str(tmp_path / "out") in run.name]


def test_without_any_set_up_the_run_has_its_own_server(scrapes, tmp_path, monkeypatch):
    """Quiet, and with nothing written but the output folder; Prefect's files are in there, too."""
    for name in [name for name in os.environ if name.startswith("PREFECT")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    done = winnow("run", scrapes, "--out", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("000001-00000: ")
    assert not list((tmp_path / "home").iterdir())
    assert (tmp_path / "out/.prefect/prefect.db").exists()
    run_batch([str(scrapes)], tmp_path / "plain", Settings(), reporter=Silence())
    written = {name: data for name, data in tree(tmp_path / "out").items() if name[0] != "."}
    assert written == tree(tmp_path / "plain")
