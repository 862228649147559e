"""Libraries that not everybody needs: imported late, and asked for by the name of their extra."""

from __future__ import annotations

import importlib
from typing import Any

from cleaners.errors import UsageError


def extra(module: str, name: str, purpose: str) -> Any:
    """The module, which the extra `winnow[name]` installs; `purpose` says what it is needed for.

    Raises `UsageError` if it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(
            f"{module} is needed {purpose} and cannot be imported ({error}); "
            f"install it with: pip install 'winnow[{name}]'"
        ) from error
