"""What the index says of documents, within a batch, across batches and across runs."""

import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.deduplicating import Entry, IndexMismatchError, Source, Verdict, check, sketch
from cleaners.deduplicating.shingles import split_shingles
from cleaners.errors import RunError
from tests.deduplicating.corpus import Output, edited, text


def exact(one, other):
    sets = [set(split_shingles(one)), set(split_shingles(other))]
    shared = len(sets[0] & sets[1])
    return shared / len(sets[0] | sets[1]), shared / min(map(len, sets))


def test_unrelated_documents_are_new_and_stand_alone():
    verdicts = Output().add(*(text(n) for n in range(200)))
    assert verdicts == [Verdict(f"d{n}", cluster_id=f"d{n}") for n in range(200)]


def test_the_same_text_is_a_copy_whatever_its_case_and_spacing():
    out = Output()
    out.add(text(1))
    [verdict] = out.add(text(1).upper().replace(" ", "  "))
    assert verdict == Verdict(
        "d1",
        duplicate_of="d0",
        relation="copy",
        similarity=1.0,
        containment=1.0,
        cluster_id="d0",
    )


def test_an_edited_copy_is_reported_with_its_exact_similarity():
    out = Output()
    copy = edited(text(1), 0.04)
    out.add(text(1), text(2))
    [verdict] = out.add(copy)
    similarity, containment = exact(text(1), copy)
    assert 0.7 <= similarity < 1
    assert (verdict.duplicate_of, verdict.relation) == ("d0", "copy")
    assert verdict.similarity == pytest.approx(similarity, abs=1e-4)
    assert verdict.containment == pytest.approx(containment, abs=1e-4)


def test_no_pair_below_the_threshold_is_a_copy_and_none_above_is_missed():
    rng = random.Random(1)
    out = Output(containment=1.0)
    originals = [text(n, rng.choice((60, 150, 400, 900))) for n in range(150)]
    changed = [edited(one, rng.uniform(0.02, 0.16), n) for n, one in enumerate(originals)]
    out.add(*originals)
    found = missed = 0
    for original, one, verdict in zip(originals, changed, out.add(*changed), strict=True):
        above = exact(original, one)[0] >= 0.7
        assert above or verdict.relation != "copy"
        found += above and verdict.relation == "copy"
        missed += above and verdict.relation is None
    assert found > 40
    assert missed == 0


@pytest.mark.parametrize("length", [100, 300, 1500])
def test_a_truncated_copy_is_contained_in_the_older_document(length):
    out = Output()
    out.add(text(1, length))
    [verdict] = out.add(text(1, length * 6 // 10))
    assert (verdict.duplicate_of, verdict.relation) == ("d0", "contained_in")
    assert verdict.containment > 0.95
    assert verdict.similarity < 0.7
    assert verdict.cluster_id == "d0"


def test_a_longer_document_with_an_older_one_in_it_is_kept_and_says_so():
    out = Output()
    out.add(text(1, 200))
    [verdict] = out.add("\n\n".join([text(2, 200), text(1, 200), text(3, 200)]))
    assert verdict.duplicate_of is None
    assert (verdict.supersedes, verdict.relation) == ("d0", "contained_in")
    assert verdict.cluster_id == "d1"
    # Its other parts are now known, too.
    assert out.add(text(3, 200))[0].duplicate_of == "d1"


def test_duplicates_are_found_inside_one_batch():
    verdicts = Output().add(text(1), text(2), text(1), edited(text(2), 0.03), text(1, 180))
    assert [verdict.duplicate_of for verdict in verdicts] == [None, None, "d0", "d1", "d0"]


def test_a_thousand_copies_in_one_batch_are_one_cluster():
    verdicts = Output().add(*(edited(text(1), 0.02, n) for n in range(1000)))
    assert {verdict.cluster_id for verdict in verdicts} == {"d0"}
    assert sum(verdict.duplicate_of is None for verdict in verdicts) == 1


def test_blank_documents_are_never_duplicates():
    out = Output()
    for verdict in out.add("", " \n", text(1)) + out.add("", "\n\n"):
        assert verdict.duplicate_of is None
    assert out.verdicts["d0"] == Verdict("d0")


def test_short_documents_are_duplicates_only_when_they_are_the_same():
    verdicts = Output().add("Prices fell.", "Prices rose.", "prices FELL", "🚀 🚀", "🚀🚀", "—")
    assert [verdict.duplicate_of for verdict in verdicts] == [None, None, "d0", None, "d3", None]


def report(seed, fixed=120):
    rng = random.Random(seed)
    numbers = " ".join(
        f"{name} {rng.randint(100, 99999)}" for name in ("open", "high", "low", "close", "volume")
    )
    return f"Daily report of the exchange. {numbers}. {text('method', fixed)}"


def test_reports_of_one_template_with_other_numbers_stay_apart():
    reports = [report(n) for n in range(50)]
    assert exact(reports[0], reports[1])[0] > 0.8
    verdicts = Output().add(*reports)
    assert all(verdict.relation is None for verdict in verdicts)
    # The very same report is a copy all the same.
    assert Output().add(reports[0], edited(reports[0], 0.01))[1].relation == "copy"


def test_a_cluster_is_a_star_and_never_a_chain():
    first = text(1, 400)
    chain = [first]
    for step in range(6):
        chain.append(edited(chain[-1], 0.035, step))
    out = Output(containment=1.0)
    for one in chain:
        out.add(one)
    assert len({verdict.cluster_id for verdict in out.verdicts.values()}) > 1
    for verdict in out.verdicts.values():
        center = out.entries[verdict.cluster_id].text
        assert exact(out.entries[verdict.id].text, center)[0] >= 0.7


def test_copies_are_found_when_their_url_is_all_they_can_be_found_by():
    # So short that a sample can be empty, and so edited that the bands can differ.
    out = Output(threshold=0.3)
    one, other = "a b c d e f g h", "a b c d e x y h i"
    out.add_entries([Entry("old", one, url="https://www.example.org/story/?utm_source=x#top")])
    [verdict] = out.add_entries([Entry("new", other, url="http://example.org/story")])
    assert (verdict.duplicate_of is not None) == (exact(one, other)[0] >= 0.3)


def test_the_same_url_with_another_text_is_new():
    out = Output()
    url = "https://example.org/"
    out.add(text(1), url=url)
    assert out.add(text(2), url=url)[0] == Verdict("d1", cluster_id="d1")


@pytest.mark.parametrize("keep", ["first", "longest", "best"])
def test_the_policy_says_which_copy_is_emitted(keep):
    out = Output(keep=keep)
    short, long = text(1, 280), text(1, 300)
    out.add_entries([Entry("low", short, confidence=0.5)])
    out.add_entries([Entry("long", long, confidence=0.5)])
    out.add_entries([Entry("sure", edited(short, 0.01), confidence=0.9)])
    out.add_entries([Entry("again", edited(short, 0.01, 1), confidence=0.4)])
    told = {
        name: (verdict.duplicate_of, verdict.supersedes) for name, verdict in out.verdicts.items()
    }
    assert (
        told
        == {
            "first": {
                "low": (None, None),
                "long": ("low", None),
                "sure": ("low", None),
                "again": ("low", None),
            },
            "longest": {
                "low": (None, None),
                "long": (None, "low"),
                "sure": ("long", None),
                "again": ("long", None),
            },
            "best": {
                "low": (None, None),
                "long": (None, "low"),
                "sure": (None, "long"),
                "again": ("sure", None),
            },
        }[keep]
    )
    assert {verdict.cluster_id for verdict in out.verdicts.values()} == {"low"}


@pytest.mark.parametrize("keep", ["longest", "best"])
def test_the_very_same_text_never_supersedes(keep):
    out = Output(keep=keep)
    out.add_entries([Entry("old", text(1), confidence=0.1)])
    [verdict] = out.add_entries([Entry("new", text(1) + "\n", confidence=0.9)])
    assert verdict.duplicate_of == "old"


def test_figures_are_those_to_the_document_that_is_named():
    out = Output(keep="longest")
    short, long = text(1, 250), text(1, 300)
    last = edited(long, 0.02)
    for one in (short, long, last[: len(long) - 10]):
        [verdict] = out.add(one)
    assert verdict.duplicate_of == "d1"
    similarity, _ = exact(long, out.entries["d2"].text)
    assert verdict.similarity == pytest.approx(similarity, abs=1e-4)


def test_an_exact_copy_of_a_duplicate_is_found():
    out = Output()
    member = text(1, 170)
    out.add(text(1, 300))
    assert out.add(member)[0].relation == "contained_in"
    [verdict] = out.add(member)
    assert (verdict.duplicate_of, verdict.relation) == ("d0", "contained_in")
    assert verdict.similarity == pytest.approx(exact(text(1, 300), member)[0], abs=1e-4)


def test_the_same_id_again_is_a_duplicate_of_itself():
    out = Output()
    out.add_entries([Entry("same", text(1)), Entry("same", text(1))])
    assert out.verdicts["same"].duplicate_of == "same"
    assert out.add(edited(text(1), 0.02))[0].duplicate_of == "same"


@given(st.integers(0, 1000), st.lists(st.integers(1, 12), min_size=1, max_size=6))
def test_batches_do_not_change_which_copies_are_found(seed, sizes):
    rng = random.Random(seed)
    texts = []
    for n in range(sum(sizes)):
        older = rng.choice(texts) if texts else ""
        texts.append(rng.choice([text(f"{seed} {n}", 80), older, edited(older, 0.02, n)]))
    whole, parts = Output(), Output()
    whole.add(*texts)
    at = 0
    for size in sizes:
        parts.add(*texts[at : at + size])
        at += size
    copies = [
        [verdict.duplicate_of is not None for verdict in out.verdicts.values()]
        for out in (whole, parts)
    ]
    assert copies[0] == copies[1]


def test_later_runs_know_what_earlier_ones_found(tmp_path):
    path = tmp_path / "index.sqlite"
    first = Output(sqlite3.connect(path))
    first.add(*(text(n) for n in range(50)))
    first.connection.commit()
    first.connection.close()
    second = Output(sqlite3.connect(path))
    second.texts = first.texts
    verdicts = second.add(*(edited(text(n), 0.03) for n in range(50)), text("other"))
    assert [verdict.duplicate_of for verdict in verdicts] == [f"d{n}" for n in range(50)] + [None]


def test_what_was_rolled_back_is_not_known():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    Output(connection)
    connection.execute("BEGIN")
    Output(connection).add(text(1))
    connection.execute("ROLLBACK")
    assert Output(connection).add(text(1))[0].duplicate_of is None


def test_earlier_outputs_are_looked_into_and_left_alone():
    earlier = Output()
    earlier.add(text(1), text(2, 400))
    source = Source(earlier.connection, earlier.fetch, "../january")
    before = list(earlier.connection.iterdump())
    out = Output(against=[source])
    verdicts = out.add(text(3), text(1), edited(text(2, 400), 0.02), text(2, 200), text(3))
    assert [(v.duplicate_of, v.folder) for v in verdicts] == [
        (None, None),
        ("d0", "../january"),
        ("d1", "../january"),
        ("d1", "../january"),
        ("d0", None),
    ]
    assert list(earlier.connection.iterdump()) == before
    # Later batches find them there again, and longer documents are kept.
    assert out.add(text(1))[0].folder == "../january"
    [longer] = out.add(text(1) + "\n\n" + text(9, 400))
    assert (longer.duplicate_of, longer.supersedes, longer.folder) == (None, "d0", "../january")


def test_an_earlier_output_without_an_index_is_refused():
    with pytest.raises(IndexMismatchError, match="winnow index rebuild"):
        Output(against=[Source(sqlite3.connect(":memory:"), lambda _: "", "old")])


def test_an_index_made_with_other_parameters_is_refused():
    out = Output()
    out.add(text(1))
    with pytest.raises(IndexMismatchError, match=r"shingle_tokens = 3.*winnow index rebuild"):
        Output(out.connection, shingle_tokens=5)
    out.connection.execute("UPDATE index_meta SET value = 'legacy' WHERE name = 'scheme'")
    with pytest.raises(IndexMismatchError, match=r"scheme = legacy.*winnow index rebuild"):
        Output(out.connection)


def test_a_text_that_cannot_be_read_is_not_passed_over():
    out = Output()
    out.add(text(1))

    def lost(location):
        raise RunError(f"{location.file}: gone")

    out.fetch = lost
    reader = Output(out.connection)
    reader.index = type(out.index)(out.connection, out.settings, lost)
    with pytest.raises(RunError, match="gone"):
        reader.add(edited(text(1), 0.02))


def test_entries_and_sketches_must_belong_together():
    with pytest.raises(ValueError, match="2 entries, but 1 sketches"):
        Output().index.add([Entry("a", "x"), Entry("b", "y")], sketch(["x"]))


@pytest.mark.parametrize(
    "chars", ["市场价格投资公司技术分析用户平台交易增长数据报告", "のはをにがとでカタナ市場価格"]
)
def test_texts_without_spaces_are_compared_by_their_characters(chars):
    rng = random.Random(chars)
    texts = ["".join(rng.choices(chars, k=600)) for _ in range(40)]
    copies = [
        "".join(rng.choice(chars) if rng.random() < 0.03 else c for c in one) for one in texts
    ]
    out = Output()
    assert all(verdict.relation is None for verdict in out.add(*texts))
    verdicts = out.add(*copies)
    assert sum(verdict.duplicate_of == f"d{n}" for n, verdict in enumerate(verdicts)) >= 38


def test_a_page_scraped_twice_is_found_by_later_ones():
    out = Output()
    page = Entry("d0", text(1), url="https://example.org/a")
    first, second = out.add_entries([page, page])
    assert (first.duplicate_of, second.duplicate_of) == (None, "d0")
    assert check(out.connection) == []
    [near] = out.add_entries([Entry("d1", text(1) + " Nobody saw them go.")])
    assert (near.duplicate_of, near.relation) == ("d0", "copy")
