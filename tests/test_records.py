"""The table of a page's elements, and how a block finds its way through it."""

from cleaners.records import Block, Elements, Place, elements_of


def test_a_place_leads_outwards_to_the_body():
    elements = Elements()
    main = elements.add("main", "page", 0)
    section = elements.add("section", "", main)
    aside = elements.add("aside", "rail", 0)
    place = Place(elements, section)
    assert list(place.outwards()) == [section, main]
    assert place.nodes == (main, section)
    assert place.path == ("main", "section")
    assert place.words == ("page", "")
    assert elements.up(section, 1) == main
    assert elements.up(section, 9) == 0
    assert elements.holds(main, section)
    assert not elements.holds(aside, section)
    assert not elements.holds(section, main)


def test_blocks_share_one_table():
    elements = Elements()
    blocks = [Block("one"), Block("two", place=Place(elements, 0))]
    assert elements_of(blocks) is elements
    assert elements_of([Block("one")]) == Elements()
