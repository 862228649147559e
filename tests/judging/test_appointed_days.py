"""Days of what else is, on pages with a frame: they stay, and are not the page's date."""

import pytest

from cleaners import Page, clean_page

MENU = ["Home", "News", "Sport", "Contact us", "Newsletter"]
HEADLINE = "Harbour council widens northern channel"
NEWS = [
    "The harbour council voted on Tuesday to widen the northern channel by forty metres.",
    "Work is due to start in spring, and the mail boats will tie up at the old pier until then.",
]
FOOT = ["Share this article", "Copyright 2026 Quarry Courier. All rights reserved."]


def cleaned(line):
    lines = [*MENU, HEADLINE, line, *NEWS, *FOOT]
    return clean_page(Page("\n\n".join(lines), media="text"))


@pytest.mark.parametrize(
    "line",
    [
        "Deadline: 12 May 2026",
        "Deadline for applications: 12 May 2026",
        "Applications close 12 May 2026",
        "Valid until 12 May 2026",
        "Bewerbungsschluss: 12. Mai 2026",
        "Gültig bis 12.05.2026",
        "Termin: 12. Mai 2026",
        "Date limite : 12 mai 2026",
        "Prazo: 12 de maio de 2026",
        "Срок подачи заявок: 12 мая 2026",
        "截止日期：2026年5月12日",
        "締切：2026年5月12日",
        "Sunday 12 May 2026, 10:00 to 16:00",
    ],
)
def test_a_deadline_stays_and_is_not_the_page_s_date(line):
    document = cleaned(line)
    assert line in document.text
    assert document.title == HEADLINE
    assert (document.date, document.author) == (None, None)


@pytest.mark.parametrize("line", ["Release date: 12 May 2026", "Event date: 12 May 2026"])
def test_a_day_of_something_else_is_not_the_page_s_date(line):
    assert cleaned(line).date is None


@pytest.mark.parametrize(
    "line",
    [
        "12 May 2026",
        "Date: 12 May 2026",
        "Sunday, 12 May 2026, 10:00",
        "Published: 07:01, 12 May 2026 | Updated: 07:44, 12 May 2026",
        "Stand: 12. Mai 2026",
        "Aktualisiert am 12.05.2026, 10:00 Uhr",
        "Publié le 12 mai 2026 à 10h00",
        "Actualizado: 12 de mayo de 2026",
        "Atualizado em 12 de maio de 2026",
        "Опубликовано: 12 мая 2026",
        "发布时间：2026年5月12日 10:00",
        "公開日：2026年5月12日",
        "입력 2026.05.12 10:00",
        "Deadline | 12 May 2026",
        "Issue 12 – 12 May 2026",
    ],
)
def test_the_page_s_date_is_read_and_goes(line):
    document = cleaned(line)
    assert line not in document.text
    assert document.date == "2026-05-12"
