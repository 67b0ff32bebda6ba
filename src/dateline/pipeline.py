"""The pipeline: the one module that joins the rooms, from sources to a located table."""

from __future__ import annotations

import logging
import os
from functools import partial
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from dateline.event import COLUMNS
from dateline.garbage import seldom_collected
from dateline.geo.tabled import with_places, worded
from dateline.places import LOCATION_MEMBERS, OnlineService, geocoder, locations, log_progress
from dateline.reports.annotation import annotate as annotate_report
from dateline.reports.article import read_article
from dateline.reports.events import events_of
from dateline.reports.merge import merge_events
from dateline.reports.tables import read_table, recognise, restricted_licences
from dateline.table import as_table, from_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from dateline.event import Event
    from dateline.geo.fallback import Fallback
    from dateline.geo.geocoder import Geocoder
    from dateline.geo.location import Location
    from dateline.reports.annotation import Annotation

__all__ = [
    "OnlineService",
    "annotate",
    "borders",
    "geocoder",
    "locate",
    "log_progress",
    "read",
    "within_terms",
]

_log = logging.getLogger("dateline")
_BORDER_CREDIT = "© OpenStreetMap contributors (ODbL)"
_MARGIN_DEGREES = 1.0


@seldom_collected()
def read(
    sources: str | Path | Sequence[str | Path],
    *,
    published: str | None = None,
    language: str | None = None,
    layout: str | None = None,
    columns: dict[str, str] | None = None,
    merge: bool = True,
    online: OnlineService | None = None,
    places: Geocoder | None = None,
    allow_local: bool = False,
) -> gpd.GeoDataFrame:
    """Read reports and event tables into one located events table.

    Parameters
    ----------
    sources
        Paths or addresses of articles (text, Markdown, HTML) and tables (CSV, XLSX, GeoJSON ...).
    published
        Publication day of the articles, ISO 8601, where they do not say it themselves.
    language
        ISO 639-1 code of the articles; recognised where null.
    layout
        Name of a table layout that all tables have, recognised where null.
    columns
        Event column to column of the tables, where the guess should be overruled.
    merge
        Whether reports of one event from several sources become one event with several sources.
    online
        Asked for places of tables that the gazetteers do not know; running text is never sent.
    places
        A geocoder of one's own; the user's place index where null.
    allow_local
        Also ask addresses of the user's own machine and network.

    Returns
    -------
    geopandas.GeoDataFrame
        The events table in EPSG:4326.

    Raises
    ------
    SourceError
        If a source cannot be read.
    InputError
        If a source or an option cannot be used.
    """
    names = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    place_finder = _given(places) if places else partial(geocoder, online)
    tables: list[gpd.GeoDataFrame] = []
    told: list[Event] = []  # of articles in a row: a table of many costs little more than of one
    origins: list[int] = []
    for number, name in enumerate(names):
        if layout or recognise(name):
            if told:
                tables.append(from_events(told))
                told = []
            tables.append(_read_events(name, layout, columns, place_finder))
            origins += [number] * len(tables[-1])
        else:
            report = read_article(
                name, published=published, language=language, allow_local=allow_local
            )
            annotation = annotate_report(report, place_finder())
            _warn(annotation.warnings)
            events = events_of(report, annotation)
            told += events
            origins += [number] * len(events)
    if told or not tables:
        tables.append(from_events(told))
    table = _joined(tables)
    if merge and len(names) > 1:
        table = merge_events(table, origins)
    for name in ("attribution", "notes"):
        owed = [line for part in tables for line in part.attrs.get(name, ())]
        if owed:
            table.attrs[name] = list(dict.fromkeys(owed))
    table.attrs["withheld"] = sorted(restricted_licences())
    return table


@seldom_collected()
def annotate(
    sources: Iterable[str | Path],
    *,
    published: str | None = None,
    language: str | None = None,
    allow_local: bool = False,
) -> list[Annotation]:
    """Return every mention found in each of `sources`.

    Parameters
    ----------
    sources
        Paths or addresses of articles.
    published
        Publication day, ISO 8601, where the articles do not say it.
    language
        ISO 639-1 code; recognised where null.
    allow_local
        Also ask addresses of the user's own machine and network.

    Returns
    -------
    list of Annotation
        One a source, in order.
    """
    reports = [
        read_article(name, published=published, language=language, allow_local=allow_local)
        for name in sources
    ]
    annotations = [annotate_report(report, geocoder()) for report in reports]
    for annotation in annotations:
        _warn(annotation.warnings)
    return annotations


def locate(
    texts: str | Sequence[str],
    *,
    language: str | None = None,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    published: str | None = None,
    online: OnlineService | None = None,
) -> gpd.GeoDataFrame:
    """Geocode place expressions.

    Parameters
    ----------
    texts
        Place expressions; a blank one keeps its row.
    language
        ISO 639-1 code; tried in turn where null.
    country
        ISO 3166-1 alpha-2 of the country the report speaks of.
    near
        Longitude and latitude, in degrees, of a place the report speaks of.
    published
        Publication day, ISO 8601.
    online
        Asked for the names that the gazetteers do not know.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a text, in order: query, name, kind, method, uncertainty_m, confidence,
        geo_precision, where_prec, country, admin1, lon, lat, explanation, candidates, parts, geometry.
    """
    queries = [texts] if isinstance(texts, str) else list(texts)
    distinct = list(dict.fromkeys(queries))
    found = locations(
        distinct, language=language, country=country, near=near, published=published, online=online
    )
    known = dict(zip(distinct, map(_location_row, found), strict=True))
    rows = [known[query] for query in queries]
    return gpd.GeoDataFrame(rows, columns=[*LOCATION_MEMBERS, "geometry"], crs="EPSG:4326")


def borders(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the country borders around events, as accurate as a border expression's strip.

    Parameters
    ----------
    events
        An events table.

    Returns
    -------
    geopandas.GeoDataFrame
        One line a country that events lie in, EPSG:4326, cut to the extent of the events and a margin,
        with the column `attribution`. Hand it to `dateline.draw` as `borders`.
    """
    if not events.geometry.notna().any():
        return gpd.GeoDataFrame({"country": [], "attribution": []}, geometry=[], crs="EPSG:4326")
    countries = sorted(set(events.loc[events.geometry.notna(), "country"].dropna()))
    lines = [geocoder().regions.border(code) for code in countries]
    frame = gpd.GeoDataFrame(
        {"country": countries, "attribution": [_BORDER_CREDIT] * len(countries)},
        geometry=lines,
        crs="EPSG:4326",
    )
    west, south, east, north = events.total_bounds
    margin = max(east - west, north - south) + _MARGIN_DEGREES
    return frame.clip((west - margin, south - margin, east + margin, north + margin))


def within_terms(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the events whose sources allow them to be handed on raw; what is left out is logged.

    Parameters
    ----------
    events
        An events table.
    """
    from dateline.geo.disclosure import within_terms as allowed

    result = allowed(events, restricted_licences())
    _warn(result.report().splitlines())
    return result.events


def _given(places: Geocoder) -> Callable[[], Geocoder]:
    """Return a function that gives `places`."""
    return lambda: places


def _location_row(place: Location) -> dict[str, Any]:
    """Return the members of a location that a row of `locate` has."""
    return {name: getattr(place, name) for name in (*LOCATION_MEMBERS, "geometry")}


def _read_events(
    name: str | Path,
    layout: str | None,
    columns: dict[str, str] | None,
    place_finder: Callable[[], Geocoder | Fallback],
) -> gpd.GeoDataFrame:
    """Read one table; places given in words only are geocoded."""
    result = read_table(name, layout=layout, columns=columns)
    _warn(result.notes)
    _warn(f"refused: {refusal}" for refusal in result.refusals)
    if not worded(result.events).any():
        return result.events
    return with_places(result.events, place_finder())


def _joined(tables: list[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Return the rows of all tables, in order."""
    filled = [pd.DataFrame(table).astype(object) for table in tables if len(table)]
    if not filled:
        return from_events([])
    return as_table(pd.concat(filled, ignore_index=True)[list(COLUMNS)])


def _warn(messages: Iterable[str]) -> None:
    """Hand what the user should know to the logger that the command line prints."""
    for message in messages:
        _log.warning("%s", message)
