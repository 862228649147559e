"""The flow's parameters, typed and described, as Prefect's run form shows them."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, ConfigDict, Field

from cleaners.settings import MOST_WORKERS, Cleaning, Duplicates, Limits, Settings, settings_from
from cleaners.userrules import CueRule, KeepRule

# The form names each setting and says what it means; a misspelt one is an error, not ignored.
_CONFIG: Final = ConfigDict(extra="forbid", use_attribute_docstrings=True)
for _section in (Settings, Cleaning, Duplicates, Limits, CueRule, KeepRule):
    _section.__pydantic_config__ = _CONFIG  # type: ignore[union-attr]


def _in_range(settings: Settings) -> Settings:
    """Types are right by now; ranges are checked where a settings file's are."""
    return settings_from(dataclasses.asdict(settings), where="settings")


# What a field means stands in the flow's docstring: Prefect takes it from there.
Paths: TypeAlias = Annotated[list[str], Field(min_length=1, examples=[["/data/scrapes"]])]
Out: TypeAlias = Annotated[str, Field(min_length=1, examples=["/data/clean"])]
Against: TypeAlias = Annotated[list[str], Field(examples=[["/data/clean-june"]])]
FormSettings: TypeAlias = Annotated[Settings, AfterValidator(_in_range)]
Workers: TypeAlias = Annotated[int | None, Field(ge=1, le=MOST_WORKERS)]
Runner: TypeAlias = Literal["threads", "dask", "ray"]
Cluster: TypeAlias = Annotated[
    str | None, Field(min_length=1, examples=["tcp://10.0.0.5:8786", "ray://10.0.0.5:10001"])
]
