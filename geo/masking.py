"""Texts of a coarsened event: without the names and coordinates of the finer place."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dateline.event import stable_id

if TYPE_CHECKING:
    from dateline.geo.coarse import CoarseArea

__all__ = ["MASK", "Finder", "coarsened"]

Finder = Callable[[str, str | None], list[tuple[int, int]]]
"""From a text and its language to start and end, in code points, of the places named in it."""

MASK = "█████"
"""Five blocks, however long the name is: its length would tell it from others."""

_NUMBERS = re.compile(
    r"-?\d{1,3}[.,]\d{3,}\s*°?\s*[NSEWСЮВЗ]?"  # 51.19035 or 51,19035 N
    r"|\d{1,3}\s*°\s*\d{1,2}\s*['′’](?:\s*\d{1,2}(?:[.,]\d+)?\s*[\"″”])?\s*[NSEWСЮВЗ]?"  # 51°11'28"N
    r"|\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"  # MGRS: 36U XA 12345 67890
    r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"  # plus code
)
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
"""Letters: shorter words of a place expression (of, near, біля) are no names worth a mask."""

_ENDING = 3
"""Letters that inflection may change at the end of a name."""

_SOURCE_TEXTS = ("title", "excerpt")


def coarsened(event: dict[str, Any], area: CoarseArea, find: Finder | None) -> dict[str, Any]:
    """Return the columns to change so that an event tells no more than `area`.

    Parameters
    ----------
    event
        One row of the events table.
    area
        What is shown instead of its place.
    find
        What finds places in texts, to be masked there; null to leave all texts out.
    """

    def told(text: str | None) -> str | None:
        return _masked(text, event, find) if text is not None and find is not None else None

    old = event["uncertainty_m"]
    known = 0.0 if old is None or math.isnan(old) else old
    return {
        "id": stable_id("coarsened", event["id"]),  # the source's own would find the place there
        "title": told(event["title"]),
        "summary": told(event["summary"]),
        "place": area.name,
        "geometry": area.geometry,
        "uncertainty_m": max(area.uncertainty_m, known),
        "geo_precision": area.geo_precision,
        "where_prec": area.where_prec,
        "method": f"coarsened to {area.label}",
        "explanation": "The place is shown less precisely than it is known.",
        "casualties": [
            {**figure, "who": told(figure.get("who"))} for figure in event["casualties"]
        ],
        "sources": [_source(source, event, told) for source in event["sources"]],
        "extra": None,  # the source's own words and figures for the place
    }


def _source(
    source: dict[str, Any], event: dict[str, Any], told: Callable[[str | None], str | None]
) -> dict[str, Any]:
    """Return a source with what it tells of the place taken out."""
    texts = {name: told(source.get(name)) for name in _SOURCE_TEXTS}
    return {**source, **texts, "url": _address(source.get("url"), event)}


def _masked(text: str, event: dict[str, Any], find: Finder) -> str:
    """Return `text` with every place name, every form of the event's own, and coordinates masked."""
    spans = [match.span() for match in _NUMBERS.finditer(text)]
    spans += find(text, event["language"])
    stems = _stems(event["place"])
    spans += [word.span() for word in _WORD.finditer(text) if _is_form(word[0], stems)]
    for start, end in _joined(spans):
        text = text[:start] + MASK + text[end:]
    return text


def _stems(place: str | None) -> list[str]:
    """Return the words of a place expression without the letters that inflection may change."""
    words = (word[0].casefold() for word in _WORD.finditer(place or ""))
    return [word[: max(_SHORTEST, len(word) - _ENDING)] for word in words if len(word) >= _SHORTEST]


def _is_form(word: str, stems: list[str]) -> bool:
    """Tell whether a word is one of a place expression, perhaps inflected."""
    return any(word.casefold().startswith(stem) for stem in stems)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans that do not overlap, last first."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined[::-1]


def _address(url: str | None, event: dict[str, Any]) -> str | None:
    """Return a report's address, null if it tells the place: by its name or by coordinates."""
    if url is None:
        return None
    stems = _stems(event["place"])
    names = any(_is_form(word[0], stems) for word in _WORD.finditer(url))
    return None if names or _NUMBERS.search(url) else url
