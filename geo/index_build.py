"""Build the place index: every name of every source, by key, in one directory of the cache.

An index is a directory that is complete or absent. It is written beside its final name and renamed; who
builds holds a lock that the system drops when the process dies, so two processes never build at once and a
killed build leaves only rubbish that the next one removes.

Files: `places.sqlite` (one row a place), `keys.npy` (hashes of name keys, sorted) with `refs.npy` (the
place of each), `spellings.npy` (hashes of exact spellings with their place), `words.npy` and `signs.npy` (the
main names, for fuzzy search), `points.npy` (longitude and latitude of each place).
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import shutil
import sqlite3
from array import array
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

import numpy as np

from dateline.errors import GazetteerError
from dateline.garbage import seldom_collected
from dateline.geo.editions import forget_old
from dateline.geo.names import keys_and_spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from dateline.geo.place import Place

    Progress = Callable[[float, str], None]

__all__ = ["NamedPlace", "build_index", "hash_keys", "hash_spelling", "letter_signs"]

_LOCK_SECONDS = 300.0  # longer than any build; then something is wrong
_BATCH = 2000  # places whose names are folded at once
_SCHEMA = """
CREATE TABLE place (
  ref INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lon REAL NOT NULL,
  lat REAL NOT NULL, country TEXT, admin1 TEXT, district TEXT, population INTEGER, source TEXT NOT NULL, radius_m REAL);
"""


class NamedPlace(Protocol):
    """A place and all its names, as a source gives them."""

    @property
    def place(self) -> Place:
        """The place."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, the main one first."""


def hash_keys(keys: Iterable[str]) -> np.ndarray:
    """Return the 64-bit hashes of keys, in order: BLAKE2b, the same on every machine."""
    blake2b = hashlib.blake2b
    digests = b"".join([blake2b(key.encode(), digest_size=8).digest() for key in keys])
    return np.frombuffer(digests, dtype="<u8")


def hash_spelling(spelling: str, ref: int) -> int:
    """Return the 32-bit hash of one place's one spelling; `spelling` comes from `spelling_key`.

    A checksum does: it only tells the spellings of places that share a key apart.
    """
    return crc32(spelling.encode(), ref)


def letter_signs(words: Sequence[str]) -> np.ndarray:
    """Return a 64-bit set of the letters and letter pairs of each word, to sift candidates by."""
    text = "".join(f"{word}\n" for word in words)
    codes = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype("u8")
    ends = np.flatnonzero(codes == ord("\n"))
    following = np.append(codes[1:], np.uint64(0))
    one = np.uint64(1)
    bits = (one << (codes % 31)) | (one << (31 + (codes * 31 + following) % 33))
    bits[ends] = 0  # the newline itself counts only as what follows a last letter
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    signs: np.ndarray = np.bitwise_or.reduceat(bits, starts) if len(ends) else bits
    return signs


@seldom_collected()
def build_index(
    target: Path,
    places: Iterable[NamedPlace],
    *,
    expected: int = 0,
    progress: Progress | None = None,
) -> None:
    """Build the index in `target` unless it is there, safely against other processes.

    Parameters
    ----------
    target
        Directory of the finished index; its parent is made.
    places
        Every place with its names.
    expected
        How many places come, for the progress alone.
    progress
        Called with the share done, 0 to 1, and a word on what is being done.

    Raises
    ------
    GazetteerError
        If the directory cannot be written, or another process holds the lock for five minutes.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target.parent / "index.lock"):
            if target.exists():
                return
            for rubbish in target.parent.glob("*.partial"):
                shutil.rmtree(rubbish, ignore_errors=True)
            partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
            partial.mkdir()
            _write(partial, places, expected, progress)
            partial.rename(target)
            forget_old(target)
    except (OSError, sqlite3.Error) as error:
        message = f"expected to build the place index in {target}: {error}; free space there or set DATELINE_CACHE"
        raise GazetteerError(message) from error


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Hold SQLite's own lock on a file: works on every system, and dies with the process."""
    connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


class _Columns:
    """The growing columns of names."""

    def __init__(self) -> None:
        self.keys = array("Q")
        self.refs = array("I")
        self.spellings = array("I")
        self.main: list[str] = []
        self.points = array("f")

    def add(self, first: int, batch: Sequence[NamedPlace]) -> None:
        """Add the names of places numbered from `first`: many at once, as folding a long text is fast."""
        names = [name for named in batch for name in named.names]
        keys, spellings = keys_and_spellings(names)
        hashed: list[str] = []
        start = 0
        for ref, named in enumerate(batch, first):
            end = start + len(named.names)
            self.main.append(keys[start])
            distinct = set(keys[start:end])
            distinct.discard("")
            hashed += distinct
            self.refs.extend([ref] * len(distinct))
            spelt = {spelling.encode() for spelling in spellings[start:end]}
            self.spellings.extend({crc32(spelling, ref) for spelling in spelt})
            self.points.extend((named.place.lon, named.place.lat))
            start = end
        self.keys.frombytes(hash_keys(hashed).tobytes())

    def save(self, folder: Path) -> None:
        keys = np.frombuffer(self.keys, dtype="<u8")
        order = np.argsort(keys, kind="stable")
        np.save(folder / "keys.npy", keys[order])
        np.save(folder / "refs.npy", np.frombuffer(self.refs, dtype="<u4")[order])
        np.save(folder / "spellings.npy", np.sort(np.frombuffer(self.spellings, dtype="<u4")))
        np.save(folder / "points.npy", np.frombuffer(self.points, dtype="<f4").reshape(-1, 2))
        encoded = "\n".join(self.main).encode()
        np.save(folder / "words.npy", np.frombuffer(encoded, dtype="u1"))
        np.save(folder / "signs.npy", letter_signs(self.main))


def _write(
    folder: Path, places: Iterable[NamedPlace], expected: int, progress: Progress | None
) -> None:
    columns = _Columns()
    with contextlib.closing(sqlite3.connect(folder / "places.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # the directory is renamed only when whole
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        rows = _rows(columns, places, expected, progress)
        connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
        connection.execute("CREATE INDEX place_id ON place (id)")
        connection.execute("CREATE INDEX place_country ON place (country, name, population)")
        connection.commit()
    columns.save(folder)
    if progress:
        progress(1.0, "place index ready")


def _rows(
    columns: _Columns, places: Iterable[NamedPlace], expected: int, progress: Progress | None
) -> Iterator[tuple[object, ...]]:
    remaining, first = iter(places), 0
    while batch := list(itertools.islice(remaining, _BATCH)):
        columns.add(first, batch)
        for ref, named in enumerate(batch, first):
            place = named.place
            yield (
                ref, place.id, place.name, place.kind, place.lon, place.lat, place.country,
                place.admin1, place.district, place.population, place.source, place.radius_m,
            )  # fmt: skip
        first += len(batch)
        if progress:
            progress(min(first / max(expected, first), 1.0), "indexing place names")
