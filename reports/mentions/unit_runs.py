"""Runs of words that together name one formation: number, echelon, branch, side and name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dateline.reports.registry import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.reports.reading import Reading

__all__ = ["UnitRun", "unit_runs"]

_COMPONENTS = (
    "formation",
    "units.names",
    "units.abbreviations",
    "units.echelons",
    "units.branches",
    "units.modifiers",
    "units.ordinals",
    "units.ordinal_before",
    "units.ordinal_after",
    "actor",
)
_GLUE = frozenset("\"'«»“”„-‑–().º°ª№#第号")
_REACH = 9
_SERVICE_REACH = 6
_MAX_NUMBER = 9999
_NUMBER_DIGITS = 4
_NAME_GAP = 2
_SHORT_NAME = 3
_AFTER_GLUE = frozenset(("units.branches", "units.modifiers", "units.names", "formation"))
_CIVIL = frozenset(("company", "division", "corps", "fleet", "squadron", "army"))
_ANCHORS = frozenset(("units.echelons", "units.abbreviations"))


@dataclass(slots=True)
class UnitRun:
    """Neighbouring words that together name one formation."""

    first: int
    last: int
    number: int | None = None
    ordinal: bool = False
    echelon: str | None = None
    branches: list[str] = field(default_factory=list)
    side: str | None = None
    named: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    proper: bool = False


def unit_runs(reading: Reading) -> list[UnitRun]:
    """Return the runs of a report that name a formation or a group, not overlapping."""
    runs: list[UnitRun] = []
    floor = 0
    for index in reading.starts("units.echelons", "units.abbreviations", "formation"):
        if index < floor:
            continue
        run = _run(reading, index, floor)
        if run is not None and _names_one(run):
            runs += _more_numbers(reading, run, floor)
            runs.append(run)
            floor = run.last
    return sorted(runs, key=lambda run: run.first)


def _names_one(run: UnitRun) -> bool:
    """Return whether the words name one formation, rather than a sort of formation or a firm."""
    if run.named or run.echelon is None:
        return bool(run.named)
    if run.number is not None:
        return run.echelon != "company" or run.ordinal or bool(run.branches)
    return bool(run.bare) or (run.proper and (run.echelon not in _CIVIL or bool(run.branches)))


def _part(reading: Reading, index: int) -> tuple[int, str, Any] | None:
    """Return end word, category and value of the component that starts at word `index`."""
    for _, end, name in reading.among(_COMPONENTS, index, index + 1):
        if name != "units.ordinal_after" or _follows_number(reading, index):
            return end, name, reading.phrases(name)[index][1]
    return None


def _follows_number(reading: Reading, index: int) -> bool:
    """Return whether the word before `index`, a hyphen aside, is a number: "-я" of "155-я", not any "я"."""
    before = [reading.words[back][2] for back in (index - 1, index - 2) if back >= 0]
    return any(word.isdecimal() for word in before[: 1 + (before[:1] in (["-"], ["‑"]))])


def _run(reading: Reading, anchor: int, floor: int) -> UnitRun | None:
    """Return the formation that the words about `anchor` name."""
    bounds = reading.bounds[reading.sentence_of[anchor]]
    first = _leftmost(reading, anchor, max(floor, bounds[0], anchor - _REACH))
    run = UnitRun(first, anchor)
    index, limit = first, min(bounds[1], anchor + _REACH)
    while index < limit:
        end = _take(reading, run, index, anchor)
        if end is None:
            break
        index = end
    last = index
    while (
        last > first + 1
        and reading.words[last - 1][2] in _GLUE
        and not _closes(reading, first, last)
    ):
        last -= 1
    while first < last - 1 and reading.words[first][2] in _GLUE - {"第"}:
        first += 1
    if run.number is not None and _is_counted_group(run):
        if first < anchor:
            first, run.number = anchor, None
        elif reading.words[last - 1][2].isdecimal() and last - 1 > anchor:
            last, run.number = last - 1, None
    run.first, run.last = first, last
    if _is_count(reading, run):
        return None
    _proper_name(reading, run, bounds)
    return run if run.last > anchor else None


def _is_counted_group(run: UnitRun) -> bool:
    """Return whether a number before a name counts members of a group: "17 Hamas fighters", "북한군 2명"."""
    groups = bool(run.named) and all(registry()[name].kind == "group" for name in run.named)
    return groups and run.echelon is None and not run.branches and not run.ordinal


def _is_count(reading: Reading, run: UnitRun) -> bool:
    """Return whether a bare number before the noun says how many: "12 brigades", "12 lữ đoàn"."""
    if run.ordinal or run.named or run.bare or not reading.words[run.first][2].isdecimal():
        return False
    return any(reading.has_any(index, "units.counted") for index in range(run.first + 1, run.last))


def _closes(reading: Reading, first: int, last: int) -> bool:
    """Return whether the sign before `last` closes what was opened inside the run."""
    sign = reading.words[last - 1][2]
    opened = [word for _, _, word in reading.words[first : last - 1] if word in '"«“„(']
    return bool(opened) and sign in '"»”)'


def _leftmost(reading: Reading, anchor: int, floor: int) -> int:
    """Return the first word of the components that lead without a gap to `anchor`."""
    best = position = anchor
    uncertain = reading.vocabulary.head_first and reading.vocabulary.uncased
    while position > floor:
        for start in range(max(floor, position - 5), position):
            part = _part(reading, start)
            if part is not None and part[1] == "actor" and uncertain:
                continue
            reached = part is not None and (part[0] == position or part[0] > anchor)
            if part is not None and reached and part[1] not in _ANCHORS:
                best = position = start
                break
        else:
            word = reading.words[position - 1][2]
            is_day = reading.has_any(position - 2, "dates.months")  # "December 13 Ukraine's 80th"
            if word.isdecimal() and len(word) <= _NUMBER_DIGITS and not is_day:
                best = position = position - 1
            elif word in _GLUE:
                position -= 1
            else:
                break
    return best


def _take(reading: Reading, run: UnitRun, index: int, anchor: int) -> int | None:
    """Add the component at word `index` to `run`; return the next word, null where the run ends."""
    part = _part(reading, index)
    if part is None:
        return _take_between(reading, run, index, anchor)
    end, category, value = part
    if category == "actor" and index > anchor and not reading.vocabulary.head_first:
        return None
    if category == "formation" and index > anchor and _begins_another(reading, run, index, end):
        return None
    add = _ADDS.get(category)
    if add is not None and not add(run, value):
        return None
    if index <= anchor < end:
        _take_compound(reading, run, anchor, category)
    return end


def _take_compound(reading: Reading, run: UnitRun, anchor: int, category: str) -> None:
    """Add what else the anchor's word says: "Sturmbrigade" is an echelon and a branch."""
    if category == "units.branches" and (echelon := reading.tag(anchor, "units.echelons")):
        _add_echelon(run, echelon[1])
    elif category == "units.echelons" and (branch := reading.tag(anchor, "units.branches")):
        _add_branch(run, branch[1])


def _begins_another(reading: Reading, run: UnitRun, index: int, end: int) -> bool:
    """Return whether a name begins a mention of its own: "Rapid Support Forces (RSF)", "brigade of the Fleet"."""
    if run.named:
        return True
    return run.echelon is not None and reading.has("units.echelons", index, end)


def _take_between(reading: Reading, run: UnitRun, index: int, anchor: int) -> int | None:
    """Take a number, a sign or a preposition between the components; null where the run ends."""
    word = reading.words[index][2]
    if word.isdecimal():
        if run.number is not None or int(word) > _MAX_NUMBER:
            return None
        run.number = int(word)
        return index + 1
    following = _part(reading, index + 1) if index + 1 < len(reading.words) else None
    if word in _GLUE:
        further = following is not None or (
            reading.words[index + 1 : index + 2] != [] and (reading.words[index + 1][2].isdecimal())
        )
        closing = word in '"»”)º°ª.' and (run.number or run.named or run.bare)
        return index + 1 if further or index < anchor or closing else None
    if index >= anchor and reading.has_any(index, "dates.of", "units.glue"):
        if _is_service(reading, run, index):
            return index + 1
        useful = following is not None and following[1] in _AFTER_GLUE
        return index + 1 if useful else None
    return None


def _is_service(reading: Reading, run: UnitRun, index: int) -> bool:
    """Return whether a name says whose numbered formation follows: "सीआरपीएफ की 204वीं बटालियन".

    The run then has the side of that service and is no longer named after it.
    """
    follows = index + 1 < len(reading.words) and reading.words[index + 1][2].isdecimal()
    sides = {registry()[name].side for name in run.named}
    if not follows or len(sides) != 1 or run.number is not None or run.echelon is not None:
        return False
    if not reading.has("units.echelons", index + 2, index + _SERVICE_REACH):
        return False
    run.side, run.named = sides.pop(), ()
    return True


def _add_echelon(run: UnitRun, value: Any) -> bool:
    """Add "brigade", perhaps with its branch; return whether it can belong to the run."""
    if run.echelon is not None and not run.named:
        return False
    echelon, _, branch = str(value).partition(" ")
    run.echelon = run.echelon or echelon
    run.branches += [branch] if branch else []
    return True


def _add_name(run: UnitRun, value: Any) -> bool:
    """Add the formations of the registry that have this name."""
    run.named = run.named or tuple(value)
    return True


def _add_bare_name(run: UnitRun, value: Any) -> bool:
    """Add the formations that "Golani" may mean beside "brigade"."""
    run.bare = run.bare or tuple(value)
    return True


def _add_branch(run: UnitRun, value: Any) -> bool:
    """Add "mechanised"."""
    run.branches.append(str(value))
    return True


def _add_ordinal(run: UnitRun, value: Any) -> bool:
    """Add "third"; return whether the run had no number before."""
    if run.number is not None:
        return False
    run.number, run.ordinal = int(value), True
    return True


def _add_ending(run: UnitRun, value: Any) -> bool:
    """Note the ending of an ordinal number, "th"."""
    del value
    run.ordinal = run.ordinal or run.number is not None
    return True


def _add_side(run: UnitRun, value: Any) -> bool:
    """Add "Ukrainian"."""
    run.side = run.side or str(value)
    return True


_ADDS: dict[str, Callable[[UnitRun, Any], bool]] = {
    "units.echelons": _add_echelon,
    "units.abbreviations": _add_echelon,
    "formation": _add_name,
    "units.names": _add_bare_name,
    "units.branches": _add_branch,
    "units.ordinals": _add_ordinal,
    "units.ordinal_after": _add_ending,
    "actor": _add_side,
}


def _proper_name(reading: Reading, run: UnitRun, bounds: tuple[int, int]) -> None:
    """Widen a run without a number by the capitalised name beside it ("Golani Brigade")."""
    known = run.named or run.bare or run.number is not None
    if known or run.echelon is None or reading.vocabulary.uncased:
        return
    here = run.last if reading.vocabulary.head_first else run.first - 1
    if not bounds[0] <= here < bounds[1] or (here == bounds[0] and run.last - here > _NAME_GAP):
        return
    word = reading.words[here][2]
    tags = reading.at(here)
    if word[0].isupper() and not tags and len(word) > _SHORT_NAME:
        run.first, run.last = min(run.first, here), max(run.last, here + 1)
        run.proper = True
        _number_after(reading, run, bounds)


def _number_after(reading: Reading, run: UnitRun, bounds: tuple[int, int]) -> None:
    """Take the number that stands after a formation's name, where names follow: "Brigade Intervensi 7"."""
    if not reading.vocabulary.head_first or run.last >= bounds[1]:
        return
    word = reading.words[run.last][2]
    counts = reading.has("casualties.people", run.last + 1, run.last + 2)
    if word.isdecimal() and len(word) <= _NUMBER_DIGITS and not counts:
        run.number, run.last = int(word), run.last + 1


def _branches_before(reading: Reading, index: int, floor: int) -> tuple[int, list[str]]:
    """Return the word after a number and the branches between it and the joint before word `index`.

    "22-й механизированной и 80-й десантно-штурмовой бригад": the noun is shared, the branches are not.
    """
    branches: list[str] = []
    position = index - 1
    while position > floor:
        for start in range(max(floor, position - 5), position):
            part = _part(reading, start)
            if part and part[0] == position and part[1] in {"units.branches", "units.modifiers"}:
                branches += [str(part[2])] if part[1] == "units.branches" else []
                position = start
                break
        else:
            break
    return position + 1, branches


def _more_numbers(reading: Reading, run: UnitRun, floor: int) -> list[UnitRun]:
    """Return the formations of a shared noun: "the 47th, 95th and 36th brigades"."""
    if run.number is None or run.named or not run.ordinal:
        return []
    found: list[UnitRun] = []
    index = run.first
    while index - 2 > floor:
        end = index - 1
        joint = reading.words[index - 1][2]
        if joint not in ",،、" and not reading.tag(index - 1, "dates.ands"):
            break
        index, branches = _branches_before(reading, index, floor)
        ordinal = reading.tag(index - 2, "units.ordinal_after")
        step = 2 if ordinal and ordinal[0] == index - 1 else 3
        if index - step - 1 < floor:
            break
        number = reading.words[index - 1 - step][2] if ordinal else ""
        if not number.isdecimal():
            number, step = (reading.words[index - 4][2] if index - 4 >= floor else ""), 3
            if not (number.isdecimal() and reading.words[index - 3][2] in "-‑"):
                break
        first = index - 1 - step
        found.append(
            UnitRun(first, end, int(number), True, run.echelon, branches or run.branches, run.side)
        )
        index = first
    return found
