"""Texty.org.ua: CSV of strikes on Ukraine; coordinates in two columns or both in `lat`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dateline.reports.tables.codes import load, put_place_codes
from dateline.reports.tables.credit import linked
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.place import put_pairs
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_NEEDED = {"title", "lat", "date", "place_name"}
_MARKS = {
    "projectile_type",
    "kamikaze_drones",
    "n_missiles",
    "civilian_objects",
    "coordinates accuracy",
    "place_type",
}
_UNSET = frozenset({"", "0", "0.0", "false", "ні", "no"})
_EXACT = "точні"


def _matches(rows: Rows) -> bool:
    names = {name.casefold() for name in rows.columns}
    return names >= _NEEDED and len(names & _MARKS) >= 2  # noqa: PLR2004 (columns nobody else has)


def _read(rows: Rows) -> Draft:
    draft = Draft(rows)
    draft.repeat("title", "title")
    draft.repeat("place", "place_name")
    lat, lon = draft.cells("lat"), draft.cells("lon")
    put_pairs(draft, "lat", lat.where(lon == "", lat + "; " + lon))
    _put_accuracy(draft)
    put_dates(draft, "date", order="dmy")
    draft.columns["event_type"] = _types(draft)
    draft.columns["sources"] = [linked("texty", [link]) for link in draft.cells("link")]
    return draft


def _put_accuracy(draft: Draft) -> None:
    """Fill the precision of the coordinates that Texty calls exact."""
    column = next(
        (name for name in draft.rows.columns if name.casefold().startswith("coordinates acc")), None
    )
    if column is None:
        return
    exact = draft.cells(column).str.casefold().str.startswith(_EXACT).to_numpy(bool)
    put_place_codes(draft, "by_hand")
    for target in ("geo_precision", "where_prec"):
        draft.columns[target][~exact] = None
    draft.columns["uncertainty_m"] = np.where(exact, draft.columns["uncertainty_m"], np.nan)


def _types(draft: Draft) -> np.ndarray:
    """Return the event type of the first weapon column that is set."""
    found = np.full(len(draft), None, dtype=object)
    for stem, event_type in reversed(load("texty.toml")["types"].items()):
        for name in draft.rows.columns:
            if name.casefold() == stem or (
                name.casefold().startswith(stem) and stem == "artillery"
            ):
                found[~draft.cells(name).str.casefold().isin(_UNSET).to_numpy(bool)] = event_type
    return found


LAYOUT = Layout("texty", _matches, _read)
