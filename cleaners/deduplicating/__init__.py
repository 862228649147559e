"""Near-duplicates: sketch in any process, decide in one.

Workers turn cleaned texts into sketches; it needs nothing but the texts:

>>> sketches = sketch(texts)                      # numpy arrays, one row a text
>>> data = sketches.to_bytes()                    # into the part file's folder, and back:
>>> sketches = Sketches.from_bytes(data)

The one writer, shard by shard in shard order, inside a transaction that it began on its own
`sqlite3.Connection` and commits itself (the index never commits, nor begins):

>>> index = DuplicateIndex(connection, settings.duplicates, fetch_text)
>>> verdicts = index.add(entries, sketches)       # one verdict an entry, in the same order
>>> # ... write the documents whose verdict has no `duplicate_of` to the part file ...
>>> index.place({document_id: Location(file, offset, length), ...})

The index makes its tables where they are missing and refuses (`IndexMismatchError`) a database
made with other parameters.  `place` tells where each emitted document was written, since that is
known only after the verdicts; `fetch_text(location)` must give those texts back in later shards
and runs, because no pair counts as duplicates before both texts were compared exactly.  A blank
text is never a duplicate.  A text that is known already is a duplicate even of the same id: a
caller that cleans scrapes again decides by itself what becomes of them.

`check` and `rebuild` look after the tables; the latter works from what `read_documents(out)` and
`read_duplicates(out)` find in an output folder, and `text_reader(out)` is its `fetch_text`.
`clusters` and `similar` ask questions; `find_repeats` tells of long paragraphs that stories share,
where the settings have them counted.

Make one `DuplicateIndex` a run where that is possible: it reads the filed keys, about 180 bytes a
document, into memory.  After a rollback it is out of step with its database: make another.
"""

from cleaners.deduplicating.batches import Source
from cleaners.deduplicating.index import DuplicateIndex
from cleaners.deduplicating.maintaining import check, rebuild
from cleaners.deduplicating.outputs import entry_of, read_documents, read_duplicates, text_reader
from cleaners.deduplicating.queries import Cluster, Member, Resemblance, clusters, similar
from cleaners.deduplicating.records import Entry, FetchText, Location, Relation, Verdict
from cleaners.deduplicating.repeats import Repeat, Shared, find_repeats, list_repeats
from cleaners.deduplicating.signatures import Sketches, as_minhash, sketch
from cleaners.deduplicating.store import IndexMismatchError, check_parameters, last_document

__all__ = [
    "Cluster",
    "DuplicateIndex",
    "Entry",
    "FetchText",
    "IndexMismatchError",
    "Location",
    "Member",
    "Relation",
    "Repeat",
    "Resemblance",
    "Shared",
    "Sketches",
    "Source",
    "Verdict",
    "as_minhash",
    "check",
    "check_parameters",
    "clusters",
    "entry_of",
    "find_repeats",
    "last_document",
    "list_repeats",
    "read_documents",
    "read_duplicates",
    "rebuild",
    "similar",
    "sketch",
    "text_reader",
]
