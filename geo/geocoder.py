"""The geocoder: place expressions, alone or in running text, to locations with their uncertainty."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.errors import InputError
from dateline.geo.evaluate import Evaluator, Spot
from dateline.geo.expression import Name, Part, names_of
from dateline.geo.finder import Finder, Found
from dateline.geo.gazetteer import Gazetteer
from dateline.geo.home import said_in_full
from dateline.geo.located import as_heard, location_of, unplaced
from dateline.geo.location import Location
from dateline.geo.lookup import Lookup
from dateline.geo.parser import Reading, language_of, parse
from dateline.geo.partly import halves, of_half
from dateline.geo.region import Regions
from dateline.geo.resolve import Hint, Ranked, resolve, resolve_many

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from dateline.geo.candidates import Candidates


__all__ = ["Context", "Found", "Geocoder"]

_LEAST = 0.25  # confidence: less is told by nobody to a reader; no match is an answer
_UNLIKELY = 0.5  # confidence of a place abroad that leaves it worth listening for one at home
_UNLIKE, _ALIKE = 0.7, 0.95  # likeness of sound that tells nothing, and that tells all it can
_KEPT = 5_000  # locations; some 15 MB
_AT_ONCE = 1_000  # expressions whose names are looked up together
_LOOSE_CHANCE = 0.6  # that a direction before "X region" is an epithet, not a part of it
_WHOLE_NAME_WINS = frozenset(
    {
        "border",
        "part_adjective",
        "near",
        "along",
        "inside",
        "named",
        "outskirts",
        "several",
        "part",
        "glued",
    }
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known about a report before its places are read.

    Attributes
    ----------
    language
        ISO 639-1 code of the text.
    country
        ISO 3166-1 alpha-2 code of the country it is about.
    near
        Longitude and latitude, degrees, of what it is about.
    published
        Day of publication; places have no dates yet, so nothing depends on it.
    text
        The report itself: the places it names help to tell which namesake an expression means, and all
        expressions located in one call are then taken to be of this report.
    about
        ISO 3166-1 alpha-2 codes of the countries whose people and forces the text speaks of: a foreign
        name is then likelier to be a place there than a person's.
    """

    language: str | None = None
    country: str | None = None
    near: tuple[float, float] | None = None
    published: str | None = None
    text: str | None = None
    about: frozenset[str] = frozenset()


class _Names(NamedTuple):
    """Names of one report, each set of candidates once with its hint, ready to be settled."""

    keys: dict[Name, tuple[Any, ...]]
    candidates: dict[tuple[Any, ...], Candidates]
    hints: list[Hint]

    def settled(self, ranked: Sequence[Ranked]) -> dict[Name, Ranked]:
        """Return the ranked candidates of each name."""
        by_key = dict(zip(self.candidates, ranked, strict=True))
        return {name: by_key[key] for name, key in self.keys.items()}


class Geocoder:
    """Locates place expressions.

    Parameters
    ----------
    gazetteer
        Places by name.
    regions
        Polygons and borders.
    """

    def __init__(self, gazetteer: Gazetteer, regions: Regions) -> None:
        self.gazetteer = gazetteer
        self.regions = regions
        self.lookup = Lookup(gazetteer)
        self._evaluator = Evaluator(gazetteer, regions)
        self._finder = Finder(self.lookup)
        self._cache: OrderedDict[tuple[str, Context], Location] = OrderedDict()

    @classmethod
    def open(
        cls, cache_dir: Path | None = None, progress: Callable[[float, str], None] | None = None
    ) -> Geocoder:
        """Open the gazetteer and the regions, building their indexes when first needed.

        Parameters
        ----------
        cache_dir
            Where the indexes are; null: `DATELINE_CACHE` or the user's cache directory.
        progress
            Called with the share done and a word on what is being done.
        """
        return cls(Gazetteer.open(cache_dir, progress=progress), Regions.open(cache_dir))

    def locate(self, texts: Sequence[str], context: Context | None = None) -> list[Location]:
        """Return the location of each expression, in order.

        Parameters
        ----------
        texts
            Place expressions. Without `context.text` each stands for itself.
        context
            What is known about where they come from.

        Returns
        -------
        list of Location
            One a text; geometry null where nothing matches. Never raises for what a text holds.
        """
        context = context or Context()
        missing = [text for text in dict.fromkeys(texts) if (text, context) not in self._cache]
        if context.text and missing:
            found = self._together(missing, context)
        else:
            found = {}
            for start in range(0, len(missing), _AT_ONCE):
                found |= self._each(missing[start : start + _AT_ONCE], context)
        for text, location in found.items():
            self._cache[text, context] = location
        located = [self._cache[text, context] for text in texts]
        while len(self._cache) > _KEPT:
            self._cache.popitem(last=False)
        return located

    def find(
        self, text: str, language: str, context: Context | None = None, *, peoples: bool = False
    ) -> list[Found]:
        """Return every place expression of a running text, all settled together.

        Parameters
        ----------
        text
            The text.
        language
            ISO 639-1 code of its language.
        context
            Country or point it is about, where known.
        peoples
            Give adjectives of nationality and names of peoples too ("Russian"), as their country with
            `people` true; they are never where an event happened.

        Returns
        -------
        list of Found
            In the order of the text, offsets in code points; expressions do not overlap. A name that a word
            beside it says to be a place has no location where no gazetteer, or more than one place, has it.
        """
        context = replace(context or Context(), language=language, text=None)
        spans = self._finder.spans(text, language, context.about)
        readings = [span.readings for span in spans]
        ranked = self._settle(readings, context, fuzzy=False, weigh=True)
        homes = _spoken_of(ranked, context)
        found = []
        for span in spans:
            if span.people and not peoples:
                continue
            location = self._location(text[span.start : span.end], span.readings, ranked, homes)
            if span.heard is not None:
                location = as_heard(location, span.heard)
            if (
                location.lon is not None
                and location.kind is not None
                and (location.confidence or 0.0) >= _LEAST
            ):
                found.append(
                    Found(
                        span.start, span.end, location.query, location.kind, location, span.people
                    )
                )
            elif span.called is not None:
                found.append(
                    Found(span.start, span.end, location.query, span.called, unplaced(location))
                )
        return found

    # settling ----------------------------------------------------------------------------------

    def _each(self, texts: Sequence[str], context: Context) -> dict[str, Location]:
        """Return the locations of expressions that each stand for themselves: looked up and settled in few steps."""
        located: dict[str, Location] = {}
        parsed: dict[str, tuple[Reading, ...]] = {}
        spoken: dict[str, str | None] = {}
        names: dict[str | None, dict[Name, None]] = {}
        for text in texts:
            try:
                parsed[text] = parse(text, context.language)
            except InputError as error:
                located[text] = Location(query=text, explanation=f"{error}.")
                continue
            spoken[text] = context.language or language_of(text)
            names.setdefault(spoken[text], {}).update(dict.fromkeys(_names_in(parsed[text])))
        known = {
            language: self.lookup.candidates(wanted, language, fuzzy=False)
            for language, wanted in names.items()
        }
        contexts = {language: replace(context, language=language) for language in names}
        grouped = [
            (text, self._grouped(list(_names_in(reads)), known[spoken[text]], {}, spoken[text]))
            for text, readings in parsed.items()
            for reads in _apart(readings)
        ]
        ranked = resolve_many(
            [([*names.candidates.values()], names.hints) for _, names in grouped],
            country=context.country,
            near=context.near,
        )
        settled: dict[str, dict[Name, Ranked]] = {text: {} for text in parsed}
        for (text, group), ranks in zip(grouped, ranked, strict=True):
            settled[text] |= group.settled(ranks)
        for text, readings in parsed.items():
            located[text] = self._alone(text, readings, contexts[spoken[text]], settled[text])
        return located

    def _alone(
        self,
        text: str,
        readings: tuple[Reading, ...],
        context: Context,
        ranked: Mapping[Name, Ranked],
    ) -> Location:
        """Return the location of an expression that stands for itself."""
        home = [context.country] if context.country else []
        location = self._location(text, readings, ranked, home)
        if location.lon is None and readings:
            # similar spellings are slow to look for, and only of what the words most likely mean
            likeliest = readings[:1]
            ranked = self._settle([likeliest], context, fuzzy=True)
            location = self._location(text, likeliest, ranked)
        if context.country and (location.confidence or 0.0) < _UNLIKELY:
            location = self._at_home(text, context) or location
        if location.lon is None and not any(name.noun == "water" for name in _names_in(readings)):
            location = self._of_half(text, context) or location
        if readings and _is_doubtful(location, context):
            whole = readings[-1] if readings[0].kind == "glued" else readings[0]
            heard = self._by_sound(text, whole, context)
            if heard.lon is not None and (heard.confidence or 0.0) > (location.confidence or 0.0):
                location = heard
        return location

    def _at_home(self, text: str, context: Context) -> Location | None:
        """Return the location of "the capital" or "the north of the country" in the country given, null of others."""
        assert context.country is not None
        full = said_in_full(text, context.language, context.country)
        if full is None:
            return None
        readings = parse(full, context.language)
        location = self._location(text, readings, self._settle([readings], context, fuzzy=False))
        return location if location.country == context.country else None

    def _of_half(self, text: str, context: Context) -> Location | None:
        """Return the location of the half of an expression that is understood, null where none is."""
        for half in halves(text, context.language):
            readings = parse(half, context.language)
            ranked = self._settle([readings], context, fuzzy=False)
            location = self._location(half, readings, ranked)
            if location.lon is not None and (location.confidence or 0.0) >= _LEAST:
                return of_half(text, location)
        return None

    def _by_sound(self, text: str, reading: Reading, context: Context) -> Location:
        """Return the location of an expression whose name is heard as one of the country spoken of."""
        assert context.country is not None
        sounds = self.lookup.sounds(context.country)
        for name in names_of(reading.expression):
            heard = None if name.text.isascii() else sounds.closest(name.text)
            if heard is not None:
                readings = parse(text.replace(name.text, heard.name), context.language)
                ranked = self._settle([readings], context, fuzzy=False)
                alike = min(1.0, (heard.likeness - _UNLIKE) / (_ALIKE - _UNLIKE))
                return as_heard(self._location(text, readings, ranked), heard.name, alike)
        return self._location(text, [reading], {})

    def _together(self, texts: Sequence[str], context: Context) -> dict[str, Location]:
        """Return the locations of expressions of one report, settled with all its places."""
        located: dict[str, Location] = {}
        parsed: dict[str, tuple[Reading, ...]] = {}
        for text in texts:
            try:
                parsed[text] = parse(text, context.language)
            except InputError as error:
                located[text] = Location(query=text, explanation=f"{error}.")
        spans = self._finder.spans(context.text or "", context.language or "en")
        readings = [*parsed.values(), *(span.readings for span in spans)]
        ranked = self._settle(readings, context, fuzzy=True, weigh=True)
        homes = _spoken_of(ranked, context)
        return located | {
            text: self._location(text, reads, ranked, homes) for text, reads in parsed.items()
        }

    def _settle(
        self,
        readings: Sequence[Sequence[Reading]],
        context: Context,
        *,
        fuzzy: bool,
        weigh: bool = False,
    ) -> dict[Name, Ranked]:
        """Return the ranked candidates of all names in readings; one report."""
        language = context.language
        counts: dict[Name, float] = {}
        for reads in readings:
            for name in _names_in(reads):
                counts[name] = counts.get(name, 0.0) + 1.0
        names = list(counts)
        candidates = self.lookup.candidates(names, language, fuzzy=fuzzy)
        grouped = self._grouped(names, candidates, counts if weigh else {}, language)
        ranked = resolve(
            [*grouped.candidates.values()],
            grouped.hints,
            country=context.country,
            near=context.near,
        )
        return grouped.settled(ranked)

    def _grouped(
        self,
        names: list[Name],
        candidates: Mapping[Name, Candidates],
        counts: Mapping[Name, float],
        language: str | None,
    ) -> _Names:
        """Return each set of candidates once: a name means one place in one report."""
        keys = {name: (candidates[name].ids, name.noun) for name in names}
        groups: dict[tuple[Any, ...], list[Name]] = {}
        for name, key in keys.items():
            groups.setdefault(key, []).append(name)
        out = _Names(keys, {}, [])
        for key, members in groups.items():
            inside: set[str] = set()
            for member in members:
                for outer in member.within:
                    inside |= self._larger(outer, language)
            # one spelling that may have been misread is doubt enough
            doubtful = min(members, key=lambda member: candidates[member].reading)
            out.candidates[key] = candidates[doubtful]
            weight = 1.0 + 0.1 * min(sum(counts.get(m, 1.0) for m in members) - 1.0, 5.0)
            out.hints.append(Hint(members[0].noun, frozenset(inside), weight))
        return out

    def _larger(self, name: str, language: str | None) -> frozenset[str]:
        """Return the codes of a larger place named after another, read as it stands or in a language."""
        tried = (self.lookup.area_codes(name, code) for code in (None, language, "en"))
        return next(filter(None, tried), frozenset())

    # readings ----------------------------------------------------------------------------------

    def _location(
        self,
        text: str,
        readings: Sequence[Reading],
        ranked: Mapping[Name, Ranked],
        homes: Sequence[str] = (),
    ) -> Location:
        """Return the location of the best reading; the others are candidates.

        `homes` are the countries that the report speaks of, most first: a border with another is theirs with it.
        """
        spots: list[Spot] = []
        for reading in self._ordered(readings, ranked):
            spot = self._evaluator.spot(reading.expression, ranked, homes)
            if spot is not None:
                spots.append(spot)
                if reading.loose and spot.kind == "part_of_region":
                    spots += self._whole(reading, ranked)
                break
        if not spots:
            return Location(query=text, explanation="No place of the gazetteer has this name.")
        if len(spots) > 1 and spots[1].kind == "region":
            spots = [
                replace(spots[1], confidence=spots[1].confidence * _LOOSE_CHANCE),
                replace(spots[0], confidence=spots[0].confidence * (1.0 - _LOOSE_CHANCE)),
            ]
        return location_of(text, spots[0], spots[1:])

    def _whole(self, reading: Reading, ranked: Mapping[Name, Ranked]) -> list[Spot]:
        """Return the whole region where a direction may be its mere epithet ("western Kursk region")."""
        part = reading.expression
        if (
            not isinstance(part, Part)
            or not isinstance(part.place, Name)
            or part.place.noun != "region"
        ):
            return []
        spot = self._evaluator.spot(part.place, ranked)
        return [] if spot is None else [spot]

    def _ordered(self, readings: Sequence[Reading], ranked: Mapping[Name, Ranked]) -> list[Reading]:
        """Return readings in the order to try: a name known as a whole goes before its parts."""
        if not readings:
            return []
        bare = readings[-1]
        order = [reading for reading in readings if self._holds(reading)]
        if bare.kind == "name" and isinstance(bare.expression, Name):
            known = ranked.get(bare.expression, Ranked()).places
            first = order[0].kind if order else "name"
            if known and known[0].matched == "exact" and first in _WHOLE_NAME_WINS:
                return [bare, *order]
        return order

    def _holds(self, reading: Reading) -> bool:
        """Tell whether a reading's larger places exist: "A, B" where B is none is a list."""
        if reading.kind != "inside":
            return True
        names = list(names_of(reading.expression))
        return all(
            bool(
                self.lookup.area_codes(outer, None)
                or self.lookup.area_codes(outer, reading.language)
            )
            for name in names
            for outer in name.within
        )


def _spoken_of(ranked: Mapping[Name, Ranked], context: Context) -> list[str]:
    """Return the countries that a report speaks of, most first; the given one before all."""
    mass: dict[str, float] = defaultdict(float)
    for found in ranked.values():
        if found.places and found.places[0].country:
            mass[found.places[0].country] += found.confidence
    given = [context.country] if context.country else []
    spoken = sorted(mass, key=lambda code: -mass[code])
    return list(dict.fromkeys([*given, *spoken]))


def _names_in(readings: Sequence[Reading]) -> dict[Name, None]:
    """Return the names in the readings of a stretch, each once and in one order: the same answer in every run."""
    return dict.fromkeys(n for reading in readings for n in names_of(reading.expression))


def _apart(readings: Sequence[Reading]) -> list[Sequence[Reading]]:
    """Return readings in groups whose names may tell of each other: a name and the rest of it after a preposition do not."""
    glued = [reading for reading in readings if reading.kind == "glued"]
    if not glued:
        return [readings]
    return [[reading for reading in readings if reading.kind != "glued"], glued]


def _is_doubtful(location: Location, context: Context) -> bool:
    """Tell whether a country is spoken of and a name was not found in it, or hardly."""
    if context.country is None:
        return False
    unlikely = (location.confidence or 0.0) < _UNLIKELY
    return location.lon is None or (location.country != context.country and unlikely)
