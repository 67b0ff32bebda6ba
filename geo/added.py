"""Places that users add: GeoNames' country dumps, files of outlines, tables of coordinates.

    Added().add("https://download.geonames.org/export/dump/UA.zip")
    Added().add("hamlets.csv", credit="our own survey", licence="CC BY 4.0")

The gazetteer finds them at once, beside what is built in.
"""

from __future__ import annotations

import itertools
import logging
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.errors import CellError, InputError
from dateline.geo import _added_geonames as geonames
from dateline.geo._added_checks import Checks, checked_country
from dateline.geo._added_facts import Fact, Layout
from dateline.geo._added_files import Files, count_rows, file_name, read_rows, recognise
from dateline.geo._added_outlines import is_geoboundaries
from dateline.geo._added_store import (
    AddedSet,
    AddedStore,
    delete_set,
    insert_facts,
    insert_set,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.place import Place

__all__ = ["Added", "AddedSet", "Addition", "Layout"]

_log = logging.getLogger("dateline.geo.added")
_BATCH = 20_000
_TOLD_EVERY = 2_000
_SHOWN_PROBLEMS = 5
_MAX_PROBLEMS = 1000  # kept; more are counted
_MAX_REFUSED_SHARE = 0.2  # of a file that may have bad rows; more, and it is not what it says it is
_NAME = re.compile(r"\w[\w .+-]{0,79}")


@dataclass(frozen=True, slots=True)
class Addition:
    """What came of adding a file: the set, and the first thousand rows that were not taken."""

    added: AddedSet
    problems: tuple[CellError, ...]


class Added:
    """The user's own places.

    Parameters
    ----------
    data_dir
        Where they are kept: by default DATELINE_DATA or the system's place for a user's data.
    gazetteer
        Places already known, to notice exchanged latitude and longitude by; null leaves that check out.
    """

    def __init__(
        self, data_dir: Path | str | None = None, *, gazetteer: Gazetteer | None = None
    ) -> None:
        self._store = AddedStore(data_dir)
        self._gazetteer = gazetteer

    def sets(self) -> list[AddedSet]:
        """Return the sets that were added, by name."""
        return self._store.sets()

    def credit(self, place: Place) -> str | None:
        """Return the credit owed for a place that was added, with its licence; null for any other."""
        return self._store.credit(place.id)

    def remove(self, name: str) -> AddedSet:
        """Remove a set and return what it was.

        Raises
        ------
        InputError
            If there is no set of that name.
        """
        return self._store.remove(name)

    def add(
        self,
        source: str | Path,
        *,
        name: str | None = None,
        layout: Layout | None = None,
        credit: str | None = None,
        licence: str | None = None,
        progress: Callable[[float, str], None] | None = None,
    ) -> Addition:
        """Add the places of a file; a set of the same name is replaced, all of it or nothing.

        Parameters
        ----------
        source
            Path or http(s) address of a GeoNames country dump (`UA.zip`), a file of outlines, or a table
            of names and coordinates. A download that was interrupted goes on where it stopped.
        name
            What to call the set; by default the file's name without its ending.
        layout
            How to read the file, where it cannot be recognised.
        credit, licence
            Who made it, and what it may be used for; known for GeoNames.
        progress
            Called with the share done, 0 to 1, and what is being done.

        Raises
        ------
        SourceError
            If the file cannot be fetched or read.
        CellError
            If a row is bad, for the first such row, unless bad rows are to be skipped.
        InputError
            If a column is missing, the country is none, or too many rows are bad.
        """
        layout = layout or Layout()
        layout = replace(layout, country=checked_country(layout.country))
        about = AddedSet(
            _set_name(source, name), "points", str(source), credit, licence, _now(), 0, 0
        )
        folder = self._store.path.parent
        with Files(folder, allow_local=layout.allow_local, progress=progress) as files:
            path = files.local(str(source))
            about = _described(about, path, layout)
            if about.licence is None:
                _log.warning("%s: licence not stated; give it with --licence", about.name)
            rows = read_rows(path, about.format, layout, files, f"added:{about.name}")
            if progress is not None:
                rows = _counted(rows, count_rows(path, about.format), progress)
            skip = layout.skip_bad_rows or about.format == "geonames"
            return self._write(about, path.name, rows, skip_bad_rows=skip)

    def _write(
        self, about: AddedSet, file: str, rows: Iterator[Fact | CellError], *, skip_bad_rows: bool
    ) -> Addition:
        """Check and write the rows, in one transaction."""
        # nobody mends a country dump, and its coordinates are not exchanged
        known = None if about.format == "geonames" else self._gazetteer
        checks = Checks(file, known)
        problems: list[CellError] = []
        places = refused = 0
        with self._store.open() as connection:
            delete_set(connection, about.name)
            while batch := list(itertools.islice(rows, _BATCH)):
                good, bad = checks.check([row for row in batch if isinstance(row, Fact)])
                bad = sorted(
                    [*bad, *(row for row in batch if isinstance(row, CellError))], key=_row
                )
                if bad and not skip_bad_rows:
                    raise _refusal(bad)
                places, refused = places + len(good), refused + len(bad)
                problems += bad[: _MAX_PROBLEMS - len(problems)]
                insert_facts(connection, about.name, good)
            _refuse_hopeless(file, places, refused, problems)
            added = replace(about, places=places, refused=refused)
            insert_set(connection, added)
        for problem in problems[:_SHOWN_PROBLEMS]:
            _log.warning("left out: %s", problem)
        return Addition(added, tuple(problems))


def _set_name(source: str | Path, name: str | None) -> str:
    """Return what to call a set."""
    chosen = name.strip() if name else file_name(str(source)).partition(".")[0]
    if not _NAME.fullmatch(chosen):
        raise InputError(
            "a name of letters, digits, spaces and .+-", chosen, "give one with --name"
        )
    return chosen


def _now() -> str:
    """Return the present moment, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _described(about: AddedSet, path: Path, layout: Layout) -> AddedSet:
    """Return what a set is, with what its file says of itself."""
    kind = layout.format or recognise(path)
    usual: dict[str, str] = {}
    if kind == "geonames":
        usual = {"credit": geonames.CREDIT, "licence": geonames.LICENCE}
    elif is_geoboundaries(path):
        usual = {"credit": "geoBoundaries"}
    credit = about.credit or usual.get("credit")
    licence = about.licence or usual.get("licence")
    return replace(about, format=kind, credit=credit, licence=licence)


def _counted(
    rows: Iterator[Fact | CellError], expected: int, progress: Callable[[float, str], None]
) -> Iterator[Fact | CellError]:
    """Yield the rows, telling now and then how far they are."""
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            progress(min((row.row - 1) / max(expected, row.row), 1.0), "reading places")
        yield row
    progress(1.0, "places read")


def _row(problem: CellError) -> int:
    """Return the row of a problem."""
    return problem.row


def _refusal(bad: list[CellError]) -> CellError:
    """Return the error for a file with bad rows: the first, with how many more there are."""
    first = bad[0]
    more = f"; {len(bad) - 1:,} more rows are bad" if len(bad) > 1 else ""
    return CellError(
        first.file,
        first.row,
        first.column,
        first.value,
        expected=first.expected,
        remedy=f"{first.remedy}{more}; mend them, or leave bad rows out with --skip-bad-rows",
    )


def _refuse_hopeless(file: str, places: int, refused: int, problems: list[CellError]) -> None:
    """Refuse a file that gave no place, or too many that cannot be right."""
    if refused > _MAX_REFUSED_SHARE * (places + refused):
        raise InputError(
            f"places in {file}",
            f"{refused:,} bad rows of {places + refused:,}",
            f"is it the right file? The first: {problems[0]}",
        )
    if places == 0:
        raise InputError(f"places in {file}", "none", "is it the right file?")
