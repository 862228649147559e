"""What the server does by itself: it ends runs that fell silent, and tells of failures."""
# ruff: noqa: PLC0415 - Prefect reads the environment when it is imported

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from uuid import uuid4

import pytest

from tests.corpus import winnow
from tests.flows.conftest import wait_for

pytestmark = pytest.mark.prefect


@contextmanager
def webhook():
    """An address that takes messages, and the messages it has taken."""
    messages = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            messages.append(json.loads(self.rfile.read(length))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hook", messages
        finally:
            server.shutdown()


def test_a_failed_run_is_told_to_a_webhook(client, tmp_path):
    from flows.cleaning import clean_scrapes

    with webhook() as (address, messages):
        for _ in range(2):
            done = winnow("automations", "--notify", address)
            assert done.returncode == 0, done.stderr
            assert done.stdout.splitlines() == [
                "winnow: end zombie runs",
                "winnow: tell of failed runs",
            ]
        for name in done.stdout.splitlines():
            assert len(client.read_automations_by_name(name)) == 1

        state = clean_scrapes([str(tmp_path / "missing")], str(tmp_path), return_state=True)
        assert state.is_failed()
        (message,) = wait_for(lambda: messages, seconds=30, what="the message")
        assert message.startswith("clean-scrapes Failed: clean-scrapes into")
        assert "missing" in message


def test_a_run_that_falls_silent_is_crashed(client):
    """Its heartbeat is sent for it here: a real one comes every 30 s at most."""
    from prefect.states import Running

    from flows.automating import zombie_automation
    from flows.cleaning import clean_scrapes

    for old in client.read_automations_by_name("winnow: end zombie runs"):
        client.delete_automation(old.id)
    client.create_automation(zombie_automation(silence=timedelta(seconds=10)))
    run = client.create_flow_run(clean_scrapes, parameters={"paths": ["x"]}, state=Running())
    heartbeat = {
        "id": str(uuid4()),
        "occurred": datetime.now(UTC).isoformat(),
        "event": "prefect.flow-run.heartbeat",
        "resource": {"prefect.resource.id": f"prefect.flow-run.{run.id}"},
        "related": [
            {
                "prefect.resource.id": f"prefect.flow.{run.flow_id}",
                "prefect.resource.role": "flow",
                "prefect.resource.name": "clean-scrapes",
            }
        ],
    }
    client.request("POST", "/events", json=[heartbeat]).raise_for_status()
    state = wait_for(
        lambda: found.state if (found := client.read_flow_run(run.id)).state.is_final() else None,
        seconds=60,
        what="the silent run to be ended",
    )
    assert state.is_crashed()
    assert "no heartbeat" in state.message
