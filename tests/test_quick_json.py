"""A signal while orjson starts is told afterwards; it does not crash Python."""

import signal
import subprocess
import sys

import pytest

# What orjson's start imports from C meets the signal.
CODE = """
import os, signal, sys
class Stops:
    inside = False
    def find_spec(self, name, *_):
        if self.inside:
            os.kill(os.getpid(), signal.{name})
        self.inside |= name == "orjson.orjson"
def stop(*_):
    raise KeyboardInterrupt
signal.signal(signal.{name}, stop)
sys.meta_path.insert(0, Stops())
import {module}
"""


def end_of(module, name):
    code = CODE.format(module=module, name=name)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_stopping_while_it_is_imported_is_no_crash(name):
    assert end_of("cleaners.quick_json", name) == -signal.SIGINT  # that of a KeyboardInterrupt
