"""Shards cleaned on a cluster: the same bytes, and retries, logs and artifacts as anywhere."""
# ruff: noqa: PLC0415 - Prefect reads the environment when it is imported

import os
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest

from cleaners.batch import plan_shards
from cleaners.errors import UsageError
from cleaners.settings import Settings
from tests.corpus import fill, tree, winnow
from tests.flows.conftest import artifacts, obstructed, wait_for

pytestmark = pytest.mark.prefect


@contextmanager
def process(*command, cwd):
    """A command of the same installation; gives the file with all that it says."""
    log = cwd / f"{command[0]}.log"
    with log.open("wb") as output:
        running = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=cwd,
            stdout=output,
            stderr=output,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        try:
            yield log
        finally:
            running.terminate()
            running.wait(30)


@contextmanager
def dask_cluster(folder):
    """The address of a cluster with one worker, started by hand in another folder."""
    with process("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
                 "--host", "127.0.0.1", cwd=folder) as log:  # fmt: skip
        said = re.compile(r"tcp://127\.0\.0\.1:\d+")
        address = wait_for(
            lambda: (found := said.search(log.read_text())) and found[0],
            seconds=120,
            what="the scheduler",
        )
        with process("distributed.cli.dask_worker", address, "--nthreads", "1",
                     "--no-dashboard", cwd=folder):  # fmt: skip
            yield address


@contextmanager
def ray_cluster(folder):
    """The address of a cluster of one node, started by hand in another folder."""
    ray = [sys.executable, "-m", "ray.scripts.scripts"]
    quiet = os.environ | {
        "RAY_USAGE_STATS_ENABLED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    # A port of its own, and nothing else of it on the machine is ended.
    command = [*ray, "start", "--head", "--num-cpus", "1", "--port", "26379", "--block",
               "--include-dashboard", "false", "--disable-usage-stats"]  # fmt: skip
    with (folder / "ray.log").open("wb") as output:
        head = subprocess.Popen(command, cwd=folder, env=quiet, stdout=output, stderr=output)
    try:
        wait_for(
            lambda: "Ray runtime started" in (folder / "ray.log").read_text(),
            seconds=120,
            what="Ray",
        )
        yield "127.0.0.1:26379"
    finally:
        head.terminate()
        head.wait(60)


CLUSTERS = {"dask": dask_cluster, "ray": ray_cluster}


@pytest.fixture(params=CLUSTERS)
def runner(request, monkeypatch):
    """Ray is large, and not among what the tests install."""
    pytest.importorskip(f"prefect_{request.param}", reason=f"needs the extra {request.param}")
    # Otherwise Ray makes a token in the home folder, and believes or demands it by turns.
    monkeypatch.setenv("RAY_AUTH_MODE", "token")
    monkeypatch.setenv("RAY_AUTH_TOKEN", "0123456789abcdef" * 4)
    return request.param


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The folder in which commands are given relative paths, with a plain output to compare."""
    folder = tmp_path_factory.mktemp("here")
    fill(folder / "scrapes")
    done = winnow("clean", "scrapes", "--out", "plain", "--quiet", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.usefixtures("server")
def test_a_cluster_started_elsewhere_takes_relative_paths_and_tries_again(
    runner, here, tmp_path, client, monkeypatch
):
    from prefect.client.schemas.filters import LogFilter, LogFilterTaskRunId

    out = f"{runner}-out"
    monkeypatch.chdir(here)
    plan = plan_shards(["scrapes"], here / out, Settings())
    with CLUSTERS[runner](tmp_path) as address, obstructed(client, plan.shards[0]):
        done = winnow(
            "run", "scrapes", "--out", out, "--runner", runner, f"--{runner}-address", address
        )
    assert done.returncode == 0, done.stderr
    assert tree(here / out) == tree(here / "plain")
    assert artifacts(client, f"{runner}-out-summary")
    (bar,) = artifacts(client, f"{runner}-out-progress")
    assert bar["data"] == 100
    (cleaned,) = [
        run
        for run in client.read_task_runs()
        if run.name == "clean-shard 000001-00000" and run.flow_run_id == _run_into(client, out).id
    ]
    assert cleaned.run_count > 1
    logged = LogFilter(task_run_id=LogFilterTaskRunId(any_=[cleaned.id]))
    said = wait_for(lambda: client.read_logs(logged), seconds=30, what="the logs of the task")
    assert any("Retry 1/3" in line.message for line in said)
    assert not any("keeper" in line.message for line in said)  # no page text


def _run_into(client, out):
    (run,) = [run for run in client.read_flow_runs() if run.name.endswith(f"into {out}")]
    return run


@pytest.mark.usefixtures("server")
def test_a_cluster_of_its_own_gives_the_same_bytes(runner, here):
    """Its workers are processes, so what a task is given and gives back is pickled."""
    out = f"{runner}-own"
    done = winnow("run", "scrapes", "--out", out, "--runner", runner, "--workers", 2, cwd=here)
    assert done.returncode == 0, done.stderr
    assert tree(here / out) == tree(here / "plain")


def test_an_address_without_its_cluster_is_refused(here):
    done = winnow("run", here, "--out", here / "no", "--dask-address", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert "--dask-address goes with --runner dask" in done.stderr
    assert not (here / "no").exists()


@pytest.mark.parametrize("runner", CLUSTERS)
@pytest.mark.parametrize("address", ["nonsense", "foo://host:8786", "tcp://host", "host:x", ""])
def test_an_address_that_is_none_is_wrong_usage(runner, address):
    from flows.runners import check_cluster

    with pytest.raises(UsageError, match=r"write it as (tcp|ray)://HOST:\d+"):
        check_cluster(runner, address)


def test_addresses_are_taken_as_they_are_written():
    from flows.runners import _ADDRESSES

    for address in ("tcp://10.0.0.5:8786", "host:8786", "tls://[::1]:8786"):
        assert _ADDRESSES["dask"][0].fullmatch(address)
    for address in ("ray://10.0.0.5:10001", "host:6379", "auto"):
        assert _ADDRESSES["ray"][0].fullmatch(address)


def test_a_missing_extra_is_named():
    from flows.runners import check_cluster

    for runner in CLUSTERS:
        try:
            __import__(f"prefect_{runner}")
        except ImportError:
            with pytest.raises(UsageError, match=rf"pip install 'winnow\[{runner}\]'"):
                check_cluster(runner, None)
    with pytest.raises(UsageError, match="choose the runner dask or ray"):
        check_cluster("threads", "tcp://127.0.0.1:1")
