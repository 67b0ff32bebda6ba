"""What a map shows, in one sentence for those who do not see it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dateline.figures import counted, span_of_days
from dateline.layers.side_names import side_name
from dateline.layers.words import interface

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["describe"]

_PLACES_NAMED = 3


def describe(events: pd.DataFrame, *, language: str = "en") -> str:
    """Return alternative text for a map, written from its data.

    Parameters
    ----------
    events
        An events table.
    language
        ISO 639-1 code.

    Returns
    -------
    str
        "Map: 2 events. Kursk border, western Kursk. 14 December 2024. North Korea, Russia, Ukraine."; what
        is not known is left out.
    """
    words = interface(language)
    parts = [
        f"{words['map']}: {counted(len(events), words['events'], language)}",
        _most_named(events["place"].dropna(), words),
        _days(events, language),
        _most_named([side_name(side, language) for side in _sides(events)], words),
    ]
    return " ".join(f"{part}." for part in parts if part)


def _sides(events: pd.DataFrame) -> list[str]:
    """Return the sides of all events, one after the other."""
    return [side for row in events["sides"] for side in row]


def _most_named(names: pd.Series[str] | list[str], words: Mapping[str, str]) -> str:
    """Return the names that stand most often, and how many more there are."""
    ranked = sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(name for name, _ in ranked[:_PLACES_NAMED])
    more = len(ranked) - _PLACES_NAMED
    return f"{shown}, {words['and_more'].replace('{n}', str(more))}" if more > 0 else shown


def _days(events: pd.DataFrame, language: str) -> str:
    """Return the first and last day of dated events."""
    starts = events["date_start"].dropna()
    ends = events["date_end"].fillna(events["date_start"]).dropna()
    if starts.empty:
        return ""
    return span_of_days(str(starts.min()), str(ends.max()), language)
