"""A worker that is started before anybody knows what there is to do."""

import pytest

from cleaners.batch import run_batch
from cleaners.cli.reporting import Silence
from cleaners.errors import UsageError
from cleaners.settings import Settings
from cleaners.working.process import end, start, started
from tests.corpus import html


def test_a_worker_that_was_started_first_cleans_the_pages(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_text(html("a page"))
    with started() as worker:
        (manifest,) = run_batch(
            [str(tmp_path / "in")],
            tmp_path / "out",
            Settings(),
            spare=worker,
            reporter=Silence(),
        )
        assert worker.process.returncode is not None, "another worker was started beside it"
    assert manifest["counts"]["documents"] == 1


def test_a_worker_that_nobody_needs_ends_with_its_run(tmp_path):
    with pytest.raises(UsageError), started() as worker:
        run_batch(
            [str(tmp_path / "missing")],
            tmp_path / "out",
            Settings(),
            spare=worker,
            reporter=Silence(),
        )
    assert worker.process.returncode is not None


def test_a_worker_ends_by_itself_and_silently_when_its_parent_goes_away(capfd):
    worker = start()
    worker.connection.close()
    assert worker.process.wait(60) == 0
    assert end(worker) == 0
    assert not capfd.readouterr().err
