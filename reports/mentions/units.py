"""Units: numbered and named formations and groups, linked to the registry where it knows them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dateline.reports.mentions.unit_acronyms import bracketed
from dateline.reports.mentions.unit_links import link, side_beside, sides_heard, symbol
from dateline.reports.mentions.unit_runs import UnitRun, unit_runs
from dateline.reports.registry import actor_forms, registry

if TYPE_CHECKING:
    from collections import Counter

    from dateline.reports.reading import Reading

__all__ = ["UnitMention", "find_units"]

_SHORT_ACRONYM = 2
_SUPPORT_REACH = 4
_SUPPORT = ("events.types", "actors.forces", "casualties.killed", "casualties.wounded")


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A stretch of text that names a formation or a group.

    Attributes
    ----------
    start, end, text
        Code points and words.
    id
        Identifier in the registry, null where it is not linked.
    name
        Name in the registry, else the words of the report.
    side
        ISO 3166-1 alpha-3 or a group's name, null where it is not known.
    sidc
        Symbol code of MIL-STD-2525D, null where too little is known.
    kind
        `formation` or `group`.
    first, last
        Words of the reading.
    """

    start: int
    end: int
    text: str
    id: str | None
    name: str
    side: str | None
    sidc: str | None
    kind: str
    first: int
    last: int


def find_units(reading: Reading, state: str | None = None) -> list[UnitMention]:
    """Return the formations and groups of a report, in order, not overlapping.

    Parameters
    ----------
    reading
        The report.
    state
        The only state whose forces the report names, ISO 3166-1 alpha-3: formations of which nothing
        else is said are its own. Null where there are several or none.
    """
    runs = unit_runs(reading)
    runs = sorted([*runs, *bracketed(reading, runs)], key=lambda run: run.first)
    sides = sides_heard(reading, runs)
    return [
        _mention(reading, run, sides, state)
        for run in runs
        if not _is_country(reading, run)
        and not _is_model(reading, run)
        and not _is_person(reading, run)
        and _supported(reading, run, runs)
    ]


def _is_country(reading: Reading, run: UnitRun) -> bool:
    """Return whether the words say no more than a country's forces ("the Israeli army")."""
    if run.number is not None or run.echelon is not None:
        return False
    services = all(
        registry()[name].kind == "group"
        and registry()[name].side in _countries()
        and name.startswith(str(registry()[name].side).lower())
        for name in run.named
    )
    return services and any(
        reading.has(name, run.first, run.last) for name in ("actor", "actors.own")
    )


@cache
def _countries() -> frozenset[str]:
    """Return the sides that are countries: SNA and SDF look like codes and are none."""
    return frozenset(code for _, code, kind in actor_forms("en") if kind == "country")


def _is_model(reading: Reading, run: UnitRun) -> bool:
    """Return whether a name is that of equipment, with the letter and figure of a model: "V5"."""
    if run.number is not None or run.echelon is not None or run.last + 1 >= len(reading.words):
        return False
    (start, end, word), (following, _, figure) = reading.words[run.last : run.last + 2]
    beside = following == end or reading.text[end:following] == "-"
    return (
        0 < start - reading.words[run.last - 1][1] <= 1
        and word.isupper()
        and len(word) <= _SHORT_ACRONYM
        and beside
        and figure[0].isdecimal()
    )


def _is_person(reading: Reading, run: UnitRun) -> bool:
    """Return whether a group's name of one word is somebody's surname: "Robert Wagner"."""
    first = run.first
    if run.last - first > 1 or not run.named or run.echelon or reading.vocabulary.uncased:
        return False
    opens = reading.bounds[reading.sentence_of[first]][0]
    if first <= opens or reading.vocabulary.capital_nouns:
        return False
    own = reading.words[first][2]
    if reading.tag(first - 1, "attribution.person_titles"):
        return not own.isupper()  # "лидер ХАМАС", the leader of Hamas
    before = reading.words[first - 1][2]
    given = before[0].isupper() and not before.isupper() and before.isalpha()
    return given and not own.isupper() and not reading.at(first - 1) and first - 1 > opens


def _supported(reading: Reading, run: UnitRun, runs: list[UnitRun]) -> bool:
    """Return whether an acronym of two letters is backed by a full name or by words of war beside it."""
    letters = "".join(word for _, _, word in reading.words[run.first : run.last] if word.isalnum())
    letters = letters.lstrip("0123456789")  # "M23" is a name, "2AA" a number and letters
    alone = run.echelon is None and not run.side
    if not alone or not letters or not letters.isascii() or len(letters) > _SHORT_ACRONYM:
        return True
    if any(
        other is not run
        and set(other.named) & set(run.named)
        and other.last - other.first > run.last - run.first
        for other in runs
    ):
        return True
    first, last = reading.bounds[reading.sentence_of[run.first]]
    if run.first > first and reading.words[run.first - 1][2][0].isupper():
        return reading.tag(run.first - 1, "actors.forces") is not None
    near = range(max(first, run.first - _SUPPORT_REACH), min(last, run.last + _SUPPORT_REACH))
    return any(reading.has_any(index, *_SUPPORT) for index in near)


def _mention(reading: Reading, run: UnitRun, sides: Counter[str], state: str | None) -> UnitMention:
    """Return the mention of a run, linked where the registry has a fitting formation."""
    start, end, text = reading.span(run.first, run.last)
    formation = link(reading, run, sides)
    if formation is not None:
        return UnitMention(
            start, end, text, formation.id, formation.name, formation.side
            or (formation.name if formation.kind == "group" else None),
            formation.sidc, formation.kind, run.first, run.last,
        )  # fmt: skip
    side = run.side or side_beside(reading, run) or state
    return UnitMention(
        start, end, text, None, text, side, symbol(run, side), "formation", run.first, run.last
    )
