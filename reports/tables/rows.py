"""Rows: what any table file holds, before anybody knows what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import numpy as np

    from dateline.errors import CellError

__all__ = ["Rows", "cell_text", "text_frame"]


@dataclass(slots=True)
class Rows:
    """The rows of one table, all cells text.

    Attributes
    ----------
    file
        Name of the table as the user gave it.
    kind
        delimited, sheet, json, kml or vector.
    frame
        One row a record, every cell text without outer blanks, `""` where it is empty.
    number
        Row numbers as a spreadsheet counts them; of JSON and KML the position, from 1.
    headerless
        True where the first row is data; the columns are then named `column 1`, `column 2` ...
    geometry
        Geometries in EPSG:4326 of formats that have them, else null.
    objects
        The records as the format holds them (numbers, lists), null where all is text.
    document
        The whole JSON document, null for other kinds.
    sheets
        All sheets of a workbook by name.
    refused
        Cells for which a row could not even be read; those rows are not in `frame`.
    doubts
        Cells that were read only with a guess.
    notes
        What was guessed, in words.
    """

    file: str
    kind: str
    frame: pd.DataFrame
    number: np.ndarray
    headerless: bool = False
    geometry: np.ndarray | None = None
    objects: list[dict[str, Any]] | None = None
    document: Any = None
    sheets: dict[str, Rows] = field(default_factory=dict)
    refused: list[CellError] = field(default_factory=list)
    doubts: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, as the file has them."""
        return tuple(self.frame.columns)

    def has(self, *names: str) -> bool:
        """Tell whether all of `names` are columns."""
        return set(names) <= set(self.frame.columns)


def cell_text(value: object) -> str:
    """Return a value of JSON or a spreadsheet as the text of a cell; null is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        import json

        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return "" if value != value else repr(int(value)) if value.is_integer() else repr(value)  # noqa: PLR0124
    return str(value)


def text_frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Return records as a frame of text cells; the columns in the order in which they first occur."""
    names = list(dict.fromkeys(str(name) for record in records for name in record))
    columns = {name: [cell_text(record.get(name)) for record in records] for name in names}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(records)), dtype="str")
