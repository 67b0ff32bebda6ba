"""Where the settlements of the official codifier of Ukraine lie: its names and hromadas joined to tables of coordinates.

The codifier tells every settlement, its hromada and its raion, but no coordinates. Tables of coordinates have names that
repeat within an oblast. A settlement is given the point of its name that lies by the others of its hromada; one that has
none is put in the middle of its hromada, with the radius that holds most of its settlements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.names import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["Point", "Settlement", "codifier", "placed"]

FAR_KM = 30.0  # from the middle of a hromada: hers is another village
LEAST_KM = 5.0  # radius of where a village without a point of its own may be
FEWEST = 3  # settlements with a point that tell how large a hromada is
FEW_KM = 18.0  # radius of one of which fewer are known: what holds 95 % of most
ROUNDS = 3
KM_PER_DEGREE = 111.2
Middle = tuple[float, float, float]  # degrees, degrees, kilometres about it
_OBLAST, _RAION, _HROMADA = "O", "P", "H"
_SETTLEMENTS = frozenset("MXC")  # towns, settlements, villages


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a table of coordinates, degrees; `trust` is higher for one that is known to be the place's own."""

    lon: float
    lat: float
    trust: float
    geonames: str = ""
    population: int = 0


@dataclass(slots=True)
class Settlement:
    """A settlement of the codifier; `point` and `radius_km` are found later."""

    code: str
    name: str
    oblast: str
    raion: str
    hromada: str
    seat: bool
    hromada_name: str = ""
    key: str = ""
    point: Point | None = None
    radius_km: float | None = field(default=None)


def codifier(path: Path) -> list[Settlement]:
    """Return the settlements of the codifier (the workbook of the ministry's order), in its order."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    names: dict[str, str] = {}
    found = []
    for *codes, kind, name in sheet.iter_rows(values_only=True):
        given = [str(code) for code in codes if code]
        if not given or not name:
            continue
        plain = " ".join(str(name).replace("'", "’").split())
        names[given[-1]] = plain
        if kind in _SETTLEMENTS and len(given) >= 4:  # noqa: PLR2004
            oblast, raion, hromada = (names.get(code, "") for code in given[:3])
            seat = _is_seat(plain, hromada)
            found.append(Settlement(given[-1], plain, oblast, raion, given[2], seat, hromada))
    for settlement, key in zip(found, name_keys([each.name for each in found]), strict=True):
        settlement.key = key
    return found


def _is_seat(name: str, hromada: str) -> bool:
    """Tell whether a hromada has its name from a settlement."""
    stem = name.split(maxsplit=1)[0][:-1].lower()
    return len(stem) > 3 and hromada.lower().startswith(stem[: max(4, len(stem) - 1)])  # noqa: PLR2004


def placed(settlements: Sequence[Settlement], points: dict[str, list[Point]]) -> list[Settlement]:
    """Return the settlements of one oblast that can be put somewhere.

    Parameters
    ----------
    settlements
        Those of the oblast.
    points
        By the key of a name, the points of that name in the oblast.
    """
    by_key: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        by_key[settlement.key].append(settlement)
    for key, members in by_key.items():
        if len(members) == 1 and len(points.get(key, [])) == 1:
            members[0].point = points[key][0]
    for _ in range(ROUNDS):
        middles = _middles(settlements)
        for key, members in by_key.items():
            _share_out(members, points.get(key, []), middles)
    middles = {**_raions(settlements), **_middles(settlements, fewest=1)}
    for settlement in settlements:
        area = settlement.hromada if settlement.hromada in middles else settlement.raion
        if settlement.point is None and area in middles:
            lon, lat, radius = middles[area]
            settlement.point, settlement.radius_km = Point(lon, lat, 0.0), max(radius, LEAST_KM)
    return [each for each in settlements if each.point is not None]


def _raions(settlements: Iterable[Settlement]) -> dict[str, Middle]:
    """Return the middle of each raion of one oblast."""
    return _by_area((each.raion, each.point) for each in settlements)


def _middles(settlements: Iterable[Settlement], fewest: int = FEWEST) -> dict[str, Middle]:
    """Return the middle of each hromada of which enough settlements have a point."""
    return _by_area(((each.hromada, each.point) for each in settlements), fewest)


def _by_area(points: Iterable[tuple[str, Point | None]], fewest: int = FEWEST) -> dict[str, Middle]:
    """Return the middle of each area, and the kilometres about it that hold 95 % of its settlements."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for area, point in points:
        if point is not None and point.trust:
            groups[area].append(point)
    middles = {}
    for area, members in groups.items():
        if len(members) >= fewest:
            lon = np.array([point.lon for point in members])
            lat = np.array([point.lat for point in members])
            middle = float(np.median(lon)), float(np.median(lat))
            away = _kilometres(lon, lat, *middle)
            radius = float(np.percentile(away, 95)) if len(members) >= FEWEST else FEW_KM
            middles[area] = (*middle, radius)
    return middles


def _share_out(
    members: Sequence[Settlement],
    points: Sequence[Point],
    middles: dict[str, tuple[float, float, float]],
) -> None:
    """Give the points of one name to its settlements: the pair that is nearest together first."""
    pairs = []
    for i, settlement in enumerate(members):
        if settlement.hromada in middles:
            lon, lat, _ = middles[settlement.hromada]
            for j, point in enumerate(points):
                away = float(_kilometres(point.lon, point.lat, lon, lat))
                if away <= FAR_KM:
                    pairs.append((away - 10.0 * point.trust, i, j))
            settlement.point = None
        elif len(members) > 1:
            settlement.point = None
    settled, taken = set(), set()
    for _, i, j in sorted(pairs):
        if i not in settled and j not in taken:
            members[i].point = points[j]
            settled.add(i)
            taken.add(j)


def _kilometres(lon: Any, lat: Any, to_lon: float, to_lat: float) -> Any:
    east = (np.asarray(lon) - to_lon) * np.cos(np.radians(to_lat))
    return KM_PER_DEGREE * np.hypot(east, np.asarray(lat) - to_lat)
