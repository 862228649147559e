"""Files that are not on this machine: URLs such as `s3://bucket/folder`, read with fsspec.

The object store's credentials and address come from where its library looks for them; for S3
these are the variables and files that all of Amazon's tools read.
"""

from __future__ import annotations

import errno
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast

from cleaners.errors import UsageError, WinnowError
from cleaners.extras import extra
from cleaners.reading.folder import Shunned, shun_nothing

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_EXTRAS: Final = {"s3": "s3", "s3a": "s3"}
_BUFFER: Final = 1 << 16
_TOGETHER: Final = 32
_TOGETHER_BYTES: Final = 16_000_000


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as its folder lists it; `size` in bytes, -1 if the store does not say."""

    url: str
    size: int


def is_url(path: str) -> bool:
    """Whether a path is none of this machine's file system."""
    return _URL.match(path) is not None


def filesystem(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path within it.

    Raises `UsageError` for a scheme that is not known or whose library is not installed.
    """
    scheme = url.partition("://")[0].lower()
    core = extra("fsspec.core", _EXTRAS.get(scheme, "s3"), f"for {scheme}:// paths")
    try:
        with told(url):
            system, path = core.url_to_fs(url)
    except ImportError as error:
        library = _EXTRAS.get(scheme)
        remedy = f"pip install 'winnow[{library}]'" if library else str(error)
        raise UsageError(f"{url}: the library for {scheme}:// is missing: {remedy}") from error
    except ValueError as error:
        raise UsageError(f"{url}: {error}; use a path, s3:// or another of fsspec's") from error
    return system, path


@contextmanager
def told(url: str) -> Iterator[None]:
    """Whatever a store's library raises becomes an `OSError`, which says what it is about."""
    try:
        yield
    except (WinnowError, ImportError, ValueError):
        raise
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), url) from error
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise OSError(errno.EIO, said, url) from error


def is_there(url: str) -> bool:
    """Whether there is a file or folder; raises `UsageError` if the store does not say."""
    system, path = filesystem(url)
    try:
        with told(url):
            return bool(system.exists(path))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{url}: cannot be read: {_said(error)}; check the address and the credentials"
        ) from error


def check_url(url: str) -> None:
    """Raise `UsageError` for a URL where nothing is."""
    if not is_there(url):
        # Of servers of http that do not answer, fsspec says no more than that nothing is there.
        raise UsageError(
            f"{url}: no such file or folder, or no answer; check the address and the connection"
        )


def _said(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def remote_files(
    url: str,
    *,
    wanted: Callable[[str], bool],
    avoid: Iterable[str] = (),
    shunned: Shunned = shun_nothing,
) -> Iterator[RemoteFile]:
    """The file of this URL, or the `wanted` ones below it, by their names; raises `OSError`."""
    system, path = filesystem(url)
    with told(url):
        if system.isfile(path):
            size = system.info(path).get("size")
            yield RemoteFile(url, -1 if size is None else int(size))
            return
    avoided = tuple(there.rstrip("/") + "/" for there in avoid)

    def below(path: str, here: str) -> Iterator[RemoteFile]:
        """Files below `path`, which is `here` for those who asked: so sources begin as given."""
        with told(here):
            # A store that is written to by others must not be answered from memory.
            system.invalidate_cache()
            listed = system.ls(path, detail=True)
        entries = {str(entry["name"]).rstrip("/"): entry for entry in listed}
        entries.pop(path, None)  # stores list a folder in itself
        if shunned(here, {name.rpartition("/")[2] for name in entries}):
            return
        for name, entry in sorted(entries.items()):
            there = here + name[len(path) :]
            if f"{there}/".startswith(avoided):
                continue
            if entry["type"] == "directory":
                yield from below(name, there)
            elif wanted(name.rpartition("/")[2]):
                size = entry.get("size")
                yield RemoteFile(there, -1 if size is None else int(size))

    yield from below(path.rstrip("/"), url.rstrip("/"))


def open_remote(url: str) -> BinaryIO:
    """A remote file, read in pieces; raises `OSError`."""
    system, path = filesystem(url)
    with told(url):
        return cast(BinaryIO, io.BufferedReader(system.open(path, "rb"), _BUFFER))


def read_together(files: list[RemoteFile]) -> dict[str, bytes | Exception]:
    """The content of files of one store, fetched at the same time; by their URLs."""
    system, _ = filesystem(files[0].url)
    paths = {system._strip_protocol(file.url): file.url for file in files}  # noqa: SLF001 - of fsspec's interface for other file systems
    with told(files[0].url):
        found = system.cat(list(paths), on_error="return")
    if isinstance(found, bytes):
        found = {next(iter(paths)): found}
    return {paths[path]: data for path, data in found.items()}


def batches(
    files: Iterable[RemoteFile], single: Callable[[RemoteFile], bool]
) -> Iterator[list[RemoteFile]]:
    """Files that can be fetched at once; one that is `single` comes alone."""
    some: list[RemoteFile] = []
    size = 0
    for file in files:
        alone = single(file) or file.size < 0
        full = len(some) >= _TOGETHER or size + file.size > _TOGETHER_BYTES
        if some and (alone or full):
            yield some
            some, size = [], 0
        some.append(file)
        size += file.size
        if alone:
            yield some
            some, size = [], 0
    if some:
        yield some
