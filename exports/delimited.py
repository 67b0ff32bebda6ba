"""CSV that spreadsheets open rightly, run no formula of, and that loses nothing."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from dateline.codec import guard
from dateline.exports.columns import geometries, reviewable, texts
from dateline.long_shapes import in_cells

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["write"]


def write(events: gpd.GeoDataFrame, path: Path, names: list[str]) -> None:
    """Write comma-separated values in UTF-8 with a byte order mark, without which Excel guesses.

    Null is an empty cell, a list is JSON, a geometry is WKT with a longitude and latitude before it;
    texts are guarded (see `dateline.codec.guard`). In tables that are gone through by hand shapes too
    long for a spreadsheet are coarser, and whole in columns beside (see `dateline.long_shapes`).
    """
    columns = texts(events, names, guard)
    if review := reviewable(events, columns, names):
        columns["geometry"], beside = in_cells(columns["geometry"], list(geometries(events)))
        columns |= review | beside
    if "graphic" in columns:
        columns["graphic"] = [_truth(value) for value in columns["graphic"]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _truth(value: bool | None) -> str | None:
    """Return a truth value as spreadsheets write it."""
    return None if value is None else str(value).upper()
