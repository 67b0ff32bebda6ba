"""Shapes that were worked out once and are kept: one SQLite file in the cache directory."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import OrderedDict
from typing import TYPE_CHECKING

import shapely

from dateline.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    Figures = tuple[float, float, float]

__all__ = ["RegionStore"]

_WAIT_SECONDS = 60.0
_HELD = 1_000_000  # points of all shapes in memory, some 20 MB; the others are read anew


class RegionStore:
    """Geometries by name, computed when first asked for; safe under several processes.

    Parameters
    ----------
    path
        The SQLite file; made when missing. A transaction a shape: a killed run leaves whole shapes only.
    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._rows = sqlite3.connect(path, timeout=_WAIT_SECONDS)
            self._rows.execute(
                "CREATE TABLE IF NOT EXISTS shape (name TEXT PRIMARY KEY, wkb BLOB NOT NULL)"
            )
            self._rows.execute(
                "CREATE TABLE IF NOT EXISTS figures"
                " (name TEXT PRIMARY KEY, lon REAL NOT NULL, lat REAL NOT NULL, radius_m REAL NOT NULL)"
            )
        except (OSError, sqlite3.Error) as error:
            message = f"expected to keep shapes in {path}: {error}; delete that file or set DATELINE_CACHE"
            raise GazetteerError(message) from error
        self._held: OrderedDict[str, BaseGeometry] = OrderedDict()
        self._points = 0  # of those held

    def get(self, name: str, compute: Callable[[], BaseGeometry]) -> BaseGeometry:
        """Return the geometry of that name, computing and keeping it when it is not there."""
        if name not in self._held:
            self._held[name] = made = self._read(name) or self._keep(name, compute())
            self._points += _size(made)
        shape = self._held[name]
        self._held.move_to_end(name)
        while self._points > _HELD and len(self._held) > 1:
            self._points -= _size(self._held.popitem(last=False)[1])
        return shape

    def _read(self, name: str) -> BaseGeometry | None:
        row = self._rows.execute("SELECT wkb FROM shape WHERE name = ?", (name,)).fetchone()
        return shapely.from_wkb(row[0]) if row else None

    def _keep(self, name: str, geometry: BaseGeometry) -> BaseGeometry:
        with (
            contextlib.suppress(sqlite3.OperationalError),
            self._rows,
        ):  # a full disk costs time, not the answer
            self._rows.execute(
                "INSERT OR REPLACE INTO shape VALUES (?, ?)", (name, shapely.to_wkb(geometry))
            )
        return geometry

    def figures(self, name: str, compute: Callable[[], Figures | None]) -> Figures | None:
        """Return longitude, latitude and radius in metres of that name, computing and keeping them; null is not kept."""
        row = self._rows.execute(
            "SELECT lon, lat, radius_m FROM figures WHERE name = ?", (name,)
        ).fetchone()
        if row:
            return (row[0], row[1], row[2])
        made = compute()
        if made is not None:
            with contextlib.suppress(sqlite3.OperationalError), self._rows:
                self._rows.execute(
                    "INSERT OR REPLACE INTO figures VALUES (?, ?, ?, ?)", (name, *made)
                )
        return made

    def close(self) -> None:
        """Close the file."""
        self._rows.close()


def _size(shape: BaseGeometry) -> int:
    """Return the points of a geometry."""
    return int(shapely.get_num_coordinates(shape))
