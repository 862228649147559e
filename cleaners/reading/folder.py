"""Files below paths: sorted, streamed, and without going round in circles."""

# Paths stay as they were given: `Path` would rewrite `./page`, and so a source.
# ruff: noqa: PTH110, PTH112, PTH113, PTH116, PTH118

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeAlias

from cleaners.errors import UsageError

_Identity = tuple[int, int]

Shunned: TypeAlias = Callable[[str, Collection[str]], bool]
"""Is asked of each folder, with the names of what is in it, whether it is passed over."""


def shun_nothing(_folder: str, _names: Collection[str]) -> bool:
    return False


def files_under(
    paths: Iterable[str],
    *,
    wanted: Callable[[str], bool],
    avoid: Iterable[str] = (),
    shunned: Shunned = shun_nothing,
) -> Iterator[str]:
    """The files among `paths`, and below those that are folders the ones that are `wanted`.

    The order is that of `paths`, and below a folder that of the names.  At any time the names
    of one folder and its ancestors are held.  Links are followed, but never back into a folder
    that is being walked.  A folder that cannot be listed is given itself, so that opening it
    tells the reason; the folders `avoid`, and those that are `shunned`, are passed over.

    Raises `UsageError`, at once, for a path that is missing or neither file nor folder.
    """
    given = list(paths)
    check_paths(given)
    above = tuple(_identity(folder) for folder in avoid if os.path.isdir(folder))
    return _files(_disjoint(given), wanted, shunned, above)


def check_paths(paths: Iterable[str]) -> None:
    """Raise `UsageError` for a path that is missing or neither file nor folder."""
    for path in paths:
        if not os.path.exists(path):
            raise UsageError(f"{path or repr(path)}: no such file or folder; check the path")
        if not os.path.isfile(path) and not os.path.isdir(path):
            raise UsageError(f"{path}: neither a file nor a folder; give a file or a folder")


def _files(
    paths: list[str],
    wanted: Callable[[str], bool],
    shunned: Shunned,
    above: tuple[_Identity, ...],
) -> Iterator[str]:
    for path in paths:
        if os.path.isdir(path):
            yield from _walk(path, wanted, shunned, above)
        else:
            yield path


def _disjoint(paths: list[str]) -> list[str]:
    """`paths` without those that another one holds: no scrape may be listed twice."""
    real = [os.path.realpath(path) for path in paths]
    kept = []
    for number, path in enumerate(paths):
        others = {*real[:number], *(r for r in real[number + 1 :] if r != real[number])}
        if not any(_holds(other, real[number]) for other in others):
            kept.append(path)
    return kept


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _kind(entry: os.DirEntry[str]) -> tuple[bool, bool]:
    """Whether it is a folder; whether it may be a file, so that opening it tells.

    A link to nowhere, or to itself, may be one; a pipe, socket or device is none.
    """
    try:
        is_file = entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))
        return entry.is_dir(), is_file
    except OSError:  # a link to itself: it must not cost the other files of its folder
        return False, True


def _identity(folder: str) -> _Identity:
    status = os.stat(folder)
    return status.st_dev, status.st_ino


def _walk(
    folder: str, wanted: Callable[[str], bool], shunned: Shunned, above: tuple[_Identity, ...]
) -> Iterator[str]:
    try:
        identity = _identity(folder)
        if identity in above:
            return
        with os.scandir(folder) as entries:
            listed = sorted((entry.name, *_kind(entry)) for entry in entries)
    except OSError:
        yield folder
        return
    if shunned(folder, {name for name, _, _ in listed}):
        return
    for name, is_folder, is_file in listed:
        path = os.path.join(folder, name)
        if is_folder:
            yield from _walk(path, wanted, shunned, (*above, identity))
        elif is_file and wanted(name):
            yield path
