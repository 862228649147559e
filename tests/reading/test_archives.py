"""Archives of pages: read as streams, their members' names never taken for paths."""

import gzip
import io
import random
import stat
import subprocess
import tarfile
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
import zstandard

from cleaners.errors import BinaryError, TooLargeError, UnreadableError
from cleaners.reading import find_scrapes, read_page, read_source

LIMIT = 1_000_000
NAMES = ["a.html", "deep/er/b.txt", "/etc/passwd.html", "../../up.html", "naïve 名.htm"]


def find(path, limit=LIMIT, **options):
    return list(find_scrapes([str(path)], page_bytes=limit, **options))


def read(scrape, limit=LIMIT):
    return read_page(scrape, page_bytes=limit)


def page(name):
    return f"<p>This is the page {name}.</p>".encode()


def tarred(members, mode="w"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for member, data in members:
            info = member if isinstance(member, tarfile.TarInfo) else tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return out.getvalue()


PACK = {
    "pages.zip": zipped,
    "pages.tar": tarred,
    "pages.tar.gz": lambda members: gzip.compress(tarred(members)),
    "pages.tgz": lambda members: gzip.compress(tarred(members)),
    "pages.tar.zst": lambda members: zstandard.ZstdCompressor().compress(tarred(members)),
}


@pytest.mark.parametrize("name", PACK)
def test_members_are_pages_and_their_names_are_names(name, tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    members = [*((one, page(one)) for one in NAMES), ("picture.png", b"\x89PNG")]
    (inside / name).write_bytes(PACK[name](members))
    scrapes = find(inside)
    assert [read(scrape).text for scrape in scrapes] == [page(one).decode() for one in NAMES]
    where = inside / name
    assert [scrape.source for scrape in scrapes] == [
        f"{where}/{one}#{number}" for number, one in enumerate(NAMES, 1)
    ]
    assert [path.name for path in tmp_path.rglob("*")] == ["in", name]
    for scrape in scrapes:
        assert read_source(scrape.source, page_bytes=LIMIT).text == read(scrape).text
    assert read_source(f"{where}#2", page_bytes=LIMIT).text == page(NAMES[1]).decode()


@pytest.mark.parametrize("name", PACK)
def test_a_page_keeps_its_digest_whatever_lies_beside_it(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(PACK[name]([("a.html", page("a")), ("b.html", page("b"))]))
    before = {scrape.source: scrape.digest for scrape in find(path)}
    path.write_bytes(PACK[name]([("a.html", page("a")), ("b.html", page("new"))]))
    after = {scrape.source: scrape.digest for scrape in find(path)}
    assert [before[source] == after[source] for source in before] == [True, False]


def test_packed_members_are_unpacked_and_files_of_many_are_refused(tmp_path):
    members = [("a.html.gz", gzip.compress(page("a"))), ("r.jsonl", b'{"text": "x"}')]
    path = tmp_path / "pages.zip"
    path.write_bytes(zipped(members))
    packed, records = find(path)
    assert read(packed).text == page("a").decode()
    with pytest.raises(BinaryError, match="unpack it"):
        read(records)


def test_links_and_devices_in_a_tar_are_failures_and_the_rest_goes_on(tmp_path):
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)
    members = []
    for number, kind in enumerate(kinds):
        info = tarfile.TarInfo(f"{number}.html")
        info.type, info.linkname = kind, "/etc/passwd"
        members.append((info, b""))
    path = tmp_path / "pages.tar"
    path.write_bytes(tarred([*members, ("last.html", page("last"))]))
    *odd, last = find(path)
    assert len(odd) == 4
    for scrape in odd:
        with pytest.raises(UnreadableError, match=r"a (link|device)"):
            read(scrape)
    assert read(last).text == page("last").decode()


def test_links_in_a_zip_are_failures(tmp_path):
    info = zipfile.ZipInfo("link.html")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "pages.zip"
    path.write_bytes(zipped([(info, b"/etc/passwd"), ("a.html", page("a"))]))
    link, good = find(path)
    with pytest.raises(UnreadableError, match="a link"):
        read(link)
    assert read(good).text == page("a").decode()


def test_encrypted_members_are_failures(tmp_path):
    data = bytearray(zipped([("secret.html", page("secret")), ("a.html", page("a"))]))
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + place] |= 1  # of the first member alone
    path = tmp_path / "pages.zip"
    path.write_bytes(data)
    secret, good = find(path)
    with pytest.raises(UnreadableError, match="encrypted"):
        read(secret)
    assert read(good).text == page("a").decode()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
def test_zip_methods_that_are_read(method, tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zipped([("a.html", page("a"))], method))
    assert read(*find(path)).text == page("a").decode()


def test_a_zip_method_that_can_ask_for_any_memory_is_refused(tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zipped([("a.html", page("a"))], zipfile.ZIP_LZMA))
    with pytest.raises(UnreadableError, match="method"):
        read(*find(path))


def zip_bomb(claimed=None):
    data = bytearray(zipped([("bomb.html", bytes(60_000_000)), ("a.html", page("a"))]))
    if claimed is not None:  # a bomb that says it is small
        for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            at = data.index(magic) + place
            data[at : at + 4] = claimed.to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("claimed", [None, 1000])
def test_a_zip_bomb_is_not_unpacked(claimed, tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zip_bomb(claimed))
    tracemalloc.start()
    bomb, good = find(path, limit=50_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with pytest.raises((TooLargeError, UnreadableError)):
        read(bomb)
    assert read(good).text == page("a").decode()
    assert peak < 15_000_000


def test_a_ratio_ends_a_bomb_that_no_size_would(tmp_path):
    path = tmp_path / "pages.zip"
    path.write_bytes(zip_bomb())
    bomb, _ = find(path, limit=100_000_000)
    with pytest.raises(TooLargeError, match="unpack_ratio"):
        read(bomb, limit=100_000_000)
    plain, _ = find(path, limit=100_000_000, unpack_ratio=10_000)
    assert plain.length == 60_000_000


def test_a_packed_tar_that_is_a_bomb_ends_in_one_failure(tmp_path):
    path = tmp_path / "pages.tar.gz"
    data = tarred([("a.html", page("a")), ("big.png", bytes(80_000_000))])
    path.write_bytes(gzip.compress(data))
    first, rest = find(path, limit=100_000_000)
    assert read(first).text == page("a").decode()
    assert rest.source == str(path)
    with pytest.raises(TooLargeError, match="unpack_ratio"):
        read(rest)


@pytest.mark.parametrize("name", ["pages.tar", "pages.tar.gz", "pages.tar.zst"])
def test_a_tar_that_is_cut_off_gives_what_can_be_read_and_one_failure(name, tmp_path):
    members = [(f"{n}.html", random.Random(n).randbytes(30_000).hex().encode()) for n in range(20)]
    data = PACK[name](members)
    path = tmp_path / name
    path.write_bytes(data[: len(data) // 2])
    *good, last = find(path)
    assert 5 <= len(good) <= 10
    assert [read(scrape).text.encode() for scrape in good] == [d for _, d in members[: len(good)]]
    with pytest.raises(UnreadableError):
        read(last)


def test_a_damaged_header_is_no_end_of_the_archive(tmp_path):
    data = bytearray(tarred([("a.html", page("a")), ("b.html", page("b"))]))
    data[1024:1100] = b"\xff" * 76
    path = tmp_path / "pages.tar"
    path.write_bytes(data)
    good, rest = find(path)
    assert read(good).text == page("a").decode()
    with pytest.raises(UnreadableError, match="tar"):
        read(rest)


def test_an_extended_header_cannot_fill_the_memory(tmp_path):
    info = tarfile.TarInfo("././@LongLink")
    info.type = tarfile.GNUTYPE_LONGNAME
    path = tmp_path / "pages.tar"
    path.write_bytes(tarred([("a.html", page("a")), (info, bytes(20_000_000))]))
    tracemalloc.start()
    good, rest = find(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read(good).text == page("a").decode()
    with pytest.raises(UnreadableError, match="header"):
        read(rest)
    assert peak < 5_000_000


@pytest.mark.parametrize("name", ["pages.zip", "pages.tar", "pages.tar.gz"])
@pytest.mark.parametrize("data", [b"", b"no archive at all", bytes(2000)])
def test_what_is_no_archive_is_one_failure(name, data, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    for scrape in find(path):
        with pytest.raises(UnreadableError):
            read(scrape)


def test_a_damaged_member_of_a_zip_spares_the_others(tmp_path):
    members = [(f"{n}.html", random.Random(n).randbytes(3000).hex().encode()) for n in range(3)]
    data = bytearray(zipped(members))
    data[3000:3100] = b"\xff" * 100
    path = tmp_path / "pages.zip"
    path.write_bytes(data)
    first, second, third = find(path)
    assert read(third).text.encode() == members[2][1]
    damaged = 0
    for scrape in (first, second):
        try:
            read(scrape)
        except UnreadableError:
            damaged += 1
    assert damaged == 1


def test_an_archive_that_the_system_made(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.html").write_bytes(page("a"))
    subprocess.run(["tar", "czf", "pages.tar.gz", "pages"], cwd=tmp_path, check=True)
    (scrape,) = find(tmp_path / "pages.tar.gz")
    assert scrape.source.endswith("pages.tar.gz/pages/a.html#2")
    assert read(scrape).text == page("a").decode()


def test_memory_does_not_grow_with_the_archive(tmp_path):
    path = tmp_path / "pages.tar"
    content = b"word " * 20_000
    path.write_bytes(tarred([(f"{n}.html", content) for n in range(300)]))
    tracemalloc.start()
    count = sum(1 for _ in find_scrapes([str(path)], page_bytes=LIMIT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 300
    assert path.stat().st_size > 20 * peak


def test_listing_packs_no_page_that_nobody_keeps(tmp_path):
    """Most members were done before; what is kept is packed then, and read as if it never was."""
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        member = tarfile.TarInfo("one.html")
        member.size = 5000
        archive.addfile(member, io.BytesIO(b"<p>" + b"x" * 4997))
    (scrape,) = find_scrapes([str(tmp_path / "a.tar")], page_bytes=LIMIT)
    assert scrape.line == b""
    assert len(scrape.to_keep) < 500
    (tmp_path / "kept").write_bytes(scrape.to_keep)
    kept = replace(scrape, envelope=None, path=str(tmp_path / "kept"), length=len(scrape.to_keep))
    assert read_page(kept, page_bytes=LIMIT) == read_page(scrape, page_bytes=LIMIT)
