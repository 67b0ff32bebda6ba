"""Places of an events table that are only words: geocoded with what the whole table says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

import pandas as pd

from dateline.geo.geocoder import Context
from dateline.table import as_table

if TYPE_CHECKING:
    import geopandas as gpd

    from dateline.geo.fallback import Fallback
    from dateline.geo.geocoder import Geocoder
    from dateline.geo.location import Location

__all__ = ["with_places", "worded"]

_SURE = 0.9
_LOCATION_COLUMNS = (
    "geometry",
    "uncertainty_m",
    "geo_precision",
    "where_prec",
    "method",
    "confidence",
    "explanation",
    "country",
    "admin1",
)


def worded(events: gpd.GeoDataFrame) -> pd.Series:
    """Return for each event whether its place is told in words only.

    Parameters
    ----------
    events
        An events table.
    """
    return events.geometry.isna() & events["place"].notna()


def with_places(events: gpd.GeoDataFrame, places: Geocoder | Fallback) -> gpd.GeoDataFrame:
    """Return `events` with the places that are only words geocoded, each distinct one once.

    Parameters
    ----------
    events
        An events table.
    places
        What finds places.

    Returns
    -------
    geopandas.GeoDataFrame
        The events table in EPSG:4326; the columns of a location are filled where a place was words.
    """
    wanting = worded(events)
    words = events.loc[wanting, "place"].drop_duplicates().tolist()
    found = _located_together(words, _context_of(events), places)
    filled = pd.DataFrame(events)
    located = filled.loc[wanting, "place"].map(found)
    for column in _LOCATION_COLUMNS:
        values = pd.Series([getattr(p, column) for p in located], index=located.index, dtype=object)
        filled[column] = filled[column].astype(object).where(~wanting, values)
    return as_table(filled)


def _located_together(
    words: list[str], context: Context, places: Geocoder | Fallback
) -> dict[str, Location]:
    """Return where the places of one table are: the sure ones tell where to look for the others."""
    found = dict(zip(words, places.locate(words, context), strict=True))
    sure = [place for place in found.values() if (place.confidence or 0) >= _SURE]
    unsure = [word for word in words if (found[word].confidence or 0) < _SURE]
    if not sure or not unsure:
        return found
    countries = Counter(place.country for place in sure if place.country)
    middle = (median(place.lon or 0 for place in sure), median(place.lat or 0 for place in sure))
    country = countries.most_common(1)[0][0] if countries else None
    among = replace(context, near=middle, country=context.country or country)
    return found | dict(zip(unsure, places.locate(unsure, among), strict=True))


def _context_of(events: gpd.GeoDataFrame) -> Context:
    """Return what the whole table says about where its events are."""
    countries = events["country"].dropna().unique()
    languages = events["language"].dropna().unique()
    return Context(
        country=countries[0] if len(countries) == 1 else None,
        language=languages[0] if len(languages) == 1 else None,
    )
