"""Which newer releases of what Winnow stands on pass its tests?  What `make outdated` runs.

    python tools/outdated.py                          every direct dependency
    python tools/outdated.py fastapi sqlalchemy --tests tests/flows

In an environment of its own, with the versions of `constraints.txt`, each outdated package is
brought to its newest release, alone, whatever `pyproject.toml` allows; the tests are run; and
it is put back.  What passes can be pinned anew, and an upper bound that is no longer needed be
lifted.  A package that needs others to be newer takes them along, and they are named.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
_HOUR: Final = 3600


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("packages", nargs="*", help="only these (default: direct dependencies)")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="what pytest is given")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="winnow-outdated-") as folder:
        python = Path(folder, "bin", "python")
        venv.create(folder, with_pip=True)
        install(python, "--upgrade", "pip")
        pinned = ("--constraint", str(ROOT / "constraints.txt"))
        install(python, *pinned, "--editable", f"{ROOT}[dev,bench]")
        if problem := failure(python, args.tests):
            print(f"the tests fail with the pinned versions already: {problem}")
            return 1
        newer = outdated(python)
        wanted = {normal(name) for name in args.packages} or direct_dependencies()
        for name in sorted(wanted & newer.keys()):
            here, latest = newer[name]
            before = frozen(python)
            install(python, f"{name}=={latest}")
            problem = failure(python, args.tests)
            took = sorted(set(frozen(python)) - set(before) - {f"{name}=={latest}"})
            along = f" (with {', '.join(took)})" if took else ""
            print(f"{name} {here} -> {latest}{along}: {problem or 'passes'}", flush=True)
            install(python, *before)
        for name in sorted(wanted - newer.keys()):
            print(f"{name}: is the newest")
    return 0


def direct_dependencies() -> set[str]:
    """What `pyproject.toml` names, bounds aside."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in project["dependencies"]}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def outdated(python: Path) -> dict[str, tuple[str, str]]:
    """Installed and newest version of each package that has a newer one."""
    listed = run(python, "-m", "pip", "list", "--outdated", "--format", "json").stdout
    return {
        normal(package["name"]): (package["version"], package["latest_version"])
        for package in json.loads(listed)
    }


def frozen(python: Path) -> list[str]:
    lines = run(python, "-m", "pip", "freeze", "--exclude-editable").stdout.splitlines()
    pairs = (line.partition("==") for line in lines)
    return [f"{normal(name)}=={version}" for name, _, version in pairs]


def install(python: Path, *arguments: str) -> None:
    done = run(python, "-m", "pip", "install", "--quiet", *arguments)
    if done.returncode:
        sys.exit(f"pip install {' '.join(arguments)} failed:\n{done.stderr}")


def failure(python: Path, tests: Sequence[str]) -> str | None:
    """The first test that fails, or None."""
    done = run(python, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests)
    if done.returncode == 0:
        return None
    lines = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return lines[0] if lines else f"pytest ended with {done.returncode}: {done.stderr[-200:]}"


def run(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(python), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_HOUR,
    )


if __name__ == "__main__":
    sys.exit(main())
