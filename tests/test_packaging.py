"""The wheel: built from the repository, it has all that cleaning needs."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT],
        check=True,
        capture_output=True,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_contains_both_packages_and_their_data(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for package in ("cleaners", "flows"):
        for path in (ROOT / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert path.relative_to(ROOT).as_posix() in names


def test_installed_without_the_repository_it_cleans_the_seeds_the_same(wheel, tmp_path):
    """A fresh environment that shares this one's dependencies, but not the editable install."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python3*")) / "site-packages"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", site, wheel],
        check=True,
    )
    here = Path(sysconfig.get_paths()["purelib"])
    (site / "dependencies.pth").write_text(f"{here}\n")

    def clean(executable, out):
        code = "from cleaners.cli import main; import sys; sys.exit(main())"
        command = [executable, "-c", code, "clean", "seeds", "--out", out, "--quiet"]
        subprocess.run(command, check=True, cwd=tmp_path if executable == python else ROOT)
        return {p.relative_to(out): p.read_bytes() for p in sorted(out.rglob("*.jsonl"))}

    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    located = subprocess.run(
        [python, "-c", "import cleaners; print(cleaners.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert located.stdout.startswith(str(home))
    installed = clean(python, tmp_path / "installed")
    assert installed
    assert installed == clean(Path(sys.executable), tmp_path / "editable")
