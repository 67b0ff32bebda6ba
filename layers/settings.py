"""What a page is told besides its events: words, colours, symbols, credits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dateline.figures import counted
from dateline.layers.clean import clean, web_address
from dateline.layers.palette import Look, looks
from dateline.layers.side_names import alpha2_of
from dateline.layers.symbols import render, seen_from
from dateline.layers.words import interface

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dateline.layers.payload import Payload

__all__ = ["Settings", "settings"]


@dataclass(slots=True)
class Settings:
    """What the page's script needs to know.

    Attributes
    ----------
    title, language, byline, url, contact, description
        Texts; empty where not given.
    built
        When the page was made, ISO 8601 in UTC.
    looks
        For each side its colour and shape.
    pictures, symbols
        Symbol pictures as `data:` addresses, and for each unit the numbers of its two, plain and dashed.
    countries
        ISO 3166-1 alpha-2 of the sides that are countries.
    names
        What readers call sides, where the editor chose.
    attribution
        Whom the page credits.
    bounds
        South-west and north-east corner as latitude and longitude, null where no event has a place.
    """

    title: str
    language: str
    byline: str
    url: str
    contact: str
    description: str
    built: str
    looks: dict[str, Look]
    pictures: list[str]
    symbols: list[list[int] | None]
    countries: dict[str, str]
    bounds: list[list[float]] | None
    names: dict[str, str] = field(default_factory=dict)
    attribution: list[str] = field(default_factory=list)

    def credit(self, lines: list[str]) -> None:
        """Add credits, each once."""
        self.attribution.extend(line for line in lines if line not in self.attribution)

    def as_json(self) -> dict[str, Any]:
        """Return what the page's script reads."""
        return {
            "title": self.title,
            "language": self.language,
            "byline": self.byline,
            "url": self.url,
            "contact": self.contact,
            "built": self.built,
            "looks": self.looks,
            "pictures": self.pictures,
            "symbols": self.symbols,
            "countries": self.countries,
            "names": self.names,
            "bounds": self.bounds,
            "attribution": self.attribution,
            "words": interface(self.language),
        }


def settings(  # noqa: PLR0913 (the options of one page)
    payload: Payload,
    *,
    title: str | None,
    language: str,
    byline: str | None,
    perspective: str | None,
    colours: Mapping[str, str] | None,
    built: datetime,
    url: str | None,
    contact: str | None,
    names: Mapping[str, str] | None = None,
    more_sides: Sequence[str] = (),
) -> Settings:
    """Return the settings of a page; see `dateline.layers.page.draw` for the parameters.

    `more_sides` are sides that no event names.
    """
    words = interface(language)
    sides = list(payload.facets["sides"].members)
    sides += sorted({unit.side for unit in payload.units if unit.side} - set(sides))
    sides += [side for side in more_sides if side not in sides]
    look = looks(sides, colours)
    pictures, symbols = _symbols(payload, look, perspective)
    headline = clean(title, 200).strip() or words["untitled"]
    bounds = payload.bounds
    return Settings(
        title=headline,
        language=language,
        byline=clean(byline, 200),
        url=web_address(url),
        contact=clean(contact, 300),
        description=_description(payload, words, language),
        built=f"{built:%Y-%m-%dT%H:%M}Z",
        looks=look,
        pictures=pictures,
        symbols=symbols,
        countries={side: code for side in sides if (code := alpha2_of(side))},
        names={side: clean(name, 100) for side, name in (names or {}).items()},
        bounds=[[bounds[1], bounds[0]], [bounds[3], bounds[2]]] if bounds else None,
    )


def _description(payload: Payload, words: Mapping[str, str], language: str) -> str:
    """Return one sentence for search engines and social cards."""
    count = int(payload.meta["n"])
    return counted(count, words["events"], language)


def _symbols(
    payload: Payload, look: Mapping[str, Look], perspective: str | None
) -> tuple[list[str], list[list[int] | None]]:
    """Return all symbol pictures, each once, and for each unit the numbers of its two."""
    numbers: dict[str, int] = {}
    symbols: list[list[int] | None] = []
    for unit in payload.units:
        fill = _paler(look.get(unit.side, look[""])["colour"])
        code = seen_from(unit.sidc, unit.side or None, perspective) if unit.sidc else ""
        drawn = [render(code, fill, dashed) for dashed in (False, True)] if code else []
        if not drawn or None in drawn:
            symbols.append(None)
            continue
        symbols.append([numbers.setdefault(str(svg), len(numbers)) for svg in drawn])
    return [_address(svg) for svg in numbers], symbols


def _address(svg: str) -> str:
    """Return a picture as a `data:` address."""
    return "data:image/svg+xml," + quote(re.sub(r"\s+", " ", svg), safe=" ='/:;,.()-")


def _paler(colour: str) -> str:
    """Return a colour mixed with white, so that black lines on it are easily read."""
    parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    return "rgb({},{},{})".format(*(round(part + (255 - part) * 0.45) for part in parts))
