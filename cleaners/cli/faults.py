"""What is wrong with one page, in a line for the reader; the traceback on demand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from cleaners.errors import FaultError, PageError, WinnowError


@contextmanager
def told_in_a_line(source: str) -> Iterator[None]:
    """Name the page in what is wrong with it.

    What no page should cause becomes a `FaultError` that also names the remedy.

    With WINNOW_TRACEBACK set it is left as it is, so that Python shows where it came from.
    """
    try:
        yield
    except PageError as error:
        raise type(error)(f"{source}: {error}") from error
    except (WinnowError, OSError):
        raise
    except Exception as error:
        if os.environ.get("WINNOW_TRACEBACK"):
            raise
        said = " ".join(str(error).split())[:200]
        raise FaultError(
            f"{source}: a fault of Winnow's in this page: {type(error).__name__}: {said}; "
            "please report it with what WINNOW_TRACEBACK=1 shows"
        ) from error
