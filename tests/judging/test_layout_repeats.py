"""A paragraph that stands on the page twice is kept once."""

import time

from cleaners.judging.repeats import find_repeats
from cleaners.records import Block, Page
from cleaners.segmenting import segment

ONE = "The ferry leaves from the lower pier at eight, and from the upper pier at nine."
TWO = "Bicycles travel free outside the rush hour, dogs travel free on every crossing."


def gone(*blocks: Block | str, kept: list[int] | None = None) -> list[int]:
    made = [Block(block) if isinstance(block, str) else block for block in blocks]
    removals = find_repeats(made, range(len(made)) if kept is None else kept)
    assert all(removal.kind == "repeat" for removal in removals)
    return [removal.block for removal in removals]


def test_the_second_of_two_equal_paragraphs_goes():
    assert gone(ONE, TWO, ONE) == [2]


def test_white_space_makes_no_difference():
    assert gone(ONE, ONE.replace(" at ", "\nat ")) == [1]


def test_a_block_that_is_all_other_blocks_once_more_goes():
    assert gone(f"{ONE} {TWO}", ONE, TWO) == [0]


def test_a_longer_version_of_one_paragraph_stays():
    assert gone(ONE, f"{ONE} {TWO} And much more is to be said of winter and its timetable.") == []


def test_short_lines_may_be_repeated():
    assert gone("Add to list", "Add to list") == []


def test_rows_of_tables_may_be_repeated():
    assert gone(Block(ONE, role="row"), Block(ONE, role="row")) == []


def test_what_is_not_kept_does_not_count_as_said():
    assert gone(ONE, ONE, kept=[1]) == []


def gone_from(html: str) -> list[str]:
    """The paragraphs of a page that go because they are said twice."""
    blocks = segment(Page(text=html)).blocks
    return [blocks[r.block].text for r in find_repeats(blocks, range(len(blocks)))]


def test_a_copy_for_phones_goes():
    page = f'<div class="wide"><p>{ONE}</p><p>{TWO}</p></div><div class="phone"><p>{ONE}</p></div>'
    assert gone_from(page) == [ONE]


def test_a_clone_of_a_slide_goes():
    slides = (("slide", ONE), ("slide", TWO), ("slide slide-cloned", ONE))
    page = "".join(f'<div class="{name}"><p>{text}</p></div>' for name, text in slides)
    assert gone_from(page) == [ONE]


def test_a_parameter_that_several_functions_take_stays():
    says = "<li>cwd: the folder in which the child starts; where the parent runs, if none is given."
    page = "".join(
        f"<h3>{name}(file, options)</h3><p>What {name} does, nothing else does.</p><ul>{says}</ul>"
        for name in ("open", "spawn", "fork")
    )
    assert gone_from(page) == []


def test_a_parameter_in_a_list_of_options_stays():
    item = f"<li>{ONE}</li>"
    page = f"<ul>{item}</ul><p>{TWO}</p><ul><li>Options:<ul><li><p>{ONE}</p></li></ul></li></ul>"
    assert gone_from(page) == []


def test_a_copy_in_an_aside_goes():
    assert gone_from(f"<p>{ONE}</p><p>{TWO}</p><aside><p>{ONE}</p></aside>") == [ONE]


def test_terms_of_numbered_offers_stay():
    page = "".join(
        f'<section class="offer offer-{number}"><h3>Ferry and {what}</h3><p>{ONE}</p></section>'
        for number, what in enumerate(("museum", "harbour tour", "lighthouse"))
    )
    assert gone_from(page) == []


def test_a_paragraph_doubled_on_the_spot_goes():
    assert gone_from(f"<div><p>{TWO}</p><p>{ONE}</p><p>{ONE}</p></div>") == [ONE]


def test_a_paragraph_that_says_more_than_its_neighbour_stays():
    more = f"{ONE} Not on Sundays, though."
    assert gone_from(f"<p>{ONE}</p><p>{TWO}</p><p>{more}</p>") == []
    declared = f'<div class="text"><p>{ONE}</p></div><div class="data"><p>{more}</p></div>'
    assert gone_from(declared) == [more]


def test_a_paragraph_that_holds_several_others_goes_wherever_it_stands():
    assert gone_from(f"<p>{ONE}</p><p>{TWO}</p><p>{ONE} {TWO}</p>") == [f"{ONE} {TWO}"]


def test_many_paragraphs_that_start_alike_take_time_in_proportion():
    blocks = [Block(f"{ONE} {TWO[: number % 60]} {number}") for number in range(8_000)]
    started = time.process_time()
    find_repeats(blocks, range(len(blocks)))
    assert time.process_time() - started < 3.0
