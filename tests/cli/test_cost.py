"""What the command costs before it does anything."""

import resource
import subprocess
import sys

from tests.corpus import article, html, winnow


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_five_small_pages_take_less_than_a_second(tmp_path):
    """Processor time, since other work on the machine does not count in it."""
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("\n\n".join(article(number)))
    costs = []
    for out in ("a", "b", "c"):
        before = cpu_seconds()
        done = winnow("clean", tmp_path, "--out", tmp_path / out, "--quiet")
        assert done.returncode == 0, done.stderr
        costs.append(cpu_seconds() - before)
    assert min(costs) < 1.0


def imported(code):
    printed = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in printed.stdout.split()}


def test_help_imports_next_to_nothing():
    code = "from cleaners.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not imported(code) & {"rich", "prefect", "sqlite3", "trafilatura", "pydantic"}


def test_workers_import_no_prefect(tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    code = (
        "import cleaners.working.__main__\n"
        "from cleaners.cleaning import clean_page\n"
        "from cleaners import Page\n"
        f"clean_page(Page(open({str(tmp_path / 'a.html')!r}).read()))"
    )
    assert not imported(code) & {"prefect", "rich", "sqlalchemy", "fastapi"}
