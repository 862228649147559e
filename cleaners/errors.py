"""Every error that Winnow raises on purpose.

WinnowError
├── UsageError          the caller asked for something that cannot be done (exit 2)
│   └── SettingsError   a settings file or flag is wrong
├── RunError            the run failed as a whole (exit 1)
└── PageError           one page failed; the run records it and goes on

Messages are one line that names what is wrong and what to do about it.
"""

from __future__ import annotations


class WinnowError(Exception):
    """The root of all errors that Winnow raises on purpose."""


class UsageError(WinnowError):
    """The caller asked for something that cannot be done; the command exits with 2."""


class SettingsError(UsageError):
    """A settings file or flag is wrong."""


class RunError(WinnowError):
    """The run failed as a whole; the command exits with 1."""


class PageError(WinnowError):
    """One page could not be read or cleaned; it becomes a line in `failures`."""
