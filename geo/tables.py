"""Reading the compiled tables of `geo/data/`."""

from __future__ import annotations

import csv
import gzip
import io
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.geo.place import Place

__all__ = ["Named", "data_path", "read_rows", "read_table", "read_tables"]


class Named(NamedTuple):
    """A place and all its names, the main one first."""

    place: Place
    names: tuple[str, ...]


def data_path(name: str) -> Path:
    """Return the path of one file of `geo/data/`."""
    return Path(str(resources.files("dateline.geo.data") / name))


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file of `geo/data/`, gzipped or not, without lines that start with #."""
    raw = data_path(name).read_bytes()
    text = gzip.decompress(raw).decode() if name.endswith(".gz") else raw.decode()
    yield from csv.DictReader(line for line in io.StringIO(text) if not line.startswith("#"))


def read_rows(name: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a Parquet file of `geo/data/`: of each the columns asked for."""
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(data_path(name), columns=list(columns)).to_pylist()
    return rows


def read_tables(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file of `geo/data/`.

    Raises
    ------
    ConfigError
        If it is no valid TOML.
    """
    try:
        return tomllib.loads(data_path(name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        message = f"geo/data/{name}: expected valid TOML: {error}"
        raise ConfigError(message) from error
