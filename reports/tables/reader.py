"""Read any event table: Dateline's own, a known publisher's, or one whose columns are guessed."""

from __future__ import annotations

import gc
import re
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.database import is_database
from dateline.errors import InputError, SourceError
from dateline.reports.tables import plain
from dateline.reports.tables.catalogue import LAYOUTS
from dateline.reports.tables.columns import guess_columns
from dateline.reports.tables.delimited import LONGEST_NAME
from dateline.reports.tables.lands import refuse_swapped
from dateline.reports.tables.layout import TableResult
from dateline.reports.tables.opening import open_data, read_bytes
from dateline.reports.tables.own import is_own, read_own

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dateline.reports.tables.draft import Draft
    from dateline.reports.tables.layout import Layout, TableSource
    from dateline.reports.tables.rows import Rows

__all__ = ["read_table", "recognise"]

OWN = "dateline"
_TABLE_NAMES = frozenset(
    {
        ".csv",
        ".tsv",
        ".tab",
        ".xlsx",
        ".xlsm",
        ".geojson",
        ".geojsonl",
        ".json",
        ".jsonl",
        ".ndjson",
        ".kml",
        ".kmz",
        ".parquet",
        ".gpkg",
        ".fgb",
    }
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_LOCATED = {"latitude", "coordinates", "geometry"}


def read_table(
    source: TableSource, *, layout: str | None = None, columns: Mapping[str, str] | None = None
) -> TableResult:
    """Read a table of events, whoever published it.

    Parameters
    ----------
    source
        A path, `-` for standard input, the bytes of a file, or the address of a PostgreSQL table.
    layout
        Name of the layout to force; recognised where null.
    columns
        Source column by field (`{"latitude": "Breitengrad"}`) where the guess of a plain table should be
        overruled; `date_order` may be dmy or mdy.

    Returns
    -------
    TableResult
        The events, every refused cell with its reason, and what was guessed.

    Raises
    ------
    SourceError
        If the file cannot be read, is damaged or hostile.
    InputError
        If the layout is not known, or does not fit the file.
    """
    if isinstance(source, str) and is_database(source):
        return _read_database(source, _checked(layout), columns)
    data, file = read_bytes(source)
    if _checked(layout) == OWN or (layout is None and not columns and owns(data)):
        events = read_own(source)
        return TableResult(events, [], OWN, events.attrs.pop("read", []))
    with _without_collections():
        name, draft = draft_of(data, file, layout=layout, columns=columns)
        return draft.finish(name)


def _read_database(
    source: str, layout: str | None, columns: Mapping[str, str] | None
) -> TableResult:
    """Read a table of a database: our own as it is, another's like a file."""
    from dateline.reports.tables import postgis

    if layout == OWN or (layout is None and not columns and postgis.is_own_table(source)):
        return TableResult(postgis.read_own_table(source), [], OWN)
    data, name = postgis.table_bytes(source)
    layout, draft = draft_of(data, name, layout=layout, columns=columns)
    return draft.finish(layout)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Pause the search for reference cycles: millions of new objects, none in a cycle, cost a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def owns(source: bytes) -> bool:
    """Tell whether Dateline wrote a file; a damaged archive is nobody's."""
    try:
        return is_own(source)
    except (
        SourceError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        return False


def _checked(layout: str | None) -> str | None:
    """Return the name of a layout, which must be known."""
    if layout is not None and layout not in (OWN, *LAYOUTS):
        raise InputError(f"one of the layouts {', '.join((OWN, *LAYOUTS))}", layout)
    return layout


def draft_of(
    data: bytes,
    file: str,
    *,
    layout: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[str, Draft]:
    """Return the name of the layout that a file's bytes have, and the draft of its events."""
    name, draft = _drafted(open_data(data, file), layout, columns)
    refuse_swapped(draft)
    return name, draft


def _drafted(
    rows: Rows, layout: str | None, columns: Mapping[str, str] | None
) -> tuple[str, Draft]:
    """Return the name of the layout that rows have, and the draft of their events."""
    chosen = LAYOUTS[layout] if layout else _recognised(rows)
    if columns or chosen is None or chosen.name == "plain":
        return "plain", plain.read_plain(rows, columns)
    if not chosen.matches(rows):
        remedy = "leave the layout out to have it recognised, or choose `plain`"
        raise InputError(
            f"{rows.file}: a table in the layout {chosen.name}", rows.columns[:8], remedy
        )
    return chosen.name, chosen.read(rows)


def _recognised(rows: Rows) -> Layout | None:
    """Return the first layout of the catalogue that fits, `plain` left out; null if none does."""
    return next(
        (entry for entry in LAYOUTS.values() if entry.name != "plain" and entry.matches(rows)), None
    )


def recognise(source: TableSource) -> str | None:
    """Return the name of a source's layout, by its content and then its name.

    Parameters
    ----------
    source
        A path, an address, `-` for standard input, or the bytes of a file.

    Returns
    -------
    str or None
        `dateline` for Dateline's own files, a publisher's layout, `plain` for other tables; null for
        articles, addresses and everything that is no table.

    Raises
    ------
    SourceError
        If a file cannot be opened.
    """
    if isinstance(source, str) and is_database(source):
        from dateline.reports.tables.postgis import is_own_table

        return OWN if is_own_table(source) else "plain"
    if isinstance(source, str) and _ADDRESS.match(source):
        return None
    data, name = read_bytes(source)
    named = not isinstance(source, bytes) and Path(name).suffix.lower() in _TABLE_NAMES
    try:
        if owns(data):
            return OWN
        rows = open_data(data, name, head=True)
    except SourceError:
        return "plain" if named else None
    found = _recognised(rows)
    if found:
        return found.name
    return "plain" if named or _looks_like_events(rows) else None


def _looks_like_events(rows: Rows) -> bool:
    """Tell whether the columns of a file without a telling name are those of events, and no prose."""
    if rows.kind in {"sheet", "vector", "kml"} or rows.geometry is not None:
        return True
    if len(rows.columns) < 2 or rows.refused or not len(rows.frame):  # noqa: PLR2004 (columns)
        return False
    if max(map(len, rows.columns)) > LONGEST_NAME:
        return False
    known = guess_columns(rows).columns.keys()
    dated = known & {"date", "date_start"}
    return bool(known & _LOCATED) or bool(dated and "place" in known)
