"""Every error that Winnow raises on purpose.

WinnowError
├── UsageError          the caller asked for something that cannot be done (exit 2)
│   └── SettingsError   a settings file or flag is wrong
├── RunError            the run failed as a whole (exit 1)
│   └── BusyError       another run is writing to the output folder
├── FaultError          a fault of Winnow's own, in a page that is cleaned alone (exit 1)
└── PageError           one page failed; the run records it and goes on
    ├── UnreadableError     the file cannot be opened or read
    ├── ChangedError        the file changed between listing and cleaning it
    ├── EmptyError          there is nothing in it
    ├── TooLargeError       it is larger than limits.page_bytes
    ├── BinaryError         it is not a page: an image, a PDF, an archive, ...
    ├── MalformedError      a record is not what a record must be
    ├── NoTextError         the page has markup but no text
    ├── TimeLimitError      it took longer than limits.page_seconds
    └── WorkerDiedError     the process that cleaned it died

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


class BusyError(RunError):
    """Another run is writing to the output folder."""


class FaultError(WinnowError):
    """A fault of Winnow's own, met while one page was cleaned alone; the command exits with 1."""


class PageError(WinnowError):
    """One page could not be read or cleaned; it becomes a line in `failures`."""


class UnreadableError(PageError):
    """The file cannot be opened or read."""


class ChangedError(PageError):
    """The file changed between listing and cleaning it; the next run takes it up."""


class EmptyError(PageError):
    """There is nothing in it."""


class TooLargeError(PageError):
    """It is larger than `limits.page_bytes`, as it is or unpacked."""


class BinaryError(PageError):
    """It is not a page: an image, a PDF, an archive, ..."""


class MalformedError(PageError):
    """A record is not what a record must be."""


class NoTextError(PageError):
    """The page has markup but no text."""


class TimeLimitError(PageError):
    """It took longer than `limits.page_seconds`."""


class WorkerDiedError(PageError):
    """The process that cleaned it died."""
