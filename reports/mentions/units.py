"""Units: numbered and named formations and groups, linked to the registry where it knows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.reports.registry import Formation, registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from dateline.reports.reading import Reading

__all__ = ["UnitMention", "find_units"]

_COMPONENTS = (
    "formation",
    "units.abbreviations",
    "units.echelons",
    "units.branches",
    "units.modifiers",
    "units.ordinals",
    "units.ordinal_before",
    "units.ordinal_after",
    "actor",
)
_RANK = {name: rank for rank, name in enumerate(_COMPONENTS)}
_GLUE = frozenset("\"'«»“”„-‑–().º°ª№#第号")
_REACH = 9
_MAX_NUMBER = 9999
_NUMBER_DIGITS = 4
_COUNTRY_CODE = 3
_NAME_GAP = 2
_SHORT_NAME = 3
_AFTER_GLUE = frozenset(("units.branches", "units.modifiers", "formation"))
_CIVIL = frozenset(("company",))
_SHORT_ACRONYM = 2
_SUPPORT_REACH = 4
_SUPPORT = ("events.types", "actors.forces", "casualties.killed", "casualties.wounded")
_SAME_BRANCH = 2.0
_FAMILIES = (
    {"motorised", "mechanised", "infantry", "mountain", "assault", "jaeger"},
    {"air_assault", "airborne", "assault"},
    {"tank", "mechanised"},
    {"artillery", "rocket"},
    {"national_guard", "operational", "assault", "special_forces"},
    {"unmanned", "air_force"},
    {"marine", "navy"},
)


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


@dataclass(slots=True)
class _Run:
    """Neighbouring words that together name one formation."""

    first: int
    last: int
    number: int | None = None
    ordinal: bool = False
    echelon: str | None = None
    branches: list[str] = field(default_factory=list)
    side: str | None = None
    named: tuple[str, ...] = ()
    proper: bool = False


def find_units(reading: Reading) -> list[UnitMention]:
    """Return the formations and groups of a report, in order, not overlapping."""
    runs: list[_Run] = []
    floor = 0
    for index in reading.starts("units.echelons", "units.abbreviations", "formation"):
        if index < floor:
            continue
        run = _run(reading, index, floor)
        if run is not None and _names_one(run):
            runs += _more_numbers(reading, run, floor)
            runs.append(run)
            floor = run.last
    sides = _sides(reading, runs)
    runs = [
        run
        for run in runs
        if not _is_country(reading, run)
        and not _is_model(reading, run)
        and _supported(reading, run, runs)
    ]
    return [_mention(reading, run, sides) for run in sorted(runs, key=lambda run: run.first)]


def _is_country(reading: Reading, run: _Run) -> bool:
    """Return whether the words say no more than a country's forces ("the Israeli army")."""
    if run.number is not None or run.echelon is not None:
        return False
    services = all(
        registry()[name].kind == "group"
        and (registry()[name].side or "").isalpha()
        and len(registry()[name].side or "") == _COUNTRY_CODE
        and name.startswith(str(registry()[name].side).lower())
        for name in run.named
    )
    return services and reading.has("actor", run.first, run.last)


def _is_model(reading: Reading, run: _Run) -> bool:
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
        and figure[0].isdigit()
    )


def _supported(reading: Reading, run: _Run, runs: list[_Run]) -> bool:
    """Return whether an acronym of two letters is backed by a full name or by words of war beside it."""
    letters = "".join(word for _, _, word in reading.words[run.first : run.last] if word.isalpha())
    alone = run.number is None and run.echelon is None and not run.side
    if not alone or not letters.isascii() or len(letters) > _SHORT_ACRONYM:
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


def _names_one(run: _Run) -> bool:
    """Return whether the words name one formation, rather than a sort of formation or a firm."""
    if run.named or run.echelon is None or run.number is not None:
        return bool(run.named) or run.echelon is not None
    return run.proper and (run.echelon not in _CIVIL or bool(run.branches))


def _part(reading: Reading, index: int) -> tuple[int, str, Any] | None:
    """Return end word, category and value of the component that starts at word `index`."""
    tags = reading.tags[index]
    if not tags:
        return None
    found = [(tags[name][0], name, tags[name][1]) for name in _COMPONENTS if name in tags]
    return max(found, key=lambda part: (part[0], -_RANK[part[1]])) if found else None


def _run(reading: Reading, anchor: int, floor: int) -> _Run | None:
    """Return the formation that the words about `anchor` name."""
    bounds = reading.bounds[reading.sentence_of[anchor]]
    first = _leftmost(reading, anchor, max(floor, bounds[0], anchor - _REACH))
    run = _Run(first, anchor)
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
    run.first, run.last = first, last
    _proper_name(reading, run, bounds)
    return run if run.last > anchor else None


def _closes(reading: Reading, first: int, last: int) -> bool:
    """Return whether the sign before `last` closes what was opened inside the run."""
    sign = reading.words[last - 1][2]
    opened = [word for _, _, word in reading.words[first : last - 1] if word in '"«“„(']
    return bool(opened) and sign in '"»”)'


def _leftmost(reading: Reading, anchor: int, floor: int) -> int:
    """Return the first word of the components that lead without a gap to `anchor`."""
    best = position = anchor
    while position > floor:
        for start in range(max(floor, position - 5), position):
            part = _part(reading, start)
            if part is not None and part[0] == position and part[1] not in {
                "units.echelons", "units.abbreviations",
            }:  # fmt: skip
                best = position = start
                break
        else:
            word = reading.words[position - 1][2]
            if word.isdigit() and len(word) <= _NUMBER_DIGITS:
                best = position = position - 1
            elif word in _GLUE:
                position -= 1
            else:
                break
    return best


def _take(reading: Reading, run: _Run, index: int, anchor: int) -> int | None:
    """Add the component at word `index` to `run`; return the next word, null where the run ends."""
    part = _part(reading, index)
    if part is None:
        return _take_between(reading, run, index, anchor)
    end, category, value = part
    if category == "actor" and index > anchor and not reading.vocabulary.head_first:
        return None
    add = _ADDS.get(category)
    return end if add is None or add(run, value) else None


def _take_between(reading: Reading, run: _Run, index: int, anchor: int) -> int | None:
    """Take a number, a sign or a preposition between the components; null where the run ends."""
    word = reading.words[index][2]
    if word.isdigit():
        if run.number is not None or int(word) > _MAX_NUMBER:
            return None
        run.number = int(word)
        return index + 1
    following = _part(reading, index + 1) if index + 1 < len(reading.words) else None
    if word in _GLUE:
        further = following is not None or (
            reading.words[index + 1 : index + 2] != [] and (reading.words[index + 1][2].isdigit())
        )
        closing = word in '"»”)º°ª.' and run.number
        return index + 1 if further or index < anchor or closing else None
    if index >= anchor and reading.has_any(index, "dates.of", "units.glue"):
        useful = following is not None and following[1] in _AFTER_GLUE
        return index + 1 if useful else None
    return None


def _add_echelon(run: _Run, value: Any) -> bool:
    """Add "brigade", perhaps with its branch; return whether it can belong to the run."""
    if run.echelon is not None and not run.named:
        return False
    echelon, _, branch = str(value).partition(" ")
    run.echelon = run.echelon or echelon
    run.branches += [branch] if branch else []
    return True


def _add_name(run: _Run, value: Any) -> bool:
    """Add the formations of the registry that have this name."""
    run.named = run.named or tuple(value)
    return True


def _add_branch(run: _Run, value: Any) -> bool:
    """Add "mechanised"."""
    run.branches.append(str(value))
    return True


def _add_ordinal(run: _Run, value: Any) -> bool:
    """Add "third"; return whether the run had no number before."""
    if run.number is not None:
        return False
    run.number, run.ordinal = int(value), True
    return True


def _add_ending(run: _Run, value: Any) -> bool:
    """Note the ending of an ordinal number, "th"."""
    del value
    run.ordinal = run.ordinal or run.number is not None
    return True


def _add_side(run: _Run, value: Any) -> bool:
    """Add "Ukrainian"."""
    run.side = run.side or str(value)
    return True


_ADDS: dict[str, Callable[[_Run, Any], bool]] = {
    "units.echelons": _add_echelon,
    "units.abbreviations": _add_echelon,
    "formation": _add_name,
    "units.branches": _add_branch,
    "units.ordinals": _add_ordinal,
    "units.ordinal_after": _add_ending,
    "actor": _add_side,
}


def _proper_name(reading: Reading, run: _Run, bounds: tuple[int, int]) -> None:
    """Widen a run without a number by the capitalised name beside it ("Golani Brigade")."""
    if run.number is not None or run.named or run.echelon is None or reading.vocabulary.uncased:
        return
    here = run.last if reading.vocabulary.head_first else run.first - 1
    if not bounds[0] <= here < bounds[1] or (here == bounds[0] and run.last - here > _NAME_GAP):
        return
    word = reading.words[here][2]
    tags = reading.tags[here] or {}
    if word[0].isupper() and not tags and len(word) > _SHORT_NAME:
        run.first, run.last = min(run.first, here), max(run.last, here + 1)
        run.proper = True


def _more_numbers(reading: Reading, run: _Run, floor: int) -> list[_Run]:
    """Return the formations of a shared noun: "the 47th, 95th and 36th brigades"."""
    if run.number is None or run.named or not run.ordinal:
        return []
    found: list[_Run] = []
    index = run.first
    while index - 2 > floor:
        joint = reading.words[index - 1][2]
        if joint not in ",،、" and not reading.tag(index - 1, "dates.ands"):
            break
        ordinal = reading.tag(index - 2, "units.ordinal_after")
        step = 2 if ordinal and ordinal[0] == index - 1 else 3
        if index - step - 1 < floor:
            break
        number = reading.words[index - 1 - step][2] if ordinal else ""
        if not number.isdigit():
            number, step = (reading.words[index - 4][2] if index - 4 >= floor else ""), 3
            if not (number.isdigit() and reading.words[index - 3][2] in "-‑"):
                break
        first = index - 1 - step
        found.append(_Run(first, index - 1, int(number), True, run.echelon, run.branches, run.side))
        index = first
    return found


def _sides(reading: Reading, runs: list[_Run]) -> Counter[str]:
    """Return how often each side is named by the report, as a hint which formation is meant."""
    counts: Counter[str] = Counter()
    for tags in reading.tags:
        if tags and "actor" in tags:
            counts[tags["actor"][1]] += 1
        elif tags and "actors.own" in tags:
            counts[tags["actors.own"][1]] += 1
    for run in runs:
        only = {registry()[name].side for name in run.named}
        if len(only) == 1 and (side := only.pop()):
            counts[side] += 2
    return counts


def _mention(reading: Reading, run: _Run, sides: Counter[str]) -> UnitMention:
    """Return the mention of a run, linked where the registry has a fitting formation."""
    start, end, text = reading.span(run.first, run.last)
    formation = _link(reading, run, sides)
    if formation is not None:
        return UnitMention(
            start, end, text, formation.id, formation.name, formation.side
            or (formation.name if formation.kind == "group" else None),
            formation.sidc, formation.kind, run.first, run.last,
        )  # fmt: skip
    side = run.side or _side_beside(reading, run)
    return UnitMention(
        start, end, text, None, text, side, _sidc(run, side), "formation", run.first, run.last
    )


def _side_beside(reading: Reading, run: _Run) -> str | None:
    """Return the side named just after a formation: "the 3rd Brigade of the Ukrainian army"."""
    for index in range(run.last, min(run.last + 4, len(reading.words))):
        if not reading.words[index][2][0].isalpha():
            return None
        for category in ("actor", "actors.own"):
            if found := reading.tag(index, category):
                return str(found[1])
    return None


def _link(reading: Reading, run: _Run, sides: Counter[str]) -> Formation | None:
    """Return the formation of the registry that the words mean, null where none or several fit."""
    candidates = {name: registry()[name] for name in run.named}
    if run.number is not None:
        candidates |= {item.id: item for item in registry().numbered(run.number)}
    side = run.side or _side_beside(reading, run)
    day = reading.report.published or ""
    scored = [
        (score, item)
        for item in candidates.values()
        if (score := _score(run, item, side, sides, day)) is not None
    ]
    if not scored:
        return None
    scored.sort(key=lambda pair: -pair[0])
    if len(scored) > 1 and scored[1][0] == scored[0][0] and scored[1][1].side != scored[0][1].side:
        return None
    return scored[0][1]


def _score(
    run: _Run, item: Formation, side: str | None, sides: Counter[str], day: str
) -> float | None:
    """Return how well a formation fits the words, null where it contradicts them."""
    if run.number is not None and item.number not in {None, run.number}:
        return None
    named = item.id in run.named
    branch = _branch_score(run.branches, item.branch)
    sort = _sort_score(run, item, branch, named=named)
    if sort is None:
        return None
    loyal = _side_score(run, item, side, sides, branch)
    if loyal is None:
        return None
    score = (6.0 if named else 0.0) + sort + loyal
    if item.number is not None and item.number == run.number:
        score += 1
    return score - (0.0 if _valid(item, day) else 1.5)


def _sort_score(run: _Run, item: Formation, branch: float | None, *, named: bool) -> float | None:
    """Return how well echelon and branch fit; a name makes up for what contradicts, else null."""
    score = -1.0 if branch is None else branch
    differs = bool(run.echelon and item.echelon and run.echelon != item.echelon)
    if (differs or branch is None) and not named:
        return None
    if run.echelon and item.echelon:
        score += -2 if differs else 1
    return score


def _side_score(
    run: _Run, item: Formation, side: str | None, sides: Counter[str], branch: float | None
) -> float | None:
    """Return how well the side fits what the words and the whole report say, null where it cannot."""
    if item.side is None:
        return 0.0
    if side is not None and side != item.side and item.id not in run.named:
        return None
    score = 2.0 if side == item.side else 0.0
    total = sum(sides.values())
    if not total:
        return score
    unheard = not side and not run.named and item.side not in sides
    if unheard and (branch is None or branch < _SAME_BRANCH):
        return None
    return score + sides[item.side] / total


def _valid(item: Formation, day: str) -> bool:
    """Return whether a formation was there on a day; true where either is not known."""
    late = bool(item.valid_from and day and item.valid_from > day)
    return not late and not (item.valid_to and day and item.valid_to < day[: len(item.valid_to)])


def _branch_score(branches: list[str], branch: str | None) -> float | None:
    """Return 2 for the same branch, 1 for a near one, null where they contradict each other."""
    if not branches or branch is None:
        return 0.0
    if branch in branches:
        return 2.0 + (branches[-1] == branch) / 2
    if any(branch in family and set(branches) & family for family in _FAMILIES):
        return 1.0
    return None


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    """Return the registry's usual symbol digits of each echelon and each branch."""
    echelons: dict[str, Counter[str]] = {}
    branches: dict[str, Counter[str]] = {}
    for item in registry():
        if item.sidc and item.echelon:
            echelons.setdefault(item.echelon, Counter())[item.sidc[8:10]] += 1
        if item.sidc and item.branch:
            branches.setdefault(item.branch, Counter())[item.sidc[10:20]] += 1
    return tuple({name: count.most_common(1)[0][0] for name, count in table.items()}
                 for table in (echelons, branches))  # type: ignore[return-value]  # fmt: skip


def _sidc(run: _Run, side: str | None) -> str | None:
    """Return a land unit's symbol code from echelon and branch, the same frame for every known side."""
    echelons, branches = _codes()
    echelon = echelons.get(run.echelon or "")
    if echelon is None:
        return None
    entity = next((branches[name] for name in reversed(run.branches) if name in branches), "0" * 10)
    return f"100{'3' if side else '1'}1000{echelon}{entity}"
