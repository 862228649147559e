"""Scrapes in an object store: listed like files, fetched many at once, carried along."""

from __future__ import annotations

from collections.abc import Iterator

from cleaners.errors import PageError, TooLargeError
from cleaners.reading import remote
from cleaners.reading.containers import Reading, broken, form_of, is_records, is_wanted
from cleaners.reading.containers import envelopes as envelopes_in
from cleaners.reading.envelopes import Envelope
from cleaners.reading.folder import Shunned
from cleaners.reading.scrape import Scrape, records_in, sealed
from cleaners.reading.unpacking import packing_of, too_large, unpack


def stored_scrapes(
    url: str, reading: Reading, *, avoid: list[str], shunned: Shunned
) -> Iterator[Scrape]:
    """All scrapes at or below a URL, except below those in `avoid` and those `shunned`."""
    try:
        urls = filter(remote.is_url, avoid)
        files = remote.remote_files(url, wanted=is_wanted, avoid=urls, shunned=shunned)
        for batch in remote.batches(files, lambda file: is_records(file.url)):
            if is_records(batch[0].url):
                yield from _records(batch[0].url, reading)
            else:
                yield from _pages(batch, reading)
    except OSError as error:
        yield sealed(url, url, 0, broken(error))


def _records(url: str, reading: Reading) -> Iterator[Scrape]:
    form = form_of(url)
    try:
        with remote.told(url), remote.open_remote(url) as file:
            if form == "lines":
                yield from records_in(file, url, reading, here=False)
            elif form is not None:
                for suffix, number, envelope in envelopes_in(file, url, form, reading):
                    yield sealed(f"{url}{suffix}", url, number, envelope)
    except (PageError, OSError) as error:
        yield sealed(url, url, 0, broken(error))


def _pages(files: list[remote.RemoteFile], reading: Reading) -> Iterator[Scrape]:
    """Pages that lie elsewhere, fetched together; one that is too large is not fetched."""
    fetched = [file for file in files if file.size <= reading.page_bytes]
    found = remote.read_together(fetched) if fetched else {}
    for file in files:
        yield sealed(file.url, file.url, 0, _page(file.url, found.get(file.url), reading))


def _page(url: str, data: bytes | Exception | None, reading: Reading) -> Envelope:
    if isinstance(data, Exception):
        return broken(data if isinstance(data, OSError) else OSError(str(data)))
    try:
        if data is None:
            raise TooLargeError(too_large(reading.page_bytes))
        if packing := packing_of(url):
            ratio = reading.unpack_ratio
            data = unpack(data, packing, page_bytes=reading.page_bytes, ratio=ratio)
    except PageError as error:
        return Envelope(name=url, problem=error)
    return Envelope(content=data, name=url)
