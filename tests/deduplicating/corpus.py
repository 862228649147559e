"""Made-up documents: any number of them, each different, the same every time."""

import random
import sqlite3

from cleaners.deduplicating import DuplicateIndex, Entry, Location, sketch
from cleaners.settings import Duplicates

_CONSONANTS = "bdfghjklmnprstvwz"
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in "aeiou"]


def words(rng, count):
    return ["".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3)))) for _ in range(count)]


def text(seed, count=300):
    """`count` words in paragraphs of about fifty."""
    rng = random.Random(f"text {seed}")
    found = words(rng, count)
    return "\n\n".join(" ".join(found[at : at + 50]) + "." for at in range(0, count, 50))


def edited(original, share, seed=0):
    """The text with a share of its words replaced."""
    rng = random.Random(f"edit {seed}")
    return " ".join(
        words(rng, 1)[0] if rng.random() < share else word for word in original.split(" ")
    )


class Output:
    """An index with the texts that it told to emit; stands in for the part files of a run."""

    def __init__(self, connection=None, against=(), **settings):
        self.connection = connection or sqlite3.connect(":memory:")
        self.settings = Duplicates(**settings)
        self.texts = {}
        self.verdicts = {}
        self.entries = {}
        self.index = DuplicateIndex(self.connection, self.settings, self.fetch, against)

    def fetch(self, location):
        return self.texts[location.file, location.offset]

    def add(self, *texts, **fields):
        """One batch; ids are d0, d1, ... in order of arrival.  Returns its verdicts."""
        first = len(self.entries)
        entries = [Entry(f"d{first + n}", text, **fields) for n, text in enumerate(texts)]
        return self.add_entries(entries)

    def add_entries(self, entries):
        sketches = sketch([entry.text for entry in entries], self.settings.shingle_tokens)
        verdicts = self.index.add(entries, sketches)
        file = f"documents/{len(self.entries)}.jsonl"
        places = {}
        for offset, (entry, verdict) in enumerate(zip(entries, verdicts, strict=True)):
            self.entries[entry.id] = entry
            self.verdicts[entry.id] = verdict
            if verdict.duplicate_of is None:
                self.texts[file, offset] = entry.text
                places[entry.id] = Location(file, offset, len(entry.text))
        self.index.place(places)
        return verdicts
