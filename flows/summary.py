"""The texts of a run's artifacts: pure functions of its facts."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape

from cleaners.batch.manifests import most_first
from flows.facts import CommittedShard, RunFacts

_LISTED: Final = 10
_BAR_WIDTH: Final = 420


def summary(facts: RunFacts) -> str:
    """The run in Markdown: counts, what went, what failed and why, what changed."""
    counts = facts.manifest["counts"]
    parts = [
        f"# Run {facts.plan.run} into `{facts.plan.out}`",
        _headline(counts),
        _counts_table(counts, None if facts.previous is None else facts.previous["counts"]),
        _removed_table(counts["removed"], counts["documents"]),
        _failures(facts),
        _slowest(facts),
        _report(facts),
        f"Cleaned by {facts.manifest['cleaned_by']}. Manifest: `runs/{facts.plan.run}.json`.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _report(facts: RunFacts) -> str:
    """Where to read what went; the path, too, since browsers may not follow links to files."""
    if facts.report is None:
        out = _cell(str(facts.plan.out))
        return f"To read what went, page by page: `winnow report {out}`, or a run with `report`."
    return f"[Read what went, page by page]({facts.report.as_uri()}): `{_cell(str(facts.report))}`"


def shard_rows(shards: Sequence[CommittedShard]) -> list[dict[str, Any]]:
    """The table of shards, one row each, in their order."""
    return [
        {
            "shard": shard.name,
            "pages": shard.counts.pages,
            "documents": shard.counts.documents,
            "duplicates": shard.counts.duplicates,
            "failures": shard.counts.failures,
            "words": shard.counts.words,
            "seconds": round(shard.seconds, 1),
        }
        for shard in shards
    ]


def chart(removed: Mapping[str, int]) -> str:
    """Horizontal bars of the removed pieces by kind: an SVG in a `data:` URI."""
    rows = most_first(removed)
    most = max(removed.values(), default=1)
    height = 22 * len(rows) + 16
    bars = [
        f'<text x="112" y="{22 * n + 23}" text-anchor="end">{escape(kind)}</text>'
        f'<rect x="120" y="{22 * n + 10}" width="{max(1, _BAR_WIDTH * count // most)}"'
        f' height="16" rx="2"/>'
        f'<text x="{126 + _BAR_WIDTH * count // most}" y="{22 * n + 23}">{count:,}</text>'
        for n, (kind, count) in enumerate(rows)
    ]
    style = (
        "text{font:13px system-ui,sans-serif;fill:#475569}rect{fill:#b45309}.paper{fill:#ffffff}"
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="620" height="{height}">'
        f'<style>{style}</style><rect class="paper" width="620" height="{height}"/>'
        f"{''.join(bars)}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _headline(counts: Mapping[str, Any]) -> str:
    new = counts["scrapes"] - counts["skipped"]
    text = f"**{counts['documents']:,} clean documents** from {new:,} new pages"
    if counts["duplicates"]:
        text += f"; {_share(counts['duplicates'], new)} were duplicates"
    if counts["failures"]:
        text += f"; {counts['failures']:,} could not be cleaned"
    return f"{text}."


def _counts_table(counts: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """Shares are of the pages that were not skipped: runs of different size compare."""
    new = counts["scrapes"] - counts["skipped"]
    head = ["", "pages", "share"] + ([] if before is None else ["run before", "change"])
    rows = []
    for name in ("documents", "duplicates", "failures"):
        row = [name, f"{counts[name]:,}", _share(counts[name], new)]
        if before is not None:
            earlier = before["scrapes"] - before["skipped"]
            row += [
                _share(before[name], earlier),
                _change(counts[name], new, before[name], earlier),
            ]
        rows.append(row)
    rows.append(["skipped, done before", f"{counts['skipped']:,}"] + [""] * (len(head) - 2))
    return _table(head, rows)


def _removed_table(removed: Mapping[str, int], documents: int) -> str:
    if not removed:
        return "## Removed\n\nNothing was removed."
    rows = [
        [kind, f"{count:,}", f"{count / documents:.2f}" if documents else ""]
        for kind, count in most_first(removed)
    ]
    return "## Removed\n\n" + _table(["kind", "pieces", "a document"], rows)


def _failures(facts: RunFacts) -> str:
    if not facts.failures:
        return "## Failures\n\nNone."
    reasons = Counter(row["error"] for row in facts.failures)
    told = ", ".join(f"{count:,} x {error}" for error, count in reasons.most_common())
    rows = [
        [f"`{_cell(row['source'])}`", row["error"], _cell(row["message"])]
        for row in facts.failures[:_LISTED]
    ]
    more = facts.manifest["counts"]["failures"] - len(rows)
    rest = f"\n\n... and {more:,} more in `failures/`." if more > 0 else ""
    return f"## Failures\n\n{told}\n\n" + _table(["page", "error", "why"], rows, rule="---") + rest


def _slowest(facts: RunFacts) -> str:
    if not facts.slowest:
        return ""
    rows = [[f"`{_cell(page.source)}`", f"{page.seconds:.2f} s"] for page in facts.slowest]
    return "## Slowest pages\n\n" + _table(["page", "time"], rows)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _change(part: int, whole: int, part_before: int, whole_before: int) -> str:
    """Percentage points between two shares."""
    if not whole or not whole_before:
        return ""
    return f"{100 * (part / whole - part_before / whole_before):+.1f} points"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, rule: str = "---:") -> str:
    """The first column is text; `rule` sets how the others stand, by default like numbers."""
    lines = [head, ["---", *[rule for _ in head[1:]]], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    """Text that cannot end its cell: names of files and messages are anybody's."""
    return text.replace("|", "\\|").replace("`", "'").replace("\n", " ")[:200]
