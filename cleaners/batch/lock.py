"""One run at a time in an output folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from cleaners.errors import BusyError, UsageError

Waiting: TypeAlias = Callable[[str], None]
"""Is told which process holds the folder, before it is waited for."""


@contextmanager
def output_lock(out: Path, waiting: Waiting | None = None) -> Iterator[None]:
    """Make the output folder if need be, and hold it.

    The kernel drops the lock when its holder ends, however it ends, so that a lock never has
    to be taken over.  Raises `BusyError` if another run holds the folder, unless there is
    somebody `waiting`; `UsageError` if the folder cannot be made or written.
    """
    handle = _open(out)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting is None:
                raise BusyError(
                    f"{out}: another run (process {_holder(handle)}) is writing there; "
                    "wait until it ends (--wait) or choose another --out"
                ) from None
            waiting(_holder(handle))
            fcntl.flock(handle, fcntl.LOCK_EX)
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
        os.truncate(handle, 0)
    finally:
        os.close(handle)


def holder_of(out: Path) -> str | None:
    """The process that is writing to an output folder, as its lock file says.

    The lock itself is not tried: that would turn a run away that begins just then.
    """
    try:
        holder = (out / ".lock").read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    try:
        os.kill(int(holder), 0)
    except PermissionError:  # it lives, and is another user's
        return holder
    except (OSError, ValueError):
        return None
    return holder


def _holder(handle: int) -> str:
    return os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"


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
