"""What people write by hand into the cells of a table under review, where Dateline itself writes JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from dateline import codec
from dateline.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["list_of", "number_of", "truth_of"]

_TRUE = frozenset({"true", "1", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "истина", "yes"})
_FALSE = frozenset({"false", "0", "falsch", "faux", "falso", "ложь", "no"})
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_PARTS = re.compile(r"\s*[;|\n]\s*")
_ADDRESS = re.compile(r"https?://\S+")
_FIGURE = re.compile(
    r"(?P<least>at least |>=? ?|≥ ?)?(?P<min>\d+)(?:\s*(?P<open>[-–+])\s*(?P<max>\d+)?)?\s+"
    r"(?P<kind>killed|wounded|captured|missing|strength)(?:[,:]?\s+(?P<who>.+))?",
    re.IGNORECASE,
)


def list_of(name: str, text: str) -> list[Any]:
    """Return the list that a cell of column `name` holds.

    JSON as Dateline writes it, JSON with words after it, or words alone, parted by semicolons: sides
    ("UKR; RUS"), names of units, addresses and publishers of sources, figures ("3-5 killed").

    Raises
    ------
    InputError
        If it holds something else.
    """
    text = text.strip()
    if not text.startswith("["):
        return _WORDS[name](text)
    try:
        return list(codec.load(text))
    except InputError:
        value, end = _leading(text)
        return [*value, *_WORDS[name](text[end:].strip(" ;|,\n\r"))]


def _leading(text: str) -> tuple[list[Any], int]:
    """Return the JSON list that a text begins with, and where it ends."""
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise InputError("a list in JSON, or words parted by semicolons", text) from error
    return list(value), end


def number_of(text: str) -> float:
    """Return a number, written with a stop or a comma.

    Raises
    ------
    InputError
        If it is none.
    """
    bare = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(bare):
        raise InputError("a number", text)
    return float(bare.replace(",", "."))


def truth_of(text: str) -> bool:
    """Return what TRUE or FALSE of a spreadsheet in any of the usual languages means.

    Raises
    ------
    InputError
        If it is neither.
    """
    word = text.strip().casefold()
    if word not in _TRUE | _FALSE:
        raise InputError("TRUE or FALSE", text)
    return word in _TRUE


def _parts(text: str) -> list[str]:
    """Return the parts of a cell, each once."""
    return [part for part in dict.fromkeys(_PARTS.split(text.strip())) if part]


def _sides(text: str) -> list[Any]:
    """Return the sides that a cell names."""
    from dateline.reports.tables.plain import sides_of

    return sides_of(text) if text else []


def _units(text: str) -> list[Any]:
    """Return the units that a cell names, linked where the registry knows them."""
    from dateline.reports.tables.formations import unit_of

    return [unit_of(part) for part in _parts(text)]


def _sources(text: str) -> list[Any]:
    """Return the sources that a cell names: addresses, with the publisher that stands before them, if any."""
    found: list[Any] = []
    for part in _parts(text):
        urls = _ADDRESS.findall(part)
        publisher = " ".join(_ADDRESS.sub(" ", part).split()).strip(" ,:-–—()") or None
        found += [{"publisher": publisher, "url": url.rstrip(".,)")} for url in urls] or [
            {"publisher": publisher}
        ]
    return found


def _casualties(text: str) -> list[Any]:
    """Return the figures that a cell holds."""
    found = []
    for part in _parts(text):
        match = _FIGURE.fullmatch(part)
        if match is None:
            raise InputError("figures such as '3-5 killed; at least 2 wounded civilians'", part)
        least = int(match["min"])
        most = int(match["max"]) if match["max"] else None if match["open"] else least
        most = None if match["least"] else most
        found.append(
            {"min": least, "max": most, "kind": match["kind"].lower(), "who": match["who"]}
        )
    return found


_WORDS: dict[str, Callable[[str], list[Any]]] = {
    "sides": _sides,
    "units": _units,
    "sources": _sources,
    "casualties": _casualties,
}
