"""Which column means what: synonyms in many languages, then the content of the cells."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from dateline.errors import ConfigError, InputError
from dateline.reports.tables.coordinates import read_pairs
from dateline.reports.tables.dates import read_dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dateline.reports.tables.rows import Rows

__all__ = ["FIELDS", "Guess", "guess_columns"]

ORDER_KEY = "date_order"
_SEVERAL = ("sides", "units")
_SPOTS = {"latitude", "coordinates", "geometry"}
_WORDS = 6
_SAMPLE = 200
_LOOKED_INTO = 100
"""Columns whose cells are looked at where their names say nothing: nobody writes wider tables by hand."""


@cache
def _synonyms() -> dict[str, dict[str, int]]:
    """Return for each field the rank of each folded column name."""
    text = (resources.files("dateline.reports.tables") / "columns.toml").read_text("utf-8")
    lists: dict[str, list[str]] = tomllib.loads(text)
    folded = {
        field: {fold(name): i for i, name in reversed(list(enumerate(names)))}
        for field, names in lists.items()
    }
    if "" in {name for names in folded.values() for name in names}:
        message = "columns.toml: expected letters or digits in every column name"
        raise ConfigError(message)
    return folded


def fold(name: str) -> str:
    """Return a column name without case, accents, blanks and punctuation."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in parts if c.isalnum())


def fields() -> tuple[str, ...]:
    """Return the fields that a column can be mapped to."""
    return tuple(_synonyms())


FIELDS = fields
"""The fields that a column can be mapped to, as `fields()` returns them."""


@dataclass(slots=True)
class Guess:
    """Which source columns hold which field.

    Attributes
    ----------
    columns
        Source columns by field; several for sides and units.
    date_order
        dmy or mdy where the user says so.
    notes
        What was guessed, for the user to check.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    date_order: str | None = None
    notes: list[str] = field(default_factory=list)

    def one(self, name: str) -> str | None:
        """Return the source column of a field, null if it has none."""
        found = self.columns.get(name)
        return found[0] if found else None


def guess_columns(rows: Rows, given: Mapping[str, str] | None = None) -> Guess:
    """Return which columns hold which field.

    Parameters
    ----------
    rows
        The table.
    given
        What the user says: column by field (`{"latitude": "Breitengrad"}`), and `date_order`.

    Raises
    ------
    InputError
        If the user names a field or a column that does not exist.
    """
    guess = Guess()
    taken = _take_given(rows, dict(given or {}), guess)
    ranked = sorted(
        (rank, position, name, target)
        for target, names in _synonyms().items()
        if target not in guess.columns
        for position, name in enumerate(rows.columns)
        if name not in taken and (rank := _rank(name, names)) is not None
    )
    for _, _, name, target in ranked:
        free = target not in guess.columns or target in _SEVERAL
        if name not in taken and free and _plausible(rows, target, name):
            guess.columns.setdefault(target, []).append(name)
            taken.add(name)
    _by_content(rows, guess, taken)
    said = ", ".join(
        f"{target} from {' and '.join(map(repr, found))}"
        for target, found in guess.columns.items()
        if found != [target]
    )
    if said or not guess.columns:
        guess.notes.insert(0, f"columns: {said or 'none known'}; overrule with --map COLUMN=FIELD")
    return guess


def _take_given(rows: Rows, given: dict[str, str], guess: Guess) -> set[str]:
    """Take over what the user says; return the columns that are spoken for."""
    order = given.pop(ORDER_KEY, None)
    if order not in (None, "dmy", "mdy"):
        raise InputError("date_order dmy (31/12/2024) or mdy (12/31/2024)", order)
    guess.date_order = order
    for target, name in given.items():
        if target not in fields():
            raise InputError(f"one of the fields {', '.join(fields())}", target)
        if name not in rows.columns:
            raise InputError(f"one of the columns {', '.join(rows.columns)}", name, f"for {target}")
        guess.columns[target] = [name]
    return {name for found in guess.columns.values() for name in found}


def _rank(name: str, names: dict[str, int]) -> int | None:
    """Return how well a column name fits a field: the exact word first, then a word inside it."""
    folded, words = _folded(name)
    if folded in names:
        return names[folded]
    if not 2 <= len(words) <= _WORDS:  # noqa: PLR2004 (one word was looked up, many are a sentence)
        return None
    found = [names[word] for word in words if word in names and len(word) > 2]  # noqa: PLR2004 (x, y)
    return 1000 + min(found) if found else None


@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, list[str]]:
    """Return a column name folded, as a whole and word by word."""
    words = (fold(word) for word in re.split(r"[\s_\-./()\[\],:;|]+", name))
    return fold(name), [word for word in words if word]


def _plausible(rows: Rows, target: str, name: str) -> bool:
    """Tell whether the cells can be what the name says: `type` may be a number, `x` a remark."""
    if target not in {"latitude", "longitude", "date", "killed", "wounded", "captured", "missing"}:
        return True
    sample = _sample(rows.frame[name])
    digits = sample.str.contains(r"\d").mean() if len(sample) else 1.0
    return bool(digits > 0.3)  # noqa: PLR2004 (a column of figures may still have many bad cells)


def _sample(cells: pd.Series) -> pd.Series:
    """Return the first cells that are not empty."""
    head = cells.iloc[: _SAMPLE * 20]
    return head[head != ""].iloc[:_SAMPLE]


def _by_content(rows: Rows, guess: Guess, taken: set[str]) -> None:
    """Find coordinates in one cell, dates and addresses in columns whose names say nothing."""
    placed = rows.geometry is not None or bool(guess.columns.keys() & _SPOTS)
    dated = bool(guess.columns.keys() & {"date", "date_start"})
    for name in rows.columns[:_LOOKED_INTO]:
        sample = _sample(rows.frame[name])
        if name in taken or not len(sample):
            continue
        figures = sample.str.contains(r"\d").all()  # in words alone nothing is placed or dated
        if figures and not placed and not read_pairs(sample)[2].any():
            guess.columns["coordinates"], placed = [name], True
        elif (
            figures
            and not dated
            and not read_dates(sample, name=name).bad.any()
            and _full_dates(sample)
        ):
            guess.columns["date"], dated = [name], True
        elif "url" not in guess.columns and sample.str.match("https?://").all():
            guess.columns["url"] = [name]
        else:
            continue
        taken.add(name)


def _full_dates(sample: pd.Series) -> bool:
    """Tell whether cells are full dates and not bare numbers."""
    return bool((sample.str.len() >= 8).all() and sample.str.contains(r"\D").all())  # noqa: PLR2004
