"""One run at a time in an output folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaners.errors import BusyError, UsageError


@contextmanager
def output_lock(out: Path) -> Iterator[None]:
    """Make the output folder if need be, and hold it.

    The kernel drops the lock when its holder ends, however it ends, so that a lock never has
    to be taken over.  Raises `BusyError` if another run holds the folder, `UsageError` if it
    cannot be made or written.
    """
    handle = _open(out)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise BusyError(
                f"{out}: another run (process {holder}) is writing there; "
                "wait until it ends or choose another --out"
            ) from None
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _open(out: Path) -> int:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: the output must be a folder, and this is a file; choose another")
    try:
        out.mkdir(parents=True, exist_ok=True)
        return os.open(out / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise UsageError(
            f"{out}: cannot be written: {error.strerror}; choose another --out"
        ) from error
