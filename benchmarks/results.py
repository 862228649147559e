"""`RESULTS.md`: one section a benchmark, each rewritten by its own command."""

from __future__ import annotations

import os
import platform
import re
import shlex
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).resolve().parent / "RESULTS.md"

_HEAD: Final = """# Results

Every section is written by the command it names; nothing here is typed by hand.  What the scores
mean and how to run them: [README.md](README.md).
"""


def write_section(name: str, lines: Iterable[str], path: Path = RESULTS) -> None:
    """Put a section into the file, in place of its older self or at the end."""
    body = "\n".join(lines).strip()
    section = f"<!-- {name} -->\n\n{body}\n\n<!-- end of {name} -->\n"
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    old = re.compile(
        rf"<!-- {re.escape(name)} -->\n.*?<!-- end of {re.escape(name)} -->\n", re.DOTALL
    )
    known = old.search(text)
    text = old.sub(lambda _: section, text) if known else f"{text.rstrip()}\n\n{section}"
    path.write_text(text, encoding="utf-8")


def circumstances(module: str, arguments: Sequence[str], versions: dict[str, str]) -> list[str]:
    """When, where, with what and how a section was made."""
    command = shlex.join(["python", "-m", module, *arguments])
    listed = ", ".join(f"{name} {number}" for name, number in sorted(versions.items()))
    today = datetime.now(tz=UTC).date()
    return [
        f"`{command}` on {today}, {_machine()}.",
        "",
        f"Versions: {listed}.",
    ]


def _machine() -> str:
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        match = re.search(
            r"^model name\s*:\s*(.+)$", info.read_text(encoding="utf-8"), re.MULTILINE
        )
        model = match.group(1) if match else model
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; all columns but the first are set right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]
