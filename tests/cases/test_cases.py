"""Every case in tests/cases: exactly what it lists goes, each piece with its kind."""

import json
from pathlib import Path

import pytest

from cleaners.cases import KEYS, check_case
from cleaners.records import KINDS

HERE = Path(__file__).parent


def cases(pattern):
    """The cases of all files of a pattern, each as a parameter with a telling id."""
    return [
        pytest.param(case, id=f"{path.parent.name}-{case['language']}-{case['about']}")
        for path in sorted(HERE.glob(f"*/{pattern}*.json"))
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def check(case):
    outcome = check_case(case)
    assert outcome.removed == case["removed"]


@pytest.mark.parametrize("case", cases("in_the_wild"))
def test_boilerplate_goes(case):
    assert case["removed"], "a page of the wild must lose something"
    check(case)


@pytest.mark.parametrize("case", cases("negative"))
def test_content_stays(case):
    assert not case["removed"]
    check(case)


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, reason="a known failure")
def test_known_failure(case):
    check(case)


def test_cases_are_well_formed():
    for path in sorted(HERE.glob("*/*.json")):
        assert path.name.startswith(("in_the_wild", "negative", "known_failures")), path
        assert path.parent.name in KINDS, path
        found = json.loads(path.read_text(encoding="utf-8"))
        assert len({case["about"] for case in found}) == len(found), path
        for case in found:
            assert case.keys() <= KEYS, case["about"]
            assert ("lines" in case) != ("text" in case), case["about"]
            assert all(r.keys() == {"text", "kind"} for r in case["removed"]), case["about"]


def test_every_kind_has_at_least_as_many_negatives_as_positives():
    for folder in sorted(path for path in HERE.iterdir() if path.is_dir() and path.name in KINDS):
        count = {
            name: sum(len(json.loads(path.read_text())) for path in folder.glob(f"{name}*.json"))
            for name in ("in_the_wild", "negative")
        }
        assert count["negative"] >= count["in_the_wild"] > 0, folder.name


LANGUAGES = {"en", "de", "fr", "es", "pt", "zh", "ja", "ko", "ru"}
MANY = {
    "ticker", "related", "disclaimer", "ad", "newsletter", "social", "caption", "paywall",
    "source_credit",
}  # fmt: skip


@pytest.mark.parametrize(
    "kind", sorted({path.name for path in HERE.iterdir() if path.is_dir()} & {*KINDS})
)
def test_there_are_enough_cases_of_a_kind(kind):
    found = [
        case
        for path in (HERE / kind).glob("*.json")
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]
    assert len(found) >= (40 if kind in MANY else 15)
    if kind in MANY:
        assert {case["language"] for case in found} == LANGUAGES
