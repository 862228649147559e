"""The rooms of the library depend on each other one way."""

import ast
from pathlib import Path

import pytest

import cleaners

ROOT = Path(cleaners.__file__).parent
# A room may use those before it and itself.  Rooms on one line do not use each other.
ORDER = (
    (
        "errors",
        "version",
        "characters",
        "addresses",
        "records",
        "language",
        "locating",
        "patterns",
        "collector",
        "counting",
        "stops",
        "symmetric",
    ),
    ("userrules", "extras", "formats", "quick_json"),
    ("settings",),
    ("metadata", "applying", "reading"),
    ("writing",),
    ("deduplicating",),
    ("segmenting", "describing"),
    ("templating",),
    ("judging",),
    ("cleaning",),
    ("__init__", "working", "cases"),
    ("batch",),
    ("report",),
    ("explaining",),
    ("cli",),
)


def modules():
    return sorted(path for path in ROOT.rglob("*.py"))


def room_of(path):
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path):
    """The rooms that a module names, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "cleaners":
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("cleaners.")
            )


RANKS = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_uses_only_rooms_before_it(path):
    room = room_of(path)
    for other in imported_rooms(path):
        if room in RANKS and other != room:
            assert RANKS.get(other, len(ORDER)) < RANKS[room], f"{room} uses {other}"


def test_every_room_has_its_place_in_the_order():
    assert {room_of(path) for path in modules()} == set(RANKS)
