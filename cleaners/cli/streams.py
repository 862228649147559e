"""Standard input, output and error, as the command needs them."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import Final

from cleaners.errors import UsageError

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e]")


def check_streams() -> None:
    """Make printing safe; raises `UsageError` if standard output is closed."""
    # The next file opened would get the number of a closed stream, and whatever is printed, too.
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)  # noqa: FBT003 - its only form
    os.close(number)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - a device
    if sys.stdout is None:
        raise UsageError("standard output is closed; send it to a file, or to /dev/null")
    # Pages and names hold characters that a terminal's encoding may lack.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def on_a_line(text: str) -> str:
    """A text for the terminal: names of files may hold line breaks and what moves the cursor."""
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)
