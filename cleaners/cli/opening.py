"""Opening a page that was written for the browser, where there is one and somebody to see it."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path


def show(page: Path, *, wanted: bool) -> None:
    """Open the page in the browser if that can be expected to work, and always say where it is."""
    opened = wanted and _somebody_looks() and webbrowser.open(page.resolve().as_uri())
    print(f"opened {page}" if opened else f"open {page}")


def _somebody_looks() -> bool:
    """Whether a person sits at a terminal of a machine with a display, or named a browser.

    Without a display `webbrowser` would start a browser of the terminal and hold up the command.
    """
    if not sys.stdout.isatty():
        return False
    displayed = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    return displayed or bool(os.environ.get("BROWSER"))
