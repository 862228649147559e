"""What a wiki sets behind its headings to edit them."""

import pytest

from cleaners import Page, clean_page

NEWS = (
    "The viaduct was built from 1867 to 1871 by three hundred men, most of them from the valley.",
    "In January 1871 a flood carried off the timber below the third arch, and work began again.",
)


def of_text(line):
    return clean_page(Page("\n\n".join((*NEWS, line, *NEWS)), media="text"))


@pytest.mark.parametrize(
    "link",
    [
        "[edit]",
        " [ edit ]",
        "[edit | edit source]",
        "[Bearbeiten | Quelltext bearbeiten]",
        "[modifier | modifier le code]",
        "[editar]",
        "[править | править код]",
        "[编辑]",
        "[編集]",
        "[편집]",
    ],
)
def test_an_edit_link_goes_from_its_heading(link):
    document = of_text(f"The building years{link}")
    assert "\n\nThe building years\n\n" in document.text
    (removal,) = document.removals
    assert (removal.kind, removal.rule) == ("navigation", "navigation.edit")


@pytest.mark.parametrize(
    "line",
    [
        "The building years [1]",
        "The building years [edited]",
        "The [edit] button of the wiki",
        "He wrote that every reader of the page can press the button that says [edit].",
    ],
)
def test_other_brackets_stay(line):
    assert line in of_text(line).text


def test_an_edit_link_of_html_goes_as_well():
    link = "<span class=mw-editsection>[<a href=/e>edit</a>]</span>"
    body = "".join(f"<p>{text}</p>" for text in NEWS)
    document = clean_page(
        Page(f"<h1>Viaduct</h1>{body}<h2>The building years{link}</h2>{body.replace('a', 'e')}")
    )
    assert "\n\nThe building years\n\n" in document.text
