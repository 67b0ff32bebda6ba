"""Which line of a TOML file a key stands in; the standard library's parser does not say."""

from __future__ import annotations

import re
import tomllib

__all__ = ["line_of", "lines_of"]

_TABLE = re.compile(r"^\s*\[(?!\[)(?P<name>[^\]]+)\]")
_ARRAY = re.compile(r"^\s*\[\[(?P<name>[^\]]+)\]\]")
_KEY = re.compile(
    r"""^\s*(?P<name>(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_LONG_QUOTES = ('"""', "'''")

Location = tuple[str | int, ...]


def lines_of(text: str) -> dict[Location, int]:
    """Return the line, from 1, of every table and key that starts a line.

    Parameters
    ----------
    text
        Valid TOML.

    Returns
    -------
    dict
        From the path of a key, members of arrays by number from 0, to its line.
    """
    found: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    table: Location = ()
    open_quotes = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if open_quotes:
            open_quotes = "" if open_quotes in line else open_quotes
            continue
        if array := _ARRAY.match(line):
            path = _path(array["name"], counts)
            counts[path] = counts.get(path, -1) + 1
            table = (*path, counts[path])
            found[table] = number
            found.setdefault(path, number)
        elif header := _TABLE.match(line):
            table = _path(header["name"], counts)
            found[table] = number
        elif key := _KEY.match(line):
            found[table + _path(key["name"], {})] = number
            open_quotes = next((quotes for quotes in _LONG_QUOTES if line.count(quotes) == 1), "")
    return found


def line_of(lines: dict[Location, int], location: Location) -> int:
    """Return the line of a key, or of the nearest table around it that has one; 1 if none has."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)


def _path(dotted: str, counts: dict[Location, int]) -> Location:
    """Return a dotted key as a path; a part that is an array of tables is followed by its last member."""
    path: Location = ()
    parts = _parts(dotted)
    for depth, part in enumerate(parts, start=1):
        path = (*path, part)
        if depth < len(parts) and path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> list[str]:
    """Return the names of a dotted key, quotes taken off by the parser itself."""
    names: list[str] = []
    tables = tomllib.loads(f"{dotted} = 0")
    while isinstance(tables, dict):
        name, tables = next(iter(tables.items()))
        names.append(name)
    return names
