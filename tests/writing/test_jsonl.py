"""Lines that every reader can read, in files that are whole or not there."""

import json

import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from cleaners.writing.jsonl import line, lines, write_whole

ANY_TEXT = st.text(st.characters() | st.characters(categories=["Cs", "Cc", "Zl", "Zp"]))


@given(st.dictionaries(ANY_TEXT, ANY_TEXT))
def test_a_record_is_one_line_for_every_reader(record):
    data = line(record)
    text = data.decode()
    assert len(text.splitlines()) == 1
    assert text.endswith("\n")
    json.loads(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_record_reads_back_as_it_was(text):
    assert json.loads(line({"text": text})) == {"text": text}


@given(st.lists(st.dictionaries(ANY_TEXT, ANY_TEXT | st.integers() | st.none())))
def test_records_are_written_together_as_one_by_one(records):
    assert lines(records) == b"".join(map(line, records))


def test_lone_surrogates_are_replaced():
    assert json.loads(line({"text": "a\ud800b"})) == {"text": "a\ufffdb"}


def test_a_file_that_could_not_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "file"
    path.write_text("old")

    def chunks():
        yield b"new"
        others = [found for found in tmp_path.iterdir() if found != path]
        assert [found.name[0] for found in others] == ["."]  # readers of the folder pass it over
        raise OSError

    with pytest.raises(OSError):
        write_whole(path, chunks(), scratch=tmp_path)
    assert path.read_text() == "old"
    assert write_whole(path, [b"n", b"ew"], scratch=tmp_path) == (
        3,
        xxhash.xxh3_128_hexdigest(b"new"),
    )
    assert path.read_text() == "new"
