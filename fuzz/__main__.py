"""Fuzz Winnow for a while: `python -m fuzz --seconds 600`, or `make fuzz FUZZ_SECONDS=600`.

Each target takes as long as the others: `decoding` and `segmenting` guided by coverage (atheris),
`generated` with the strategies of tests/fuzz and tests/laws (hypothesis) under a new seed every
time.  Inputs that were worth keeping, and those that failed, stay in `.fuzz/`.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from fuzz.checks import CHECKS
from fuzz.corpus import write

_GENERATED: Final = "generated"
_MEGABYTES: Final = 4096
_HANGS: Final = 300  # seconds by the clock: on a busy machine imports alone take a while
_LONGEST: Final = 8192


def guided(check: str, seconds: int, kept: Path) -> int:
    """Fuzz one of the checks; returns the exit code."""
    corpus = kept / check
    dictionary = write(corpus)
    options = {
        "max_total_time": seconds,
        "max_len": _LONGEST,
        "timeout": _HANGS,
        "rss_limit_mb": _MEGABYTES,
        "dict": dictionary,
        "artifact_prefix": f"{kept}/{check}-",
        "print_final_stats": 1,
        "verbosity": 0,
    }
    flags = [f"-{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "fuzz.guided", check, *flags, str(corpus)]
    return subprocess.run(command, check=False).returncode


def generated(seconds: int) -> int:
    """Run the properties again and again, each time with other examples."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        command = [sys.executable, "-m", "pytest", "-q", "tests/fuzz", "tests/laws"]
        seed = f"--hypothesis-seed={random.randrange(2**32)}"
        environment = os.environ | {"HYPOTHESIS_PROFILE": "fuzz"}
        if code := subprocess.run([*command, seed], env=environment, check=False).returncode:
            return code
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = (*CHECKS, _GENERATED)
    parser.add_argument("targets", nargs="*", help=f"some of {', '.join(names)}; all if none")
    parser.add_argument("--seconds", type=int, default=600, help="for all of them together")
    parser.add_argument("--kept", type=Path, default=Path(".fuzz"), help="folder of inputs")
    args = parser.parse_args()
    targets = args.targets or names
    if strange := set(targets) - set(names):
        parser.error(f"no such target: {', '.join(sorted(strange))}")
    seconds = max(1, args.seconds // len(targets))
    codes = {
        name: generated(seconds) if name == _GENERATED else guided(name, seconds, args.kept)
        for name in targets
    }
    for name, code in codes.items():
        print(f"{name}: {'nothing found' if code == 0 else f'failed (exit code {code})'}")
    return int(any(codes.values()))


if __name__ == "__main__":
    sys.exit(main())
