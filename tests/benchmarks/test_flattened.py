import gzip
import json

import pytest

from benchmarks.datasets import load
from benchmarks.flattened import (
    PERFECT,
    UNSEEN,
    justext_lines,
    kept,
    perfect_lines,
    report,
    run,
    ten_word_sentences,
    ten_words,
)
from benchmarks.flattening import full, joined, plain

STORY = (
    "Rye bread rises slowly because its flour holds little gluten and a great deal of water.",
    "A baker who waits for it in the cold of the night is rewarded in the warmth of the morning.",
    "It keeps for a week.",
)
HTML = (
    "<html><head><title>Rye</title><style>p {}</style></head><body><nav>Home</nav>"
    f"<p>{STORY[0]}</p><script>var rye</script><p>{STORY[1]}</p><p>{STORY[2]}</p>"
    "<noscript>Switch it on</noscript><footer>All rights reserved</footer></body></html>"
)


@pytest.fixture
def examples(tmp_path):
    (tmp_path / "wcxb-dev" / "html").mkdir(parents=True)
    (tmp_path / "wcxb-dev" / "html" / "p1.html.gz").write_bytes(gzip.compress(HTML.encode()))
    row = {"id": "p1", "type": "article", "text": "\n\n".join(STORY)}
    (tmp_path / "wcxb-dev" / "truth.jsonl").write_text(json.dumps(row))
    return load("wcxb-dev", tmp_path)


def test_full_flattening_is_a_text_node_a_line() -> None:
    assert full(HTML, None).splitlines() == ["Rye", "Home", *STORY, "All rights reserved"]


def test_text_without_line_breaks_is_in_one_line_or_in_those_of_the_markup() -> None:
    assert joined(HTML, None) == " ".join(["Rye", "Home", *STORY, "All rights reserved"])
    assert plain(HTML, None) == "".join(["Rye", "Home", *STORY, "All rights reserved"])


def test_sentences_are_kept_by_their_length_in_any_line() -> None:
    assert ten_word_sentences(" ".join(("Home.", *STORY))).splitlines() == [STORY[0], STORY[1]]


def test_long_lines_are_kept_by_the_simple_rule() -> None:
    assert ten_words(full(HTML, None)).splitlines() == [STORY[0], STORY[1]]


def test_lines_reach_justext_as_they_are() -> None:
    line = "It is so that a < b and that b > c & that this is what all of them have said of it. "
    assert "a < b and that b > c & that" in justext_lines(line * 4)


def test_perfect_lines_are_those_of_the_truth() -> None:
    truth = f"{STORY[0]} {STORY[1]}\n{STORY[2]}"
    text = f"Home\n{STORY[0]}\nIt keeps\n{STORY[1]} Share\nIt keeps rising\n{STORY[2]}"
    kept_lines = perfect_lines(text, truth).splitlines()
    assert kept_lines == [STORY[0], "It keeps", f"{STORY[1]} Share", STORY[2]]


def test_every_rule_is_scored_on_every_flattening(examples, tmp_path) -> None:
    (tmp_path / "full.jsonl").write_text(json.dumps({"id": "p1", "text": "\n".join(STORY)}))
    results = run(examples, tmp_path)
    f1 = {rule: pages[0].score.f1 for rule, pages in results.pages["full"].items()}
    assert f1[UNSEEN] == 1
    assert 0 < f1["do nothing"] < f1[PERFECT]
    assert UNSEEN not in results.pages["recall"]
    lines = list(report(results))
    assert any(line.startswith("| do nothing | 0.") for line in lines)
    assert [line for line in lines if line.startswith("| a page | ")]


def test_missing_predictions_are_an_error(examples, tmp_path) -> None:
    (tmp_path / "full.jsonl").write_text('{"id": "p2", "text": ""}')
    with pytest.raises(SystemExit, match=r"full\.jsonl: page p1 is missing"):
        run(examples, tmp_path)


def test_clean_texts_are_counted_in_words(examples) -> None:
    *_, lines, line = kept({"wcxb-dev": examples}, None)
    for row, way in ((lines, "in lines"), (line, "in one line")):
        name, form, rule, texts, in_text, with_title, worst = row.strip("| ").split(" | ")
        assert (name, form, rule, texts) == ("wcxb-dev", way, "winnow, in sample", "1")
        assert 0.5 < float(worst) <= float(in_text) <= float(with_title) <= 1


def test_clean_texts_of_unseen_pages_are_read_from_predictions(examples, tmp_path) -> None:
    row = {"set": "wcxb-dev", "id": "p1", "text": STORY[0], "title": ""}
    (tmp_path / "known in one line.jsonl").write_text(json.dumps(row))
    *_, line = kept({"wcxb-dev": examples}, tmp_path)
    name, form, rule, _, in_text, with_title, _ = line.strip("| ").split(" | ")
    assert (name, form, rule) == ("wcxb-dev", "in one line", UNSEEN)
    assert 0.3 < float(in_text) == float(with_title) < 0.6
