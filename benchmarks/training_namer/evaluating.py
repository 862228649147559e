"""How good the namer is on pages of a hand that it has read nothing of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from benchmarks.results import markdown
from benchmarks.training_namer.examples import Text
from cleaners.judging import judge_text
from cleaners.judging.namer.features import CLASS_OF, KEEP, NAMED
from cleaners.judging.namer.model import Namer
from cleaners.records import Removal

_TARGETS: Final = ("ticker", "disclaimer", "related", "newsletter", "ad")


def report(texts: Sequence[Text], namers: Mapping[str, Namer]) -> None:
    """Print what the judges of a text page make of labelled pages, counted in words."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if text.group in namers:
            _, removals, _ = judge_text(text.blocks, namer=namers[text.group])
            _count(counts[text.group], text, removals)
    for counter in list(counts.values()):
        counts["all"] += counter
    head = ["hand", *_TARGETS, "kept", "gone", "named"]
    rows = [[name, *_figures(counter)] for name, counter in sorted(counts.items())]
    print("\n".join(markdown(head, rows)), flush=True)
    every = counts["all"]
    own, right = every["own"], every["own right"]
    print(f"taken by the namer alone: {own} words, {right / max(own, 1):.4f} not content")


def _count(counter: Counter[str], text: Text, removals: Sequence[Removal]) -> None:
    done = dict.fromkeys(range(len(text.blocks)), "keep")
    own = set()
    for removal in removals:
        if 2 * (removal.end - removal.start) > len(text.blocks[removal.block].text):
            done[removal.block] = removal.kind
            if removal.rule.endswith(".learned"):
                own.add(removal.block)
    for number, words in enumerate(text.measured.words.tolist()):
        size = round(words)
        allowed = text.allowed[number]
        if not allowed.any():
            continue
        called = done[number]
        at = KEEP if called == "keep" else CLASS_OF.get(called, -1)  # type: ignore[call-overload]
        right = at >= 0 and bool(allowed[at])
        label = called if right else ("keep", *NAMED)[int(np.argmax(allowed))]
        counter[f"is {label}"] += size
        counter[f"called {called}"] += size
        counter[f"right {called}"] += size * right
        if number in own:
            counter["own"] += size
            counter["own right"] += size * (label != "keep")
        if label != "keep" and called != "keep":
            counter["gone"] += size


def _figures(counter: Counter[str]) -> list[str]:
    """Precision and recall of the kinds that matter most, and shares of all words."""
    found = []
    for kind in _TARGETS:
        right = counter[f"right {kind}"]
        precision = right / max(counter[f"called {kind}"], 1)
        found.append(f"{precision:.2f} / {right / max(counter[f'is {kind}'], 1):.2f}")
    boilerplate = sum(counter[f"is {kind}"] for kind in NAMED)
    named = sum(counter[f"right {kind}"] for kind in NAMED)
    kept = counter["right keep"] / max(counter["is keep"], 1)
    return [
        *found,
        f"{kept:.4f}",
        f"{counter['gone'] / boilerplate:.3f}",
        f"{named / boilerplate:.3f}",
    ]
