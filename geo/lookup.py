"""Candidates of names: what the gazetteer knows of each, kept as arrays between reports."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Indel

from dateline.geo.candidates import Named, candidates
from dateline.geo.conflicts import conflict_share
from dateline.geo.grammar import grammar, has_grammar
from dateline.geo.meant import summed_up
from dateline.geo.names import (
    name_key,
    name_keys,
    name_prefixes,
    query_forms,
    query_keys,
    respelt,
)
from dateline.geo.scripts import native_countries
from dateline.geo.sound import Sounds
from dateline.geo.tables import read_tables
from dateline.geo.tokens import fold
from dateline.geo.wide import country_point, wide_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.geo.candidates import Candidates
    from dateline.geo.expression import Name
    from dateline.geo.gazetteer import Gazetteer
    from dateline.geo.meant import Meant
    from dateline.geo.place import Place

__all__ = ["Lookup"]

_MET = 200_000  # stretches of texts of one language, known or not; about 20 MB
_KEPT = 20_000  # names; about 40 MB at worst
_MOST = 40  # candidates of one name: the most populous, areas always
_SOUNDS_KEPT = 300_000  # names that are kept by their sound: about all there are; some 60 MB
_AT_WAR = 0.7  # share of the news of wars of a land whose villages are all weighed
_AREAS = ("region", "country", "district")
_SHORTEST_FUZZY = 5
_SHORTEST_STEM = 4
_LOOSE_VARIANT = 0.2
_TOWN = 50_000  # inhabitants of a town that a region may be named after
_SHORT_REST = 4  # letters
_REST, _SHORT_REST_CHANCE = (
    0.85,
    0.4,
)  # chance that what is left without the preposition is the name meant
_NAMED_ABROAD = 1_000_000  # inhabitants of a city that every script's news name
_FOREIGN_SMALL = (
    0.6  # chance that a smaller one is meant, not one that the gazetteer lacks in that script
)
_SIMILAR = 10  # similar spellings to weigh
_ALIKE = 0.85  # least likeness of a similar spelling
_AS_GOOD = 0.06  # of several, those that are so near the best


class Lookup:
    """Looks names up in the gazetteer, many at once, and remembers them.

    Parameters
    ----------
    gazetteer
        Where places are.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._sounds: OrderedDict[str, Sounds] = OrderedDict()
        self._known: OrderedDict[tuple[str, str | None], tuple[Place, ...]] = OrderedDict()
        self._further: dict[tuple[str, str | None], tuple[Place, ...]] = {}
        self._arrays: OrderedDict[tuple[Any, ...], Candidates] = OrderedDict()
        self._areas: dict[tuple[str, str | None], frozenset[str]] = {}
        self._met: dict[str, dict[str, bool]] = {}
        self._meant: dict[tuple[str, str], Meant] = {}
        self._meant_areas: dict[tuple[str, str, str], Meant | None] = {}

    def knows(self, names: Iterable[str], language: str) -> set[str]:
        """Return the names that have a key in the gazetteer, or are an alias or a large area."""
        met = self._met.setdefault(language, {})
        if len(met) > _MET:
            met.clear()
        wanted = set(names)
        new = [name for name in wanted if name not in met]
        if new:
            met.update(zip(new, self._known_now(new, language), strict=True))
        return {name for name in wanted if met[name]}

    def _known_now(self, names: Sequence[str], language: str) -> list[bool]:
        """Return whether each name is known, as it is or with the language's letters for foreign sounds changed."""
        known = self._known_as_is(names, language)
        others = {
            position: other
            for position, name in enumerate(names)
            if not known[position] and (other := respelt(name, language)) is not None
        }
        if others:
            hits = self._known_as_is([*others.values()], language)
            for position, hit in zip(others, hits, strict=True):
                known[position] = hit
        return known

    def _known_as_is(self, names: Sequence[str], language: str) -> list[bool]:
        """Return whether each name is known as it is written."""
        spoken = language if self.inflects(language) else None
        forms = [query_forms(name, spoken) if spoken else (name,) for name in names]
        made = iter(name_keys([form for each in forms for form in each]))  # all at once is faster
        keyed = [[key for _ in each if (key := next(made))] for each in forms]
        hits = self.gazetteer.known([key for keys in keyed for key in keys])
        known, at = [], 0
        for name, keys in zip(names, keyed, strict=True):
            hit = any(hits[at : at + len(keys)]) or any(map(wide_places, keys))
            known.append(hit or self._alias_name(name, language) is not None)
            at += len(keys)
        return known

    def meant(self, names: Iterable[str], language: str) -> dict[str, Meant]:
        """Return what each name can mean, summed up; names without places are left out."""
        found: dict[str, Meant] = {}
        new = []
        for name in names:
            meant = self._meant.get((name, language))
            if meant is None:
                new.append(name)
            else:
                found[name] = meant
        if len(self._meant) > _MET:
            self._meant.clear()
        for name, places in self.places(new, language).items():
            if places:
                alias = self._alias_name(name, language) is not None
                found[name] = self._meant[name, language] = summed_up(
                    name, language, places, exact=alias, inflects=self.inflects(language)
                )
        return found

    def meant_areas(
        self, nouns: Mapping[str, Sequence[tuple[str, str]]], language: str
    ) -> dict[str, Meant]:
        """Return what names mean that a generic word beside them says to be areas; the others are left out.

        Parameters
        ----------
        nouns
            By name, which is that of an area or an adjective made of it ("Харківської"): "region" or "district",
            and name and generic word as they stand; for each word beside it, likeliest first.
        language
            ISO 639-1 code.
        """
        found: dict[str, Meant] = {}
        for name, (noun, full) in ((name, each) for name, some in nouns.items() for each in some):
            key = (full, noun, language)
            if key not in self._meant_areas:
                places = self._areas_named(name, full, noun, language)
                self._meant_areas[key] = (
                    summed_up(name, language, places, exact=True, inflects=True) if places else None
                )
            if (meant := self._meant_areas[key]) is not None:
                found.setdefault(name, meant)
        if len(self._meant_areas) > _MET:
            self._meant_areas.clear()
        return found

    def _areas_named(self, name: str, full: str, noun: str, language: str) -> list[Place]:
        """Return the regions or districts that a name, or an adjective, can mean beside the generic word of one."""
        known = self.places([full, name], language)
        own = [place for text in (full, name) for place in known[text] if place.kind == noun]
        return own or self._of_stem(name, noun)

    def places(self, names: Iterable[str], language: str | None) -> dict[str, tuple[Place, ...]]:
        """Return the places each name can mean, exact and variant spellings."""
        wanted = list(dict.fromkeys(names))
        missing = [name for name in wanted if (name, language) not in self._known]
        if missing:
            spelt = {name: self._alias(name, language) for name in missing}
            known = self.gazetteer.find_many(set(spelt.values()), language)
            for full, places in self._respelt(list(known), language).items():
                have = {place.id for place in known[full]}
                known[full] += [place for place in places if place.id not in have]
            for name, full in spelt.items():
                places = self._of_id(full) or [
                    *self._wide(full, known[full], language),
                    *known[full],
                ]
                first, further = _parted([_pointed(place) for place in places])
                self._known[name, language] = first
                if further:
                    self._further[name, language] = further
        found = {name: self._known[name, language] for name in wanted}
        while len(self._known) > _KEPT:
            gone, _ = self._known.popitem(last=False)
            self._further.pop(gone, None)
        return found

    def _respelt(self, names: Iterable[str], language: str | None) -> dict[str, list[Place]]:
        """Return the places of names with the language's letters for foreign sounds changed, as other spellings."""
        others = {name: other for name in names if (other := respelt(name, language)) is not None}
        if not others:
            return {}
        found = self.gazetteer.find_many(set(others.values()), language)
        return {
            name: [replace(place, matched="variant") for place in found[other]]
            for name, other in others.items()
        }

    def _wide(self, name: str, known: Sequence[Place], language: str | None) -> list[Place]:
        """Return the large areas of a name that the gazetteer has not as an area itself."""
        if any(place.kind in ("region", "country") and place.matched == "exact" for place in known):
            return []
        keys = (
            query_keys(name, language) if language and self.inflects(language) else [name_key(name)]
        )
        return [place for key in keys for place in wide_places(key)]

    def _alias(self, name: str, language: str | None) -> str:
        """Return the name the gazetteer has for a short or other name."""
        if language is None or not has_grammar(language):
            return name
        words = grammar(language).words
        people = words.demonyms.get(fold(name))
        return self._alias_name(name, language) or (f"iso:{people}" if people else name)

    def _alias_name(self, name: str, language: str) -> str | None:
        """Return the alias of a name, or of what it may be an inflected form of; null where none has one."""
        words = grammar(language).words
        known = words.alias(name)
        if known is None and self.inflects(language):
            folded = fold(name)
            # the forms of the name as written are at hand, and mostly those of the folded one
            spelt = name if folded == name.casefold() else folded
            known = words.alias_of([folded, *map(str.casefold, query_forms(spelt, language))])
        return known

    def _of_id(self, text: str) -> list[Place]:
        """Return the place of an identifier, none where the text is a name."""
        place = self.gazetteer.get(text) if text.startswith("iso:") else None
        return [] if place is None else [place]

    def sounds(self, country: str) -> Sounds:
        """Return the names of a country by their sound.

        Parameters
        ----------
        country
            ISO 3166-1 alpha-2.
        """
        if country not in self._sounds:
            self._sounds[country] = Sounds(self.gazetteer.names_in(country))
            while len(self._sounds) > 1 and sum(map(len, self._sounds.values())) > _SOUNDS_KEPT:
                self._sounds.popitem(last=False)
        self._sounds.move_to_end(country)
        return self._sounds[country]

    def inflects(self, language: str) -> bool:
        """Tell whether names of a language have more forms than the one."""
        return language in _inflected()

    def candidates(
        self, names: Iterable[Name], language: str | None, *, fuzzy: bool
    ) -> dict[Name, Candidates]:
        """Return the candidates of each name: with its generic word, without it, at last by similar spelling."""
        wanted = list(dict.fromkeys(names))
        texts = [text for name in wanted for text in (name.full, name.text)]
        places = self.places(texts, language)
        found: dict[Name, Candidates] = {}
        new: dict[tuple[Any, ...], Named] = {}
        keys = {name: self._array_key(name, language, fuzzy=fuzzy) for name in wanted}
        for name, key in keys.items():
            known = self._arrays.get(key)
            if known is not None:
                found[name] = known
            elif key not in new:
                new[key] = self._named(name, places, language, fuzzy=fuzzy)
        if new:
            self._arrays.update(zip(new, candidates(list(new.values())), strict=True))
            found |= {name: self._arrays[key] for name, key in keys.items()}
        while len(self._arrays) > _KEPT:
            self._arrays.popitem(last=False)
        return found

    def _array_key(self, name: Name, language: str | None, *, fuzzy: bool) -> tuple[Any, ...]:
        """Return what a name's candidates depend on; where it has very many, the areas it is said to lie in too."""
        many = name.within and any((t, language) in self._further for t in (name.full, name.text))
        return (name.full, name.text, language, fuzzy, *(name.within if many else ()))

    def _further_within(self, name: Name, language: str | None) -> dict[str, Place]:
        """Return by identifier those of a name's further places that lie in the areas it is said to lie in."""
        codes = {code for area in name.within for code in self.area_codes(area, language)}
        texts = dict.fromkeys((name.full, name.text))
        return {
            place.id: place
            for text in texts
            for place in self._further.get((text, language), ())
            if codes & {place.admin1, f"{place.country}/{place.district}"}
        }

    def _named(
        self,
        name: Name,
        places: dict[str, tuple[Place, ...]],
        language: str | None,
        *,
        fuzzy: bool,
    ) -> Named:
        """Return a name's places with how it is written."""
        inflects = language is not None and self.inflects(language)
        joined = self._joined(name, places, fuzzy=fuzzy)
        if name.within:
            joined += tuple(self._further_within(name, language).values())
        # where one place is written just so, in some case, another spelling speaks against the others
        loose = (inflects or not name.text.isascii()) and not any(
            place.matched == "exact" for place in joined
        )
        spoken = language if inflects else None
        texts = dict.fromkeys(self._alias(text, language) for text in (name.full, name.text))
        keys = frozenset(key for text in texts for key in query_keys(text, spoken))
        weight = _LOOSE_VARIANT if loose else 1.0
        native = native_countries(name.text)
        reading = self._reading(name.text, language)
        areas = ("country",) if reading < 1.0 else ("country", *_AREAS, "water")
        if not native or any(_is_named_abroad(place, native, areas) for place in joined):
            reading = 1.0
        else:
            reading = min(reading, _FOREIGN_SMALL)
        return Named(joined, weight, keys, native, reading)

    def _reading(self, text: str, language: str | None) -> float:
        """Return the chance that a name is read as meant where its first letters are taken for a preposition."""
        if (
            language is None
            or not any(text.startswith(prefix) for prefix in name_prefixes(language))
            or self.gazetteer.known([name_key(text)])[0]
            or self._alias(text, language) != text
        ):
            return 1.0
        rest = min(len(text) - len(p) for p in name_prefixes(language) if text.startswith(p))
        return _REST if rest > _SHORT_REST else _SHORT_REST_CHANCE

    def _joined(
        self, name: Name, places: dict[str, tuple[Place, ...]], *, fuzzy: bool
    ) -> tuple[Place, ...]:
        """Return the places of the full and of the bare name, each once."""
        whole = places[name.full]
        as_written = name.full != name.text and any(
            place.matched == "exact" or (place.kind == name.noun and place.kind in _AREAS)
            for place in whole
        )
        joined = {place.id: place for place in (*(() if as_written else places[name.text]), *whole)}
        if name.noun in _AREAS and not any(place.kind == name.noun for place in joined.values()):
            joined |= {place.id: place for place in self._of_stem(name.text, name.noun)}
        joined |= {place.id: place for place in self._regions_of(tuple(joined.values()))}
        joined |= {place.id: place for place in _seats(tuple(joined.values()))}
        if joined or not fuzzy or len(name.text) < _SHORTEST_FUZZY:
            return tuple(joined.values())
        alike = [
            (_likeness(name.text, place.name), place)
            for place in self.gazetteer.fuzzy(name.text, _SIMILAR)
        ]
        best = max((ratio for ratio, _ in alike), default=0.0)
        return tuple(place for ratio, place in alike if ratio >= max(_ALIKE, best - _AS_GOOD))

    def _of_stem(self, text: str, noun: str) -> list[Place]:
        """Return areas whose name an adjective is made of ("Курскай" of Kursk): all but its ending."""
        last = len(text.rpartition(" ")[2])  # no adjective is cut to the word before it
        stems = [text[:-cut] for cut in range(1, 6) if last - cut >= _SHORTEST_STEM]
        found = self.gazetteer.find_many(stems)
        for stem in stems:
            areas = [place for place in found[stem] if place.kind == noun]
            if areas:
                return [replace(place, matched="variant") for place in areas]
        return []

    def _regions_of(self, places: Sequence[Place]) -> list[Place]:
        """Return the regions that have their name from a large town among the places, where not found by it."""
        have = {place.admin1 for place in places if place.kind == "region"}
        towns = [p for p in places if p.kind == "settlement" and (p.population or 0) >= _TOWN]
        found = []
        for town in towns[:3]:
            if town.admin1 is None or town.admin1 in have:
                continue
            region = self.gazetteer.get(f"iso:{town.admin1}")
            if region is not None and name_key(region.name).startswith(name_key(town.name)):
                found.append(replace(region, matched=town.matched))
                have.add(town.admin1)
        return found

    def area_codes(self, text: str, language: str | None) -> frozenset[str]:
        """Return ISO codes of the countries and regions a name means; of districts and towns "CC/name"."""
        key = (text, language)
        if key not in self._areas:
            if len(self._areas) > _KEPT:
                self._areas.clear()
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


def _likeness(one: str, other: str) -> float:
    """Return how much two names are alike, 0 to 1, by their letters or by their keys."""
    pairs = ((fold(one), fold(other)), (name_key(one), name_key(other)))
    return max(Indel.normalized_similarity(*pair) for pair in pairs)


@cache
def _inflected() -> frozenset[str]:
    """Return the languages whose names have endings or particles written together with them."""
    tables = read_tables("inflection.toml")
    return frozenset(
        code for code, table in tables.items() if table.get("endings") or table.get("prefixes")
    )


def _is_named_abroad(place: Place, native: frozenset[str], areas: tuple[str, ...]) -> bool:
    """Tell whether people who write in a script of `native` countries name a place: their own, areas, large towns."""
    return (
        place.kind in areas or place.country in native or (place.population or 0) >= _NAMED_ABROAD
    )


def _pieces(text: str) -> list[str]:
    """Return the names of a chain of larger places ("Sudzha district, Kursk region")."""
    return [piece.strip() for piece in text.split(",") if piece.strip()]


def _pointed(place: Place) -> Place:
    """Return a country at the point where it is written on a map."""
    point = country_point(place.country) if place.kind == "country" else None
    return place if point is None else replace(place, lon=point[0], lat=point[1])


def _parted(places: list[Place]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return the places of a name that are always weighed, and the others.

    The former are forty with the areas, and forty more of lands at war, whose villages are many and have few people.
    """
    if len(places) <= _MOST:
        return tuple(places), ()
    areas = [place for place in places if place.kind in _AREAS]
    others = [place for place in places if place.kind not in _AREAS]
    cut = max(0, _MOST - len(areas))
    first, further = others[:cut], others[cut:]
    at_war = [p for p in further if p.matched == "exact" and conflict_share(p) >= _AT_WAR][:_MOST]
    taken = {place.id for place in at_war}
    rest = tuple(place for place in further if place.id not in taken)
    return (*areas, *first, *at_war), rest


def _seats(places: Sequence[Place]) -> list[Place]:
    """Return the towns that regions spelt just so are named after, as spelt just so themselves.

    Gazetteers have names of regions in more languages than those of their towns: who writes
    "Mykolajiv" means the city, or the region that is called after it.
    """
    found = []
    for region in places:
        if region.kind != "region" or region.matched != "exact" or not region.admin1:
            continue
        towns = [
            place
            for place in places
            if place.kind == "settlement" and place.admin1 == region.admin1
        ]
        seat = max(towns, key=lambda place: place.population or 0, default=None)
        if seat is not None and seat.matched == "variant" and (seat.population or 0) >= _TOWN:
            found.append(replace(seat, matched="exact"))
    return found
