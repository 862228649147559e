"""Which lines are learned to be of a site's template, and which are not."""

import json

import pytest

from cleaners.errors import UsageError
from cleaners.templating.learning import Thresholds, learn
from tests.corpus import article

_FOOT = "The orchard paper is printed twice a week and read in four valleys."


def write(out, pages, removed=()):
    """An output folder with one document a page: site, lines, and whatever else is said of it."""
    (out / "documents").mkdir(parents=True)
    (out / "removed").mkdir()
    records = []
    for number, (site, lines, fields) in enumerate(pages):
        record = {
            "id": f"{number:032x}",
            "url": f"https://www.{site}/{number}" if site else None,
            "date": f"2026-03-{number % 28 + 1:02}",
            "text": "\n\n".join(lines),
        }
        records.append(record | {"cluster_id": record["id"]} | fields)
    for folder, rows in (("documents", records), ("removed", removed)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (out / folder / "000001-00000.jsonl").write_text(text)
    return out


def story(number, *more, site="orchard.example", **fields):
    return site, [*article(f"story {number}", 3), *more], fields


def texts(out, **thresholds):
    return [standing.text for standing in learn(out, Thresholds(**thresholds))]


def test_what_most_stories_of_a_site_share_is_learned_with_its_counts(tmp_path):
    pages = [story(n, _FOOT) for n in range(6)] + [story(n) for n in range(6, 10)]
    out = write(tmp_path / "out", pages)
    [standing] = learn(out, Thresholds())
    assert (standing.site, standing.text) == ("orchard.example", _FOOT)
    assert (standing.pages, standing.of, standing.kind) == (6, 10, "template")


def test_case_and_quotes_make_no_difference(tmp_path):
    pages = [story(n, "“Tide”  Tables" if n % 2 else '"tide" tables') for n in range(6)]
    assert texts(write(tmp_path / "out", pages)) == ['"tide" tables']


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([story(n, _FOOT) for n in range(4)], id="too few stories"),
        pytest.param(
            [story(n, *([_FOOT] if n < 6 else [])) for n in range(20)], id="too small a share"
        ),
        pytest.param([story(n, _FOOT, site=f"{n}.example") for n in range(9)], id="many sites"),
        pytest.param(
            [story(n, _FOOT, cluster_id="f" * 32) for n in range(9)] + [story(99)],
            id="copies of one story",
        ),
        pytest.param(
            [story(n, *([_FOOT] if n % 14 < 2 else []), date=f"2026-03-{n // 7 + 1:02}")
             for n in range(7)]
            + [story(n, date=f"2026-04-{n:02}") for n in range(10, 12)],
            id="a quote of few days",
        ),
        pytest.param([story(n, f"{n} of 12 berths are taken") for n in range(9)], id="numbers"),
        pytest.param([story(n, "```\nimport tide\n```") for n in range(9)], id="code"),
        pytest.param([story(0, *[_FOOT] * 9), *(story(n) for n in range(1, 9))], id="one page"),
    ],
)  # fmt: skip
def test_what_is_not_learned(pages, tmp_path):
    assert texts(write(tmp_path / "out", pages)) == []


def test_a_quote_that_all_pages_of_two_days_share_is_no_template(tmp_path):
    quoted = [story(n, _FOOT, date=f"2026-03-0{n % 2 + 1}") for n in range(9)]
    rest = [story(n, date=f"2026-0{n % 3 + 4}-01") for n in range(10, 17)]
    assert texts(write(tmp_path / "out", quoted + rest)) == []
    assert texts(write(tmp_path / "day", quoted)) == [_FOOT]  # where there are but two days


def test_thresholds_are_settable(tmp_path):
    pages = [story(n, *([_FOOT] if n < 3 else [])) for n in range(12)]
    out = write(tmp_path / "out", pages)
    assert texts(out) == []
    assert texts(out, pages=3, share=0.25) == [_FOOT]


def test_what_a_template_took_out_is_learned_again(tmp_path):
    pages = [story(n) for n in range(6)]
    removed = [
        {"id": f"{n:032x}", "rule": rule, "text": text}
        for n in range(6)
        for rule, text in (("template.site", _FOOT), ("ad.label", "Advertisement"))
    ]
    assert texts(write(tmp_path / "out", pages, removed)) == [_FOOT]


def test_pages_without_a_url_are_one_group(tmp_path):
    out = write(tmp_path / "out", [story(n, _FOOT, site="") for n in range(6)])
    [standing] = learn(out, Thresholds())
    assert (standing.site, standing.of) == ("", 6)


def test_an_output_without_deduplication_is_refused(tmp_path):
    out = write(tmp_path / "out", [story(n, cluster_id=None) for n in range(6)])
    with pytest.raises(UsageError, match="--no-dedup"):
        texts(out)


def test_an_output_without_documents_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no documents to learn from"):
        texts(tmp_path)
