r"""How values of the events table are written in files whose cells hold text only, and read back.

Everything here is a bijection: what was written comes back exactly, or it is an error.

- Lists and objects are JSON.
- A cell that a spreadsheet would run as a formula gets an apostrophe (`guard`).
- Characters that a format cannot hold become `_xHHHH_`, as Office Open XML writes them (`escape`).
"""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import PydanticSerializationError, from_json, to_json

from dateline.errors import InputError

__all__ = [
    "FORMAT",
    "LONG_TEXT",
    "NUL",
    "XML",
    "dump",
    "dump_bytes",
    "escape",
    "guard",
    "load",
    "mark",
    "unescape",
    "unguard",
    "unmark",
]

FORMAT = "dateline-events/1"
"""Name and version of the layout, written into every file that has room for metadata."""

_FORMULA = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_CELL_START = r"((?:^|[;\t\r\n])[ \"]*)"
_UNGUARDED = re.compile(rf"{_CELL_START}('*)(?={_FORMULA})")
_GUARDED = re.compile(rf"{_CELL_START}'('*)(?={_FORMULA})")
_RISKY = re.compile(_FORMULA)

NUL = re.compile("\x00|_(?=x[0-9A-F]{4}_)")
"""What a format built on C strings cannot hold, and what looks like our way of writing it."""

XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
"""What XML 1.0 cannot hold or would change, and what looks like our way of writing it."""

LONG_TEXT = "see long text {}"
"""What stands in a cell for a text that is too long for it."""

_RESERVED = re.compile(f"'*({LONG_TEXT.format('[0-9]+')})?")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


def dump(value: Any) -> str:
    """Return `value` as compact JSON text; numbers that are not finite become null.

    Raises
    ------
    InputError
        If `value` holds something that JSON cannot.
    """
    return dump_bytes(value).decode()


def dump_bytes(value: Any) -> bytes:
    """Return `value` as compact JSON in UTF-8; see `dump`."""
    try:
        return to_json(value, inf_nan_mode="null", fallback=_plain)
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise InputError("values that JSON can hold", value, str(error)) from error


def load(text: str | bytes) -> Any:
    """Return the value of JSON `text`.

    Raises
    ------
    InputError
        If `text` is not JSON or is nested too deep.
    """
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise InputError("JSON", text, str(error)) from error


def guard(text: str) -> str:
    """Return `text` so that no spreadsheet runs it as a formula, however it splits the cells.

    An apostrophe is put before a formula character at the start of the cell, and after a line end, a
    tab or a semicolon, where a program that expects another separator would start a cell.
    """
    text = mark(text)
    return _UNGUARDED.sub(r"\1\2'", text) if _RISKY.search(text) else text


def unguard(text: str) -> str | None:
    """Return what `guard` was given; null for an empty cell."""
    plain = _GUARDED.sub(r"\1\2", text) if _RISKY.search(text) else text
    return unmark(plain)


def mark(text: str) -> str:
    """Return `text`, with an apostrophe before it if it means something else as a cell.

    An empty cell means null, and `see long text 7` that the text stands elsewhere. Apostrophes before
    such a text are counted up, so that `unmark` can count them down.
    """
    return "'" + text if _RESERVED.fullmatch(text) else text


def unmark(text: str) -> str | None:
    """Return what `mark` was given; null for an empty cell."""
    if not text:
        return None
    return text[1:] if text.startswith("'") and _RESERVED.fullmatch(text) else text


def escape(text: str, forbidden: re.Pattern[str] = XML) -> str:
    """Return `text` with every `forbidden` character as `_xHHHH_`."""
    return forbidden.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescape(text: str) -> str:
    """Return what `escape` was given."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _plain(value: object) -> object:
    """Return a NumPy scalar or array as Python's own; refuse what is neither."""
    if hasattr(value, "tolist"):
        return value.tolist()
    message = f"{type(value).__name__} is not a JSON value"
    raise TypeError(message)
