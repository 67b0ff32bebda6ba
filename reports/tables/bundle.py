"""Zip archives of delimited tables, one member a year, as VIINA and GDELT publish them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dateline.errors import SourceError
from dateline.reports.tables.delimited import read_delimited
from dateline.reports.tables.limits import open_zip, read_member
from dateline.reports.tables.rows import Rows

__all__ = ["read_bundle"]

_TABLES = (".csv", ".tsv", ".txt", ".tab")


def read_bundle(data: bytes, file: str, *, head: bool = False) -> Rows:
    """Return the rows of all delimited tables in an archive that have the columns of the first.

    Raises
    ------
    SourceError
        If the archive holds no such table, or tables with different columns.
    """
    archive = open_zip(data, file)
    names = sorted(
        n for n in archive.namelist() if n.lower().endswith(_TABLES) and "__MACOSX" not in n
    )
    if not names:
        raise SourceError(f"{file}: an archive of .csv, .kml or a workbook", archive.namelist()[:5])
    parts = [
        read_delimited(read_member(archive, name, file), f"{file}[{name}]", head=head)
        for name in (names[:1] if head else names)
    ]
    if len({part.columns for part in parts}) > 1:
        raise SourceError(
            f"{file}: tables with the same columns", names, "unpack it and read one by one"
        )
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    frame = pd.concat([part.frame for part in parts], ignore_index=True)
    rows = Rows(
        file, "delimited", frame, np.concatenate([part.number for part in parts]), first.headerless
    )
    for part in parts:
        rows.refused += part.refused
        rows.doubts += part.doubts
        rows.notes += part.notes
    rows.notes.append(f"read {len(parts)} tables of {file} as one: {', '.join(names)}")
    return rows
