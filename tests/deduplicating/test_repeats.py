"""Long paragraphs that different stories share."""

from cleaners.deduplicating import Repeat, find_repeats
from tests.deduplicating.corpus import Output, edited, text

_NOTICE = text("notice", 45).strip()


def story(number):
    return f"{text(number, 150)}\n\n{_NOTICE}\n\n{text(number + 0.5, 150)}"


def test_a_paragraph_of_many_stories_is_told_with_its_place():
    out = Output(repeats=True)
    out.add(*(story(n) for n in range(6)))
    page = story(99)
    [repeat] = find_repeats(out.connection, page, stories=6)
    assert repeat == Repeat(page.index(_NOTICE), page.index(_NOTICE) + len(_NOTICE), 6, "d0")
    assert find_repeats(out.connection, page, stories=7) == []


def test_copies_of_one_story_count_once():
    out = Output(repeats=True)
    out.add(story(1), *(edited(story(1), 0.01, n) for n in range(8)), f"{story(2)}\n\n{_NOTICE}")
    assert find_repeats(out.connection, _NOTICE, stories=2)[0].stories == 2


def test_short_paragraphs_are_not_counted():
    out = Output(repeats=True)
    out.add(*(f"{text(n, 100)}\n\nAll rights reserved by the publisher." for n in range(9)))
    assert find_repeats(out.connection, "All rights reserved by the publisher.", stories=2) == []


def test_nothing_is_counted_unless_asked_for():
    out = Output()
    out.add(*(story(n) for n in range(6)))
    assert find_repeats(out.connection, story(9), stories=1) == []
