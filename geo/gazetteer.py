"""The gazetteer: every place that a name can mean, offline.

    gazetteer = Gazetteer.open()
    gazetteer.find("Суджі", "uk")

The first use builds an index in the cache directory; later ones open it at once. The index is read through
memory maps, so that several processes share it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import platformdirs

from dateline.errors import GazetteerError
from dateline.geo._added_store import added_index
from dateline.geo.editions import mark_used
from dateline.geo.fuzzy import closest
from dateline.geo.index_build import build_index, hash_keys, hash_spelling
from dateline.geo.names import keys_kept, name_keys, query_forms, spelling_key
from dateline.geo.nearby import Nearby
from dateline.geo.place import Place
from dateline.geo.sources import EXPECTED_PLACES, all_places, fingerprint_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Literal

    Progress = Callable[[float, str], None]

__all__ = ["Gazetteer", "cache_directory", "prominence"]

_FORMAT = "3"  # of the index: raise it when index_build or names change what is written
_FIRST_REACH_M = 30_000.0  # what is near is sought so far off first
_ROWS_AT_ONCE = 500  # within SQLite's limit of variables
_HELD = 40_000  # places remembered; about 20 MB
_FUZZY_SHORTEST = 4  # shorter names have too many neighbours
# Where a place of unknown population stands among the others, for the order of answers alone.
_ORDER_POPULATION = {"country": 10**9, "region": 10**5, "district": 5 * 10**2, "water": 10**3}
_DISTRICT_SHARE = 0.05  # of its inhabitants: a county counts as a town of a twentieth
_INFLECTED_SHARE = 0.1  # an inflected reading counts as a tenth of its population


def cache_directory(cache_dir: Path | str | None = None) -> Path:
    """Return where indexes are kept: the argument, DATELINE_CACHE, or the system's cache."""
    chosen = cache_dir or os.environ.get("DATELINE_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("dateline")


class Gazetteer:
    """Places by name, by nearness, and by near-misses of a name.

    Parameters
    ----------
    folder
        Directory of a finished index; use `Gazetteer.open`.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._keys = _mapped(folder / "keys.npy")
            self._refs = _mapped(folder / "refs.npy")
            self._spellings = _mapped(folder / "spellings.npy")
            self._points = _mapped(folder / "points.npy")
            self._rows = sqlite3.connect(
                f"file:{folder / 'places.sqlite'}?mode=ro&immutable=1", uri=True
            )
        except (OSError, ValueError, sqlite3.Error) as error:
            message = f"expected a whole place index in {folder}: {error}; delete that directory and run again"
            raise GazetteerError(message) from error
        self._folder = folder
        self._held: dict[int, Place] = {}

    @classmethod
    def open(
        cls,
        cache_dir: Path | str | None = None,
        *,
        data_dir: Path | str | None = None,
        progress: Progress | None = None,
    ) -> Gazetteer:
        """Open the index, building it first when it is missing or its sources have changed.

        Parameters
        ----------
        cache_dir
            Where to keep it; by default DATELINE_CACHE or the user's cache directory.
        data_dir
            Where the user's added places are; by default DATELINE_DATA or the user's data directory.
        progress
            Called while building with the share done, 0 to 1, and what is being done.

        Raises
        ------
        GazetteerError
            If the index cannot be built or read.
        """
        parts = "\n".join([_FORMAT, *fingerprint_parts()])
        fingerprint = hashlib.sha256(parts.encode()).hexdigest()[:12]
        folder = cache_directory(cache_dir) / f"places-{fingerprint}"
        if not folder.exists():
            build_index(folder, all_places(), expected=EXPECTED_PLACES, progress=progress)
        mark_used(folder)
        added = added_index(cache_directory(cache_dir), [fingerprint], data_dir, progress)
        if added is None:
            return cls(folder)
        from dateline.geo.joined import JoinedGazetteer

        return JoinedGazetteer(cls(folder), cls(added))

    def known(self, keys: Sequence[str]) -> list[bool]:
        """Return for each key, of `name_key` or `query_keys`, whether some place has it."""
        if not keys:
            return []
        hashes = hash_keys(keys)
        at = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        found: list[bool] = (self._keys[at] == hashes).tolist()
        return found

    def find(self, name: str, language: str | None = None) -> list[Place]:
        """Return the places a name can mean: as `find_many` of one."""
        return self.find_many([name], language)[name]

    def find_many(
        self, names: Iterable[str], language: str | None = None
    ) -> dict[str, list[Place]]:
        """Return for each name the places it can mean, in few steps for all.

        Parameters
        ----------
        names
            Names as texts have them, inflected or not, in any script.
        language
            ISO 639-1 code of the text: its endings are tried. Null: none are.

        Returns
        -------
        dict
            Each distinct name with its places, most populous first; an inflected reading counts for a
            tenth. `matched` tells whether the spelling is the same.
        """
        wanted = list(dict.fromkeys(names))
        forms = [query_forms(name, language) for name in wanted]
        keys = iter(keys_kept([form for each in forms for form in each]))
        keyed = [[(form, next(keys)) for form in each] for each in forms]
        refs = self._refs_of({key for each in keyed for _, key in each})
        rows = self._places({ref for found in refs.values() for ref in found})
        return {
            name: self._ranked(pairs, refs, rows) for name, pairs in zip(wanted, keyed, strict=True)
        }

    def _refs_of(self, keys: set[str]) -> dict[str, list[int]]:
        """Return the place numbers of each key that has any."""
        ordered = [key for key in keys if key]
        if not ordered:
            return {}
        hashes = hash_keys(ordered)
        first = np.searchsorted(self._keys, hashes, side="left")
        last = np.searchsorted(self._keys, hashes, side="right")
        return {
            key: self._refs[start:end].tolist()
            for key, start, end in zip(ordered, first.tolist(), last.tolist(), strict=True)
            if end > start
        }

    def _places(self, refs: set[int]) -> dict[int, Place]:
        """Return the places of some numbers; those met before are remembered."""
        held = self._held
        ordered = sorted(ref for ref in refs if ref not in held)
        for start in range(0, len(ordered), _ROWS_AT_ONCE):
            part = ordered[start : start + _ROWS_AT_ONCE]
            marks = ",".join("?" * len(part))
            for row in self._rows.execute(f"SELECT * FROM place WHERE ref IN ({marks})", part):  # noqa: S608
                held[row[0]] = _place(row)
        places = {ref: held[ref] for ref in refs}
        if len(held) > _HELD:
            held.clear()
        return places

    def _ranked(
        self, pairs: list[tuple[str, str]], refs: dict[str, list[int]], rows: dict[int, Place]
    ) -> list[Place]:
        best: dict[int, tuple[float, Place]] = {}
        for position, (form, key) in enumerate(pairs):
            found = refs.get(key)
            if found is None:
                continue
            spelling = spelling_key(form)
            for ref in found:
                known = best.get(ref)
                if known is not None and known[1].matched == "exact":
                    continue
                exact = self._is_spelling(spelling, ref)  # in some form
                place = rows[ref]
                if position or not exact:
                    match: Literal["exact", "variant"] = "exact" if exact else "variant"
                    place = _with_match(place, match, inflected=position > 0)
                if known is None:
                    weight = prominence(place) * (_INFLECTED_SHARE if position else 1.0)
                    best[ref] = (weight, place)
                elif exact:
                    best[ref] = (known[0], place)
        return [place for _, place in sorted(best.values(), key=lambda pair: -pair[0])]

    def _is_spelling(self, spelling: str, ref: int) -> bool:
        wanted = hash_spelling(spelling, ref)
        at = int(self._spellings.searchsorted(np.uint32(wanted)))
        return at < len(self._spellings) and int(self._spellings[at]) == wanted

    def fuzzy(self, name: str, limit: int = 5) -> list[Place]:
        """Return places whose main name is a spelling mistake or two away from `name`, closest first.

        One mistake (a letter more, less, changed, or two swapped) is allowed in names of up to seven letters,
        two in longer ones. Names of fewer than four letters have none.
        """
        key = name_keys([name])[0]
        if len(key) < _FUZZY_SHORTEST:
            return []
        found = closest(self._folder, key, limit * 4)
        rows = self._places({ref for ref, _ in found})
        ranked = sorted(found, key=lambda pair: (pair[1], -prominence(rows[pair[0]])))
        return [_with_match(rows[ref], "fuzzy") for ref, _ in ranked[:limit]]

    @cached_property
    def _nearby(self) -> Nearby:
        """The points of all places, by where they are."""
        return Nearby(self._points)

    def near(self, lon: float, lat: float, radius_m: float, limit: int = 20) -> list[Place]:
        """Return the settlements within `radius_m` metres of a point in degrees, nearest first."""
        reach = min(radius_m, _FIRST_REACH_M)
        while True:
            nearest = self._within(lon, lat, reach, limit)
            if len(nearest) >= limit or reach >= radius_m:
                return nearest
            reach = min(radius_m, 2.0 * reach)

    def _within(self, lon: float, lat: float, radius_m: float, limit: int) -> list[Place]:
        """Return at most `limit` settlements within a radius, nearest first."""
        ordered = self._nearby.within(lon, lat, radius_m)
        nearest: list[Place] = []
        for start in range(0, len(ordered), limit):  # most places are settlements
            part = ordered[start : start + limit]
            places = self._places(set(part))
            nearest += [places[ref] for ref in part if places[ref].kind == "settlement"]
            if len(nearest) >= limit:
                break
        return nearest[:limit]

    def names_in(self, country: str) -> list[tuple[str, int]]:
        """Return the main names of a country's places and their inhabitants, zero where not known.

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2.
        """
        rows = self._rows.execute(
            "SELECT name, COALESCE(population, 0) FROM place WHERE country = ?", (country,)
        )
        return [(name, inhabitants) for name, inhabitants in rows]

    def get(self, place_id: str) -> Place | None:
        """Return the place with an identifier such as `iso:RU-KRS`; null where there is none."""
        row = self._rows.execute("SELECT * FROM place WHERE id = ?", (place_id,)).fetchone()
        return _place(row) if row else None

    def close(self) -> None:
        """Close the index."""
        self._rows.close()


def _place(row: Sequence[Any]) -> Place:
    """Return the place of a row of the index."""
    facts, radius_m = row[1:-1], row[-1]
    return replace(Place(*facts), radius_m=radius_m) if radius_m else Place(*facts)


def _mapped(file: Path) -> np.ndarray:
    """Return an array that stays in its file; plain, as each step of a `memmap` takes several times as long."""
    return np.asarray(np.load(file, mmap_mode="r"))


def prominence(place: Place) -> float:
    """Return the weight of a place among namesakes: its inhabitants, or what stands for them."""
    if place.kind == "district":  # the town that a district is named after comes first
        return (place.population or 0) * _DISTRICT_SHARE + _ORDER_POPULATION["district"]
    return float(place.population or _ORDER_POPULATION.get(place.kind, 0)) + 1.0


def _with_match(
    place: Place, matched: Literal["exact", "variant", "fuzzy"], *, inflected: bool = False
) -> Place:
    return Place(
        place.id, place.name, place.kind, place.lon, place.lat, place.country, place.admin1,
        place.district, place.population, place.source, matched, place.radius_m, inflected,
    )  # fmt: skip
