"""The flow's parameters, typed and described, as Prefect's run form shows them."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field

from cleaners.settings import Cleaning, Duplicates, Limits, Settings, settings_from

# The form names each setting and says what it means; a misspelt one is an error, not ignored.
_CONFIG: Final = ConfigDict(extra="forbid", use_attribute_docstrings=True)
for _section in (Settings, Cleaning, Duplicates, Limits):
    _section.__pydantic_config__ = _CONFIG  # type: ignore[union-attr]


def _in_range(settings: Settings) -> Settings:
    """Types are right by now; ranges are checked where a settings file's are."""
    return settings_from(dataclasses.asdict(settings), where="settings")


Paths: TypeAlias = Annotated[
    list[str],
    Field(
        min_length=1,
        title="Scrapes",
        description="Files and folders of scrapes, one a line, as the machine that runs the flow "
        "sees them: pages (.html .txt .md ...), records (.jsonl), any of them with .gz. "
        "Absolute paths are safest.",
        examples=[["/data/scrapes"]],
    ),
]
Out: TypeAlias = Annotated[
    str,
    Field(
        min_length=1,
        title="Output folder",
        description="Where documents, duplicates, removals, failures and the ledger go. "
        "Scrapes that were cleaned into this folder before are skipped.",
        examples=["/data/clean"],
    ),
]
FormSettings: TypeAlias = Annotated[
    Settings,
    AfterValidator(_in_range),
    Field(
        title="Settings",
        description="How pages are cleaned and what counts as a duplicate; the same keys as in "
        "winnow.toml. The defaults are right for most.",
    ),
]
Again: TypeAlias = Annotated[
    bool, Field(title="Clean again", description="Clean scrapes that were done before, too.")
]
Workers: TypeAlias = Annotated[
    int | None,
    Field(
        ge=1,
        title="Workers",
        description="Shards that are cleaned at the same time, each in a process; empty for one "
        "a core. The output is the same for any number.",
    ),
]
Runner: TypeAlias = Annotated[
    Literal["threads", "dask"],
    Field(
        title="Where shards are cleaned",
        description="threads: on this machine. dask: on a Dask cluster that sees the same paths "
        "(needs the extra `dask`).",
    ),
]
DaskAddress: TypeAlias = Annotated[
    str | None,
    Field(
        title="Dask scheduler",
        description="Address of the Dask scheduler; empty for a cluster on this machine that "
        "lives as long as the run.",
        examples=["tcp://10.0.0.5:8786"],
    ),
]
