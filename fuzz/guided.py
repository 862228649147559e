"""Fuzz one check, guided by which branches an input reaches: `python -m fuzz.guided CHECK ...`.

What follows the check's name goes to libFuzzer: folders of inputs and options such as
`-max_total_time=60` (seconds).  An input that fails a check is written to a file `crash-...`.
"""

from __future__ import annotations

import sys

import atheris

# Regular expressions are left alone: atheris' hook for them breaks flags given as keywords.
with atheris.instrument_imports(include=["cleaners"]):
    from fuzz.checks import CHECKS


def main(name: str) -> None:
    atheris.Setup([sys.argv[0], *sys.argv[2:]], CHECKS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1])
