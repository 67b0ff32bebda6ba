"""Place expressions in running text: known names, and the words around them that belong to the expression."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dateline.geo.coordinates import parse_coordinates
from dateline.geo.designated import designated
from dateline.geo.expression import Name
from dateline.geo.grammar import KINDS, grammar, has_grammar
from dateline.geo.hearing import heard_names
from dateline.geo.larger import with_larger_places
from dateline.geo.meant import spoken_in
from dateline.geo.parser import Reading, parse
from dateline.geo.patterns import patterns
from dateline.geo.peoples import peoples
from dateline.geo.running_text import RunningText
from dateline.geo.span import Span
from dateline.geo.spans import Spans
from dateline.geo.spotting import Spotted, spot_names
from dateline.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.geo.designated import Designated
    from dateline.geo.expression import NounClass
    from dateline.geo.hearing import HeardName
    from dateline.geo.location import Location
    from dateline.geo.lookup import Lookup
    from dateline.geo.sound import Sounds

__all__ = ["Finder", "Found"]

_CLAUSE_END = re.compile(r"[.!?;:\n。]")
_COUNTRIES = 3  # that names in another script are sought in
_NO_CUES = np.zeros(0)
_WINDOW = 110  # characters of a clause kept on each side of a name
_OPENS_LARGER = frozenset((",", "("))  # before the larger place that a name lies in
_ORDER = {kind: number for number, kind in enumerate(KINDS)}
_FIRST, _REST = "\ue000", "\ue001"
_COORDINATES = re.compile(
    r"\d{1,3}\s*°[^\n;]{3,40}?[EWВЗ](?!\w)|(?<![\d.])-?\d{1,2}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}(?![\d.])"
)
_DECIMALS = re.compile(r"\.\d{3}")


@dataclass(frozen=True, slots=True)
class Found:
    """A place expression in a text.

    Attributes
    ----------
    start, end
        Offsets in code points.
    text
        The words.
    kind
        The location's kind.
    location
        Where it is.
    people
        True where it is no place but an adjective or a people ("Russian", "Syrians").
    """

    start: int
    end: int
    text: str
    kind: str
    location: Location
    people: bool = False


class Finder:
    """Finds place expressions.

    Parameters
    ----------
    lookup
        The names that are known.
    """

    def __init__(self, lookup: Lookup) -> None:
        self.lookup = lookup

    def spans(self, text: str, language: str, about: frozenset[str] = frozenset()) -> list[Span]:
        """Return the place expressions of a text, in order, none overlapping."""
        running = RunningText(text)
        names = spot_names(running, language, self.lookup, about=about)
        heard = self._heard(running, language, names, about)
        sounding = [
            Spotted(
                each.start, each.end, text[each.start : each.end], each.heard.likeness, _NO_CUES
            )
            for each in heard
        ]
        names = sorted([*names, *sounding], key=lambda name: name.start)
        called = designated(running, language, [(name.start, name.end) for name in names])
        listed = self._listed(text, called, language)
        names = sorted([*names, *listed], key=lambda name: name.start)
        borders = list(_people_borders(running, language))
        bordering = Spans((span.start, span.end) for span in borders)
        coordinates = [
            *_coordinates(text, language),
            *borders,
            *(
                each
                for each in peoples(running, language)
                if not bordering.meet(each.start, each.end)
            ),
            *_unlisted(called, listed),
        ]
        if not names:
            return sorted(coordinates, key=lambda span: span.start)
        stretches = self._stretches(running, names, language)
        spans = [
            (heard and self._heard_span(text, stretch, heard, language))
            or self._span(running, stretch, names, language)
            for stretch in stretches
        ]
        if called:
            spans = [_called(span, called) for span in spans]
        spans = with_larger_places(
            text, spans, language, lambda name: self.lookup.area_codes(name, language)
        )
        taken = Spans((span.start, span.end) for span in spans)
        return sorted(
            [*spans, *(each for each in coordinates if not taken.meet(each.start, each.end))],
            key=lambda span: span.start,
        )

    def _heard(
        self,
        running: RunningText,
        language: str,
        names: Sequence[Spotted],
        about: frozenset[str],
    ) -> list[HeardName]:
        """Return names that no gazetteer has in their script, with the name they sound like where the text is."""
        if lexicon(language)["script"] == "Latn":
            return []
        taken = [(name.start, name.end) for name in names]
        return heard_names(running, language, taken, self._sounds(names, language, about))

    def _listed(self, text: str, called: Sequence[Designated], language: str) -> list[Spotted]:
        """Return those of the names that a word says to be places which the gazetteer knows."""
        words = {each: text[each.start : each.end] for each in called}
        known = self.lookup.places(list(words.values()), language)
        return [
            Spotted(each.start, each.end, name, 1.0, _NO_CUES)
            for each, name in words.items()
            if known[name]
        ]

    def _sounds(
        self, names: Sequence[Spotted], language: str, about: frozenset[str]
    ) -> Iterator[Sounds]:
        """Yield the names of each country that a text speaks of by their sound; found out when first asked for."""
        counted = Counter(
            place.country
            for places in self.lookup.places([name.text for name in names], language).values()
            for place in places[:1]
            if place.country
        )
        named = [code for code, _ in counted.most_common()]
        countries = [*dict.fromkeys([*named, *sorted(about)])] or sorted(spoken_in(language))
        yield from map(self.lookup.sounds, countries[:_COUNTRIES])

    def _heard_span(
        self, text: str, stretch: tuple[int, int, str], heard: Sequence[HeardName], language: str
    ) -> Span | None:
        """Return a stretch that holds a name in another script, read with what it sounds like; null for others."""
        start, end, kind = stretch
        inside = next((each for each in heard if start <= each.start and each.end <= end), None)
        if inside is None:
            return None
        latin = inside.heard.name
        if kind == "name":
            return Span(start, end, (Reading(Name(latin, latin), "name", language),), heard=latin)
        words = f"{text[start : inside.start]}{latin}{text[inside.end : end]}"
        return Span(start, end, parse(words, language), heard=latin)

    def _stretches(
        self, running: RunningText, names: Sequence[Spotted], language: str
    ) -> list[tuple[int, int, str]]:
        """Return start, end and kind of expressions: the longest pattern around each name, else the name."""
        skeleton = _skeleton(running.folded, names)
        found: list[tuple[int, int, str]] = [(name.start, name.end, "name") for name in names]
        rules, glued = patterns(language), grammar(language).words.glued.pieces
        for start, end in _windows(running.folded, names):
            first = max(bisect_right(running.starts, start) - 1, 0)
            words = running.words[first : bisect_left(running.starts, end)]
            words += [piece for word in words for piece in glued(word)]
            found += [
                (start + opens, start + closes, kind)
                for opens, closes, kind in rules.matches(skeleton[start:end], words)
                if not _apposes(skeleton[start + opens : start + closes], language)
            ]
        return _apart(found)

    def _span(
        self,
        running: RunningText,
        stretch: tuple[int, int, str],
        names: Sequence[Spotted],
        language: str,
    ) -> Span:
        """Return a stretch with its readings; a bare name with the larger place named right after it."""
        start, end, kind = stretch
        words = running.text[start:end]
        if kind != "name":
            readings = tuple(r for r in parse(words, language) if r.kind != "inside") or parse(
                words, language
            )
            return Span(start, end, readings)
        outer = self._outer(running.text, end, names)
        noun: NounClass | None = "water" if self._is_river(running, start, end, language) else None
        name = Name(words, words, noun, () if outer is None else (outer,))
        return Span(start, end, (Reading(name, "name", language),))

    def _is_river(self, running: RunningText, start: int, end: int, language: str) -> bool:
        """Tell whether a name that can be a town or a river is the river, as its article says."""
        articles = grammar(language).words.articles
        if not articles or not running.text[start - 1 : start].isspace():
            return False
        before = running.folded[max(0, start - _WINDOW) : start].rsplit(None, 1)
        if not before or before[-1] not in articles:
            return False
        words = running.text[start:end]
        kinds = {place.kind for place in self.lookup.places([words], language)[words]}
        return "water" in kinds and kinds <= {"water", "settlement"}

    def _outer(self, text: str, end: int, names: Sequence[Spotted]) -> str | None:
        """Return the name that follows after a comma or in brackets ("Alexandria, La.")."""
        if text[end : end + 3].lstrip(" ")[:1] not in _OPENS_LARGER:
            return None
        following = next((name for name in names if name.start >= end), None)
        if following is None or text[end : following.start].strip(" ") not in {",", "("}:
            return None
        return following.text if following.start - end <= 3 else None  # noqa: PLR2004 (", " or " (")


def _apposes(words: str, language: str) -> bool:
    """Tell whether a list is none: what follows the comma is what the place before it is, "Goma, the capital of X"."""
    if "," not in words:
        return False
    rules = grammar(language)
    head, _, rest = words.partition(",")
    capital = rules.capital.search(rest)
    before = rest[: capital.start()].split() if capital and head else ["-"]
    return all(word in rules.words.articles for word in before)


def _unlisted(called: Sequence[Designated], listed: Sequence[Spotted]) -> list[Span]:
    """Return the names that a word says to be places and that no gazetteer knows, with no reading."""
    known = {name.start for name in listed}
    return [
        Span(each.start, each.end, (), called=each.kind)
        for each in called
        if each.start not in known
    ]


def _called(span: Span, called: Sequence[Designated]) -> Span:
    """Return a stretch with what a word beside its name says it is."""
    kind = next((c.kind for c in called if span.start <= c.start and c.end <= span.end), None)
    return span if kind is None else replace(span, called=kind)


def _coordinates(text: str, language: str) -> Iterator[Span]:
    """Yield coordinates written in a text."""
    if "°" not in text and _DECIMALS.search(text) is None:
        return
    for match in _COORDINATES.finditer(text):
        try:
            parsed = parse_coordinates(match[0])
        except ValueError:
            continue
        if parsed is not None:
            yield Span(match.start(), match.end(), (Reading(parsed, "coordinates", language),))


def _people_borders(running: RunningText, language: str) -> Iterator[Span]:
    """Yield the borders that only adjectives of nationality name: "the Turkish border"."""
    rules = grammar(language) if has_grammar(language) else None
    if rules is None or rules.people_borders is None:
        return
    border = rules.gates().get("{border}")
    if border is not None and border.search(running.folded) is None:
        return
    for match in rules.people_borders.finditer(running.folded):
        readings = parse(running.text[match.start() : match.end()], language)
        if any(reading.kind == "border" for reading in readings):
            yield Span(match.start(), match.end(), readings)


def _skeleton(folded: str, names: Sequence[Spotted]) -> str:
    """Return the folded text with each name replaced by signs that stand for a name."""
    parts, at = [], 0
    for name in names:
        parts += [folded[at : name.start], _FIRST, _REST * (name.end - name.start - 1)]
        at = name.end
    return "".join([*parts, folded[at:]])


def _windows(folded: str, names: Sequence[Spotted]) -> list[tuple[int, int]]:
    """Return the stretches of text to look for patterns in: what surrounds names within a clause."""
    opens, closes = _marks(folded)
    windows: list[tuple[int, int]] = []
    for name in names:
        start = max(0, name.start - _WINDOW)
        left = opens[bisect_left(opens, name.start) - 1]
        if left >= start and not (folded[left] == "." and folded[left + 1 : left + 2].isdecimal()):
            start = left + 1  # not where the mark is a number's
        end = min(closes[bisect_left(closes, name.end)], name.end + _WINDOW, len(folded))
        if windows and start <= windows[-1][1]:
            windows[-1] = (min(windows[-1][0], start), max(windows[-1][1], end))
        else:
            windows.append((start, end))
    return windows


def _marks(folded: str) -> tuple[list[int], list[int]]:
    """Return where the marks are before which a clause cannot reach, and those behind which it cannot."""
    opens, closes = [-1], []
    for mark in _CLAUSE_END.finditer(folded):
        opens.append(mark.start())
        if mark[0] != ".":
            closes.append(mark.start())
    return opens, [*closes, len(folded)]


def _apart(found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return stretches that do not overlap, the longest first to choose, in order of the text."""
    chosen: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(
        found, key=lambda f: (f[0] - f[1], f[0], _ORDER.get(f[2], len(_ORDER)))
    ):
        at = bisect_left(chosen, (start,))
        if (not at or chosen[at - 1][1] <= start) and (at == len(chosen) or end <= chosen[at][0]):
            chosen.insert(at, (start, end, kind))
    return chosen
