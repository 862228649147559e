"""Any settings clean any page; any table is either settings or an error of one line."""

import dataclasses

from hypothesis import example, given
from hypothesis import strategies as st

from cleaners import clean_page
from cleaners.errors import SettingsError
from cleaners.settings import Cleaning, Duplicates, Limits, Settings, settings_from
from tests.laws.pages import PAGES

SHARES = st.floats(0, 1)
SETTINGS = st.builds(
    Settings,
    cleaning=st.builds(
        Cleaning,
        review_share=SHARES,
        review_confidence=SHARES,
        min_words=st.integers(0, 10_000),
    ),
    duplicates=st.builds(
        Duplicates,
        enabled=st.booleans(),
        threshold=st.floats(0.1, 1),
        containment=st.floats(0.1, 1),
        keep=st.sampled_from(["first", "longest", "best"]),
        shingle_tokens=st.integers(1, 20),
        repeats=st.booleans(),
        repeat_stories=st.integers(2, 100),
    ),
    limits=st.builds(
        Limits,
        page_seconds=st.floats(0.1, 86_400),
        page_bytes=st.integers(1, 10**11),
        worker_bytes=st.integers(5 * 10**8, 10**12),
    ),
)
_KEYS = sorted(
    field.name for part in (Cleaning, Duplicates, Limits) for field in dataclasses.fields(part)
)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.lists(st.none())
)
TABLES = st.dictionaries(
    st.one_of(st.sampled_from(["cleaning", "duplicates", "limits"]), st.text(max_size=9)),
    st.one_of(
        ANYTHING,
        st.dictionaries(st.one_of(st.sampled_from(_KEYS), st.text(max_size=9)), ANYTHING),
    ),
)


@given(SETTINGS)
def test_settings_come_back_from_what_a_plan_writes_down(settings):
    tables = dataclasses.asdict(settings)
    assert settings_from(tables, where="run.json") == settings
    assert settings_from(tables, where="run.json").digest == settings.digest


@given(TABLES)
@example({"\n": None})
def test_any_table_is_settings_or_a_line_that_names_it(tables):
    try:
        settings = settings_from(tables, where="winnow.toml")
    except SettingsError as error:
        told = str(error)
    else:
        told = f"winnow.toml: {settings.digest}"
    assert told.startswith("winnow.toml: ")
    assert "\n" not in told


@given(PAGES, SETTINGS)
def test_settings_of_documents_change_flags_and_nothing_else(page, settings):
    usual, other = clean_page(page), clean_page(page, settings)
    told = {"flags": usual.flags, "cleaned_by": usual.cleaned_by}
    assert dataclasses.replace(other, **told) == usual
