"""Which formation of the registry words mean, and what symbol those have that it does not know."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from dateline.reports.registry import Formation, registry

if TYPE_CHECKING:
    from dateline.reports.mentions.unit_runs import UnitRun
    from dateline.reports.reading import Reading

__all__ = ["link", "side_beside", "sides_heard", "symbol"]

_SAME_BRANCH = 2.0
_BESIDE = 4
_BARE = 3.0
_WARS = (
    {"UKR", "RUS", "PRK", "BLR"},
    {"ISR", "PSE", "LBN", "SYR", "IRN", "YEM", "Hamas", "Hezbollah", "Houthis"},
    {"COD", "RWA", "UGA", "BDI", "M23"},
    {"IND", "PAK"},
    {"ARM", "AZE"},
    {"THA", "KHM"},
    {"SDN", "RSF"},
)
_OTHERS = (
    "dates.ands",
    "events.types",
    "attribution.say",
    "casualties.killed",
    "casualties.wounded",
)
_FAMILIES = (
    {"motorised", "mechanised", "infantry", "mountain", "assault", "jaeger"},
    {"air_assault", "airborne", "assault"},
    {"tank", "mechanised"},
    {"artillery", "rocket"},
    {"national_guard", "operational", "assault", "special_forces"},
    {"unmanned", "air_force"},
    {"marine", "navy"},
)


def sides_heard(reading: Reading, runs: list[UnitRun]) -> Counter[str]:
    """Return how often each side is named by the report, as a hint which formation is meant."""
    named = reading.phrases("actors.own") | reading.phrases("actor")
    counts = Counter(side for _, side in named.values())
    for run in runs:
        only = {registry()[name].side for name in run.named}
        if len(only) == 1 and (side := only.pop()):
            counts[side] += 2
    return counts


def side_beside(reading: Reading, run: UnitRun) -> str | None:
    """Return the side named just after a formation: "the 3rd Brigade of the Ukrainian army".

    A verb or "and" between them speaks of somebody else: "the brigade repelled Russian troops".
    """
    if reading.vocabulary.uncased and not reading.vocabulary.head_first:
        return None  # Japanese or Hindi say whose before the noun; what follows is somebody else
    for index in range(run.last, min(run.last + _BESIDE, len(reading.words))):
        if not reading.words[index][2][0].isalpha() or reading.has_any(index, *_OTHERS):
            return None
        for category in ("actor", "actors.own"):
            if found := reading.tag(index, category):
                return str(found[1])
    return None


def link(reading: Reading, run: UnitRun, sides: Counter[str]) -> Formation | None:
    """Return the formation of the registry that the words mean, null where none or several fit."""
    candidates = {name: registry()[name] for name in (*run.named, *run.bare)}
    if run.number is not None:
        candidates |= {item.id: item for item in registry().numbered(run.number)}
    side = run.side or side_beside(reading, run)
    day = reading.report.published or ""
    scored = [
        (score, item)
        for item in candidates.values()
        if (score := _score(run, item, side, sides, day)) is not None
    ]
    if not scored:
        return None
    named = run.named or run.bare or side or sides
    if not named and len({item.side for _, item in scored}) > 1:
        return None  # a number alone, and nobody says whose
    scored.sort(key=lambda pair: -pair[0])
    if len(scored) > 1 and scored[1][0] == scored[0][0] and scored[1][1].side != scored[0][1].side:
        return None
    return scored[0][1]


def _score(
    run: UnitRun, item: Formation, side: str | None, sides: Counter[str], day: str
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
    score = (6.0 if named else _BARE if item.id in run.bare else 0.0) + sort + loyal
    if item.number is not None and item.number == run.number:
        score += 1
    return score - (0.0 if _valid(item, day) else 1.5)


def _sort_score(
    run: UnitRun, item: Formation, branch: float | None, *, named: bool
) -> float | None:
    """Return how well echelon and branch fit; a name makes up for what contradicts, else null."""
    score = -1.0 if branch is None else branch
    differs = bool(run.echelon and item.echelon and run.echelon != item.echelon)
    if (differs or branch is None) and not named:
        return None
    if run.echelon and item.echelon:
        score += -2 if differs else 1
    return score


def _side_score(
    run: UnitRun, item: Formation, side: str | None, sides: Counter[str], branch: float | None
) -> float | None:
    """Return how well the side fits what the words and the whole report say, null where it cannot."""
    if item.side is None:
        return 0.0
    if side is not None and side != item.side and item.id not in run.named:
        return None
    score = 2.0 if side == item.side else 0.0
    total = sum(sides.values())
    unheard = not side and item.id not in (*run.named, *run.bare) and item.side not in sides
    fights = not total or _at_war(item.side, sides)
    told = branch is not None and branch >= _SAME_BRANCH and fights
    if unheard and not told:
        return None
    if not total:
        return score
    return score + sides[item.side] / total


def _at_war(side: str, sides: Counter[str]) -> bool:
    """Return whether a side that a report does not name fights in the war of one that it names."""
    return any(side in war and not war.isdisjoint(sides) for war in _WARS)


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


def symbol(run: UnitRun, side: str | None) -> str | None:
    """Return a land unit's symbol code from echelon and branch, the same frame for every known side."""
    echelons, branches = _codes()
    echelon = echelons.get(run.echelon or "")
    if echelon is None:
        return None
    entity = next((branches[name] for name in reversed(run.branches) if name in branches), "0" * 10)
    return f"100{'3' if side else '1'}1000{echelon}{entity}"
