"""From a parsed expression and the places its names mean to a geometry with its uncertainty."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from shapely.geometry import Point

from dateline.geo import relations
from dateline.geo.areas import along_river, border_of, clipped, is_area, part_of, side_of
from dateline.geo.capitals import capital_name
from dateline.geo.enclosed import meeting, triangle
from dateline.geo.expression import (
    Along,
    Bearing,
    Between,
    Border,
    Capital,
    Coordinates,
    Distance,
    Expression,
    Joint,
    Name,
    Near,
    Offset,
    Part,
    Road,
    Several,
    Within,
)
from dateline.geo.ground import Ground
from dateline.geo.names import name_key
from dateline.geo.resolve import Ranked
from dateline.geo.spot import AREAS, Spot, together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.place import Place
    from dateline.geo.region import Regions

    Names = Mapping[Name, Ranked]

__all__ = ["Evaluator", "Spot"]

_AREAS = frozenset(("country", "region"))
_TOWN = 500_000  # a town that its whole country means by the name
_WATERS = ("water", "facility")
_HOMES_TRIED = 3
_CORNERS = 3
_SMALL_REGION_M = (
    30_000.0  # radius of a region whose town and the whole of it go by one name in the news
)
_SIDES_TRIED = 4  # candidates of each name of a border


class Evaluator:
    """Gives expressions their geometry.

    Parameters
    ----------
    gazetteer
        For the settlements around a place.
    regions
        For the polygons of areas, borders and rivers.
    """

    def __init__(self, gazetteer: Gazetteer, regions: Regions) -> None:
        self.ground = Ground(gazetteer, regions)
        self._makers: dict[type, Callable[..., Spot | None]] = {
            Name: self._name,
            Coordinates: self._coordinates,
            Part: self._part,
            Capital: self._capital,
            Border: self._border,
            Offset: self._offset,
            Bearing: self._bearing,
            Distance: self._distance,
            Between: self._between,
            Near: self._near,
            Along: self._along,
            Within: self._within,
            Road: self._road,
            Several: self._several,
            Joint: self._joint,
        }

    def spot(self, expression: Expression, ranked: Names, homes: Sequence[str] = ()) -> Spot | None:
        """Return where an expression is, null where a name in it is not known.

        Parameters
        ----------
        expression
            The tree.
        ranked
            The candidates of each of its names.
        homes
            ISO 3166-1 codes of the countries the report speaks of, most first: in a report on Mali "the border with
            Algeria" is the one they share.
        """
        home = self._shared(expression, ranked, homes) if homes else None
        if home is not None:
            return home
        return self._makers[type(expression)](expression, ranked)

    def _shared(self, expression: Expression, ranked: Names, homes: Sequence[str]) -> Spot | None:
        """Return what an expression is whose border is that of one country with one the report speaks of."""
        if isinstance(expression, (Near, Distance)) and isinstance(expression.place, Border):
            strip = self._shared(expression.place, ranked, homes)
            if strip is None or isinstance(expression, Near):
                return strip and relations.near(self.ground, strip, "near")
            return relations.at_distance(strip, expression.metres, within=expression.within)
        if not isinstance(expression, Border) or expression.other is not None:
            return None
        one = self._area(expression.place, ranked)
        if one is None or one.kind != "country":
            return None
        for code in homes[:_HOMES_TRIED]:
            place = self.ground.gazetteer.get(f"iso:{code}")
            if place is not None and code != one.country:
                strip = border_of(self.ground, one, self.ground.place_spot(place))
                if strip is not None:
                    return strip
        return None

    # which place a name is ---------------------------------------------------------------------

    def _name(self, node: Name, ranked: Names) -> Spot | None:
        """Return the best place of a name."""
        return self._chosen(node, ranked, ())

    def _area(self, node: Expression, ranked: Names) -> Spot | None:
        """Return what a node means, areas before settlements: for borders and parts."""
        if isinstance(node, Name):
            return self._chosen(node, ranked, AREAS)
        return self.spot(node, ranked)

    def _anchor(self, node: Expression, ranked: Names) -> Spot | None:
        """Return what an offset is measured from: of a town and the region named after it, the town."""
        if isinstance(node, Name) and node.noun not in AREAS:
            return self._chosen(node, ranked, ("settlement",))
        return self.spot(node, ranked)

    def _chosen(self, node: Name, ranked: Names, prefer: tuple[str, ...]) -> Spot | None:
        """Return the best candidate of a name, of a preferred kind if there is one."""
        found = ranked.get(node)
        if found is None or not found.places:
            return None
        place = found.places[0]
        if node.noun != "water" and (
            not prefer or (place.kind in prefer and place.matched == "exact")
        ):
            others = zip(found.places[1:9], found.chances[1:9], strict=True)
            losers = tuple(pair for pair in others if pair[0].id != place.id)
            return self.ground.place_spot(place).chosen(found.confidence, losers)
        order = _of_waters(node, list(zip(found.places, found.chances, strict=True)))
        if not order:
            return None
        exact = [pair for pair in order if pair[0].kind in prefer and pair[0].matched == "exact"]
        if exact and order[0][0].matched != "exact":
            order = [exact[0], *(pair for pair in order if pair is not exact[0])]
        elif prefer and order[0][0].kind not in prefer and node.noun != "water":
            liked = [
                pair for pair in order if pair[0].kind in prefer and _akin(pair[0], order[0][0])
            ]
            if liked:
                order = [liked[0], *(pair for pair in order if pair is not liked[0])]
        place = order[0][0]
        losers = tuple(pair for pair in order[1:9] if pair[0].id != place.id)
        return self.ground.place_spot(place).chosen(found.confidence, losers)

    def _sides(self, node: Expression | None, ranked: Names) -> list[Spot | None]:
        """Return what a side of a border can be, likeliest first; their confidences are the chances."""
        if node is None:
            return [None]
        best = self._area(node, ranked)
        if best is None:
            return []
        others = [(place, chance) for place, chance in best.losers if place.kind in AREAS]
        return [
            best,
            *(
                self.ground.place_spot(place).chosen(chance * best.confidence)
                for place, chance in others[: _SIDES_TRIED - 1]
            ),
        ]

    # kinds -------------------------------------------------------------------------------------

    def _coordinates(self, node: Coordinates, _ranked: Names) -> Spot:
        """Return a point given by coordinates."""
        country, admin1 = self.ground.regions.at(node.lon, node.lat)
        told = f"{node.notation}, good to {node.metres:,.0f} m by the digits given"
        return Spot(
            f"{node.lat:.5f}, {node.lon:.5f}", "coordinates", Point(node.lon, node.lat), node.lon, node.lat,
            node.metres, "coordinates", f"{told[0].upper()}{told[1:]}.", 0.99, country, admin1,
        )  # fmt: skip

    def _part(self, node: Part, ranked: Names) -> Spot | None:
        """Return the part of an area that lies in a direction; of a settlement, that side of it."""
        if node.whole is not None:
            known = ranked.get(node.whole)
            first = known.places[0] if known is not None and known.places else None
            if first is not None and (
                first.matched == "exact" or (first.matched == "variant" and first.kind in _AREAS)
            ):
                return self._name(node.whole, ranked)
        if node.bearing is None or node.beside:
            spot = self._anchor(node.place, ranked)
        else:
            spot = self._area(node.place, ranked)
        if spot is None:
            return None
        filled = self._filled(node.place, spot, ranked) if node.bearing is not None else None
        if is_area(spot) or filled is not None:
            return part_of(self.ground, filled or spot, node.bearing)
        if node.beside and node.bearing is not None:
            return relations.direction_of(self.ground, spot, node.bearing)
        return side_of(spot, node.bearing)

    def _filled(self, node: Expression, spot: Spot, ranked: Names) -> Spot | None:
        """Return the small region that a town or a district gives its name to and fills ("northern Gaza"); else null."""
        if not isinstance(node, Name) or spot.place is None or spot.place.kind == "region":
            return None
        for place in ranked.get(node, Ranked()).places:
            if place.kind == "region" and place.admin1 == spot.admin1 and place.matched == "exact":
                region = self.ground.place_spot(place).chosen(spot.confidence)
                if is_area(region) and region.uncertainty_m <= _SMALL_REGION_M:
                    return region
        return None

    def _capital(self, node: Capital, ranked: Names) -> Spot | None:
        """Return the capital of a country; null of what is none."""
        country = self._area(node.place, ranked)
        name = None
        if country is not None and country.kind == "country":
            name = capital_name(country.country or "")
        if country is None or name is None:
            return None
        towns = [
            place
            for place in self.ground.gazetteer.find(name)
            if place.country == country.country and place.kind == "settlement"
        ]
        if not towns:
            return None
        spot = self.ground.place_spot(max(towns, key=lambda town: town.population or 0))
        told = f"The capital of {country.name}: {spot.explanation}"
        return replace(spot, confidence=country.confidence, explanation=told)

    def _border(self, node: Border, ranked: Names) -> Spot | None:
        """Return the strip on both sides of a border: of namesakes, those that meet."""
        pairs = [
            (one, two)
            for one, two in product(
                self._sides(node.place, ranked), self._sides(node.other, ranked)
            )
            if one is not None
        ]
        pairs.sort(key=lambda pair: -pair[0].confidence * (pair[1].confidence if pair[1] else 1.0))
        apart = 0.0  # the chance of the pairs that do not meet, which therefore were not meant
        for one, two in pairs:
            border = border_of(self.ground, one, two)
            if border is not None:
                return replace(border, confidence=min(0.99, border.confidence / (1.0 - apart)))
            apart = min(0.9, apart + one.confidence * (two.confidence if two else 1.0))
        return None

    def _offset(self, node: Offset, ranked: Names) -> Spot | None:
        """Return the sector about the point at a distance and bearing."""
        anchor = self._anchor(node.place, ranked)
        return anchor and relations.offset(self.ground, anchor, node.metres, node.bearing)

    def _bearing(self, node: Bearing, ranked: Names) -> Spot | None:
        """Return the sector in a direction from a place."""
        anchor = self._anchor(node.place, ranked)
        return anchor and relations.direction_of(self.ground, anchor, node.bearing)

    def _distance(self, node: Distance, ranked: Names) -> Spot | None:
        """Return the ring or disc at a distance from a place."""
        anchor = self._anchor(node.place, ranked)
        return anchor and relations.at_distance(anchor, node.metres, within=node.within)

    def _near(self, node: Near, ranked: Names) -> Spot | None:
        """Return what is near a place, or its outskirts."""
        if isinstance(node.place, Several):
            members = tuple(Near(member, node.closeness) for member in node.place.members)
            return self._several(Several(members), ranked)
        anchor = self._anchor(node.place, ranked)
        return anchor and relations.near(self.ground, anchor, node.closeness)

    def _between(self, node: Between, ranked: Names) -> Spot | None:
        """Return the corridor between two places."""
        return self._joined(node.place, node.other, ranked, road=False)

    def _road(self, node: Road, ranked: Names) -> Spot | None:
        """Return the corridor of a road between two places."""
        return self._joined(node.place, node.other, ranked, road=True)

    def _joined(
        self, one: Expression, two: Expression, ranked: Names, *, road: bool
    ) -> Spot | None:
        """Return the corridor that joins two places."""
        first, second = self._anchor(one, ranked), self._anchor(two, ranked)
        if first is None or second is None:
            return None
        return relations.between(first, second, road=road)

    def _along(self, node: Along, ranked: Names) -> Spot | None:
        """Return the corridor along a river or another line."""
        if not isinstance(node.place, Name):
            return self.spot(node.place, ranked)
        spot = self._water(node.place, ranked) or self._chosen(node.place, ranked, ("water",))
        return spot and along_river(self.ground, spot, node.side)

    def _within(self, node: Within, ranked: Names) -> Spot | None:
        """Return what of a line or a border lies in an area: of a border, first that of the area itself."""
        if isinstance(node.place, Border) and node.place.other is None:
            shared = self._border(Border(node.other, node.place.place), ranked)
            if shared is not None:
                return shared
        spot = self.spot(node.place, ranked)
        area = self._area(node.other, ranked)
        if spot is None or area is None or not is_area(area):
            return spot
        return clipped(spot, area)

    def _water(self, node: Name, ranked: Names) -> Spot | None:
        """Return the likeliest river or lake of a name, though a town of the name is likelier by itself."""
        found = ranked.get(node, Ranked())
        pairs = zip(found.places, found.chances, strict=True)
        waters = [pair for pair in pairs if pair[0].kind == "water" and pair[0].matched != "fuzzy"]
        if not waters:
            return None
        total = sum(chance for _, chance in waters)
        spot = self.ground.place_spot(waters[0][0])
        return spot.chosen(max(found.confidence, 0.8) * waters[0][1] / total)

    def _joint(self, node: Joint, ranked: Names) -> Spot | None:
        """Return what three or more places enclose; null where fewer than three are known."""
        find = self._area if node.how == "meeting" else self._anchor
        spots = [spot for member in node.members if (spot := find(member, ranked)) is not None]
        if len(spots) < _CORNERS:
            return None
        return meeting(spots) if node.how == "meeting" else triangle(spots)

    def _several(self, node: Several, ranked: Names) -> Spot | None:
        """Return several places as one geometry; those not known are left out and said to be."""
        spots = [self.spot(member, ranked) for member in node.members]
        known = [spot for spot in spots if spot is not None]
        if not known:
            return None
        if len(known) == 1 and len(spots) == 1:
            return known[0]
        return together(known, len(spots) - len(known))


def _of_waters(node: Name, order: list[tuple[Place, float]]) -> list[tuple[Place, float]]:
    """Return the candidates that can be meant: of "the Gulf of X" none that is merely called X."""
    if node.noun != "water":
        return order
    key = name_key(node.full)
    return [pair for pair in order if pair[0].kind in _WATERS or name_key(pair[0].name) == key]


def _akin(one: Place, two: Place) -> bool:
    """Tell whether two places of one name are a region and a town in it, or of one country at least."""
    if one.matched == "fuzzy" or one.kind == "country" or two.kind == "country":
        return False
    if one.kind == "settlement":
        town = (
            (one.population or 0) >= _TOWN
            and one.country == two.country
            and one.matched == two.matched
        )
        return town or (one.admin1 is not None and one.admin1 == two.admin1)
    return one.country == two.country
