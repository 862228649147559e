"""What the command loads before it does anything: that is what a small batch waits for."""

from tests.corpus import article, html, modules_after


def test_help_imports_next_to_nothing():
    code = "from cleaners.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not modules_after(code) & {"rich", "prefect", "sqlite3", "trafilatura", "pydantic"}


def test_a_batch_leaves_the_judges_to_its_workers(tmp_path):
    """They load them while the command plans; loading both one after the other took a second."""
    (tmp_path / "page.txt").write_text("\n\n".join(article(1)))
    code = (
        "from cleaners.cli import main\n"
        f"main(['clean', {str(tmp_path)!r}, '--out', {str(tmp_path / 'out')!r}, '--quiet'])"
    )
    loaded = modules_after(code)
    assert (tmp_path / "out/documents/000001-00000.jsonl").exists()
    assert not loaded & {"cleaners.cleaning", "cleaners.judging", "selectolax", "bs4", "prefect"}


def test_a_worker_loads_neither_ledger_nor_index():
    loaded = modules_after("import cleaners.working.__main__")
    assert "cleaners.judging" in loaded
    assert not loaded & {"sqlite3", "cleaners.batch", "cleaners.deduplicating", "rich"}


def test_workers_import_no_prefect(tmp_path):
    (tmp_path / "a.html").write_text(html("a"))
    code = (
        "import cleaners.working.__main__\n"
        "from cleaners.cleaning import clean_page\n"
        "from cleaners import Page\n"
        f"clean_page(Page(open({str(tmp_path / 'a.html')!r}).read()))"
    )
    assert not modules_after(code) & {"prefect", "rich", "sqlalchemy", "fastapi"}
