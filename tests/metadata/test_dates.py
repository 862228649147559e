from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.metadata.dates import day_in, day_of_url, iso_day


@pytest.mark.parametrize(
    "value",
    [
        "2024-05-16",
        "2024-05-16T09:30:00+02:00",
        "2024-05-16T23:59:59.123Z",
        "  2024-05-16 09:30 ",
        "2024/05/16",
        "2024/5/16",
        "20240516",
        "20240516T0930",
        "Thu, 16 May 2024 09:30:00 GMT",
        "16 May 2024",
        "16th of May, 2024",
        "16-May-2024",
        "May 16, 2024",
        "MAY 16, 2024",
        "May 16th, 2024 at 9:30 am",
        "Thursday, May 16, 2024",
        "16. Mai 2024",
        "Donnerstag, 16. Mai 2024, 9:30 Uhr",
        "16 mai 2024",
        "16 de mayo de 2024",
        "16 de maio de 2024",
        "16 мая 2024 г.",
        "2024年5月16日",
        "2024年05月16日 09:30",
        "2024년 5월 16일",
        "2024.05.16",
        "2024. 5. 16.",
        "16.05.2024",
        "16.5.2024, 09:30",
        "16/05/2024",
        "05/16/2024",
        "1715851800",
        "1715851800000",
    ],
)
def test_a_day_is_read_however_it_is_written(value) -> None:
    assert iso_day(value) == "2024-05-16"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1er août 2023", "2023-08-01"),
        ("3. März 2023", "2023-03-03"),
        ("15 févr. 2023", "2023-02-15"),
        ("7 de março de 2023", "2023-03-07"),
        ("2 сентября 2023", "2023-09-02"),
        ("Sept. 4, 2023", "2023-09-04"),
        ("12. Dez. 2023", "2023-12-12"),
    ],
)
def test_months_of_many_languages(value, day) -> None:
    assert iso_day(value) == day


@pytest.mark.parametrize(
    ("language", "day"),
    [("en", "2024-05-06"), ("en-US", "2024-05-06"), ("en_GB", "2024-06-05"), ("fr", "2024-06-05")],
)
def test_language_decides_an_ambiguous_day(language, day) -> None:
    assert iso_day("05/06/2024", language) == day


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "05/06/2024",
        "2024-02-31",
        "2024-13-01",
        "31 June 2024",
        "1789-07-14",
        "2187-01-01",
        "May 2024",
        "2024",
        "16 Blah 2024",
        "version 12024-05-161",
        "9999999999",
        "+1 2024 05 1699",
    ],
)
def test_what_is_not_a_day_gives_none(value) -> None:
    assert iso_day(value) is None


def test_a_day_is_found_inside_a_line() -> None:
    assert day_in("Published: 16 May 2024 | Updated: 18 May 2024") == "2024-05-16"
    assert day_in("16 May 2024, updated 2024-06-01") == "2024-05-16"
    assert day_in("05/13/2024, last changed on June 1, 2024") == "2024-05-13"
    assert day_in("Paid 20240516 to account 11") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/05/16/bread", "2024-05-16"),
        ("https://a.example/news/2024-05-16-bread", "2024-05-16"),
        ("https://a.example/20240516/bread", "2024-05-16"),
        ("https://a.example/2024/05/bread", None),
        ("https://a.example/item/202405169", None),
        ("https://a.example/2024/45/99/bread", None),
    ],
)
def test_days_in_urls(url, day) -> None:
    assert day_of_url(url) == day


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_iso_day_is_read_back(day) -> None:
    assert iso_day(day.isoformat()) == day.isoformat()
    assert iso_day(day.strftime("%d %B %Y")) == day.isoformat()


@given(st.text(max_size=120))
def test_no_text_is_an_error(text) -> None:
    for found in (iso_day(text), iso_day(text, "en"), day_in(text), day_of_url(text)):
        assert found is None or len(found) == 10
