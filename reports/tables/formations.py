"""Units and groups named in cells, linked to the registry that articles are linked to as well."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.reports.mentions.units import find_units
from dateline.reports.reading import read
from dateline.reports.report import Report

if TYPE_CHECKING:
    from dateline.reports.mentions.units import UnitMention

__all__ = ["group_of", "unit_of"]

_LONGEST = 120
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ACRONYM = re.compile(r"^[A-Z0-9/.\-]{2,12}:\s*")
_BRACKETS = re.compile(r"\s*\([^)]*\)$")


@lru_cache(maxsize=50_000)
def _mentions(text: str) -> tuple[UnitMention, ...]:
    """Return the units that a cell names, read by the language of its script."""
    if len(text) > _LONGEST:
        return ()
    language = "uk" if _UKRAINIAN.search(text) else "ru" if _CYRILLIC.search(text) else "en"
    return tuple(find_units(read(Report("", text, language=language))))


def unit_of(text: str, side: str | None = None) -> dict[str, Any]:
    """Return the unit that a cell names, with what the registry knows of it.

    Parameters
    ----------
    text
        The words of the table.
    side
        Side as the table gives it; a unit of another side is not linked.

    Returns
    -------
    dict
        id, name, side and sidc as far as they are known; the name is the registry's where linked.
    """
    linked = [mention for mention in _mentions(text) if mention.id]
    if len(linked) == 1 and linked[0].start == 0 and side in (None, linked[0].side):
        found = linked[0]
        unit = {"id": found.id, "name": found.name, "side": found.side, "sidc": found.sidc}
    else:
        unit = {"name": text, "side": side}
    return {name: value for name, value in unit.items() if value}


def group_of(name: str) -> str | None:
    """Return the side by which the registry knows a group, null if the whole name is none it knows.

    ACLED's acronym before a colon and brackets after the name do not count.
    """
    for words in dict.fromkeys((name, _ACRONYM.sub("", name), _BRACKETS.sub("", name))):
        found = _mentions(words)
        if len(found) == 1 and found[0].kind == "group" and found[0].text == words:
            return found[0].side or found[0].name
    return None
