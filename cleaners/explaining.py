"""Print a document with what was taken out of it, for the terminal."""

from __future__ import annotations

from collections import defaultdict

from rich.console import Console
from rich.text import Text

from cleaners.records import Block, Document, Removal
from cleaners.report.colours import terminal_colour


class Terminal(Console):
    """Rich's, but for a reader such as `head` that has seen enough: Rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def explain(document: Document, console: Console | None = None) -> None:
    """Print every block: kept ones plain, removed ones coloured by kind with rule and reason.

    A title stands behind a `T`: it is neither removed nor in the text.

    Rich sees to the width, to `NO_COLOR` and to leaving colours out when piped.
    """
    console = console or Terminal(highlight=False)
    removals: dict[int, list[Removal]] = defaultdict(list)
    for removal in document.removals:
        removals[removal.block].append(removal)
    for number, block in enumerate(document.blocks):
        if number and not block.tight and block.gap is None:
            console.print()
        _print_block(console, block, removals[number])
    console.print()
    console.print(_summary(document), style="bold")


def _print_block(console: Console, block: Block, removals: list[Removal]) -> None:
    gone = len(removals) == 1 and removals[0].end - removals[0].start >= len(block.text)
    text = Text(style="bold" if block.role in ("title", "heading") and not gone else "")
    at = 0
    for removal in removals:
        text.append(block.text[at : removal.start])
        span = block.text[removal.start : removal.end]
        text.append(span if gone else f"[-{span}-]", terminal_colour(removal.kind))
        at = removal.end
    text.append(block.text[at:])
    margin = "- " if gone else "T " if block.role == "title" else "  "
    _print_hanging(console, margin, block.marker, text)
    for removal in removals:
        reason = Text(f"{removal.kind} · {removal.rule}: {removal.why}", style="dim")
        reason.stylize(f"not dim {terminal_colour(removal.kind)}", 0, len(removal.kind))
        _print_hanging(console, "      ", "", reason)


def _print_hanging(console: Console, margin: str, marker: str, text: Text) -> None:
    """Wrap to the console's width, with every further line under the first one's text."""
    lead = margin + marker
    lines = text.wrap(console, max(console.width - len(lead), 20))
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text(lead if number == 0 else " " * len(lead)) + line, soft_wrap=True)


def _summary(document: Document) -> str:
    removed = ", ".join(f"{kind} {number}" for kind, number in document.removed.items())
    parts = [
        f"{document.words} words kept",
        f"{document.removed_share:.0%} of the words removed" + (f" ({removed})" if removed else ""),
        f"confidence {document.confidence:.2f}",
        *document.flags,
    ]
    return " · ".join(parts)
