"""Printing: results as text for people and as JSON for programs."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import shapely

from dateline.places import LOCATION_MEMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import geopandas as gpd

    from dateline.errors import CellError
    from dateline.geo.added import AddedSet
    from dateline.geo.location import Location
    from dateline.geo.place import Place
    from dateline.reports.annotation import Annotation

    Find = Callable[[Sequence[str]], Iterable[Location]]

__all__ = [
    "annotation_lines",
    "annotation_pages",
    "locations",
    "locations_geojson",
    "places",
    "problems",
    "summary",
]

_HELD_BYTES = (
    25_000_000  # of answers that will be given again, in memory; more lie in a temporary file
)
_COORDINATE_DIGITS = 6  # a tenth of a metre
_DIGITS = {
    "lon": _COORDINATE_DIGITS,
    "lat": _COORDINATE_DIGITS,
    "uncertainty_m": 0,
    "confidence": 3,
}


def locations_geojson(queries: Sequence[str], find: Find) -> Iterator[str]:
    """Give the locations of place expressions as one FeatureCollection, a feature a text, in order, piece by piece.

    Parameters
    ----------
    queries
        The expressions.
    find
        Gives the location of each of some expressions, in order: `dateline.places.locations`.

    Yields
    ------
    str
        GeoJSON (RFC 7946); geometry is null where nothing matches.
    """
    yield '{"type": "FeatureCollection", "features": ['
    for number, feature in enumerate(_each_once(queries, find, _feature)):
        yield f"{',' if number else ''}\n{feature}"
    yield "\n]}"


def locations(queries: Sequence[str], find: Find) -> Iterator[str]:
    """Give the locations of place expressions as paragraphs for people, piece by piece."""
    for number, paragraph in enumerate(_each_once(queries, find, _location)):
        yield f"\n\n{paragraph}" if number else paragraph


def _each_once(
    queries: Sequence[str], find: Find, show: Callable[[Location], str]
) -> Iterator[str]:
    """Give the location of each query as text; one that comes again is neither found nor written anew."""
    left = Counter(queries)
    found = iter(find([*left]))  # in the order in which they first come
    kept: dict[str, tuple[int, int]] = {}
    with tempfile.SpooledTemporaryFile(max_size=_HELD_BYTES) as texts:
        end = 0
        for query in queries:
            left[query] -= 1
            if query in kept:
                start, size = kept[query] if left[query] else kept.pop(query)
                texts.seek(start)
                yield texts.read(size).decode()
                continue
            text = show(next(found))
            if left[query]:
                written = text.encode()
                texts.seek(end)
                texts.write(written)
                kept[query] = (end, len(written))
                end += len(written)
            yield text


def _feature(place: Location) -> str:
    """Return a location as a GeoJSON feature."""
    shape = place.drawn()
    if shape is None:
        geometry = "null"
    else:
        rounded = shapely.transform(shape, lambda xy: xy.round(_COORDINATE_DIGITS))
        geometry = shapely.to_geojson(rounded)
    members = {name: _plain(name, getattr(place, name)) for name in LOCATION_MEMBERS}
    return f'{{"type": "Feature", "geometry": {geometry}, "properties": {_dumps(members)}}}'


def annotation_lines(found: Iterable[Annotation]) -> str:
    """Return annotations as JSON Lines, one a file."""
    return "\n".join(_dumps(annotation.to_json()) for annotation in found)


def annotation_pages(found: Iterable[Annotation]) -> str:
    """Return a page of the texts with their mentions marked."""
    from dateline.reports.marked import marked_pages

    return marked_pages([(item.to_json(), item.report.text) for item in found])


def places(found: Sequence[Place]) -> str:
    """Return places of the gazetteer as a table for people."""
    rows = [
        (
            place.name,
            place.kind,
            f"{place.lat:.4f}, {place.lon:.4f}",
            place.admin1 or place.country or "",
            place.district or "",
            "" if place.population is None else f"{place.population:,}",
            place.source,
            place.id,
        )
        for place in found
    ]
    header = ("name", "kind", "lat, lon", "region", "district", "inhabitants", "source", "id")
    return _columns([header, *rows]) if rows else "no place of this name"


def added_sets(found: Sequence[AddedSet]) -> str:
    """Return the sets of places that were added as a table for people."""
    rows = [
        (
            item.name,
            item.format,
            f"{item.places:,}",
            item.licence or "licence not stated",
            item.origin,
        )
        for item in found
    ]
    header = ("name", "format", "places", "licence", "origin")
    return _columns([header, *rows]) if rows else "no places were added"


def problems(found: Sequence[CellError]) -> str:
    """Return bad cells, a line each, and how many there are."""
    return "\n".join([*(str(problem) for problem in found), _count(len(found), "problem")])


def summary(events: gpd.GeoDataFrame) -> str:
    """Return how many events there are, and how many of them have no place or no date."""
    parts = [_count(len(events), "event")]
    parts += [f"{n} without a place" for n in [int(events.geometry.isna().sum())] if n]
    parts += [f"{n} without a date" for n in [int(events["date_start"].isna().sum())] if n]
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    """Return a number with its noun in the right form."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _location(place: Location) -> str:
    """Return one location as a few lines."""
    if place.lon is None or place.lat is None or place.uncertainty_m is None:
        return f"{place.query}: no match"
    area = place.admin1 or place.country or "no country"
    lines = [
        f"{place.query}: {place.name} ({place.kind})",
        f"  {place.lat:.4f}, {place.lon:.4f}, within {place.uncertainty_m / 1000:,.1f} km; {area}",
        f"  {place.explanation} Confidence {place.confidence:.2f}.",
    ]
    if place.candidates:
        names = [
            f"{other['name']} ({other['admin1'] or other['country']})"
            for other in place.candidates[:3]
        ]
        lines.append(f"  or: {'; '.join(names)}")
    return "\n".join(lines)


def _plain(name: str, value: Any) -> Any:
    """Return `value` as JSON can hold it."""
    if isinstance(value, list | dict | str) or value is None:
        return value
    if name in _DIGITS:
        return round(float(value), _DIGITS[name])
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _dumps(value: object) -> str:
    """Return JSON on one line, in the letters of its language."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _columns(rows: list[tuple[str, ...]]) -> str:
    """Return rows as text with columns aligned."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)
