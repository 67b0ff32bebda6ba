"""A draft: the events table while a layout fills it, with the cells it refused or doubts."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from dateline.errors import CellError
from dateline.event import stable_id
from dateline.reports.tables.arrays import kept, object_array
from dateline.reports.tables.layout import TableResult, terms
from dateline.table import as_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.reports.tables.rows import Rows

__all__ = ["Draft", "objects"]

_TYPED = ("uncertainty_m", "confidence", "geo_precision", "where_prec", "graphic", "geometry")


@cache
def problems() -> dict[str, dict[str, str]]:
    """Return what `problems.toml` says about each kind of bad cell: expected and remedy."""
    text = (resources.files("dateline.reports.tables") / "problems.toml").read_text("utf-8")
    return tomllib.loads(text)


def objects(**columns: Sequence[Any] | np.ndarray) -> list[dict[str, Any]]:
    """Return one object a row from columns of equal length; a member is left out where it is null."""
    names = tuple(columns)
    values = [list(column) for column in columns.values()]
    return [
        {
            name: value
            for name, value in zip(names, row, strict=True)
            if value is not None and value != ""
        }
        for row in zip(*values, strict=True)
    ]


class Draft:
    """The events of one table in the making.

    Parameters
    ----------
    rows
        The rows the events come from, one event a row.

    Attributes
    ----------
    columns
        Event columns filled so far, each of the length of `rows`.
    said
        Source columns that the events repeat word for word, and so need not be kept under `extra`.
    refusals, doubts, notes
        What the result will say (see `TableResult`).
    bad
        Rows that are refused.
    date_column, place_column
        Source columns of the date and of the coordinates (or latitudes), null where there are none.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.columns: dict[str, Any] = {}
        self.said: set[str] = set()
        self.refusals: list[CellError] = list(rows.refused)
        self.doubts: list[CellError] = list(rows.doubts)
        self.notes: list[str] = list(rows.notes)
        self.bad = np.zeros(len(rows.frame), dtype=bool)
        self.date_column: str | None = None
        self.place_column: str | None = None
        self._texts: dict[str, np.ndarray] = {}
        self._id_source: str | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows.frame)

    def cells(self, name: str) -> pd.Series:
        """Return the text cells of a source column; empty cells where there is no such column."""
        if name in self.rows.frame:
            column: pd.Series = self.rows.frame[name]
            return column
        return pd.Series([""] * len(self), dtype="str")

    def texts(self, name: str) -> np.ndarray:
        """Return the cells of a source column as Python strings. Shared: do not change them."""
        if name not in self._texts:
            self._texts[name] = self.cells(name).to_numpy(dtype=object)
        return self._texts[name]

    def values(self, name: str) -> np.ndarray:
        """Return the cells of a source column as objects, null where they are empty."""
        return kept((self.cells(name) != "").to_numpy(bool), self.texts(name))

    def refuse(self, mask: np.ndarray, column: str, problem: str) -> None:
        """Leave out the rows of `mask` for their cell in `column`; `problems.toml` says why."""
        self.refusals += self._errors(mask, column, problem)
        self.bad |= mask

    def doubt(self, mask: np.ndarray, column: str, problem: str) -> None:
        """Keep the rows of `mask`, but say that their cell in `column` needs a look."""
        self.doubts += self._errors(mask, column, problem)

    def _errors(self, mask: np.ndarray, column: str, problem: str) -> list[CellError]:
        """Return one error a row of `mask`."""
        where = np.flatnonzero(mask)
        if not len(where):
            return []
        words = problems()[problem]
        values = self.texts(column)[where]
        numbers = self.rows.number[where]
        return [
            CellError(self.rows.file, int(row), column, value, **words)
            for row, value in zip(numbers, values, strict=True)
        ]

    def repeat(self, column: str, source: str) -> None:
        """Take an event column word for word from a source column."""
        self.columns[column] = self.values(source)
        self.said.add(source)
        if column == "id":
            self._id_source = source

    def note(self, *sentences: str) -> None:
        """Add sentences on what was guessed or decided."""
        self.notes += [sentence for sentence in sentences if sentence not in self.notes]

    def finish(self, layout: str, *, drop: Iterable[str] = ()) -> TableResult:
        """Return the events of all rows that were not refused.

        Parameters
        ----------
        layout
            Name of the layout, kept with its terms under `extra`.
        drop
            Source columns without information (the format's own plumbing).
        """
        self.columns["id"] = self._ids()
        good = ~self.bad
        picked = {name: _pick(values, good) for name, values in self.columns.items()}
        picked["extra"] = self._extras(layout, set(drop), good)
        frame = pd.DataFrame(
            {
                name: values if name in _TYPED else pd.Series(object_array(values), dtype=object)
                for name, values in picked.items()
            },
            index=pd.RangeIndex(int(good.sum())),
        )
        events = as_table(frame)
        if credit := terms(layout).get("attribution"):
            events.attrs["attribution"] = [credit]
        return TableResult(events, self.refusals, layout, self.notes, self.doubts)

    def _ids(self) -> np.ndarray:
        """Return the source's identifiers, unique; else a hash of file, row and content."""
        given = self.columns.get("id")
        ids = (
            np.full(len(self), None, dtype=object)
            if given is None
            else np.array(given, dtype=object)
        )
        missing = np.flatnonzero(pd.isna(ids))
        if len(missing):
            cells = [self.texts(name)[missing] for name in self.rows.columns]
            shapes = self._shape_texts(missing)
            ids[missing] = [stable_id(*row) for row in zip(*cells, *shapes, strict=True)]
        return self._unique(ids)

    def _shape_texts(self, where: np.ndarray) -> list[np.ndarray]:
        """Return the geometries of rows as text, to tell rows apart that have the same cells."""
        if self.rows.geometry is None:
            return [np.full(len(where), "")]
        return [np.asarray(shapely.to_wkt(self.rows.geometry[where]))]

    def _unique(self, ids: np.ndarray) -> np.ndarray:
        """Return identifiers with `-2`, `-3` after those that stood before."""
        repeated = pd.Series(ids).duplicated().to_numpy() & ~self.bad
        if not repeated.any():
            return ids
        if self._id_source:
            self.said.discard(self._id_source)
        seen: Counter[str] = Counter()
        taken = set(ids)
        for i, name in enumerate(ids):
            seen[name] += 1
            if seen[name] > 1:
                new = f"{name}-{seen[name]}"
                while new in taken:
                    new += "'"
                taken.add(new)
                ids[i] = new
        self.note(
            f"{int(repeated.sum())} rows repeat an identifier or a whole row; they were numbered"
        )
        return ids

    def _extras(self, layout: str, drop: set[str], good: np.ndarray) -> list[dict[str, Any]]:
        """Return for every good row what of its source row stands nowhere else in the table."""
        own: dict[str, Any] = {"_layout": layout}
        if terms(layout):
            own["_terms"] = terms(layout)
        silent = drop | {name for name in self.said if name in self.rows.frame}
        if self.rows.objects is not None:
            kept = [entry for entry, keep in zip(self.rows.objects, good, strict=True) if keep]
            return [
                {
                    **{k: v for k, v in entry.items() if k not in silent and v not in (None, "")},
                    **own,
                }
                for entry in kept
            ]
        names = [name for name in self.rows.columns if name not in silent]
        if not names:
            return [dict(own) for _ in range(int(good.sum()))]
        cells = [self.texts(name) for name in names]
        picked = [(column if good.all() else column[good]).tolist() for column in cells]
        return [
            {k: v for k, v in zip(names, row, strict=True) if v} | own
            for row in zip(*picked, strict=True)
        ]


def _pick(values: Any, good: np.ndarray) -> Any:
    """Return the members of a column that belong to good rows."""
    if isinstance(values, (np.ndarray, pd.Series, pd.api.extensions.ExtensionArray)):
        return values if good.all() else values[good]
    if good.all():
        return values
    return [value for value, keep in zip(values, good, strict=True) if keep]
