import pytest

from cleaners.metadata.titles import choose, names_site, tidy


def title(headings=(), stated=(), page_title="", sites=()):
    return choose(headings=headings, stated=stated, page_title=page_title, sites=sites)


@pytest.mark.parametrize(
    "page_title",
    [
        "How bread rises",
        "How bread rises | The Loaf",
        "How bread rises - The Loaf",
        "How bread rises – The Loaf",
        "How bread rises | Baking | The Loaf",
        "The Loaf: How bread rises",
        "The Loaf | How bread rises",
        "How bread rises :: theloaf.example",
    ],
)
def test_the_site_is_cut_off(page_title) -> None:
    sites = ["The Loaf", "theloaf.example"]
    if page_title.startswith("The Loaf:"):
        # A colon belongs to most titles that have one.
        assert title(page_title=page_title, sites=sites) == page_title
    else:
        assert title(page_title=page_title, sites=sites) == "How bread rises"


def test_a_dash_inside_a_title_stays() -> None:
    assert title(page_title="Rye - a love story", sites=["The Loaf"]) == "Rye - a love story"


def test_an_unnamed_site_is_cut_off_behind_a_bar_only() -> None:
    assert title(page_title="How good bread rises | Loaf") == "How good bread rises"
    assert title(page_title="How good bread rises - Loaf") == "How good bread rises - Loaf"
    assert title(page_title="Rye | the bread of the far and cold north") == (
        "Rye | the bread of the far and cold north"
    )


def test_the_heading_wins_where_a_stated_title_bears_it_out() -> None:
    assert (
        title(
            headings=["The Loaf", "How rye bread rises"],
            stated=["How rye bread rises and why it matters"],
            sites=["The Loaf"],
        )
        == "How rye bread rises"
    )


def test_a_heading_that_nothing_bears_out_loses() -> None:
    assert title(headings=["Our blog"], stated=["How bread rises"]) == "How bread rises"
    assert title(headings=["How bread rises"]) == "How bread rises"


def test_a_site_without_another_title_keeps_its_name() -> None:
    assert title(page_title="The Loaf", sites=["The Loaf"]) == "The Loaf"
    assert title() is None


def test_titles_are_tidied() -> None:
    assert tidy("  How\n bread&#8217;s &amp; rye\u200b ¶") == "How bread’s & rye"


def test_a_name_of_the_site() -> None:
    assert names_site("The Loaf Team", ["The Loaf"])
    assert not names_site("Ada Brown", ["The Loaf"])
