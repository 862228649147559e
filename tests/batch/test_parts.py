"""What a run finds of an earlier one's work, and what it does with it."""

import dataclasses
import json

import pytest

from cleaners.batch import Silence, clean_shard, plan_shards, run_batch
from cleaners.batch.parts import part_of
from cleaners.settings import Settings
from tests.corpus import fill, tree


@pytest.fixture
def planned(tmp_path):
    """A plan of which the one shard was cleaned, but not committed."""
    fill(tmp_path / "scrapes", pages=3)
    plan = plan_shards([str(tmp_path / "scrapes")], tmp_path / "out", Settings())
    clean_shard(plan.shards[0])
    return plan


def is_cleaned_again(shard):
    """Whether a part that is there is replaced; a new file has a new number."""
    before = part_of(shard).stat().st_ino, part_of(shard).read_bytes()
    held = part_of(shard).open("rb")  # keeps the number from being given once more
    with held:
        clean_shard(shard)
        return (part_of(shard).stat().st_ino, part_of(shard).read_bytes()) != before


def test_the_part_that_is_there_is_used(planned):
    assert not is_cleaned_again(planned.shards[0])


def test_a_part_of_other_scrapes_is_not(planned):
    shard = planned.shards[0]
    shard.write_bytes(b"".join(shard.read_bytes().splitlines(keepends=True)[:-1]))
    assert is_cleaned_again(shard)


def test_a_part_of_other_settings_is_not(planned):
    (shard,) = planned.shards
    work = shard.parent / "run.json"
    request = json.loads(work.read_bytes())
    assert request["settings"]["cleaning"]["min_words"] == 25
    request["settings"]["cleaning"]["min_words"] = 24
    work.write_text(json.dumps(request))
    assert is_cleaned_again(shard)


def test_a_part_of_another_version_is_not(planned, monkeypatch):
    monkeypatch.setattr("cleaners.batch.parts.__version__", "0.0.0")
    assert is_cleaned_again(planned.shards[0])


def test_a_run_that_was_planned_in_another_folder_is_finished(tmp_path, monkeypatch):
    """With relative paths, as the sources of documents keep them."""
    fill(tmp_path / "here/scrapes", pages=3)
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    plan = plan_shards(["scrapes"], tmp_path / "out", Settings())
    plan = dataclasses.replace(plan, shards=tuple(shard.absolute() for shard in plan.shards))
    monkeypatch.chdir(tmp_path / "there")
    clean_shard(plan.shards[0])
    monkeypatch.chdir(tmp_path / "here")
    run_batch(["scrapes"], tmp_path / "out", Settings(), reporter=Silence())
    run_batch(["scrapes"], tmp_path / "plain", Settings(), reporter=Silence())
    assert tree(tmp_path / "out") == tree(tmp_path / "plain")
