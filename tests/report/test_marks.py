"""Judging by hand in a browser: marks, and what they give to Winnow."""

import importlib.util
import json
import tomllib
from pathlib import Path

import pytest

from cleaners import clean_page
from cleaners.cases import KEYS
from cleaners.judging.cues import read_cues
from cleaners.reading import read_source
from cleaners.settings import load_settings
from tests.conftest import ROOT
from tests.corpus import rows, winnow
from tests.report.conftest import number_of, opened


def load_cases():
    """The module that runs `tests/cases`."""
    path = ROOT / "tests/cases/test_cases.py"
    spec = importlib.util.spec_from_file_location("test_cases", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def download(page, name):
    with page.expect_download() as info:
        page.get_by_role("button", name=name).click()
    return info.value.suggested_filename, Path(info.value.path()).read_text()


@pytest.fixture
def marked(browser, report, entries):
    """A page with one removal marked as wrong and one paragraph as boilerplate, and its entry."""
    number = number_of(entries, lambda row: row["source"].endswith("01-exchange-repost.txt"))
    with opened(browser, report, accept_downloads=True) as page:
        page.open(f"documents?doc={number}")
        page.wait_for_selector(".page")
        page.locator(".removed").nth(1).focus()
        page.keyboard.press("x")
        page.locator(".kept").nth(2).hover()
        page.locator(".kept").nth(2).get_by_role("combobox").select_option("newsletter")
        yield page, entries[number]


def test_marks_are_shown_and_can_be_taken_back(marked):
    page, _ = marked
    assert page.locator(".removed.marked").count() == 1
    assert page.locator(".kept.marked").count() == 1
    assert page.get_by_role("link", name="Marks (2)").count() == 1
    page.locator(".removed").nth(1).focus()
    page.keyboard.press("x")
    assert page.locator(".removed.marked").count() == 0
    assert page.get_by_role("link", name="Marks (1)").count() == 1


def test_marks_outlast_the_page(marked):
    page, _ = marked
    state = page.url.partition("#/")[2]
    page.open(state)
    page.wait_for_selector(".removed.marked")
    assert page.locator(".kept.marked").get_by_role("combobox").input_value() == "newsletter"


def test_marks_download_as_settings(marked):
    page, (_, row, removed) = marked
    page.get_by_role("link", name="Marks (2)").click()
    name, text = download(page, "Download winnow.toml")
    assert name == "winnow.toml"
    tables = tomllib.loads(text)
    assert tables["keep"][0]["phrases"] == [removed[1]["text"].strip()]
    cues = list(read_cues(tables, language="en", where=name))
    assert [cue.kind for cue in cues] == ["newsletter"]
    assert cues[0].phrase in row["text"].casefold()


def test_marks_download_as_cases_of_the_tests(marked):
    page, (_, row, removed) = marked
    page.get_by_role("link", name="Marks (2)").click()
    name, text = download(page, "Download cases")
    assert name.startswith("known_failures")
    (case,) = json.loads(text)
    listed = [one["text"] for one in case["removed"]]
    assert removed[1]["text"].strip() not in listed
    assert len(listed) == len(removed)
    (added,) = [one for one in case["removed"] if one["kind"] == "newsletter"]
    assert added["text"] in row["text"]
    assert case["text"].startswith(removed[0]["text"].strip())
    # The file is a case of the suite: well-formed, and a failure until rules are mended.
    module = load_cases()
    assert case.keys() <= KEYS
    with pytest.raises(AssertionError):
        module.check(case)


def test_a_case_of_a_page_that_is_right_passes(browser, report, entries):
    """Only what is marked differs from what Winnow does with the page's text."""
    number = number_of(entries, lambda row: row["source"].endswith("03-mobile-leftover.txt"))
    with opened(browser, report, accept_downloads=True) as page:
        page.open(f"documents?doc={number}")
        page.wait_for_selector(".page")
        page.locator(".removed").first.focus()
        page.keyboard.press("x")
        page.open("marks")
        (case,) = json.loads(download(page, "Download cases")[1])
    removed = entries[number][2]
    expected = [{"text": r["text"].strip(), "kind": r["kind"]} for r in removed[1:]]
    assert case["removed"] == expected


def test_all_marks_can_be_taken_back_at_once(marked):
    page, _ = marked
    page.get_by_role("link", name="Marks (2)").click()
    page.get_by_role("button", name="Take all back").click()
    assert "Nothing is marked" in page.locator("main").inner_text()


def test_hostile_texts_make_no_broken_settings(browser, report, entries):
    number = number_of(entries, lambda row: "onerror" in (row.get("title") or ""))
    with opened(browser, report, accept_downloads=True) as page:
        page.open(f"documents?doc={number}")
        page.wait_for_selector(".page")
        for at in range(page.locator(".removed").count()):
            page.locator(".removed").nth(at).focus()
            page.keyboard.press("x")
        page.locator(".kept").first.hover()
        page.locator(".kept").first.get_by_role("combobox").select_option("ad")
        page.open("marks")
        tables = tomllib.loads(download(page, "Download winnow.toml")[1])
        assert page.locator("img").count() == 0
    assert len(list(read_cues(tables, language="en", where="marks"))) == 1


def piece_and_paragraph(page, entry):
    """A removal that is a whole line, and a kept paragraph without anything removed inside."""
    at = next(n for n, one in enumerate(entry[2]) if one["whole"])
    kept = page.locator(".kept")
    plain = next(n for n in range(kept.count()) if not kept.nth(n).locator(".removed").count())
    return at, plain


@pytest.mark.parametrize("source", ["01-exchange-repost.txt", "06-news-full.html"])
def test_what_is_marked_goes_or_stays_when_it_is_cleaned_again(
    browser, report, entries, tmp_path, source
):
    """The whole loop: mark in the report, download the settings, clean with them."""
    number = number_of(entries, lambda row: row["source"].endswith(source))
    row = entries[number][1]
    with opened(browser, report, accept_downloads=True) as page:
        page.open(f"documents?doc={number}")
        page.wait_for_selector(".page")
        at, plain = piece_and_paragraph(page, entries[number])
        page.locator(f".removed[data-index='{at}']").focus()
        page.keyboard.press("x")
        page.locator(".kept").nth(plain).hover()
        page.locator(".kept").nth(plain).get_by_role("combobox").select_option("newsletter")
        page.open("marks")
        (tmp_path / "winnow.toml").write_text(download(page, "Download winnow.toml")[1])
        (tmp_path / "cases.json").write_text(download(page, "Download cases")[1])
    tables = tomllib.loads((tmp_path / "winnow.toml").read_text())
    (keep,), (cue,) = tables["keep"], tables["cues"]
    stays, goes = keep["phrases"][0], cue["phrases"][0]
    assert stays not in row["text"].split("\n\n")
    assert goes in row["text"].split("\n\n")

    done = winnow("clean", ROOT / "seeds" / source, "--out", "again", "--quiet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (document,) = rows(tmp_path / "again", "documents")
    assert stays in document["text"] or document["title"] == stays
    assert goes not in document["text"].split("\n\n")
    assert goes in [one["text"] for one in rows(tmp_path / "again", "removed")]
    assert document["cleaned_by"] != row["cleaned_by"]

    told = winnow("explain", ROOT / "seeds" / source, cwd=tmp_path).stdout
    assert "a cue of yours" in told
    if source.endswith(".txt"):  # a case of an HTML page tests the rules for text
        assert winnow("explain", "--case", "cases.json", cwd=tmp_path).returncode == 0
        plainly = winnow("explain", "--case", tmp_path / "cases.json", cwd=tmp_path.parent)
        assert plainly.returncode == 1


def test_every_paragraph_and_removal_of_many_pages_can_be_marked(
    browser, report, entries, tmp_path
):
    """All marks at once: the settings load, what is marked stays stays, what should go goes."""
    sources = ("02-", "04-", "05-", "09-", "13-", "17-", "18-", "25-")
    chosen = [
        number
        for number, (state, row, _) in enumerate(entries)
        if state == "document" and row["source"].rpartition("/")[2].startswith(sources)
    ]
    marks = []
    with opened(browser, report, accept_downloads=True) as page:
        for number in chosen:
            page.open(f"documents?doc={number}")
            page.wait_for_selector(".page")
            count = page.locator(".kept").count()
            go = {str(n): "layout" for n in range(1, count, 3)}
            stay = {str(n): True for n in range(0, len(entries[number][2]), 4)}
            marks.append([number, {"stay": stay, "go": go}])
        page.evaluate(
            "marks => winnow.keep(`marks ${location.pathname}`, JSON.stringify(marks))", marks
        )
        page.open("marks")
        text = download(page, "Download winnow.toml")[1]
    (tmp_path / "winnow.toml").write_text(text)
    settings = load_settings(tmp_path / "winnow.toml")
    assert len(settings.keep) > 10
    assert len(settings.cues) > 10
    for number, own in marks:
        _, row, removed = entries[number]
        again = clean_page(read_source(row["source"], page_bytes=10**7), settings)
        gone = [again.blocks[r.block].text[r.start : r.end] for r in again.removals]
        for index in own["stay"]:
            kept = removed[int(index)]["text"]
            assert kept not in gone, row["source"]
    assert "Left out" not in text
