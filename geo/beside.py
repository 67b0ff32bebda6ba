"""Names beside places: what the surer names of a text tell about the less sure ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dateline.geo.cues import CUES
from dateline.geo.meant import named_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dateline.geo.meant import Meant
    from dateline.geo.running_text import RunningText
    from dateline.geo.stretches import Stretch
    from dateline.geo.vocabulary import Words

__all__ = ["beside_places"]

_SURE = 0.6
_IN_ROW, _ABOUT, _AREA, _OF_NAME = map(CUES.index, ("in_row", "about", "area", "in_other_name"))
_LONGEST_GAP = 16  # characters of ", and in the "


def beside_places(
    running: RunningText,
    chosen: Sequence[Stretch],
    meant: Mapping[str, Meant],
    cues: NDArray[Any],
    chances: NDArray[Any],
    words: Words,
) -> NDArray[Any]:
    """Return the cues with what the surer names of the text tell: who stands in a row with them, whose country they name.

    "Kayes, Nioro and Diboli" are places all three; in a text that speaks of Mali a name of that
    country is likelier to be a place than a person.

    Parameters
    ----------
    running
        The text.
    chosen
        Its known names, none overlapping, in order.
    meant
        What each can mean.
    cues
        A row of `CUES` for each.
    chances
        The chance of each by those.
    words
        Those of the text's language.
    """
    cues = cues.copy()
    cues[:, _IN_ROW] = _in_row(running, chosen, cues, chances, words)
    home = named_in(words.language)
    told = _countries(running, chosen, meant, cues, chances) - home
    if told:
        for number, each in enumerate(chosen):
            countries = meant[running.text[each.start : each.end]].countries
            if not countries.isdisjoint(told) and countries.isdisjoint(home):
                cues[number, _ABOUT] = 1.0
    return cues


def _in_row(
    running: RunningText,
    chosen: Sequence[Stretch],
    cues: NDArray[Any],
    chances: NDArray[Any],
    words: Words,
) -> list[float]:
    """Return 1 for the names that stand in a row with a sure one, what the cues say for others."""
    ands, others = _joints(words)
    sure, of_name = (chances >= _SURE).tolist(), cues[:, _OF_NAME].tolist()
    in_row: list[float] = cues[:, _IN_ROW].tolist()
    joined: dict[int, bool] = {}  # each name and the one before it
    for order in (range(1, len(chosen)), range(len(chosen) - 1, 0, -1)):
        forward = order.step > 0
        for right in order:
            left = right - 1
            one, other = (left, right) if forward else (right, left)
            if not (sure[one] or in_row[one]) or of_name[other]:
                continue
            if right not in joined:
                gap = running.folded[chosen[left].end : chosen[right].start]
                joined[right] = len(gap) <= _LONGEST_GAP and _is_joint(gap, ands, others)
            if joined[right]:
                in_row[other] = 1.0
    return in_row


def _countries(
    running: RunningText,
    chosen: Sequence[Stretch],
    meant: Mapping[str, Meant],
    cues: NDArray[Any],
    chances: NDArray[Any],
) -> frozenset[str | None]:
    """Return the countries of which sure names of one country or region speak."""
    found: set[str | None] = set()
    for each, row, chance in zip(chosen, cues, chances, strict=True):
        countries = meant[running.text[each.start : each.end]].countries
        if chance >= _SURE and row[_AREA] and len(countries) == 1:
            found |= countries
    return frozenset(found)


@lru_cache
def _joints(words: Words) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that join two names of a row, and the prepositions and articles that may follow."""
    return words.ands, words.at_words | words.articles


def _is_joint(gap: str, ands: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether a comma or "and", perhaps with a preposition and an article, stands between two names."""
    parts = gap.replace(",", " , ").replace("、", " , ").split()
    joined = False
    for number, part in enumerate(parts):
        if part == "," or any(
            " ".join(parts[number:end]) in ands for end in (number + 1, number + 3)
        ):
            joined = True
        elif part not in others and not any(part in each.split() for each in ands):
            return False
    return joined
