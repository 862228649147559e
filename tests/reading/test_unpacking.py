"""Packed streams: whole, cut off, damaged, and made to fill the memory."""

import gzip
import io
import random
import tracemalloc
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaners.errors import TooLargeError, UnreadableError
from cleaners.reading.unpacking import HARMLESS, Unpacked, packing_of, unpack, unpacked_stream

LIMIT = 50_000_000
PACK = {"gz": gzip.compress, "zst": zstandard.ZstdCompressor(write_checksum=True).compress}


def whole(data, packing, limit=LIMIT):
    return unpack(data, packing, page_bytes=limit, ratio=200)


@given(st.lists(st.binary(max_size=300_000), min_size=1, max_size=4), st.sampled_from(list(PACK)))
def test_members_one_after_the_other_are_one_content(parts, packing):
    packed = b"".join(map(PACK[packing], parts))
    assert whole(packed, packing) == b"".join(parts)


@pytest.mark.parametrize("packing", PACK)
def test_a_stream_may_be_read_in_any_steps(packing):
    lines = [f"line {n} {random.Random(n).random()}\n".encode() for n in range(20_000)]
    stream = unpacked_stream(io.BytesIO(PACK[packing](b"".join(lines))), packing, ratio=200)
    assert list(stream) == lines


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("cut", [3, 17, -1])
def test_what_is_cut_off_is_told(packing, cut):
    packed = PACK[packing](random.Random(1).randbytes(90_000))
    with pytest.raises(UnreadableError, match="the end is missing"):
        whole(packed[:cut], packing)


@pytest.mark.parametrize("packing", PACK)
def test_what_is_damaged_is_told(packing):
    packed = bytearray(PACK[packing](random.Random(1).randbytes(9_000).hex().encode()))
    packed[40:60] = b"\xff" * 20
    with pytest.raises(UnreadableError, match=r"not valid (gzip|zstd)"):
        whole(bytes(packed), packing)


def test_zeros_after_the_end_are_nothing_and_other_bytes_are_damage():
    packed = gzip.compress(b"page")
    assert whole(packed + bytes(512), "gz") == b"page"
    assert whole(packed + bytes(100_000), "gz") == b"page"
    with pytest.raises(UnreadableError):
        whole(packed + b"junk", "gz")


def bomb(packing, size):
    """`size` zeros, packed without ever holding them."""
    out = io.BytesIO()
    if packing == "gz":
        with gzip.GzipFile(fileobj=out, mode="wb") as file:
            for _ in range(size // 1_000_000):
                file.write(bytes(1_000_000))
    else:
        with zstandard.ZstdCompressor().stream_writer(out, closefd=False) as file:
            for _ in range(size // 1_000_000):
                file.write(bytes(1_000_000))
    return out.getvalue()


@pytest.mark.parametrize("packing", PACK)
def test_a_bomb_ends_at_the_ratio_however_large_pages_may_be(packing):
    data = bomb(packing, 300_000_000)
    tracemalloc.start()
    stream = unpacked_stream(io.BytesIO(data), packing, ratio=200)
    given_out = 0

    def read_all():
        nonlocal given_out
        while piece := stream.read(1 << 20):
            given_out += len(piece)

    with pytest.raises(TooLargeError, match=r"limits\.unpack_ratio \(200\)"):
        read_all()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert given_out <= max(HARMLESS, 200 * len(data)) + 40_000_000
    assert peak < 100_000_000


@pytest.mark.parametrize("packing", PACK)
def test_a_page_ends_at_its_limit_whatever_the_ratio(packing):
    data = bomb(packing, 5_000_000)
    with pytest.raises(TooLargeError, match=r"unpacked it is larger than limits\.page_bytes"):
        unpack(data, packing, page_bytes=1_000_000, ratio=1e9)
    assert len(unpack(data, packing, page_bytes=5_000_000, ratio=1)) == 5_000_000  # harmless


def test_a_window_that_would_fill_the_memory_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    compressor = zstandard.ZstdCompressor(compression_params=parameters)
    out = io.BytesIO()
    with compressor.stream_writer(out, closefd=False) as file:
        file.write(random.Random(1).randbytes(1_000_000))
    with pytest.raises(UnreadableError, match="not valid zstd"):
        whole(out.getvalue(), "zst")


def test_a_damaged_member_can_be_passed_over():
    members = [gzip.compress(random.Random(n).randbytes(30_000)) for n in range(3)]
    members[1] = members[1][:9_000]
    stream = Unpacked(io.BytesIO(b"".join(members)), "gz", ratio=200)
    with pytest.raises(UnreadableError):
        stream.readall()
    assert stream.skip_member()
    assert stream.readall() == zlib.decompress(members[2], 31)
    assert not stream.skip_member()


@pytest.mark.parametrize(
    ("name", "packing"),
    [("a.html.GZ", "gz"), ("a.tgz", "gz"), ("a.zst", "zst"), ("a.html", None), ("gz", None)],
)
def test_names_tell_the_packing(name, packing):
    assert packing_of(name) == packing
