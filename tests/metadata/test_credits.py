"""Who supplied a text, as credits, bylines and datelines name it."""

import pytest

from cleaners.metadata.credits import credit_of

TEXT = "The ferry harbour at Lundvik will close for six weeks in spring."


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Quelle: Lundviker Bote/dpa", "Lundviker Bote/dpa"),
        ("来源：沿海财经", "沿海财经"),
        ("Источник — Интерфакс", "Интерфакс"),
        ("(Avec AFP)", "AFP"),
        ("(dpa/jp)", "dpa/jp"),
        ("Reporting by Ida Brandt", "Reporting by Ida Brandt"),
        # A label is a label before a colon alone.
        ("Quellenhof-Zeitung", "Quellenhof-Zeitung"),
    ],
)
def test_a_credit_is_read_without_its_label_and_brackets(said, named):
    assert credit_of([said], [], TEXT) == named


@pytest.mark.parametrize(
    "said", ["_____", "新闻热线：0000-0000000", "© dpa-infocom, dpa:260209-99", "Source:", "x" * 80]
)
def test_what_names_nobody_is_passed_over(said):
    assert credit_of([said, "Source: Quay Post"], [], TEXT) == "Quay Post"
    assert credit_of([said], [], TEXT) is None


def test_a_byline_counts_where_it_is_an_agencys():
    assert credit_of([], ["Marta Ríos", "EFE"], TEXT) == "EFE"
    assert credit_of([], ["Lusa/Redação"], TEXT) == "Lusa"
    assert credit_of([], ["Marta Ríos", "Apollonia Berg"], TEXT) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("LUNDVIK (AP) — The harbour will close.", "AP"),
        ("Lundvik (dpa) - Der Hafen schließt.", "dpa"),
        ("(Reuters) - The harbour will close.", "Reuters"),
        ("The Alliance of Ports (AP) said that the harbour will close.", None),
        ("Lundvik (pop. 4,000) - The harbour will close.", None),
    ],
)
def test_a_dateline_names_its_agency(text, named):
    assert credit_of([], [], text) == named
