"""Postings: what was filed under a key is found under it, before and after the file is reopened."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.deduplicating import postings
from cleaners.deduplicating.postings import KEY_BITS, TABLE, Postings

KEYS = st.integers(0, (1 << KEY_BITS) - 1) | st.integers(0, 5) | st.just((1 << KEY_BITS) - 1)
BATCHES = st.lists(st.lists(st.tuples(KEYS, st.integers(0, 99)), max_size=40), max_size=6)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(postings, "_PIECE", 4)  # so that a few postings are more than one


@given(BATCHES)
def test_all_that_was_filed_is_found(batches):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(TABLE)
    filed = Postings(connection)
    for batch in batches:
        keys, numbers = zip(*batch, strict=True) if batch else ((), ())
        filed.add(np.array(keys, np.uint64), np.array(numbers, np.int64))
    known = [pair for batch in batches for pair in batch]
    wanted = np.unique(np.array([*(key for key, _ in known), 7, 1 << 20], np.uint64))
    for one in (filed, Postings(connection)):
        assert len(one) == len(known)
        found = zip(*(values.tolist() for values in one.find(wanted)), strict=True)
        assert sorted(found) == sorted(known)
