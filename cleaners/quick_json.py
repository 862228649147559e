"""orjson, imported so that no signal can meet its start.

It begins in C with imports of its own, and where Ctrl-C or SIGTERM raises in one of them, Python
ends with a segmentation fault in place of a message.
"""

from __future__ import annotations

from cleaners.stops import stops_wait

with stops_wait():
    from orjson import JSONDecodeError, dumps, loads

__all__ = ["JSONDecodeError", "dumps", "loads"]
