"""Scrapes to clean in tests, and what came of them."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

THOROUGH = bool(os.environ.get("WINNOW_THOROUGH"))
thorough = pytest.mark.skipif(not THOROUGH, reason="takes minutes; set WINNOW_THOROUGH=1")

_SUBJECTS = ("harbour", "library", "orchard", "railway", "museum", "glacier", "bakery", "quarry")
_VERBS = ("opened", "moved", "grew", "closed", "paid", "asked", "sold", "kept", "lost", "found")
_REST = ("early", "late", "quietly", "again", "in spring", "before noon", "for good", "at last")


def article(seed, paragraphs=4):
    """Paragraphs of plain words; another seed gives another article."""
    words = random.Random(seed)
    return [
        " ".join(
            f"The {words.choice(_SUBJECTS)} {words.randint(2, 999)} {words.choice(_VERBS)} "
            f"{words.choice(_REST)} and {words.choice(_REST)}, said {words.choice(_SUBJECTS)} "
            f"keeper {words.randint(2, 999)}."
            for _ in range(5)
        )
        for _ in range(paragraphs)
    ]


def html(seed):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in article(seed))
    return (
        f"<html><head><title>Report {seed}</title></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Report {seed}</h1>{body}</article><p>Advertisement</p></body></html>"
    )


def fill(folder, pages=12):
    """A folder with every form of input: pages, copies, records, packed ones, broken ones.

    Returns the number of scrapes in it.
    """
    (folder / "deep").mkdir(parents=True)
    for number in range(pages):
        (folder / "deep" / f"{number:04d}.html").write_text(html(number))
    (folder / "copy.html").write_text(html(0))
    (folder / "plain.txt").write_text("\n\n".join(article("plain")))
    (folder / "packed.html.gz").write_bytes(gzip.compress(html("packed").encode(), mtime=0))
    records = [{"url": f"https://example.org/{n}", "html": html(f"record {n}")} for n in range(5)]
    lines = [json.dumps(record) for record in records] + ['{"url": "https://example.org/"', ""]
    (folder / "records.jsonl").write_text("\n".join(lines))
    packed = "".join(json.dumps({"text": "\n\n".join(article(f"z{n}"))}) + "\n" for n in range(4))
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress(packed.encode(), mtime=0))
    (folder / "empty.html").write_bytes(b"")
    (folder / "image.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9)
    (folder / "blank.html").write_text("<html><body><script>1</script></body></html>")
    (folder / "notes.pdf").write_bytes(b"passed over")
    return pages + 3 + 6 + 4 + 3


def winnow(*args, **options):
    """Run the command to its end."""
    command = [sys.executable, "-m", "cleaners.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def start(*args):
    """Start the command; it is in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "cleaners.cli", *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that run in the background have Ctrl-C switched off, and would hand that on.
        preexec_fn=lambda: signal.signal(  # noqa: PLW1509 - the test has no threads
            signal.SIGINT, signal.SIG_DFL
        ),
    )


def tree(out):
    """Every emitted file with its bytes; ledger and lock are no output."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(Path(out).rglob("*"))
        if path.is_file() and path.name not in ("winnow.sqlite", ".lock")
    }


def rows(out, folder):
    """All rows of one kind of output, in order of the files' names."""
    files = sorted((Path(out) / folder).glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


def manifest(out, run=1):
    return json.loads((Path(out) / "runs" / f"{run:06d}.json").read_text())


def modules_after(code):
    """The modules that a fresh Python has loaded when it has run `code`, by their full names."""
    printed = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(printed.stdout.split())


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
