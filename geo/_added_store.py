"""The user's own places: one SQLite file in the data directory, and an index of it in the cache."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import platformdirs

from dateline.errors import DatelineError, GazetteerError, InputError
from dateline.geo.editions import mark_used
from dateline.geo.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from dateline.geo._added_facts import Fact, Format

    Progress = Callable[[float, str], None]

__all__ = ["AddedSet", "AddedStore", "added_index", "data_directory"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sets (
  name TEXT PRIMARY KEY, format TEXT NOT NULL, origin TEXT NOT NULL, credit TEXT, licence TEXT,
  added TEXT NOT NULL, places INTEGER NOT NULL, refused INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS places (
  set_name TEXT NOT NULL, id TEXT NOT NULL, names TEXT NOT NULL, kind TEXT NOT NULL, lon REAL NOT NULL,
  lat REAL NOT NULL, country TEXT, admin1 TEXT, district TEXT, population INTEGER, outline BLOB);
CREATE INDEX IF NOT EXISTS place_set ON places (set_name);
CREATE INDEX IF NOT EXISTS place_id ON places (id);
"""
_PATIENCE_SECONDS = 600.0  # another process may be adding the places of a large country


def data_directory(data_dir: Path | str | None = None) -> Path:
    """Return where the user's own data is kept: the argument, DATELINE_DATA, or the system's place for it."""
    chosen = data_dir or os.environ.get("DATELINE_DATA")
    return Path(chosen) if chosen else platformdirs.user_data_path("dateline")


@dataclass(frozen=True, slots=True)
class AddedSet:
    """A set of places that the user added.

    Attributes
    ----------
    name
        What the user calls it.
    format
        "geonames", "outlines" or "points".
    origin
        File or address it came from.
    credit
        Who made it; whoever shows its places owes them the credit. Null where not stated.
    licence
        Its licence, null where not stated.
    added
        Moment it was added, ISO 8601, UTC.
    places, refused
        How many places were taken, and how many rows were not.
    """

    name: str
    format: Format
    origin: str
    credit: str | None
    licence: str | None
    added: str
    places: int
    refused: int


class _Named(NamedTuple):
    """A place and all its names, as the index wants them."""

    place: Place
    names: tuple[str, ...]


class AddedStore:
    """The SQLite file of added places.

    Parameters
    ----------
    data_dir
        Where it is; see `data_directory`.
    """

    def __init__(self, data_dir: Path | str | None = None) -> None:
        self.path = data_directory(data_dir) / "added.sqlite"

    @contextlib.contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in one transaction; it is kept when the block ends well, and only then.

        Raises
        ------
        GazetteerError
            If the file is damaged or cannot be written.
        """
        connection = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS, isolation_level=None)
            connection.execute(
                "PRAGMA journal_mode = WAL"
            )  # readers need not wait for a long addition
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except DatelineError:
            raise
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error
        finally:
            if connection is not None:
                connection.close()  # rolls back what was not committed

    def sets(self) -> list[AddedSet]:
        """Return the sets that were added, by name."""
        return [AddedSet(*row) for row in self._rows("SELECT * FROM sets ORDER BY name")]

    def _unusable(self, error: Exception) -> GazetteerError:
        """Return the error for a file that cannot be used."""
        return GazetteerError(
            f"expected your added places in {str(self.path)!r}, got {str(error)!r}; free space "
            "there, or move that file away and add the places again"
        )

    def remove(self, name: str) -> AddedSet:
        """Remove a set and return what it was.

        Raises
        ------
        InputError
            If there is no set of that name.
        """
        known = {each.name: each for each in self.sets()}
        if name not in known:
            names = ", ".join(known) or "none has been added"
            raise InputError("the name of an added set", name, f"there is: {names}")
        with self.open() as connection:
            delete_set(connection, name)
        return known[name]

    def credit(self, place_id: str) -> str | None:
        """Return the credit owed for an added place, with its licence; null where it is not an added one."""
        for row in self._rows(
            "SELECT coalesce(credit, name), licence FROM sets JOIN places ON name = set_name WHERE id = ?",
            (place_id,),
        ):
            return f"{row[0]} ({row[1]})" if row[1] else str(row[0])
        return None

    def outline(self, place_id: str) -> BaseGeometry | None:
        """Return the outline of an added place, EPSG:4326; null where it has none."""
        for row in self._rows(
            "SELECT outline FROM places WHERE id = ? AND outline IS NOT NULL", (place_id,)
        ):
            import shapely

            outline: BaseGeometry = shapely.from_wkb(row[0])
            return outline
        return None

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what is found without waiting for who writes; nothing where there is no file."""
        if not self.path.exists():
            return []
        try:
            with contextlib.closing(sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS)) as rows:
                return rows.execute(query, values).fetchall()
        except sqlite3.Error as error:
            if "no such table" in str(error):  # a file begun by a process that was killed
                return []
            raise self._unusable(error) from error

    def named_places(self) -> Iterator[_Named]:
        """Yield every added place with its names."""
        query = (
            "SELECT id, names, kind, lon, lat, country, admin1, district, population, "
            "coalesce(credit, set_name) FROM places JOIN sets ON name = set_name"
        )
        with contextlib.closing(sqlite3.connect(self.path, timeout=_PATIENCE_SECONDS)) as rows:
            for place_id, listed, *facts in rows.execute(query):
                names = tuple(json.loads(listed))
                yield _Named(Place(place_id, names[0], *facts), names)


def delete_set(connection: sqlite3.Connection, name: str) -> None:
    """Delete a set and its places."""
    connection.execute("DELETE FROM places WHERE set_name = ?", (name,))
    connection.execute("DELETE FROM sets WHERE name = ?", (name,))


def insert_facts(connection: sqlite3.Connection, name: str, facts: Iterable[Fact]) -> None:
    """Write places of a set."""
    import shapely

    connection.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                name,
                fact.id,
                json.dumps(fact.names, ensure_ascii=False),
                fact.kind,
                fact.lon,
                fact.lat,
                fact.country,
                fact.admin1,
                fact.district,
                fact.population,
                None if fact.outline is None else shapely.to_wkb(fact.outline),
            )
            for fact in facts
        ),
    )


def insert_set(connection: sqlite3.Connection, added: AddedSet) -> None:
    """Write what a set is."""
    connection.execute(
        "INSERT INTO sets VALUES (?, ?, ?, ?, ?, ?, ?, ?)", tuple(asdict(added).values())
    )


def added_index(
    cache_dir: Path,
    rules: Iterable[str],
    data_dir: Path | str | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Return the directory of the index of all added places, built when they or the rules changed.

    Parameters
    ----------
    cache_dir
        Where indexes are kept.
    rules
        What an index depends on besides its places: the format and the rules of keys.
    data_dir
        Where the user's own data is; see `data_directory`.
    progress
        Called with the share done, 0 to 1, and what is being done.

    Returns
    -------
    pathlib.Path or None
        Null where nothing has been added.
    """
    store = AddedStore(data_dir)
    sets = store.sets()
    if not sets:
        return None
    parts = "\n".join([*rules, str(store.path.resolve()), *(repr(each) for each in sets)])
    target = cache_dir / f"added-{hashlib.sha256(parts.encode()).hexdigest()[:12]}"
    if not target.exists():
        from dateline.geo.index_build import build_index

        expected = sum(each.places for each in sets)
        build_index(target, store.named_places(), expected=expected, progress=progress)
        _remove_outdated(target, store.path)
    mark_used(target)
    return target


def _remove_outdated(target: Path, store: Path) -> None:
    """Remove the indexes of what the same file held before."""
    mark = "added-from.txt"
    (target / mark).write_text(str(store.resolve()), "utf-8")
    for old in target.parent.glob("added-*"):
        with contextlib.suppress(OSError):
            if old != target and (old / mark).read_text("utf-8") == str(store.resolve()):
                shutil.rmtree(old)
