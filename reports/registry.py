"""The registry of formations and groups, and the words that name countries and their people."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Formation", "Registry", "actor_forms", "registry"]

_COLUMNS = (
    "id",
    "name",
    "kind",
    "side",
    "aliases",
    "echelon",
    "branch",
    "number",
    "sidc",
    "parent",
)


@dataclass(frozen=True, slots=True)
class Formation:
    """A row of `units.csv`: a formation or a group, `kind` telling which."""

    id: str
    name: str
    kind: str
    side: str | None
    aliases: tuple[tuple[str, str], ...]
    echelon: str | None
    branch: str | None
    number: int | None
    sidc: str | None
    parent: str | None
    valid_from: str | None
    valid_to: str | None


class Registry:
    """Formations and groups, by identifier, by number and by name.

    Parameters
    ----------
    formations
        All rows of the registry.
    """

    def __init__(self, formations: list[Formation]) -> None:
        self._by_id = {formation.id: formation for formation in formations}
        self._by_number: dict[int, list[Formation]] = {}
        for formation in formations:
            if formation.number is not None:
                self._by_number.setdefault(formation.number, []).append(formation)

    def add(self, formation: Formation) -> None:
        """Add a formation; vocabularies made before do not know it."""
        self._by_id[formation.id] = formation
        if formation.number is not None:
            self._by_number.setdefault(formation.number, []).append(formation)

    def __getitem__(self, identifier: str) -> Formation:
        """Return the formation with this identifier."""
        return self._by_id[identifier]

    def __iter__(self) -> Iterator[Formation]:
        """Yield all formations in the order of the file."""
        return iter(self._by_id.values())

    def numbered(self, number: int) -> list[Formation]:
        """Return the formations that have this number."""
        return self._by_number.get(number, [])

    def aliases(
        self, language: str, akin: Collection[str]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the names that texts in a language use, with the formations that have them.

        Parameters
        ----------
        language
            The language, ISO 639-1.
        akin
            Others whose names its texts borrow. Of these, and of the names in the registry, those
            with the number of a formation are left out: words for number and echelon say as much.
        """
        owners: dict[str, dict[str, None]] = {}
        for formation in self:
            number = None if formation.number is None else str(formation.number)
            names = [
                alias
                for spoken, alias in formation.aliases
                if spoken == language
                or (spoken in akin and (number is None or number not in alias))
            ]
            if number is None or number not in formation.name or language == "en":
                names.append(formation.name)
            for name in names:
                owners.setdefault(name, {})[formation.id] = None
        for alias, identifiers in owners.items():
            yield alias, tuple(identifiers)


def _formation(row: dict[str, str], line: int) -> Formation:
    """Return the formation of one row, checked."""
    for column in ("id", "name", "kind"):
        if not row[column]:
            message = f"reports/units.csv, row {line}: expected a value in column {column!r}"
            raise ConfigError(message)
    aliases = (entry.partition(":") for entry in row["aliases"].split(" | ") if entry.strip())
    return Formation(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        side=row["side"] or None,
        aliases=tuple((language.strip(), alias.strip()) for language, _, alias in aliases),
        echelon=row["echelon"] or None,
        branch=row["branch"] or None,
        number=int(row["number"]) if row["number"].isdecimal() else None,
        sidc=row["sidc"] or None,
        parent=row["parent"] or None,
        valid_from=row.get("valid_from") or None,
        valid_to=row.get("valid_to") or None,
    )


def _rows(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and cells of a CSV file of this room; lines that begin with # are remarks."""
    file = resources.files("dateline.reports") / name
    if not file.is_file():
        return
    lines = (line for line in file.read_text("utf-8").splitlines() if not line.startswith("#"))
    yield from enumerate(csv.DictReader(lines), 2)


@cache
def registry() -> Registry:
    """Return the registry of `units.csv`, loaded once.

    Raises
    ------
    ConfigError
        If a row lacks its identifier, name or kind, or the file a column.
    """
    rows = list(_rows("units.csv"))
    if rows and (missing := [name for name in _COLUMNS if name not in rows[0][1]]):
        message = (
            f"reports/units.csv: expected the columns {', '.join(_COLUMNS)}; missing {missing}"
        )
        raise ConfigError(message)
    return Registry([_formation(row, line) for line, row in rows])


@cache
def actor_forms(language: str) -> tuple[tuple[str, str, str], ...]:
    """Return the words for countries and their people in `language`: (form, side, kind).

    `side` is ISO 3166-1 alpha-3; `kind` is `country`, or `force` where the word itself means armed
    forces ("IDF"). A form that ends in `*` is a stem. Forms are in `actors.csv`.
    """
    return tuple(
        (form.strip(), row["code"], row["kind"])
        for _, row in _rows("actors.csv")
        if row["language"] == language
        for form in row["forms"].split(" | ")
    )
