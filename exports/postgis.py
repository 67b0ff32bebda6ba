"""PostGIS: the events table as a table of a PostgreSQL database, written in one transaction.

psycopg's COPY rather than geopandas' `to_postgis`: the latter writes empty text as null, and cannot
keep the rights and views of a table whose rows it replaces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from dateline.codec import NUL, dump, escape
from dateline.database import Address, connected
from dateline.errors import OutputError
from dateline.exports.columns import canonical, chosen, flat, geometries
from dateline.exports.provenance import metadata
from dateline.table import LIST_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    from psycopg import Connection
    from psycopg.sql import Composed

__all__ = ["write"]

_SRID = 4326
_ROW = "row"
_JSON_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""NUL inside a JSON text, which jsonb cannot hold."""

_TYPES = {pa.float64(): "double precision", pa.int64(): "bigint", pa.bool_(): "boolean"}
"""Column types by Arrow's; all others are text."""


def write(
    events: gpd.GeoDataFrame,
    address: str,
    *,
    overwrite: bool = False,
    fields: list[str] | None = None,
) -> str:
    """Write the events table to a table of a database with PostGIS.

    Lists are jsonb, `extra` is json (which keeps numbers to the letter), the geometry has SRID 4326 and
    an index, `row` keeps the order and is the primary key. Provenance and licences are the table's
    comment. A table of the same columns keeps its rights, indexes and the views on it.

    Parameters
    ----------
    events
        An events table.
    address
        `postgresql://user@host/database?table=schema.name`; the table is `events` where none is named.
    overwrite
        Replace the rows of a table that is there already.
    fields
        Columns to write, all by default; id and geometry always go along.

    Returns
    -------
    str
        The address, without its password.

    Raises
    ------
    InputError
        If the address or a field is none.
    OutputError
        If the table exists and `overwrite` is false, the server cannot be reached, refuses, or lacks
        PostGIS. The database is then as it was.
    """
    target = Address.parse(address)
    names = chosen(fields)
    table = canonical(events)
    columns = flat(table, names)
    types = {_ROW: "bigint PRIMARY KEY"} | {name: _type(name, columns) for name in names}
    values = {_ROW: list(range(len(table)))} | {n: _cells(n, columns, table) for n in names}
    with connected(target, writing=True) as connection:
        _prepare(connection, target, types, overwrite=overwrite)
        _fill(connection, target, values)
        connection.execute(_comment(target, dump(metadata(table))))
    return target.shown


def _type(name: str, columns: dict[str, pa.Array]) -> str:
    """Return the SQL type of a column."""
    if name == "geometry":
        return f"geometry(Geometry, {_SRID})"
    if name in LIST_COLUMNS:
        return "jsonb"
    return "json" if name == "extra" else _TYPES.get(columns[name].type, "text")


def _cells(name: str, columns: dict[str, pa.Array], table: gpd.GeoDataFrame) -> list[Any]:
    """Return the values of a column as COPY takes them."""
    if name == "geometry":
        shapes = shapely.set_srid(geometries(table), _SRID)
        return list(shapely.to_wkb(shapes, hex=True, include_srid=True))
    values: list[Any] = columns[name].to_pylist()
    if not pa.types.is_string(columns[name].type):
        return values
    return [value and _JSON_NUL.sub(r"\1_x0000_", escape(value, NUL)) for value in values]


def _prepare(
    connection: Connection[Any], target: Address, types: dict[str, str], *, overwrite: bool
) -> None:
    """Leave an empty table with columns of `types`."""
    from psycopg.sql import SQL, Identifier

    if connection.execute("SELECT to_regtype('geometry')").fetchone() == (None,):
        raise OutputError(
            f"expected PostGIS in {target.shown}, got none; run CREATE EXTENSION postgis there"
        )
    there = _columns(connection, target)
    if there and not overwrite:
        raise OutputError(
            f"expected a new table, got {target.shown}, which exists; pass --overwrite to replace it"
        )
    if there == list(types):
        connection.execute(SQL("DELETE FROM {}").format(target.identifier()))
        return
    if there:
        connection.execute(SQL("DROP TABLE {}").format(target.identifier()))
    parts = [SQL("{} " + kind).format(Identifier(name)) for name, kind in types.items()]
    body = SQL(", ").join(parts)
    connection.execute(SQL("CREATE TABLE {} ({})").format(target.identifier(), body))
    index = SQL("CREATE INDEX ON {} USING gist (geometry)").format(target.identifier())
    connection.execute(index)


def _columns(connection: Connection[Any], target: Address) -> list[str]:
    """Return the columns of the table; none where it is not there."""
    name = target.identifier().as_string(connection)
    query = (
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 "
        "AND NOT attisdropped ORDER BY attnum"
    )
    return [row[0] for row in connection.execute(query, (name,))]


def _fill(connection: Connection[Any], target: Address, values: dict[str, list[Any]]) -> None:
    """Write the rows."""
    from psycopg.sql import SQL, Identifier

    names = SQL(", ").join(map(Identifier, values))
    order = SQL("COPY {} ({}) FROM STDIN").format(target.identifier(), names)
    with connection.cursor() as cursor, cursor.copy(order) as copy:
        for row in zip(*values.values(), strict=True):
            copy.write_row(row)


def _comment(target: Address, text: str) -> Composed:
    """Return the order that leaves `text` as the table's comment."""
    from psycopg.sql import SQL, Literal

    return SQL("COMMENT ON TABLE {} IS {}").format(
        target.identifier(), Literal(_JSON_NUL.sub(r"\1", text))
    )
