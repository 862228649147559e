"""Signatures are datasketch's, value for value; the rest follows from the shingles."""

import random
import subprocess
import sys

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from cleaners.deduplicating import Sketches, as_minhash, sketch
from cleaners.deduplicating.shingles import (
    _fold_one,
    _fold_table,
    hash_shingle,
    shingle_texts,
    split_shingles,
    split_tokens,
)
from cleaners.deduplicating.signatures import FRACTION, SHORT_FRACTION
from tests.deduplicating.corpus import text

_ALPHABETS = (
    "abcde ABCDE .,-'\n",
    "éÉßİıſŉĄą ñÑ e\u0301 A\u030a",
    "中文市场价格投资公司的了和在，。 ",
    "日本語のテキスト、カタカナﾊﾝｶｸｶﾞ。",
    "한국어 문장입니다 \u1112\u1161\u11ab",
    "हिन्दी में वाक्य है। ",
    "ภาษาไทยไม่มีช่องว่าง ",
    "العربية نص كتابة ",
    "Ελληνικά ΣΑΣ σας Кириллица ",
    "0123456789 $.,%",
    "🚀💎👍🏽 … — \u200b\x00\x7f\ufeff",
    "ＡＢＣ１２３ﬁ²½™𝐁𝐨𝐥𝐝𐐀𠀀",
    "\ud800\udfff surrogates ",
)
_scripts = st.sampled_from(_ALPHABETS).flatmap(lambda chars: st.text(chars, max_size=120))
_texts = st.lists(
    st.one_of(_scripts, st.lists(_scripts, max_size=4).map(" ".join), st.text(max_size=40)),
    max_size=8,
)


def reference(one, width=3):
    signature = MinHash(num_perm=128, seed=1, hashfunc=hash_shingle, scheme="affine32")
    for shingle in split_shingles(one, width):
        signature.update(shingle)
    return signature


@given(_texts, st.integers(1, 5))
def test_signatures_are_those_of_datasketch(texts, width):
    sketches = sketch(texts, width)
    for number, one in enumerate(texts):
        if split_shingles(one, width) or not one.strip():
            expected = reference(one, width).hashvalues
            assert np.array_equal(sketches.signatures[number], expected), one


@pytest.mark.parametrize("count", [1, 2, 3, 4, 255, 256, 257, 30_000])
def test_any_length_and_batch_gives_the_same(count):
    long = text("long", count)
    alone = sketch([long])
    assert np.array_equal(alone.signatures[0], reference(long).hashvalues)
    among = sketch([text(n, 200) for n in range(300)] + [long, "", "Straße 中文 " + long])
    assert np.array_equal(among.signatures[300], alone.signatures[0])
    assert among.counts[300] == alone.counts[0] == len(set(split_shingles(long)))


@given(_texts)
def test_a_text_does_not_depend_on_its_batch(texts):
    together = sketch(texts)
    for number, one in enumerate(texts):
        alone = sketch([one])
        assert together.counts[number] == alone.counts[0]
        assert np.array_equal(together.digests[number], alone.digests[0])
        bounds = together.bounds[number : number + 2]
        assert np.array_equal(together.samples[slice(*bounds)], alone.samples)


@given(_texts)
def test_only_a_blank_text_is_empty(texts):
    sketches = sketch(texts)
    for number, one in enumerate(texts):
        blank = not one.strip()
        assert (sketches.counts[number] == 0) == blank
        assert (not sketches.digests[number].any()) == blank


@given(_texts)
def test_texts_share_a_digest_when_they_fold_to_the_same_tokens(texts):
    digests = [tuple(row) for row in sketch(texts).digests.tolist()]
    tokens = [split_tokens(text) for text in texts]
    for one in range(len(texts)):
        for other in range(one):
            if tokens[one] or tokens[other]:
                assert (digests[one] == digests[other]) == (tokens[one] == tokens[other])


def test_folding_reaches_over_case_width_accents_and_punctuation():
    same = ["Don’t sell — ＢＴＣ fell 5%, said José!", "don't SELL btc FELL (5) said jose\u0301"]
    digests = sketch(same).digests
    assert np.array_equal(digests[0], digests[1])
    assert split_tokens("价格 rose") == ["价", "格", "rose"]
    assert split_tokens("हिन्दी भाषा") == ["हिन्दी", "भाषा"]


def test_a_text_shorter_than_a_shingle_is_known_by_all_of_it():
    sketches = sketch(["two words", "two word", "Two, words.", "🚀🚀", "🚀"])
    assert sketches.counts.tolist() == [1] * 5
    assert np.array_equal(sketches.signatures[0], sketches.signatures[2])
    rows = {tuple(row) for row in sketches.signatures.tolist()}
    assert len(rows) == 4


def test_samples_are_a_fraction_of_the_hashes():
    long, short = text("long", 40_000), text("short", 200)
    for one, fraction in ((long, FRACTION), (short, SHORT_FRACTION)):
        sketches = sketch([one])
        hashes = set(shingle_texts([one]).hashes.tolist())
        assert set(sketches.samples.tolist()) == {h for h in hashes if h % fraction == 0}
    assert 0.9 < len(sketch([long]).samples) * FRACTION / 40_000 < 1.1


@given(_texts)
def test_bytes_give_the_sketches_back(texts):
    sketches = sketch(texts)
    data = sketches.to_bytes()
    again = Sketches.from_bytes(data)
    for name in Sketches.__slots__:
        assert np.array_equal(getattr(again, name), getattr(sketches, name))
    assert again.to_bytes() == data


def test_a_signature_becomes_a_minhash_that_can_be_added_to():
    one, other = text(1), text(1, 260)
    made = as_minhash(sketch([one]).signatures[0])
    assert made == reference(one)
    sets = [set(split_shingles(one)), set(split_shingles(other))]
    exact = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
    assert made.jaccard(reference(other)) == pytest.approx(exact, abs=0.12)
    made.update(b"three more words")
    longer = reference(one)
    longer.update(b"three more words")
    assert made == longer


def test_hashes_spread_over_all_of_their_bits():
    hashes = shingle_texts([text(n, 500) for n in range(100)]).hashes
    for bit in range(64):
        share = np.mean(hashes >> np.uint64(bit) & np.uint64(1))
        assert 0.48 < share < 0.52, bit
    assert len(np.unique(hashes)) > 0.99 * len(hashes)


def test_estimates_are_unbiased_over_random_pairs():
    rng = random.Random(3)
    errors = []
    for n in range(200):
        keep = rng.uniform(0.3, 1.0)
        one = text(n, 300)
        other = text(n, int(300 * keep))
        signatures = sketch([one, other]).signatures
        sets = [set(split_shingles(one)), set(split_shingles(other))]
        exact = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
        errors.append(np.mean(signatures[0] == signatures[1]) - exact)
    assert abs(np.mean(errors)) < 0.01


def test_importing_the_room_does_not_import_datasketch():
    code = "import sys, cleaners.deduplicating; sys.exit('datasketch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_table_of_the_basic_plane_says_what_each_of_its_characters_folds_to():
    assert (_fold_table() == np.fromiter(map(_fold_one, range(0x10000)), np.uint32)).all()
