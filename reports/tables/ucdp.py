"""UCDP Georeferenced Event Dataset and Candidate events, with and without their header row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dateline.reports.tables.arrays import each, known
from dateline.reports.tables.codes import put_place_codes, widen_dates
from dateline.reports.tables.credit import reference
from dateline.reports.tables.dates import read_dates
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.formations import group_of
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.numbers import read_counts
from dateline.reports.tables.place import put_points
from dateline.reports.tables.states import alpha2_of, state_of_forces
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
_PRECISION = {"1": "day", "2": "days", "3": "week", "4": "month", "5": "year"}
_TYPES = {"1": "Battles", "2": "Battles", "3": "Violence against civilians"}
_NO_SIDE = frozenset({"", "civilians"})
_ID = re.compile(r"\d+(\.0)?")


def _matches(rows: Rows) -> bool:
    if rows.has("type_of_violence", "where_prec", "date_prec", "side_a"):
        return True
    if not rows.headerless or len(rows.columns) != len(_COLUMNS) or not len(rows.frame):
        return False
    first = dict(zip(_COLUMNS, rows.frame.iloc[0], strict=True))
    codes = first["type_of_violence"] in _TYPES and first["date_prec"] in _PRECISION
    return codes and bool(_ID.fullmatch(first["id"]))


def _read(rows: Rows) -> Draft:
    if rows.headerless:
        rows.frame.columns = pd.Index(_COLUMNS)
        rows.notes.append(f"{rows.file} has no header; its columns are taken as those of UCDP GED")
    draft = Draft(rows)
    for target, source in (
        ("id", "id"),
        ("title", "source_headline"),
        ("summary", "where_description"),
        ("place", "where_coordinates"),
    ):
        draft.repeat(target, source)
    put_points(draft, "latitude", "longitude")
    put_place_codes(draft, "ucdp", "where_prec")
    put_dates(draft, "date_start", "date_end", order="dmy")
    _put_precision(draft)
    draft.columns["country"] = each(draft.cells("country"), alpha2_of)
    draft.columns["event_type"] = each(
        draft.cells("type_of_violence").str.removesuffix(".0"), _TYPES.get
    )
    draft.columns["sides"] = _sides(draft)
    draft.columns["casualties"] = _deaths(draft)
    draft.columns["sources"] = _sources(draft)
    draft.note(
        "ucdp: violence of states and between groups is read as Battles; UCDP does not tell shelling apart"
    )
    return draft


def _put_precision(draft: Draft) -> None:
    """Fill the precision of dates; UCDP's own interval is kept, a lone day is widened."""
    cells = draft.cells("date_prec")
    found = each(cells.str.removesuffix(".0"), _PRECISION.get)
    draft.doubt((cells != "").to_numpy(bool) & ~known(found), "date_prec", "code")
    said = known(found) & known(draft.columns["date_start"])
    precision = draft.columns["date_precision"].copy()
    precision[said] = found[said]
    draft.columns["date_precision"] = precision
    widen_dates(draft, precision)


def _sides(draft: Draft) -> list[list[str]]:
    """Return both sides: governments as alpha-3, groups by their names; civilians are none."""
    found = [each(draft.cells(column), _side) for column in ("side_a", "side_b")]
    return [list(dict.fromkeys(side for side in row if side)) for row in zip(*found, strict=True)]


def _side(name: str) -> str | None:
    """Return one side."""
    if name.casefold() in _NO_SIDE:
        return None
    return state_of_forces(name) or group_of(name) or name


def _deaths(draft: Draft) -> list[list[dict[str, Any]]]:
    """Return low to high; where the three figures contradict each other only the best."""
    low, best, high = (read_counts(draft.cells(name))[0] for name in ("low", "best", "high"))
    wrong = np.zeros(len(draft), dtype=bool)
    records = []
    for i, figures in enumerate(zip(low, best, high, strict=True)):
        least, middle, most = figures
        given = [figure for figure in figures if figure is not None]
        wrong[i] = given != sorted(given)
        if wrong[i]:
            least = most = middle
        records.append(
            [{"min": least, "max": most, "kind": "killed"}] if any((least, middle, most)) else []
        )
    draft.doubt(wrong, "best", "figures")
    return records


def _sources(draft: Draft) -> list[list[dict[str, Any]]]:
    """Return the sources of each row; of several joined by `;` each its own, where their parts match."""
    names = ("source_office", "source_headline", "source_article", "source_date")
    days = read_dates(draft.cells("source_date"), name="source_date").start
    rows = zip(*(draft.cells(name) for name in names), days, strict=True)
    return [_references(*row) for row in rows]


def _references(
    office: str, headline: str, article: str, dates: str, day: str | None
) -> list[dict[str, Any]]:
    """Return the sources of one row."""
    offices, headlines, stamps = office.split(";"), headline.split(";"), dates.split(";")
    if len(offices) > 1 and len(offices) == len(headlines) == len(stamps):
        published = read_dates(pd.Series(stamps, dtype="str").str.strip(), name="source_date").start
        return [
            reference("ucdp", publisher=one.strip(), title=title.strip(), published=stamp)
            for one, title, stamp in zip(offices, headlines, published, strict=True)
        ]
    return [reference("ucdp", publisher=office, title=headline, published=day, excerpt=article)]


LAYOUT = Layout("ucdp", _matches, _read)
