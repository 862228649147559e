"""Lines of fields around a headline."""

import pytest

from cleaners.metadata.fields import (
    LONGEST,
    is_nobody,
    is_person,
    is_titled_name,
    names_in,
    read_fields,
)


def sorts(line):
    return [field.sort for field in read_fields(line)]


@pytest.mark.parametrize(
    ("line", "told", "names"),
    [
        ("Ada Brown | 3 May 2026", ["name", "day"], ["Ada Brown"]),
        (
            "Ada Brown, Senior Editor | Edited by Carl Gray | Jan 22, 2026",
            ["name", "office", "editor", "day"],
            ["Ada Brown"],
        ),
        ("15. Oktober 2025 // Lena Mark // 47 Kommentare", ["day", "name", "count"], ["Lena Mark"]),
        ("Ana Altamira · hace 3 horas · 5 min", ["name", "age", "minutes"], ["Ana Altamira"]),
        ("Глеб Сошин / 29.01.2026 / 8 мин на чтение", ["name", "day", "reading"], ["Глеб Сошин"]),
        ("류하람 에디터 · 2026.01.15 10:41", ["name", "day"], ["류하람"]),
        ("撰文：鄧朗軒 發佈時間：16:42", ["name", "clock"], ["鄧朗軒"]),
        ("Words: Ada Brown   Pictures: Carl Gray", ["name", "picture"], ["Ada Brown"]),
        ("By Ada Brown, Carl Gray", ["name", "name"], ["Ada Brown", "Carl Gray"]),
        ("By Ada Brown, Prairie Markets", ["name", "other"], ["Ada Brown"]),
        ("文／陳苡安", ["name"], ["陳苡安"]),
        ("Ada Brown, RN | 3 May 2026", ["name", "office", "day"], ["Ada Brown"]),
        (
            "Author of the article: Ada | 16.04.2026 | Time to read: 3 min. | Views: 1 874",
            ["name", "day", "reading", "count"],
            ["Ada"],
        ),
        ("By Ada Brown, Senior Reviewer | 3 May 2026", ["name", "office", "day"], ["Ada Brown"]),
        ("Ada Brown, Hill Observer | 3 May 2026", ["name", "other", "day"], ["Ada Brown"]),
        ("By ADA BROWN, CONSUMER CHAMPION", ["name", "other"], ["ADA BROWN"]),
        ("Updated 2 hours ago · First posted 17 Jan 2026", ["age", "day"], []),
        ("zuletzt geprüft am 11.02.2026", ["changed"], []),
        (
            "2026-10-02 06:10 来源：沿海财经 作者：陈海 字号：大 中 小",
            ["day", "source", "name", "setting"],
            ["陈海"],
        ),
        ("2026年10月02日06:10来源：沿海财经责任编辑：王敏", ["day", "source", "editor"], []),
        (
            "김도윤 기자입력 2026.10.02 06:10수정 2026.10.02 07:00",
            ["name", "day", "changed"],
            ["김도윤"],
        ),
        ("By Ada Brown | Source: Reuters | 3 May 2026", ["name", "source", "day"], ["Ada Brown"]),
    ],
)
def test_fields_are_told(line, told, names):
    assert sorts(line) == told
    assert names_in(read_fields(line))[0] == names


@pytest.mark.parametrize(
    "line",
    [
        "Vienna | 3 May 2026 | Arena",
        "Royal Albert Hall | 3 May 2026 | London",
        "Prep 10 min | Cook 20 min",
        "Brown, A. | 2019 | Bread",
        "Venue: Town Hall | 3 May 2026",
        "Ada Brown was elected on 3 May 2026, with 40 votes",
        "Ada Brown | Carl Gray",
        "Photo: Ada Brown",
        "Apple Price Guides updated November 20th",
        "by mudlark » Tue 4 Feb 2026, 20:17",
        "Who was it, Ada Brown, 3 May 2026?",
        "Source: Reuters",
        "Los Angeles, CA",
        "评论：早就该建了 来源：市民信箱",
        "时间：2026年11月5日 地点：文化宫一楼",
        # No name and a label, but a label that is not known here.
        "财经编辑助理：王敏 2026-10-02",
        "Ada Brown | 3 May 2026 | " + "x" * LONGEST,
        "",
    ],
)
def test_other_lines_have_no_fields(line):
    assert sorts(line) == []


def test_a_label_or_an_office_leaves_no_doubt():
    assert names_in(read_fields("By Ada Brown | 3 May 2026")) == (["Ada Brown"], True)
    assert names_in(read_fields("Ada Brown, reporter | 3 May 2026")) == (["Ada Brown"], True)
    assert names_in(read_fields("Ada Brown | 3 May 2026")) == (["Ada Brown"], False)


def test_a_section_behind_a_comma_is_no_office():
    assert not is_titled_name("Second Thoughts, Technology")
    assert is_titled_name("Ada Brown, technology editor")


def test_a_field_begins_with_its_label():
    line = "发布时间：2026-10-02 06:10 | 文章来源：沿海财经 | 阅读量：1204"
    starts = [field.start for field in read_fields(line)]
    assert starts == [line.index(label) for label in ("发布时间", "文章来源", "阅读量")]


@pytest.mark.parametrize(
    "line",
    [
        "Penguin Books, 12 May 1952",
        "Ada Brown, 12 May 1952",
        "Ada Brown, 3 May – 12 June 2026",
        "Ada Brown (3 May 1992 – 12 June 2021)",
        "By 12 May 2026",
        "Apply by 12 May 2026",
        "Ab 12. Mai 2026",
        "By Tuesday",
        "By Next Tuesday",
        "Anna Berger, Head of Sales | Full-time | 12 May 2026",
        "Directed by Ada Brown | Written by Carl Gray | Music by Li Wei",
        "Regie: Ada Braun | Von Karl Grau",
    ],
)
def test_days_and_names_of_other_things_are_no_fields(line):
    assert sorts(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Ada Brown, 12 May 2026",
        "3 May 2026 – updated 12 June 2026",
        "By Ada Brown",
        "By: Ada",
        "By Ada | 12 May 2026",
        "Anna Berger, Head of News | 12 May 2026",
        "Written by Carl Gray | Photos: Li Wei | 12 May 2026",
    ],
)
def test_days_and_names_of_the_page_stay_fields(line):
    assert sorts(line)


@pytest.mark.parametrize("name", ["Ada Brown", "Lars von Trier", "三ツ谷 航", "林晓", "김도윤"])
def test_people_are_told_from_publishers(name):
    assert is_person(name)
    assert not is_nobody(name)


@pytest.mark.parametrize(
    "name",
    [
        "Hill Observer",
        "Senior Reviewer",
        "Personal Finance",
        "晨汇网",
        "솔뫼일보",
        "みなと新聞デジタル",
    ],
)
def test_publishers_and_offices_are_no_people(name):
    assert is_nobody(name)
    assert not is_person(name)
