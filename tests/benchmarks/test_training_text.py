"""What the line judge learns from: texts of several degrees, and what is known of their lines."""

from pathlib import Path

import numpy as np

from benchmarks.datasets import Example
from benchmarks.training_text.degrees import flattened
from benchmarks.training_text.lessons import lessons_of
from benchmarks.training_text.vocabulary import learn_vocabulary
from cleaners.counting import count

STORY = (
    "The quarry opened in the spring of that year and closed before its winter was over for good.",
    "Its stone is grey and splits well, and half of the walls in the valley are built of it.",
)
TITLE = "The quarry that lasted a winter"
HTML = (
    f"<html><head><title>{TITLE}</title></head><body><nav><a>Home</a> <a>Walks</a></nav>"
    f"<main><div class=c><h1>{TITLE}</h1><p>{STORY[0]}</p><p>{STORY[1]}</p></div>"
    "<p>Share this walk</p></main><footer>All rights reserved</footer></body></html>"
)


def example(number: int = 1, text: str | None = "\n\n".join(STORY)) -> Example:
    return Example(
        set="wcxb-dev",
        id=f"{number}",
        path=Path("none"),
        url=None,
        type="article",
        text=text,
        wanted=(STORY[0],),
        unwanted=("All rights reserved",),
        title=TITLE,
        author=None,
        date=None,
    )


def lessons(number: int = 1, text: str | None = "\n\n".join(STORY)):
    one = example(number, text)
    return {
        lesson.degree: lesson
        for lesson in lessons_of(one, f"site{number}.example", flattened(HTML, None, one.text))
    }


def test_a_page_comes_in_all_degrees_of_flattening() -> None:
    texts = dict(flattened(HTML, None, "\n\n".join(STORY)))
    assert texts["full"].splitlines() == [
        TITLE, "Home", "Walks", TITLE, *STORY, "Share this walk", "All rights reserved",
    ]  # fmt: skip
    assert texts["container"].splitlines() == [TITLE, *STORY]
    assert texts["known"] == "\n\n".join(STORY)
    assert all(line in texts["blocks"] for line in (*STORY, "Share this walk"))


def test_a_page_without_known_text_has_no_clean_degrees() -> None:
    assert {"container", "known"}.isdisjoint(dict(flattened(HTML, None, None)))


def test_lines_of_the_known_text_are_content_and_so_is_the_title_above_it() -> None:
    full = lessons()["full"]
    wanted = {TITLE: 1, STORY[0]: 1, STORY[1]: 1, "Share this walk": 0, "Home": 0}
    last = {b.text: round(share) for b, share in zip(full.blocks, full.shares, strict=True)}
    assert {text: last[text] for text in wanted} == wanted
    # The page's own title tag is not the headline.
    assert full.shares[0] == 0


def test_where_only_snippets_are_known_the_rest_counts_for_nothing() -> None:
    full = lessons(text=None)["full"]
    known = {b.text: w > 0 for b, w in zip(full.blocks, full.weights, strict=True)}
    assert known[STORY[0]]
    assert known["All rights reserved"]
    assert not known[STORY[1]]


def test_a_thinned_text_keeps_most_content_and_little_else() -> None:
    content, other = [], []
    for number in range(60):
        made = lessons(number)
        full, thinned = made["full"], made["thinned"]
        content.append((thinned.shares > 0.5).sum() / (full.shares > 0.5).sum())
        other.append((thinned.shares < 0.5).sum() / (full.shares < 0.5).sum())
    assert np.mean(content) > 0.9
    assert 0 < np.mean(other) < 0.4


def test_words_are_learned_from_a_dozen_sites() -> None:
    few = [lesson for number in range(11) for lesson in lessons(number).values()]
    assert len(learn_vocabulary(few).keys) == 0
    learned = learn_vocabulary([*few, *lessons(11).values(), *lessons(12).values()])
    share, quarry = count(["share", "quarry"]).key
    at = learned.keys.tolist()
    assert at == sorted(at)
    short, long = learned.scores
    assert short[at.index(share)] < 0 < short[at.index(quarry)] + long[at.index(quarry)]
