"""A worker that is started before anybody knows what there is to do."""

import pytest

from cleaners.batch import Silence, clean_shard, plan_shards, run_batch
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
            spares=[worker],
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
            spares=[worker],
            reporter=Silence(),
        )
    assert worker.process.returncode is not None


def test_a_worker_ends_by_itself_and_silently_when_its_parent_goes_away(capfd):
    worker = start()
    worker.connection.close()
    assert worker.process.wait(60) == 0
    assert end(worker) == 0
    assert not capfd.readouterr().err


def test_of_two_plans_the_first_takes_the_worker_that_was_started(tmp_path):
    """The second plan follows an interrupted run; a worker that nobody took is left to it."""
    pages = tmp_path / "in"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.html").write_text(html(number))
    planned = plan_shards([str(pages)], tmp_path / "out", Settings())
    for shard in planned.shards:
        clean_shard(shard)  # and then it was killed: nothing is left to clean of that run
    (pages / "new.html").write_text(html("new"))
    with started() as worker:
        spares = [worker]
        manifests = run_batch(
            [str(pages)], tmp_path / "out", Settings(), spares=spares, reporter=Silence()
        )
        assert spares == []
        assert worker.process.returncode is not None
    assert [manifest["counts"]["documents"] for manifest in manifests] == [3, 1]
