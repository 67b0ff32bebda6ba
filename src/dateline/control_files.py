"""Files of control: who holds what, says whom, on which day, from polygon files of many layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from dateline.errors import InputError, SourceError
from dateline.reports.tables import read_table, recognise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["read_control"]

_COLUMNS = ["date", "side", "source", "credit", "geometry"]
_POLYGONS = ("Polygon", "MultiPolygon")
_TYPE = "Statement of control"
_LAYOUTS = ("deepstate", "isw")


def read_control(
    files: Sequence[str | Path],
    *,
    day: str | None = None,
    side: str | None = None,
    source: str | None = None,
    credit: str | None = None,
) -> gpd.GeoDataFrame:
    """Return areas of control, as `dateline.draw` takes them.

    Parameters
    ----------
    files
        Polygon files: in a layout that is known (DeepState, ISW), or with the columns `date`, `side`,
        `source` and `credit`, of which any may be absent.
    day, side, source, credit
        What is so of all areas, whatever the files say.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns date, side, source, credit, geometry; EPSG:4326; what is not known is null.

    Raises
    ------
    SourceError
        If a file cannot be read.
    InputError
        If it holds no polygon.
    """
    tables = [_one(file) for file in files]
    table = gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs="EPSG:4326")
    for name, value in (("date", day), ("side", side), ("source", source), ("credit", credit)):
        if value is not None:
            table[name] = value
    return table


def _one(file: str | Path) -> gpd.GeoDataFrame:
    """Return the areas of one file."""
    found = _plain(file)
    if "side" not in found.columns and recognise(file) in _LAYOUTS:
        found = _stated(file)
    areas = found[found.geometry.geom_type.isin(_POLYGONS)]
    if areas.empty:
        raise InputError(f"polygons in {str(file)!r}", None, "name a file of areas")
    return gpd.GeoDataFrame(areas.reindex(columns=_COLUMNS), geometry="geometry", crs="EPSG:4326")


def _plain(file: str | Path) -> gpd.GeoDataFrame:
    """Return a vector file as it is, in EPSG:4326."""
    import pyogrio

    try:
        found = gpd.read_file(file)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, OSError) as error:
        raise SourceError(f"expected a file of polygons, got {str(file)!r}: {error}") from error
    if not isinstance(found, gpd.GeoDataFrame):
        raise InputError(f"polygons in {str(file)!r}", None, "name a file of areas")
    found = found.to_crs("EPSG:4326") if found.crs is not None else found.set_crs("EPSG:4326")
    return found.rename(columns={found.geometry.name: "geometry"}).set_geometry("geometry")


def _stated(file: str | Path) -> gpd.GeoDataFrame:
    """Return the statements of control of a file in a layout that is known."""
    events = read_table(file).events
    stated = events[events["event_type"] == _TYPE]
    first: list[dict[str, Any]] = [row[0] if row else {} for row in stated["sources"]]
    publishers = [one.get("publisher") for one in first]
    licences = [one.get("licence") for one in first]
    return gpd.GeoDataFrame(
        {
            "date": stated["date_start"].to_list(),
            "side": [row[0] if len(row) == 1 else None for row in stated["sides"]],
            "source": publishers,
            "credit": [
                f"{name} ({licence})" if name and licence else name
                for name, licence in zip(publishers, licences, strict=True)
            ],
        },
        geometry=stated.geometry.to_list(),
        crs="EPSG:4326",
    )
