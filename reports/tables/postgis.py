"""Tables of a PostgreSQL database: Dateline's own, read back without loss, and those of others."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from dateline import codec
from dateline.database import Address, connected
from dateline.errors import SourceError
from dateline.event import COLUMNS

if TYPE_CHECKING:
    from psycopg import Connection

__all__ = ["is_own_table", "read_own_table", "table_bytes"]

_ESCAPED = re.compile("_x([0-9A-F]{4})_")
_JSON = frozenset({"json", "jsonb"})
_KINDS = (
    "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(%s) "
    "AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)
_SHAPES = frozenset({"geometry", "geography"})


def is_own_table(source: str) -> bool:
    """Tell whether Dateline wrote the table at an address, by its comment."""
    address = Address.parse(source)
    with connected(address, writing=False) as connection:
        return _facts(connection, address) is not None


def read_own_table(source: str) -> gpd.GeoDataFrame:
    """Return the events table that `dateline.export` wrote to a database.

    Parameters
    ----------
    source
        Its address, `postgresql://user@host/database?table=NAME`.

    Raises
    ------
    SourceError
        If it cannot be read.
    CellError
        If a cell was changed to something that its column cannot hold.
    """
    from dateline.reports.tables.own_cells import assemble

    address = Address.parse(source)
    with connected(address, writing=False) as connection:
        facts = _facts(connection, address)
        kinds = {
            name: kind for name, kind in _kinds(connection, address).items() if name in COLUMNS
        }
        rows = _rows(connection, address, kinds, order="row")
    cells = dict(zip(kinds, zip(*rows, strict=True) if rows else ((),) * len(kinds), strict=True))
    columns = {name: [_cell(value, kinds[name]) for value in cells[name]] for name in kinds}
    return assemble(columns, address.shown, facts=facts)


def table_bytes(source: str) -> tuple[bytes, str]:
    """Return any table of a database as the bytes of a (Geo)Parquet file, and the name errors show.

    Raises
    ------
    SourceError
        If there is no such table, or it cannot be read.
    """
    address = Address.parse(source)
    with connected(address, writing=False) as connection:
        kinds = _kinds(connection, address)
        rows = _rows(connection, address, kinds, order=None)
    frame = pd.DataFrame(rows, columns=list(kinds), dtype=object)
    shapes = [name for name, kind in kinds.items() if kind in _SHAPES]
    body = io.BytesIO()
    if shapes:
        geometry = shapely.from_wkb(frame[shapes[0]].tolist())
        table = gpd.GeoDataFrame(frame.drop(columns=shapes), geometry=geometry, crs=_crs(geometry))
        table.to_parquet(body)
    else:
        frame.to_parquet(body)
    return body.getvalue(), address.shown


def _crs(shapes: Any) -> str:
    """Return the reference system of the shapes; longitude and latitude where they do not say."""
    known = set(shapely.get_srid(shapes).tolist()) - {0, -1}
    return f"EPSG:{known.pop()}" if known else "EPSG:4326"


def _facts(connection: Connection[Any], address: Address) -> Any:
    """Return the provenance in the table's comment, null where the table is another's."""
    name = address.identifier().as_string(connection)
    row = connection.execute("SELECT obj_description(to_regclass(%s))", (name,)).fetchone()
    text = row and row[0]
    if not text or not text.startswith("{"):
        return None
    try:
        facts = codec.load(text)
    except ValueError:
        return None
    return facts if str(facts.get("format", "")).startswith("dateline-events/") else None


def _kinds(connection: Connection[Any], address: Address) -> dict[str, str]:
    """Return the type of each column."""
    name = address.identifier().as_string(connection)
    found = dict(connection.execute(_KINDS, (name,)).fetchall())
    if not found:
        raise SourceError("a table that is there", address.shown, "name it with ?table=SCHEMA.NAME")
    return found


def _rows(
    connection: Connection[Any], address: Address, kinds: dict[str, str], *, order: str | None
) -> list[tuple[Any, ...]]:
    """Return all rows: geometries as EWKB, numbers and truth values as they are, the rest as text."""
    from psycopg.sql import SQL, Identifier

    parts = [SQL(_taken(kind)).format(Identifier(name)) for name, kind in kinds.items()]
    query = SQL("SELECT {} FROM {}").format(SQL(", ").join(parts), address.identifier())
    if order:
        query += SQL(" ORDER BY {}").format(Identifier(order))
    return connection.execute(query).fetchall()


def _taken(kind: str) -> str:
    """Return how a column of a type is asked for."""
    if kind in _SHAPES:
        return "ST_AsEWKB({}::geometry)"
    exact = kind in {"double precision", "bigint", "integer", "smallint", "boolean", "real"}
    return "{}" if exact else "{}::text"


def _cell(value: Any, kind: str) -> Any:
    """Return one value with our escapes undone; in JSON, NUL is written as JSON writes it."""
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    if not isinstance(value, str):
        return value
    nul = "\\u0000" if kind in _JSON else "\0"
    return _ESCAPED.sub(lambda m: nul if m[1] == "0000" else chr(int(m[1], 16)), value)
