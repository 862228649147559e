import gzip
import json

import pytest

from benchmarks.datasets import FOLDER, SETS, DatasetError, load, sample


@pytest.fixture
def folder(tmp_path):
    html = tmp_path / "toy" / "html"
    html.mkdir(parents=True)
    rows = [
        {"id": f"p{n}", "url": "https://a.example/1", "text": "Bread.", "type": "forum"}
        for n in range(30)
    ]
    rows.append({"id": "q", "url": "hard::file.html", "with": ["a"], "without": ["b", "c"]})
    (tmp_path / "toy" / "truth.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (html / "p0.html.gz").write_bytes(gzip.compress(b"<p>Bread.</p>\xe9"))
    return tmp_path


def test_a_set_is_read_with_its_truth(folder) -> None:
    first, *_, last = load("toy", folder)
    assert (first.id, first.type, first.text, first.wanted) == ("p0", "forum", "Bread.", ())
    assert first.read() == b"<p>Bread.</p>\xe9"
    assert (last.text, last.wanted, last.unwanted) == (None, ("a",), ("b", "c"))


def test_a_file_name_is_not_an_address(folder) -> None:
    first, *_, last = load("toy", folder)
    assert first.url == "https://a.example/1"
    assert last.url is None


def test_a_missing_set_is_named_with_its_remedy(folder) -> None:
    with pytest.raises(DatasetError, match=r"truth\.jsonl: not found; .* pass --data"):
        load("none", folder)


def test_a_sample_is_the_same_each_time_and_in_order(folder) -> None:
    examples = load("toy", folder)
    few = sample(examples, 10)
    assert len(few) == 10
    assert few == sample(list(reversed(examples)), 10)[::-1]
    assert few == [example for example in examples if example in few]
    assert set(map(id, few)) < set(map(id, sample(examples, 20)))
    assert sample(examples, None) == examples


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the benchmark sets are not beside the repository")
@pytest.mark.parametrize("name", SETS)
def test_the_real_sets_are_whole(name) -> None:
    examples = load(name)
    assert examples
    assert all(example.path.is_file() for example in examples)
    assert all(example.text is not None or example.wanted for example in examples)
