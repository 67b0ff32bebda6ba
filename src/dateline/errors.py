"""Every error that Dateline raises on purpose.

::

    DatelineError (Exception)
    ├── InputError (ValueError)          a report, table, expression or option that cannot be used
    │   ├── CellError                    one cell of a table: file, row, column, value, remedy
    │   └── SourceError (OSError)        a file or address that cannot be read
    ├── OutputError (OSError)            a result that cannot be written
    ├── GazetteerError (RuntimeError)    the place index is damaged, missing or cannot be built
    ├── ServiceError (ConnectionError)   an online geocoder refused, failed or answered nonsense
    │   └── AnswerError                  one answer of it cannot be read; others may be
    └── ConfigError (ValueError)         a lexicon, registry or dateline.toml that breaks its own rules

A message says what was expected, what came, and what to do. The command line prints it as one line
and exits with code 1.
"""

from __future__ import annotations

__all__ = [
    "AnswerError",
    "CellError",
    "ConfigError",
    "DatelineError",
    "GazetteerError",
    "InputError",
    "OutputError",
    "ServiceError",
    "SourceError",
]

_SHOWN_CHARACTERS = 160


def _shorten(value: object) -> str:
    """Return the repr of `value`, its middle left out so that an error stays one readable line."""
    text = repr(value)
    half = _SHOWN_CHARACTERS // 2
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:half]}…{text[-half:]}"


class DatelineError(Exception):
    """Base of all errors that Dateline raises on purpose."""


class InputError(DatelineError, ValueError):
    """A report, table, expression or option that cannot be used.

    Parameters
    ----------
    expected
        What would have been accepted.
    got
        What came instead; shown by its repr, shortened.
    remedy
        What the user can do about it.
    """

    def __init__(self, expected: str, got: object = None, remedy: str = "") -> None:
        self.expected = expected
        self.got = got
        self.remedy = remedy
        came = "" if got is None else f", got {_shorten(got)}"
        todo = f"; {remedy}" if remedy else ""
        super().__init__(f"expected {expected}{came}{todo}")


class CellError(InputError):
    """One cell of a table that cannot be used.

    Parameters
    ----------
    file
        Name of the table as the user gave it.
    row
        Row number as a spreadsheet counts it: the header is row 1.
    column
        Name of the column.
    value
        What the cell holds.
    expected
        What would have been accepted.
    remedy
        What the user can do about it.
    """

    def __init__(
        self, file: str, row: int, column: str, value: object, *, expected: str, remedy: str = ""
    ) -> None:
        super().__init__(expected, value, remedy)
        self.file = file
        self.row = row
        self.column = column
        self.value = value

    def __str__(self) -> str:
        """Return file, row and column before what was expected."""
        return f"{self.file}, row {self.row}, column {self.column!r}: {super().__str__()}"


class SourceError(InputError, OSError):
    """A file or address that cannot be read."""


class OutputError(DatelineError, OSError):
    """A result that cannot be written."""


class GazetteerError(DatelineError, RuntimeError):
    """The place index is damaged, missing or cannot be built."""


class ServiceError(DatelineError, ConnectionError):
    """An online geocoder refused, failed or answered nonsense."""


class AnswerError(ServiceError):
    """One answer of an online geocoder cannot be read; those to other questions may be."""


class ConfigError(DatelineError, ValueError):
    """A lexicon, a registry or a `dateline.toml` that breaks its own rules."""
