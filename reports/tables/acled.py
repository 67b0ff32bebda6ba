"""ACLED: old and new columns, codes as numbers or text, any delimiter.

Code book: https://acleddata.com/knowledge-base/codebook/ . A side is never taken from `inter`: Russia
in Ukraine and Ukraine in Russia are both 8. It comes from the actor's name; `inter` only tells groups
(rebels, militias, outside forces) from civilians, protesters and rioters, who are no side.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from dateline.reports.tables.arrays import each, object_array
from dateline.reports.tables.codes import put_place_codes, widen_dates
from dateline.reports.tables.credit import reference
from dateline.reports.tables.draft import Draft
from dateline.reports.tables.formations import group_of
from dateline.reports.tables.layout import Layout
from dateline.reports.tables.numbers import casualties, read_counts
from dateline.reports.tables.place import put_points
from dateline.reports.tables.plain import event_types, merged
from dateline.reports.tables.states import alpha2_of, state_of_forces
from dateline.reports.tables.when import put_dates

if TYPE_CHECKING:
    import numpy as np

    from dateline.reports.tables.rows import Rows

__all__ = ["LAYOUT"]

_NEEDED = {"event_date", "event_type", "actor1", "latitude", "longitude"}
_MARKS = {"event_id_cnty", "event_id_no_cnty", "sub_event_type", "inter1", "geo_precision"}
_GROUPS = frozenset(
    {
        "2",
        "3",
        "4",
        "8",
        "rebel group",
        "rebel groups",
        "political militia",
        "identity militia",
        "external/other forces",
        "external forces",
        "other forces",
    }
)
_PRECISION = {"1": "day", "2": "week", "3": "month"}
_YEARS = re.compile(r"\s*\(\d{4}-(?:\d{4})?\)$")


def _matches(rows: Rows) -> bool:
    names = {name.casefold() for name in rows.columns}
    return names >= _NEEDED and len(names & _MARKS) >= 2  # noqa: PLR2004 (columns nobody else has)


def _read(rows: Rows) -> Draft:
    rows.frame.columns = pd.Index([name.casefold() for name in rows.columns])
    draft = Draft(rows)
    for target, source in (("id", "event_id_cnty"), ("summary", "notes"), ("place", "location")):
        draft.repeat(target, source)
    put_points(draft, "latitude", "longitude")
    put_place_codes(draft, "acled", "geo_precision")
    put_dates(draft, "event_date", order="dmy")
    _put_precision(draft)
    country = draft.cells("iso").where(draft.cells("iso") != "", draft.cells("country"))
    draft.columns["country"] = each(country, alpha2_of)
    draft.columns["event_type"] = event_types(
        draft.cells("event_type"), draft.cells("sub_event_type")
    )
    draft.columns["title"] = _titles(draft)
    draft.columns["sides"] = _sides(draft)
    least, most, bad = read_counts(draft.cells("fatalities"))
    draft.doubt(bad, "fatalities", "count")
    draft.columns["casualties"] = casualties({"killed": (least, most)}, len(draft))
    names = each(
        draft.cells("source"),
        lambda text: [part.strip() for part in text.split(";") if part.strip()],
    )
    draft.columns["sources"] = [
        [reference("acled", publisher=name) for name in part or [None]] for part in names
    ]
    return draft


def _put_precision(draft: Draft) -> None:
    """Fill the precision of dates, and widen weeks and months (the date given is in their middle)."""
    cells = draft.cells("time_precision")
    found = each(cells, _PRECISION.get)
    draft.doubt((cells != "").to_numpy(bool) & pd.isna(found), "time_precision", "code")
    dated = ~pd.isna(draft.columns["date_start"])
    said = ~pd.isna(found) & dated
    precision = draft.columns["date_precision"].copy()
    precision[said] = found[said]
    draft.columns["date_precision"] = precision
    widen_dates(draft, precision)


def _titles(draft: Draft) -> np.ndarray:
    """Return what happened and where, in ACLED's words."""
    kinds = draft.cells("sub_event_type").where(
        draft.cells("sub_event_type") != "", draft.cells("event_type")
    )
    return object_array(
        ", ".join(part for part in parts if part) or None
        for parts in zip(kinds, draft.cells("location"), strict=True)
    )


def _sides(draft: Draft) -> list[list[str]]:
    """Return the sides of each row: states by their forces, named groups by their names."""
    found = []
    for n in ("1", "2"):
        pairs = draft.cells(f"actor{n}") + "\x1f" + draft.cells(f"inter{n}").str.removesuffix(".0")
        found.append(each(pairs, _actor))
        found.append(each(draft.cells(f"assoc_actor_{n}"), _associates))
    return merged(found)


def _actor(pair: str) -> list[str]:
    """Return the side that an actor is, if any."""
    name, inter = pair.split("\x1f", 1)
    state = state_of_forces(name)
    if state:
        return [state]
    is_group = inter.casefold() in _GROUPS and not name.casefold().startswith("unidentified")
    return [group_of(name) or _YEARS.sub("", name)] if is_group and name else []


def _associates(text: str) -> list[str]:
    """Return the states whose forces took part beside the main actor."""
    states = (state_of_forces(part) for part in text.split(";"))
    return [state for state in states if state]


LAYOUT = Layout("acled", _matches, _read)
