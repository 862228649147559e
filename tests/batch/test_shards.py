"""Where a shard ends: after some seconds of work, or as many pages as fit in memory."""

import json

from cleaners.batch import plan_shards
from cleaners.batch.sharding import _seconds
from cleaners.settings import Settings


def planned(folder, texts):
    """How many pages each shard of a batch of such records has."""
    folder.mkdir()
    lines = (json.dumps({"text": f"{number} {text}"}) for number, text in enumerate(texts))
    (folder / "many.jsonl").write_text("\n".join(lines))
    plan = plan_shards([str(folder)], folder / "out", Settings())
    return [shard.read_bytes().count(b"\n") for shard in plan.shards]


def test_shards_of_small_pages_are_alike(tmp_path):
    assert planned(tmp_path / "small", ["few words"] * 1_700) == [500, 500, 500, 200]


def test_a_batch_that_grows_keeps_its_first_shards(tmp_path):
    """Only the last shard is other than that of a longer batch."""
    shorter = planned(tmp_path / "shorter", ["few words"] * 1_700)
    longer = planned(tmp_path / "longer", ["few words"] * 2_200)
    assert shorter == [500, 500, 500, 200]
    assert longer == [500, 500, 500, 500, 200]


def test_large_pages_make_shards_of_fewer(tmp_path):
    sizes = planned(tmp_path / "large", ["many words " * 30_000] * 250)
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 2
    # 10 s of work by the estimate, which must be about right for what was measured.
    assert 5 < sizes[0] * 0.05 < 30


def test_the_estimate_grows_with_the_page_and_is_never_nothing():
    lengths = [0, 1, 700, 1_500, 10_000, 10_001, 308_000, 50_000_000]
    seconds = [_seconds(length) for length in lengths]
    assert seconds == sorted(set(seconds))
    assert seconds[0] > 0
    for length, measured in ((667, 0.0006), (1_508, 0.004), (308_000, 0.049)):
        assert measured / 3 < _seconds(length) < measured * 3
