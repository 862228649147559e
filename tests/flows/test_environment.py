"""A server that was started just before, and one that is not there."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cleaners.errors import UsageError
from flows.environment import _wait_for, check_server


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/api"


def serve_later(address, seconds, served):
    time.sleep(seconds)
    port = int(address.split(":")[-1].split("/")[0])
    served.append(HTTPServer(("127.0.0.1", port), Healthy))
    served[0].serve_forever(poll_interval=0.05)


def test_a_server_that_is_still_starting_is_waited_for(address, capsys):
    served = []
    server = threading.Thread(target=serve_later, args=(address, 1.5, served), daemon=True)
    server.start()
    try:
        assert _wait_for(address, patience=60) is None
    finally:
        served[0].shutdown()
        server.join()
    assert f"waiting up to 60 s for a server at {address}" in capsys.readouterr().err


def test_a_server_that_does_not_come_is_told_when_its_time_is_over(address):
    begun = time.monotonic()
    assert "refused" in _wait_for(address, patience=1.2)
    assert time.monotonic() - begun > 1.2


def test_who_asks_for_one_run_is_told_of_a_dead_address_at_once(address):
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    begun = time.monotonic()
    with temporary_settings({PREFECT_API_URL: address}), pytest.raises(UsageError, match="answers"):
        check_server()
    assert time.monotonic() - begun < 10
