"""The whole way of one page: what only shows when all rooms work together."""

import subprocess
import sys
from importlib import import_module

import pytest

from cleaners import Page, Settings, clean_page
from cleaners.errors import SettingsError, UsageError
from cleaners.settings import Cleaning

PROSE = "The town council met on Tuesday evening and voted to rebuild the old bridge by spring."


def test_no_block_is_taken_for_the_title_when_the_page_declares_another():
    body = "<p>River bridge to be rebuilt by the town</p>" + f"<p>{PROSE}</p>" * 1
    markup = f"<title>Town news: the week</title><article>{body}<p>{PROSE} It rains.</p></article>"
    document = clean_page(Page(markup))
    assert document.title == "Town news: the week"
    gone = [document.blocks[r.block].text for r in document.removals]
    assert "River bridge to be rebuilt by the town" in document.text.split("\n\n") + gone


def test_lines_of_code_that_look_like_boilerplate_stay():
    code = "line one\nAdvertisement\nRead more:\nShare this article\nSubscribe to our newsletter"
    markup = f"<article><p>{PROSE}</p><p>{PROSE} Run:</p><pre>{code}</pre><p>{PROSE}</p></article>"
    assert code in clean_page(Page(markup)).text


def test_indented_code_comes_through_a_second_cleaning_unchanged():
    markup = f"<article><p>{PROSE}</p><pre>if a:\n\n    b()</pre><p>{PROSE} Yes.</p></article>"
    once = clean_page(Page(markup)).text
    assert clean_page(Page(once, media="text")).text == once


def test_too_little_text_has_no_language_of_its_own():
    assert clean_page(Page("hello world", media="text")).language is None
    declared = clean_page(Page('<html lang="sv"><p>hej</p></html>'))
    assert declared.language == "sv"


def test_any_number_of_credits_behind_the_last_sentence_goes_at_once():
    text = f"{PROSE}" + " - U.S. N." * 60
    once = clean_page(Page(text, media="text"))
    assert clean_page(Page(once.text, media="text")).removals == ()


def test_a_path_of_many_steps_is_read_in_no_time():
    path = " / ".join(["Home", *("abcdefghijkl"), "v2.0"])
    document = clean_page(Page(f"{PROSE}\n\n{PROSE} So be it.\n\n{path}\n" * 4, media="text"))
    assert PROSE in document.text


def test_a_section_leaves_the_article_its_next_heading():
    items = "".join(
        f"<li><a href='/{n}'>Another story about the town and {n}</a></li>" for n in "abc"
    )
    markup = (
        f"<article><p>{PROSE}</p><p>{PROSE} It was late.</p><p><b>Also read:</b></p>"
        f"<ul>{items}</ul><h2>The new tower</h2><p>{PROSE} The tower comes later.</p></article>"
    )
    assert "The new tower" in clean_page(Page(markup)).text.split("\n\n")


LEFT = """
import gc
from cleaners import Page, clean_page

markup = {markup!r}
clean_page(Page(markup))
gc.disable()
gc.collect()
clean_page(Page(markup))
assert not gc.isenabled()
print(gc.collect())
gc.enable()
clean_page(Page(markup))
assert gc.isenabled()
"""


def test_a_page_leaves_nothing_to_the_garbage_collector():
    markup = f"<title>Town news</title><ul><li><a href=x>Home</a></ul><p>{PROSE}</p>" * 5
    # In a process of its own: threads that other tests left behind make garbage, too.
    command = [sys.executable, "-c", LEFT.format(markup=markup)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "0\n"), done.stderr


def test_settings_with_templates_that_were_not_given_name_the_function_that_reads_them(tmp_path):
    file = tmp_path / "templates.jsonl"
    line = "The harbour desk is read by pilots."
    file.write_text(f'{{"site":"*","text":"{line}","pages":41,"of":50,"kind":"template"}}\n')
    settings = Settings(cleaning=Cleaning(templates=str(file)))
    page = Page(f"{PROSE}\n\n{line}\n", media="text")
    with pytest.raises(SettingsError, match="templates_for") as told:
        clean_page(page, settings)
    module, _, name = str(told.value).rpartition(" ")[2].partition("(")[0].rpartition(".")
    read = getattr(import_module(module), name)
    assert clean_page(page, settings, read(settings)).removed == {"template": 1}


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>Text</p>", "takes a Page, not str"),
        (Page(text=b"<p>Text</p>"), "page_from_bytes"),
        (Page(text=None), "must be str"),
        (Page(text="# Text", media="markdown"), "also of markdown"),
        (Page(text="Text", url=b"https://example.org"), "str or None"),
    ],
)
def test_what_is_no_page_is_told_with_the_remedy(page, told):
    with pytest.raises(UsageError, match=told):
        clean_page(page)
