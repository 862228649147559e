"""Patterns of users: none that is allowed can be slow."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.patterns import FLAGS, problem_of

ALLOWED = [
    "Story [0-9]{1,6}",
    "Boat .{0,80}sails",
    r"(?i)\bread (?:more|on)\b",
    "^Risk warning",
    "a{1,80}b",
    r"(\w{1,9}) \1",
    "(?=boat)b",
    "[a-z]{2,30}!",
    "(a|b|ab){1,4}c",
]
REFUSED = ["a+b", "(a+)+b", ".*x", "x.*", "a{2,}", "(a|a){30}b", "", "a?", "^", "(", "a{9999}",
           "(a{1,9}){1,9}b", "a**", "(?P<x>a)(?P<x>b)", "[", "x.{0,80}y.{0,80}z"]  # fmt: skip


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_could_be_slow_or_is_wrong_is_refused(pattern):
    assert problem_of(pattern)


@pytest.mark.parametrize("pattern", ALLOWED)
def test_time_grows_no_faster_than_the_line(pattern):
    assert problem_of(pattern) is None
    compiled = re.compile(pattern, FLAGS)
    for favourite in ("a", "ab", "Boat ", "0", "w ", "read "):
        line = favourite * (100_000 // len(favourite))
        started = time.process_time()
        list(compiled.finditer(line))
        assert time.process_time() - started < 2, favourite


PARTS = st.sampled_from(["a", "b", ".", "[ab]", "a?", "a{1,3}", "(?:a|b)", "\\w", "(?:ab?){1,2}"])
SHAPES = st.lists(PARTS, min_size=1, max_size=6).map("".join)


@given(SHAPES, st.sampled_from(["{}", "({}){{0,3}}c", "(?:{}){{1,9}}!", "{}.{{0,60}}c"]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_allowed_is_fast_on_a_line_of_its_own_letters(shape, frame):
    pattern = frame.format(shape)
    if problem_of(pattern):
        return
    line = "ab" * 5_000 + "a" * 5_000
    started = time.process_time()
    list(re.compile(pattern, FLAGS).finditer(line))
    assert time.process_time() - started < 1, pattern


@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_a_line_that_says_why_not(text):
    problem = problem_of(text)
    if problem is None:
        re.compile(text, FLAGS)
    else:
        assert problem
