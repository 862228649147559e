"""Result lines: what a worker tells of a scrape reads back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from cleaners.working.results import read_line, records, write_line
from cleaners.writing.jsonl import line

# Record separators and line breaks, too: they part rows and lines, and stand escaped in a text.
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1e\n\u2028"))
ROW = st.dictionaries(TEXT, TEXT | st.integers(-9, 9) | st.none())


@given(ROW, st.lists(ROW, max_size=3))
def test_a_result_line_reads_back_with_the_rows_as_they_will_be_written(record, removed):
    data = write_line(record, removed)
    assert data.count(b"\n") == 1
    found = read_line(data)
    assert found.record == record
    assert found.removed == b"".join(map(line, removed))
    assert list(records([data])) == [record]
