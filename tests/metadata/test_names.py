import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.metadata.names import authors, joined, looks_like_names


@pytest.mark.parametrize(
    "value",
    [
        "Ada Brown",
        "By Ada Brown",
        "BY: Ada Brown",
        "Author: By Ada Brown",
        "Written by Ada Brown",
        "Recipe by Ada Brown",
        "3 May 2024 by Ada Brown",
        "Posted on 3 May 2024 by Ada Brown",
        "Ada Brown Reporter",
        "Ada Brown Senior Business Correspondent",
        "von Ada Brown",
        "Geschrieben von Ada Brown",
        "Par Ada Brown",
        "Por Ada Brown",
        "Автор: Ada Brown",
        "Авторы Ada Brown",
        "Auteur: Ada Brown",
        "Publicada por Ada Brown",
        "作者：Ada Brown",
        "Ada Brown, Staff Writer",
        "Ada Brown | Senior Markets Reporter",
        "Ada Brown, deputy editor at The Loaf",
        "Ada Brown (Photos too)",
        "By Ada Brown at Quarry Lane",
        "Ada Brown in Lundvik",
        "Ada Brown, botanist and diver",
        "Ada Brown » Sat Feb 11, 2023 10:12 pm",
        "Ada Brown on May 3, 2024",
        "Ada Brown - 3 May 2024",
        "Ada Brown · 5 min read",
        "Ada Brown Last updated May 3",
        "Ada Brown. Reviewed by Max Poe",
        "Ada Brown ada@loaf.example",
        "Ada Brown @adab",
        "Ada Brown https://loaf.example/ada",
        "<a href='/ada'>Ada&nbsp;Brown</a>",
        "  Ada\n   Brown ",
    ],
)
def test_only_the_name_is_left(value) -> None:
    assert authors(value) == ["Ada Brown"]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ada Brown and Max Poe", "Ada Brown; Max Poe"),
        ("Ada Brown, Max Poe and Li Wei", "Ada Brown; Max Poe; Li Wei"),
        ("Ada Brown; Max Poe", "Ada Brown; Max Poe"),
        ("Ada Brown und Max Poe", "Ada Brown; Max Poe"),
        ("Ada & Max", "Ada; Max"),
        ("Ada Brown, MD, PhD", "Ada Brown, MD, PhD"),
        ("Max Poe Jr., Ada Brown", "Max Poe Jr., Ada Brown"),
        ("Poe, Max", "Poe, Max"),
        ("Lars von Trier", "Lars von Trier"),
        ("Von Miller", "Von Miller"),
        ("山田太郎", "山田太郎"),
        ("记者 陆以宁", "陆以宁"),
        ("crumb42", "crumb42"),
    ],
)
def test_lists_are_taken_apart_and_names_left_whole(value, names) -> None:
    assert joined([value]) == names


@pytest.mark.parametrize(
    "value",
    [
        "",
        "admin",
        "By",
        "Author",
        "Suggest Changes",
        "2024",
        "May",
        "...",
        "https://a.example/",
        "x" * 90,
    ],
)
def test_placeholders_are_nobody(value) -> None:
    assert joined([value]) is None


def test_each_author_is_named_once() -> None:
    assert joined(["Ada Brown", "By ADA BROWN", "Max Poe"]) == "Ada Brown; Max Poe"


def test_a_sentence_is_no_name() -> None:
    assert looks_like_names("By Ada Brown")
    assert looks_like_names("by crumb42")
    assert not looks_like_names("By continuing, you agree to our terms")
    assert not looks_like_names("By the end of this course you can bake")


@given(st.text(max_size=600))
def test_no_text_is_an_error(text) -> None:
    assert all(0 < len(name) <= 80 for name in authors(text))


@pytest.mark.parametrize(
    "office", ["Senior Staff Reporter", "Political Editor", "Posted on Monday"]
)
def test_an_office_alone_is_nobody(office) -> None:
    assert authors(office) == []
