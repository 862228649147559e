"""What starting costs: what is not needed is not imported."""

import os
import subprocess
import sys

import pytest

from tests.corpus import modules_after

HEAVY = ("prefect", "trafilatura", "datasketch", "py3langid", "bs4", "rich", "scipy")


def test_importing_the_library_imports_nothing_heavy():
    assert not modules_after("import cleaners").intersection(HEAVY)


def test_cleaning_a_text_page_imports_nothing_heavy():
    code = (
        "from cleaners import Page, clean_page\n"
        "page = Page('The council voted on the plan, and it was not close.\\n' * 9, media='text')\n"
        "assert clean_page(page).language == 'en'"
    )
    assert not modules_after(code).intersection(HEAVY)


def test_cleaning_an_html_page_imports_neither_prefect_nor_datasketch():
    code = (
        "from cleaners import Page, clean_page\n"
        "clean_page(Page('<p>' + 'The council voted on the plan. ' * 20 + '</p>'))"
    )
    assert not modules_after(code).intersection({"prefect", "datasketch", "scipy"})


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_the_command_lets_numpy_start_no_threads():
    code = (
        "import os; from cleaners.cli import main; main(['--version']); import numpy;"
        "print(len(os.listdir('/proc/self/task')))"
    )
    free = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=free, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "1"
