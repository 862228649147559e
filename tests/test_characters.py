"""What every room knows of text: the quick ways give what the plain ones do."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from cleaners.characters import runs, tidy

ODD = st.text("ab \n\r\x00\x0b\x0c\x1c\x7f\x85\x9f\ud83d\ude00é字")


@given(st.text())
@example("snake_case and 24h, naïve")
def test_runs_are_those_of_the_pattern(text):
    assert runs(text) == re.findall(r"\w+", text)


@given(ODD)
@example("a\x85b\x0cc\x9fd\ud83d\x00\ude00")
def test_what_cannot_be_carried_goes(text):
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    plain = re.sub("[\x0b\x0c\x1c-\x1f]", " ", plain)
    plain = re.sub("[\x00-\x08\x0e-\x1b\x7f-\x9f]", "", plain)
    pairs = plain.encode("utf-16-le", "surrogatepass")
    assert tidy(text) == pairs.decode("utf-16-le", "replace")
