"""Candidates of names: what the gazetteer knows of each, kept as arrays between reports."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from dateline.geo.resolve import Candidates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.geo.expression import Name
    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.place import Place

__all__ = ["Lookup"]

_KEPT = 60_000  # names; about 100 MB at worst
_MOST = 40  # candidates of one name: the most populous, areas always
_AREAS = ("region", "country", "district")
_SHORTEST_FUZZY = 5


class Lookup:
    """Looks names up in the gazetteer, many at once, and remembers them.

    Parameters
    ----------
    gazetteer
        Where places are.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._known: OrderedDict[tuple[str, str | None], tuple[Place, ...]] = OrderedDict()
        self._arrays: OrderedDict[tuple[str, str, str | None, bool], Candidates] = OrderedDict()
        self._areas: dict[tuple[str, str | None], frozenset[str]] = {}

    def places(self, names: Iterable[str], language: str | None) -> dict[str, tuple[Place, ...]]:
        """Return the places each name can mean, exact and variant spellings."""
        wanted = list(dict.fromkeys(names))
        missing = [name for name in wanted if (name, language) not in self._known]
        if missing:
            for name, places in self.gazetteer.find_many(missing, language).items():
                self._known[name, language] = tuple(_shortened(places))
        found = {name: self._known[name, language] for name in wanted}
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found

    def candidates(
        self, names: Iterable[Name], language: str | None, *, fuzzy: bool
    ) -> dict[Name, Candidates]:
        """Return the candidates of each name: with its generic word, without it, at last by similar spelling."""
        wanted = list(dict.fromkeys(names))
        texts = [text for name in wanted for text in (name.full, name.text)]
        places = self.places(texts, language)
        found: dict[Name, Candidates] = {}
        for name in wanted:
            key = (name.full, name.text, language, fuzzy)
            if key not in self._arrays:
                self._arrays[key] = Candidates(self._joined(name, places, fuzzy=fuzzy))
            found[name] = self._arrays[key]
        while len(self._arrays) > _KEPT:
            self._arrays.popitem(last=False)
        return found

    def _joined(
        self, name: Name, places: dict[str, tuple[Place, ...]], *, fuzzy: bool
    ) -> tuple[Place, ...]:
        """Return the places of the full and of the bare name, each once."""
        joined = {place.id: place for place in (*places[name.text], *places[name.full])}
        if joined or not fuzzy or len(name.text) < _SHORTEST_FUZZY:
            return tuple(joined.values())
        return tuple(self.gazetteer.fuzzy(name.text))

    def area_codes(self, text: str, language: str | None) -> frozenset[str]:
        """Return ISO codes of the countries and regions a name means; of districts and towns "CC/name"."""
        key = (text, language)
        if key not in self._areas:
            codes: set[str] = set()
            for part in _pieces(text):
                codes |= self._codes_of(part, language)
            self._areas[key] = frozenset(codes)
        return self._areas[key]

    def _codes_of(self, text: str, language: str | None) -> set[str]:
        """Return the codes of one name."""
        codes: set[str] = set()
        for place in self.places([text], language)[text]:
            if place.kind == "country" and place.country:
                codes.add(place.country)
            elif place.kind == "region" and place.admin1:
                codes.add(place.admin1)
            elif place.kind == "district":
                codes.add(f"{place.country}/{place.district or place.name}")
        return codes


def _pieces(text: str) -> list[str]:
    """Return the names of a chain of larger places ("Sudzha district, Kursk region")."""
    return [piece.strip() for piece in text.split(",") if piece.strip()]


def _shortened(places: list[Place]) -> list[Place]:
    """Return at most forty places of a name; areas are never left out."""
    if len(places) <= _MOST:
        return places
    areas = [place for place in places if place.kind in _AREAS]
    others = [place for place in places if place.kind not in _AREAS]
    return areas + others[: max(0, _MOST - len(areas))]
