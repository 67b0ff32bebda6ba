"""What a map shows, in one sentence for those who do not see it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

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
        "Map: 2 events. Kursk border, western Kursk. 14 December 2024. PRK, RUS, UKR." Days are ISO 8601
        in languages other than English; what is not known is left out.
    """
    words = interface(language)
    parts = [
        f"{words['map']}: {_count(len(events), words, 'events')}",
        _most_named(events["place"].dropna(), words),
        _days(events, language),
        _most_named(_sides(events), words),
    ]
    return " ".join(f"{part}." for part in parts if part)


def _sides(events: pd.DataFrame) -> list[str]:
    """Return the sides of all events, one after the other."""
    return [side for row in events["sides"] for side in row]


def _count(number: int, words: Mapping[str, str], key: str) -> str:
    """Return a number with its noun; forms are parted by `|`, the last is for most numbers."""
    forms = words[key].split("|")
    return (forms[0] if number == 1 else forms[-1]).replace("{n}", str(number))


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
    days = dict.fromkeys(_day(str(day)[:10], language) for day in (starts.min(), ends.max()))
    return " – ".join(days)


def _day(text: str, language: str) -> str:
    """Return an ISO day as it is spoken in English; in other languages unchanged."""
    if language != "en":
        return text
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B} {day.year}"
