"""From the words of a place expression to its tree: readings in the order a reader would take them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from dateline.geo.coordinates import parse_coordinates
from dateline.geo.expression import (
    Along,
    Bearing,
    Between,
    Border,
    Coordinates,
    Distance,
    Expression,
    Name,
    Near,
    Offset,
    Part,
    Road,
    Several,
)
from dateline.geo.grammar import KINDS, Grammar, grammar, has_grammar, place_languages
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Reading", "language_of", "parse"]

_LONGEST = 300  # characters; longer texts are not place expressions
_DEPTH = 4
_NESTED = (
    "within",
    "near",
    "outskirts",
    "at",
    "part",
    "part_adjective",
    "border",
    "inside",
    "named",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an expression.

    Attributes
    ----------
    expression
        The tree.
    kind
        The kind of pattern that matched; "name" for a bare name, "several" for a list.
    language
        Whose lexicon it was.
    loose
        True where a direction stands directly before a name, so that it may be a mere epithet.
    """

    expression: Expression
    kind: str
    language: str
    loose: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    """A pattern that matched: the grammar and the text of each slot."""

    parser: _Parser
    groups: dict[str, str]
    depth: int

    def place(self, slot: str = "place") -> Expression | None:
        """Return what a slot holds."""
        return self.parser.slot(self.groups[slot], self.depth + 1) if slot in self.groups else None

    def metres(self) -> float | None:
        """Return the distance in metres."""
        return self.parser.grammar.words.metres(fold(self.groups["distance"]))

    def bearing(self) -> float | None:
        """Return the bearing in degrees, null for the centre."""
        text = self.groups.get("direction")
        return None if text is None else self.parser.grammar.words.bearing(fold(text))


def _offset(match: _Match) -> Expression | None:
    """Return the offset a match means."""
    place, metres, bearing = match.place(), match.metres(), match.bearing()
    if place is None or metres is None or bearing is None:
        return None
    return Offset(place, metres, bearing)


def _distance(match: _Match, *, within: bool) -> Expression | None:
    """Return the ring or disc a match means."""
    place, metres = match.place(), match.metres()
    return None if place is None or metres is None else Distance(place, metres, within)


def _bearing(match: _Match) -> Expression | None:
    """Return the sector a match means."""
    place, bearing = match.place(), match.bearing()
    return None if place is None or bearing is None else Bearing(place, bearing)


def _pair(match: _Match, node: Callable[[Expression, Expression], Expression]) -> Expression | None:
    """Return a node of two places."""
    place, other = match.place(), match.place("place2")
    return None if place is None or other is None else node(place, other)


def _border(match: _Match) -> Expression | None:
    """Return the border of one place, or between two."""
    place = match.place()
    if place is None:
        return None
    other = match.place("place2")
    if "place2" in match.groups:
        return None if other is None else Border(place, other)
    if isinstance(place, Several) and len(place.members) == 2:  # noqa: PLR2004 (two sides of a border)
        return Border(*place.members)
    return Border(place)


def _part(match: _Match) -> Expression | None:
    """Return a part of a place."""
    place = match.place()
    return None if place is None else Part(place, match.bearing())


def _part_adjective(match: _Match) -> Expression | None:
    """Return a part of a place, or what direction and name are together."""
    part = _part(match)
    name = match.parser.clean(match.groups["whole"])
    if part is None or name is None or not isinstance(part, Part):
        return part
    return replace(part, whole=Name(name, name))


def _outskirts(match: _Match) -> Expression | None:
    """Return the outskirts of a place."""
    place = match.place()
    return None if place is None else Near(place, "outskirts")


def _near(match: _Match) -> Expression | None:
    """Return the surroundings of a place."""
    place = match.place()
    return None if place is None else place if isinstance(place, (Near, Offset)) else Near(place)


def _along(match: _Match) -> Expression | None:
    """Return what lies along a line."""
    place = match.place()
    return None if place is None else Along(place)


def _inside(match: _Match) -> Expression | None:
    """Return a place with the larger place named after it."""
    place = match.place()
    outer = match.groups["place2"].strip()
    return None if place is None or not outer else _with_outer(place, outer)


def _named(match: _Match) -> Expression | None:
    """Return a name with its generic word."""
    name = match.parser.clean(match.groups["name"])
    noun = match.parser.grammar.words.noun(fold(match.groups["noun"]))
    if name is None or noun is None:
        return None
    return Name(name, match.groups["whole"], noun)


_BUILDERS: dict[str, Callable[[_Match], Expression | None]] = {
    "offset": _offset,
    "within": lambda match: _distance(match, within=True),
    "distance": lambda match: _distance(match, within=False),
    "bearing": _bearing,
    "between": lambda match: _pair(match, Between),
    "border": _border,
    "road": lambda match: _pair(match, Road),
    "along": _along,
    "outskirts": _outskirts,
    "near": _near,
    "part": _part,
    "part_adjective": _part_adjective,
    "at": lambda match: match.place(),
    "inside": _inside,
    "named": _named,
}


def _with_outer(expression: Expression, outer: str) -> Expression:
    """Return the expression with `outer` named after each of its names."""
    if isinstance(expression, Name):
        return replace(expression, within=(*expression.within, outer))
    if isinstance(expression, Several):
        return Several(tuple(_with_outer(member, outer) for member in expression.members))
    if isinstance(expression, Coordinates):
        return expression
    changed = {
        slot: _with_outer(child, outer)
        for slot in ("place", "other")
        if (child := getattr(expression, slot, None)) is not None
    }
    return replace(expression, **cast("Any", changed))


class _Parser:
    """Parses with the grammar of one language."""

    def __init__(self, rules: Grammar) -> None:
        self.grammar = rules

    def readings(self, text: str) -> list[Reading]:
        """Return all readings of a whole text; a bare name is always the last."""
        found: list[Reading] = []
        several = self._several(text, 0)
        for kind in KINDS:
            if kind == "inside" and several is not None:
                continue  # "A, B and C" is a list, though "A, B" may say where A is
            expression = self._first(kind, text, 0)
            if expression is not None:
                loose = kind == "part_adjective"
                found.append(Reading(expression, kind, self.grammar.words.language, loose))
        if several is not None:
            found.insert(
                next((i for i, reading in enumerate(found) if reading.kind == "named"), len(found)),
                Reading(several, "several", self.grammar.words.language),
            )
        name = self.clean(text)
        if name is not None:
            found.append(Reading(Name(name, name), "name", self.grammar.words.language))
        return found

    def slot(self, text: str, depth: int) -> Expression | None:
        """Return the best reading of what stands in a place slot."""
        name = self.clean(text)
        if name is None:
            return None
        if depth < _DEPTH:
            several = self._several(name, depth)
            if several is not None:
                return several
            for kind in _NESTED:
                found = self._first(kind, name, depth)
                if found is not None:
                    return found
        return Name(name, name)

    def _first(self, kind: str, text: str, depth: int) -> Expression | None:
        """Return the tree of the first pattern of a kind that matches all of `text`."""
        folded = fold(text)
        for pattern in self.grammar.whole[kind]:
            match = pattern.fullmatch(folded)
            if match is None:
                continue
            groups = {
                slot: text[slice(*match.span(slot))]
                for slot, value in match.groupdict().items()
                if value is not None
            }
            tree = _BUILDERS[kind](_Match(self, {**groups, "whole": text}, depth))
            if tree is not None:
                return tree
        return None

    def _several(self, text: str, depth: int) -> Expression | None:
        """Return the members of a list that ends in "and X", null if it is none."""
        folded = fold(text)
        marks = list(self.grammar.joiner.finditer(folded))
        if not marks or not self.grammar.last_joiner.search(marks[-1][0]):
            return None
        cuts = [0, *(at for mark in marks for at in mark.span()), len(text)]
        pieces = [text[cuts[i] : cuts[i + 1]] for i in range(0, len(cuts), 2)]
        shared = self._shared_noun(pieces)
        members = [self.slot(piece, depth + 1) for piece in pieces]
        if any(member is None for member in members):
            return None
        return Several(tuple(shared(member) for member in members if member is not None))

    def _shared_noun(self, pieces: list[str]) -> Callable[[Expression], Expression]:
        """Return what gives the list's generic word ("the villages of A, B") to members without one."""
        first, last = self.slot(pieces[0], _DEPTH - 1), self.slot(pieces[-1], _DEPTH - 1)
        nouns = [item.noun for item in (first, last) if isinstance(item, Name) and item.noun]

        def share(member: Expression) -> Expression:
            if nouns and isinstance(member, Name) and member.noun is None:
                return replace(member, noun=nouns[0])
            return member

        return share

    def clean(self, text: str) -> str | None:
        """Return a name without articles and marks around it, null if it cannot be a name."""
        name = text.strip(" \t\r\n,;:.!?\"'()[]«»“”„-–—")
        if text.rstrip().endswith(".") and re.search(r"(?:^|[\s.])\w\.?$", name):
            name += "."  # D.C., the end of an abbreviation
        words = fold(name).split()
        while words and words[0] in self.grammar.words.articles:
            name = name.split(None, 1)[1] if len(words) > 1 else ""
            words = words[1:]
        if not words or not any(sign.isalpha() for sign in name):
            return None
        if words[0] in self.grammar.words.glue or words[-1] in self.grammar.words.glue:
            return None
        if self.grammar.generic.fullmatch(fold(name)):
            return None
        return name


@lru_cache(maxsize=64)
def _parser(language: str) -> _Parser:
    """Return the parser of a language."""
    return _Parser(grammar(language))


@lru_cache(maxsize=50_000)
def parse(text: str, language: str | None = None) -> tuple[Reading, ...]:
    """Return the readings of a place expression, the most specific first.

    Parameters
    ----------
    text
        The expression, in any language that has a lexicon.
    language
        ISO 639-1 code where it is known; else all lexicons are tried that have a word of the text.

    Returns
    -------
    tuple of Reading
        Empty where the text has no letter. The last reading is the text as a bare name, if it can be one.

    Raises
    ------
    InputError
        If the text is written as coordinates that cannot be (latitude 95).
    """
    plain = " ".join(text.split())
    if not plain or len(plain) > _LONGEST:
        return ()
    coordinates = parse_coordinates(plain)
    if coordinates is not None:
        return (Reading(coordinates, "coordinates", language or "en"),)
    order = (language,) if language and has_grammar(language) else _likeliest(fold(plain))
    readings: list[Reading] = []
    for code in order:
        readings += [item for item in _parser(code).readings(plain) if item not in readings]
    bare = [item for item in readings if item.kind == "name"]
    if not bare:
        name = _parser("en").clean(plain)
        bare = [] if name is None else [Reading(Name(name, name), "name", language or "en")]
    return (*(item for item in readings if item.kind != "name"), *bare[:1])


@lru_cache(maxsize=64)
def _cues(language: str) -> re.Pattern[str]:
    """Return the expression that finds any word of a language's lists, nouns or directions."""
    words = grammar(language).words
    lists = [*words.lists.values(), *words.table["directions"].values()]
    every = {word for words_ in lists for word in words_ if len(word) > 1}
    return re.compile((r"(?<!\w)" if words.spaces else "") + words.any_of(every))


@lru_cache(maxsize=10_000)
def _likeliest(folded: str) -> tuple[str, ...]:
    """Return the languages whose words a text has, those with most of it first."""
    found = {code: sum(map(len, _cues(code).findall(folded))) for code in place_languages()}
    own = _letters_of(folded)
    spoken = [code for code in found if found[code]]
    return tuple(
        sorted(spoken, key=lambda code: (code not in own, -found[code], _FIRST.get(code, 9), code))
    )


_FIRST = {"en": 0, "uk": 1, "ru": 2, "id": 3}  # of languages that fit a text alike
_LETTERS = (("ў", ("be",)), ("ґєї", ("uk",)), ("і", ("uk", "be")), ("ъыэё", ("ru", "be")))


def _letters_of(folded: str) -> tuple[str, ...]:
    """Return the languages whose own letters a text has, none where it has no such letter."""
    return next(
        (codes for letters, codes in _LETTERS if any(sign in folded for sign in letters)), ()
    )


def language_of(text: str) -> str | None:
    """Return the language a short text is probably in, by its letters and the words of the lexicons; null if unknown.

    Parameters
    ----------
    text
        A place expression.
    """
    folded = fold(text)
    spoken = _likeliest(folded)
    if spoken:
        return spoken[0]
    own = _letters_of(folded)
    if own:
        return own[0]
    return "ru" if any("а" <= sign <= "я" for sign in folded) else None
