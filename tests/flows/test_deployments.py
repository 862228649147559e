"""Schedules, events, overlaps and a killed run, on a real server with a process worker."""
# ruff: noqa: PLC0415 - Prefect reads the environment when it is imported

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from cleaners.batch import run_batch
from cleaners.cli.reporting import Silence
from cleaners.settings import Settings
from tests.corpus import article, fill, html, manifest, tree, winnow
from tests.flows.conftest import wait_for

pytestmark = pytest.mark.prefect

PREFECT_YAML = Path(__file__).parents[2] / "prefect.yaml"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder like the repository's: `prefect.yaml` and scrapes in `seeds`."""
    folder = tmp_path_factory.mktemp("deployed")
    (folder / "prefect.yaml").write_bytes(PREFECT_YAML.read_bytes())
    fill(folder / "seeds")
    return folder


@pytest.fixture(scope="module")
def deployed(worker, place):  # noqa: ARG001 - it made the work pool
    """`prefect deploy --all`, as the documentation says."""
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture
def deployment(deployed, client):  # noqa: ARG001 - they were made there
    return lambda name: client.read_deployment_by_name(f"clean-scrapes/{name}")


def fill_records(folder, count):
    """Records for several shards (500, 1,000, ...); as plain text they are cleaned fast."""
    folder.mkdir()
    with (folder / "many.jsonl").open("w") as file:
        for number in range(count):
            text = "\n\n".join(article(number % 1_000, paragraphs=2))
            file.write(json.dumps({"url": f"https://example.org/{number}", "text": text}) + "\n")


def ended(client, run, seconds=180):
    """The run, once it has ended."""

    def is_final():
        found = client.read_flow_run(run.id)
        return found if found.state.is_final() else None

    return wait_for(is_final, seconds=seconds, what=f"the end of {run.name}")


def runs_of(client, deployment):
    from prefect.client.schemas.filters import DeploymentFilter

    return client.read_flow_runs(deployment_filter=DeploymentFilter(id={"any_": [deployment.id]}))


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (["--every", "-4"], "use a number from 1, or 0 for none"),
        (["--nightly", "daily"], "is no cron line; write minute"),
        (["--nightly", "99 * * * *"], "is no cron line: a field is out of range"),
        (["--timezone", "Mars/Base"], "is no time zone"),
        (["--runner", "dask", "--dask-address", "nonsense"], "is no address of a Dask cluster"),
    ],
)
def test_times_and_addresses_that_are_none_are_told_before_a_server_is_waited_for(
    tmp_path, times, told
):
    nowhere = os.environ | {"PREFECT_API_URL": "http://127.0.0.1:9/api"}
    done = winnow("serve", tmp_path, "--out", tmp_path / "out", *times, env=nowhere)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_serving_and_the_file_make_the_same_deployments():
    from flows.deployments import deployments
    from flows.timetable import Timetable

    served = {
        made.name: made
        for made in deployments(["seeds"], Path("clean"), Settings(), None, Timetable())
    }
    written = {
        made["name"]: made for made in yaml.safe_load(PREFECT_YAML.read_text())["deployments"]
    }
    assert served.keys() == written.keys()
    for name, made in served.items():
        assert made.description == written[name]["description"]
        assert made.entrypoint == written[name]["entrypoint"]
        assert made.tags == written[name]["tags"]
        limit = written[name]["concurrency_limit"]
        assert made.concurrency_options.collision_strategy.value == limit["collision_strategy"]
        assert made.concurrency_limit == limit["limit"] == 1
    (nightly,) = (schedule.schedule for schedule in served["nightly"].schedules)
    (often,) = (schedule.schedule for schedule in served["incremental"].schedules)
    assert written["nightly"]["schedules"] == [{"cron": nightly.cron, "timezone": nightly.timezone}]
    assert written["incremental"]["schedules"][0]["interval"] == often.interval.total_seconds()
    (trigger,) = served["on-new-scrapes"].triggers
    (in_file,) = written["on-new-scrapes"]["triggers"]
    assert trigger.expect == set(in_file["expect"])
    assert trigger.parameters == in_file["parameters"]


def test_the_night_is_that_of_the_time_zone(deployment, client):
    nightly = deployment("nightly")
    (schedule,) = nightly.schedules
    assert (schedule.schedule.cron, schedule.schedule.timezone) == ("0 2 * * *", "UTC")
    planned = wait_for(
        lambda: [run for run in runs_of(client, nightly) if run.state.is_scheduled()],
        seconds=20,
        what="nights to be planned",
    )
    assert {run.expected_start_time.hour for run in planned} == {2}


def test_a_schedule_fires_with_its_parameters(deployment, deployed, client):
    from prefect.client.schemas.schedules import IntervalSchedule

    incremental = deployment("incremental")
    (usual,) = incremental.schedules
    client.delete_deployment_schedule(incremental.id, usual.id)
    soon = IntervalSchedule(
        interval=timedelta(hours=6), anchor_date=datetime.now(UTC) + timedelta(seconds=4)
    )
    client.create_deployment_schedules(incremental.id, [(soon, True)])
    run = wait_for(
        lambda: [run for run in runs_of(client, incremental) if run.state.is_final()],
        seconds=180,
        what="the schedule to fire",
    )[0]
    assert run.auto_scheduled
    assert run.state.is_completed(), run.state.message
    assert run.parameters["paths"] == ["seeds"]
    assert run.parameters["out"] == "clean"
    assert manifest(deployed / "clean")["counts"]["documents"] > 15


def test_runs_that_would_overlap_do_not(deployment, client):
    nightly = deployment("nightly")
    first = client.create_flow_run_from_deployment(nightly.id)
    second = client.create_flow_run_from_deployment(nightly.id)
    states = sorted(ended(client, run).state.name for run in (first, second))
    assert states[0] == "Cancelled"
    assert states[1] in {"Completed", "NothingNew"}


def test_an_event_starts_a_run_on_what_was_announced(deployment, client, tmp_path):
    waiting = deployment("on-new-scrapes")
    landed = tmp_path / "landed.html"
    landed.write_text(html("landed"))
    done = winnow("announce", landed)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"announced {landed}\n"
    run = wait_for(
        lambda: [run for run in runs_of(client, waiting) if run.state.is_final()],
        seconds=180,
        what="the event to start a run",
    )[0]
    assert run.parameters["paths"] == [str(landed)]
    assert run.state.is_completed(), run.state.message


def test_a_killed_run_is_crashed_and_the_next_one_completes_the_batch(deployment, client, tmp_path):
    nightly = deployment("nightly")
    scrapes, out = tmp_path / "scrapes", tmp_path / "out"
    fill_records(scrapes, 2_000)
    # One worker: while it cleans the second shard, the first is committed.
    parameters = {"paths": [str(scrapes)], "out": str(out), "workers": 1}
    run = client.create_flow_run_from_deployment(nightly.id, parameters=parameters)
    wait_for(lambda: list(out.glob("documents/*")), seconds=180, what="a shard to be committed")
    os.kill(int((out / ".lock").read_text()), signal.SIGKILL)
    killed = ended(client, run)
    assert killed.state.is_crashed(), killed.state
    assert not list(out.glob("runs/*"))

    run = client.create_flow_run_from_deployment(nightly.id, parameters=parameters)
    completed = ended(client, run)
    assert completed.state.is_completed(), completed.state.message
    run_batch([str(scrapes)], tmp_path / "plain", Settings(), reporter=Silence())
    assert tree(out) == tree(tmp_path / "plain")
