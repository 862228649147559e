"""What patterns are asked only of lines that hold one of their needles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.judging import shapes
from cleaners.judging.kinds import caption
from cleaners.judging.sought import Sought

SOUGHT = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": value
    for module in (shapes, caption)
    for name, value in vars(module).items()
    if isinstance(value, Sought)
}


@pytest.mark.parametrize("name", SOUGHT)
@given(data=st.data())
def test_whatever_fits_the_pattern_holds_a_needle(name, data):
    sought = SOUGHT[name]
    text = data.draw(st.from_regex(sought.pattern))
    found = sought.pattern.search(text)
    assert bool(sought.search(text)) == bool(found)
    assert any(needle in text for needle in sought.needles)


@given(st.from_regex(shapes._DATE))
def test_every_date_has_a_year(text):
    found = shapes._DATE.search(text)
    assert shapes.find_date(text).span() == found.span()
