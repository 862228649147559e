"""A real S3 server on this machine, as a process of its own."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager

_SERVE = (
    "import sys; from moto.server import ThreadedMotoServer\n"
    "server = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)\n"
    "server.start(); print(*server.get_host_and_port(), flush=True); sys.stdin.read()"
)


@contextmanager
def serving():
    """The environment in which `s3://` is that server; it begins without a bucket."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        found = re.fullmatch(r"(\S+) (\d+)", process.stdout.readline().strip())
        yield {
            **{key: value for key, value in os.environ.items() if not key.startswith("AWS_")},
            "AWS_ENDPOINT_URL": f"http://{found[1]}:{found[2]}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }
    finally:
        process.stdin.close()
        process.terminate()
        process.wait(20)


def store(environment):
    """The server as a file system for this process."""
    import s3fs  # noqa: PLC0415 - takes a second

    return s3fs.S3FileSystem(
        key="test",
        secret="test",
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        skip_instance_cache=True,
        use_listings_cache=False,
    )
