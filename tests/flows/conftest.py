"""One Prefect server and one worker for all tests of the flows, with a home of their own."""
# ruff: noqa: PLC0415 - Prefect reads the environment when it is imported

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

# Schedules and events are to be seen within seconds.
ENVIRONMENT = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
    "PREFECT_WORKER_QUERY_SECONDS": "1",
    "PREFECT_WORKER_PREFETCH_SECONDS": "1",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server that lives as long as the tests; gives its home, where the logs are."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    before = dict(os.environ)
    os.environ.update(ENVIRONMENT)
    os.environ["PREFECT_HOME"] = str(home)
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    try:
        from prefect.context import refresh_global_settings_context
        from prefect.events.worker import EventsWorker
        from prefect.logging.handlers import APILogWorker

        refresh_global_settings_context()
        with started(home / "server.log", "server", "start", "--port", str(port)):
            wait_for(lambda: answers("health"), seconds=180, what="the server")
            yield home
            # What they still hold would be sent to nobody, for a minute.
            APILogWorker.drain_all(timeout=10)
            EventsWorker.drain_all(timeout=10)
    finally:
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="session")
def worker(server):
    """A process worker, which makes the work pool of prefect.yaml."""
    pool = ("--pool", "winnow", "--type", "process", "--name", "tests")
    with started(server / "worker.log", "worker", "start", *pool):
        wait_for(lambda: answers("work_pools/winnow"), seconds=180, what="the worker")
        yield


@contextmanager
def started(log, *command):
    """A `prefect` command that runs until the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "prefect", *command], stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                # A worker waits for runs that the tests are done with.
                process.kill()
                process.wait()


@pytest.fixture
def client(server):  # noqa: ARG001 - it talks to it
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        yield client


def artifacts(client, key):
    """All artifacts of this key, oldest first."""
    wanted = {"artifacts": {"key": {"any_": [key]}}}
    return client.request("POST", "/artifacts/filter", json=wanted).json()


@contextmanager
def obstructed(client, shard):
    """A folder stands where the part file is to be written, until the first try has failed."""
    obstacle = shard.parent / f".{shard.stem}.part.{shard.parent.name}.tmp"
    obstacle.mkdir()

    def clear():
        end = time.monotonic() + 300
        while not tried() and time.monotonic() < end:
            time.sleep(0.2)
        obstacle.rmdir()

    def tried():
        return [
            run
            for run in client.read_task_runs()
            if run.name == f"clean-shard {shard.parent.name}-{shard.stem}"
            and run.state_name in {"AwaitingRetry", "Retrying"}
        ]

    watching = threading.Thread(target=clear)
    watching.start()
    try:
        yield
    finally:
        watching.join()


def answers(path):
    import httpx

    try:
        return httpx.get(f"{os.environ['PREFECT_API_URL']}/{path}", timeout=5).is_success
    except httpx.HTTPError:
        return False


def wait_for(is_there, *, seconds, what):
    """What `is_there` returns, once it is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := is_there():
            return found
        time.sleep(0.2)
    pytest.fail(f"waited {seconds} s for {what}")
