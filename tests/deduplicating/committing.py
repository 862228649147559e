"""A small run, to be killed: `python committing.py FOLDER SHARDS`.

Commits shard after shard, each in one transaction after its file was renamed into place, and says
so; started again, it goes on after the last one that was committed.
"""

import json
import sqlite3
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from cleaners.deduplicating import DuplicateIndex, Entry, Location, sketch
from cleaners.settings import Duplicates
from tests.deduplicating.corpus import edited, text

_SIZE = 40


def make_shard(shard):
    """A third of its documents are copies or parts of earlier ones."""
    for number in range(shard * _SIZE, (shard + 1) * _SIZE):
        if number % 3 or not number:
            yield Entry(f"d{number}", text(number, 120))
        elif number % 2:
            yield Entry(f"d{number}", edited(text(number // 2, 120), 0.03, number))
        else:
            yield Entry(f"d{number}", text(number // 2, 75))


def main(folder, shards):
    def fetch(location):
        with (folder / location.file).open("rb") as file:
            file.seek(location.offset)
            return json.loads(file.read(location.length))["text"]

    connection = sqlite3.connect(folder / "index.sqlite", isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS done (shard INTEGER PRIMARY KEY)")
    [first] = connection.execute("SELECT coalesce(max(shard), -1) + 1 FROM done").fetchone()
    index = DuplicateIndex(connection, Duplicates(keep="longest"), fetch)
    for shard in range(first, shards):
        entries = list(make_shard(shard))
        connection.execute("BEGIN IMMEDIATE")
        verdicts = index.add(entries, sketch([entry.text for entry in entries]))
        places, lines = {}, []
        for entry, verdict in zip(entries, verdicts, strict=True):
            record = {"id": entry.id, "told": str(verdict)}
            if verdict.duplicate_of is None:
                record["text"] = entry.text
            line = json.dumps(record).encode() + b"\n"
            if "text" in record:
                places[entry.id] = Location(f"{shard}.jsonl", sum(map(len, lines)), len(line))
            lines.append(line)
        (folder / "part").write_bytes(b"".join(lines))
        (folder / "part").replace(folder / f"{shard}.jsonl")
        index.place(places)
        connection.execute("INSERT INTO done VALUES (?)", (shard,))
        connection.execute("COMMIT")
        sys.stdout.write(f"{shard}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
