"""Any table with sensible column names, in any language and order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from dateline.reports.tables.arrays import each, kept, known
from dateline.reports.tables.columns import Guess, guess_columns
from dateline.reports.tables.deeds import event_type_of
from dateline.reports.tables.draft import Draft, objects
from dateline.reports.tables.formations import group_of, unit_of
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.nested import casualties_of, names_of, sources_of, units_of
from dateline.reports.tables.numbers import casualties, read_counts
from dateline.reports.tables.place import put_geometry, put_pairs, put_points
from dateline.reports.tables.states import alpha2_of, alpha3_of, state_of_forces
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT", "read_plain", "sides_of"]

_KINDS = ("killed", "wounded", "captured", "missing")
_STATUS = {
    "claimed": "claimed",
    "unconfirmed": "claimed",
    "unverified": "claimed",
    "confirmed": "confirmed",
    "verified": "confirmed",
    "geoconfirmed": "confirmed",
    "disputed": "disputed",
    "denied": "denied",
}
_TRUE = frozenset({"true", "yes", "y", "1", "ja", "да", "так", "oui", "si", "sí", "ya"})
_FALSE = frozenset({"false", "no", "n", "0", "nein", "нет", "ні", "non", "tidak"})
_MOST_NAMES = 20_000
_LINES = r"\s*[;|\n]\s*"
_SEPARATOR = r"\s*[;|/]\s*|\s*,\s+"


def read_plain(rows: Rows, columns: Mapping[str, str] | None = None) -> Draft:
    """Return a draft of a table whose columns are guessed.

    Parameters
    ----------
    rows
        The table.
    columns
        Column by field, where the user overrules the guess.
    """
    draft = Draft(rows)
    guess = guess_columns(rows, columns)
    draft.note(*guess.notes)
    _words(draft, guess)
    _where(draft, guess)
    _when(draft, guess)
    _who(draft, guess)
    _figures(draft, guess)
    _sources(draft, guess)
    return draft


def _words(draft: Draft, guess: Guess) -> None:
    """Fill the columns that are taken as they are, or looked up in a short list."""
    for target in ("id", "title", "summary", "place"):
        if source := guess.one(target):
            draft.repeat(target, source)
    if source := guess.one("country"):
        draft.columns["country"] = each(draft.cells(source), alpha2_of)
    if source := guess.one("event_type"):
        draft.columns["event_type"] = event_types(
            draft.cells(source), draft.cells(guess.one("sub_event_type") or "")
        )
    if source := guess.one("status"):
        draft.columns["status"] = each(
            draft.cells(source), lambda text: _STATUS.get(text.casefold())
        )
    if source := guess.one("graphic"):
        flags = each(draft.cells(source), _flag)
        draft.columns["graphic"] = pd.array(flags, dtype="boolean")
    if source := guess.one("language"):
        draft.columns["language"] = each(draft.cells(source), _language)


def _flag(text: str) -> bool | None:
    """Return yes or no of a cell, null if it says neither."""
    folded = text.casefold()
    return True if folded in _TRUE else False if folded in _FALSE else None


def _language(text: str) -> str | None:
    """Return an ISO 639-1 code; `ua`, a common slip, is Ukrainian."""
    code = text.casefold().partition("-")[0]
    code = {"ua": "uk"}.get(code, code)
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None  # noqa: PLR2004


def event_types(main: pd.Series, sub: pd.Series) -> np.ndarray:
    """Return event types of the schema where the words are known, else null."""
    return each(main + "\x1f" + sub, lambda text: event_type_of(*text.split("\x1f", 1)))


def _where(draft: Draft, guess: Guess) -> None:
    """Fill the geometry from the file's own, from two columns, from one, or from WKT."""
    latitude, longitude = guess.one("latitude"), guess.one("longitude")
    if draft.rows.geometry is not None:
        put_geometry(draft, draft.rows.geometry)
    elif latitude and longitude:
        put_points(draft, latitude, longitude)
    elif pair := guess.one("coordinates") or latitude:
        put_pairs(draft, pair)
    elif source := guess.one("geometry"):
        _wkt(draft, source)
    for target, limit in (("geo_precision", 3), ("where_prec", 7)):
        if source := guess.one(target):
            codes = pd.to_numeric(draft.cells(source), errors="coerce")
            draft.columns[target] = codes.where(codes.isin(range(1, limit + 1))).astype("Int64")
    if source := guess.one("uncertainty_m"):
        radius = pd.to_numeric(draft.cells(source), errors="coerce")
        draft.columns["uncertainty_m"] = radius.where((radius >= 0) & np.isfinite(radius)).to_numpy(
            float
        )


def _wkt(draft: Draft, source: str) -> None:
    """Fill the geometry from well-known text or GeoJSON in a column."""
    cells = draft.texts(source)
    as_json = np.array([text.startswith("{") for text in cells], dtype=bool)
    as_text = (cells != "") & ~as_json
    shapes = np.full(len(cells), None, dtype=object)
    with np.errstate(all="ignore"):  # numbers past what a float holds: refused below
        shapes[as_text] = shapely.from_wkt(cells[as_text].tolist(), on_invalid="ignore")
        shapes[as_json] = shapely.from_geojson(cells[as_json].tolist(), on_invalid="ignore")
    draft.refuse((as_text | as_json) & ~known(shapes), source, "shape")
    put_geometry(draft, shapely.force_2d(shapes), source)


def _when(draft: Draft, guess: Guess) -> None:
    """Fill the interval from one date column or from a first and a last."""
    start = guess.one("date") or guess.one("date_start")
    end = guess.one("date_end")
    if guess.one("date_start") and end:
        start = guess.one("date_start")
    if start:
        put_dates(draft, start, end, order=guess.date_order, time=guess.one("time"))


def _who(draft: Draft, guess: Guess) -> None:
    """Fill sides and units; a country or its forces become a code, other names are linked or kept."""
    found = [
        each(draft.cells(source), sides_of if _few(draft, source) else _parts)
        for source in guess.columns.get("sides", [])
    ]
    if found:
        draft.columns["sides"] = merged(found)
    named = [
        each(draft.cells(source), _units_of if _few(draft, source) else _unlinked)
        for source in guess.columns.get("units", [])
    ]
    if named:
        draft.columns["units"] = [
            [unit for part in row if part for unit in part] for row in zip(*named, strict=True)
        ]


def merged(columns: list[np.ndarray]) -> list[list[str]]:
    """Return the lists of several columns as one a row, each name once; null is an empty list."""
    if len(columns) == 1:
        return [[] if part is None else part for part in columns[0]]
    return [
        list(dict.fromkeys(side for part in row if part for side in part))
        for row in zip(*columns, strict=True)
    ]


def _few(draft: Draft, source: str) -> bool:
    """Tell whether a column has few enough different names to be linked to the registry, one by one."""
    few = bool(draft.cells(source).nunique() <= _MOST_NAMES)
    if not few:
        draft.note(f"{source}: over {_MOST_NAMES} different names; they are kept as they are")
    return few


def _parts(text: str) -> list[str]:
    """Return the names in a cell as they are."""
    names = names_of(text)
    return [
        part
        for part in dict.fromkeys(re.split(_SEPARATOR, text) if names is None else names)
        if part
    ]


def sides_of(text: str) -> list[str]:
    """Return the sides that a cell names, states as alpha-3."""
    whole = state_of_forces(text) or alpha3_of(text) or group_of(text)
    if whole:
        return [whole]
    parts = _parts(text)
    found = (state_of_forces(part) or alpha3_of(part) or group_of(part) or part for part in parts)
    return list(dict.fromkeys(found))


def _unlinked(text: str) -> list[dict[str, Any]]:
    """Return the units in a cell as it names them."""
    units = units_of(text)
    if units is not None:
        return units
    return [{"name": part} for part in dict.fromkeys(re.split(_LINES, text)) if part]


def _units_of(text: str) -> list[dict[str, Any]]:
    """Return the units in a cell, linked to the registry where it knows them."""
    units = _unlinked(text)
    return [
        unit if unit.get("id") else {**unit_of(unit["name"], unit.get("side")), **unit}
        for unit in units
    ]


def _figures(draft: Draft, guess: Guess) -> None:
    """Fill the casualties; a figure that is no number stays in words under `extra`."""
    figures = {}
    for kind in _KINDS:
        if source := guess.one(kind):
            least, most, bad = read_counts(draft.cells(source))
            draft.doubt(bad, source, "count")
            figures[kind] = (least, most)
    if figures:
        draft.columns["casualties"] = casualties(figures, len(draft))
    listed = each(draft.cells("casualties"), casualties_of)
    if known(listed).any():
        counted = draft.columns.get("casualties", [[]] * len(draft))
        draft.columns["casualties"] = [
            (some or []) + more for some, more in zip(listed, counted, strict=True)
        ]


def _sources(draft: Draft, guess: Guess) -> None:
    """Fill the sources of each row from cells that list them, else one from publisher, address and the like."""
    _members(draft, guess)
    column = guess.one("publisher") or guess.one("url") or ""
    listed = each(draft.cells(column), sources_of)
    if known(listed).any():
        single = draft.columns["sources"]
        draft.columns["sources"] = [
            one if some is None else some for some, one in zip(listed, single, strict=True)
        ]


def _members(draft: Draft, guess: Guess) -> None:
    """Fill one source a row from publisher, address and the like."""
    members = {
        name: draft.values(source)
        for name in ("publisher", "url", "licence")
        if (source := guess.one(name))
    }
    addresses = members.get("publisher")
    if addresses is not None and "url" not in members:
        is_address = np.array(
            [str(value).startswith(("http://", "https://")) for value in addresses], dtype=bool
        )
        members["url"] = kept(is_address, addresses)
        members["publisher"] = kept(~is_address, addresses)
    if source := guess.one("published"):
        from dateline.reports.tables.dates import read_dates

        members["published"] = read_dates(draft.cells(source), name=source).start
    if members:
        draft.columns["sources"] = [[entry] if entry else [] for entry in objects(**members)]


LAYOUT = Layout("plain", lambda rows: bool(guess_columns(rows).columns), read_plain)
