"""From the words of a place expression to its tree: readings in the order a reader would take them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from dateline.geo.coordinates import parse_coordinates
from dateline.geo.expression import Capital, Expression, Joint, Name, Several
from dateline.geo.grammar import KINDS, Grammar, grammar, has_grammar
from dateline.geo.pattern import Gates
from dateline.geo.spoken import language_of, likeliest
from dateline.geo.tokens import fold
from dateline.geo.trees import BUILDERS, Match, with_outer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Reading", "language_of", "parse"]

_LONGEST = 300  # characters; longer texts are not place expressions
_DEPTH = 4
_ROAD_NUMBER = re.compile(
    r"(?<!\w)[A-ZА-Я]{1,2}[-–]?\d{1,5}\b ?(?=\D)"
)  # "the M4 highway": no road is told by it
_ENCLOSING = 3  # places that enclose an area
_SHORTEST = 3  # letters of a name without a prefix
_MARKS = " \t\r\n,;:.!?\"'()[]«»“”„-–—"
_LIST = 2  # joining marks without a word for "and" that make a list
_LIST_COMMA = "、"  # parts the members of a list, never a place from the larger one it is in
_RELATIONS = (
    "offset",
    "within",
    "distance",
    "bearing",
    "between",
    "border",
    "road",
    "outskirts",
    "along",
    "near",
)
_OPEN = (
    "border",
    "between",
    "road",
    "offset",
    "distance",
)  # where several patterns may fit: "B" or "B with C"
_JOINING = ("between", "border", "road")  # what may stand about "A and B"
_NESTED = (
    "within", "between", "near", "outskirts", "at", "road", "along", "inner_part", "part", "part_adjective",
    "border", "inside", "named",
)  # fmt: skip
_TRIED = tuple(
    each for kind in KINDS for each in (("inner_part", kind) if kind == "part" else (kind,))
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


class _Parser:
    """Parses with the grammar of one language."""

    def __init__(self, rules: Grammar) -> None:
        self.grammar = rules
        self._gates = Gates(rules.whole, rules.pieces)

    def readings(self, text: str) -> list[Reading]:
        """Return all readings of a whole text; a bare name is always the last."""
        found: list[Reading] = self._of_nation(text)
        several = self._several(text, 0)
        listed = several is not None and self._ends_a_list(text)
        opened = self._gates.opened(text)
        for kind in _TRIED:
            if kind not in opened or (kind == "inside" and listed):
                continue  # "A, B and C" is a list, though "A, B" may say where A is
            loose = kind == "part_adjective"
            found += [
                Reading(expression, kind, self.grammar.words.language, loose)
                for expression in self._trees(kind, text, 0)
            ]
        found = [*self._joint(text), *self._apposed(text), *found]
        if not any(reading.kind in _RELATIONS and reading.kind != "border" for reading in found):
            found = [*self._capital(text), *self._headless(text), *found]
        if several is not None:
            found.insert(
                next((i for i, reading in enumerate(found) if reading.kind == "named"), len(found)),
                Reading(several, "several", self.grammar.words.language),
            )
        name = self.clean(text)
        if name is not None:
            found += self._chained(name)
            found += self._unglued(name)
            found.append(Reading(Name(name, name), "name", self.grammar.words.language))
        return found

    def _joint(self, text: str) -> list[Reading]:
        """Return the reading of "the tri-border area of A, B and C", "the A-B-C triangle"."""
        words, folded = self.grammar.words, fold(text)
        for pattern, how in words.joined:
            mark = pattern.search(folded)
            if mark is None:
                continue
            rest = f"{text[: mark.start()]} {text[mark.end() :]}".strip(_MARKS)
            if not words.spaces:
                rest = reduce(str.removesuffix, words.lists.get("link", ()), rest)
            members = self._enclosing(rest)
            if len(members) >= _ENCLOSING:
                return [Reading(Joint(members, how), "several", words.language)]
        return []

    def _apposed(self, text: str) -> list[Reading]:
        """Return the reading of "Laiza, on the Chinese border" as Laiza: what follows only says where it is."""
        head, comma, tail = text.partition(",")
        if not comma or not tail.strip(_MARKS):
            return []
        place = self.slot(head, _DEPTH - 1)
        beside = any(self._first(kind, tail.strip(), 0) for kind in _RELATIONS)
        if not beside or not isinstance(place, Name):
            return []
        return [Reading(place, "apposed", self.grammar.words.language)]

    def _enclosing(self, text: str) -> tuple[Expression, ...]:
        """Return the places of "between A, B and C" or "A-B-C", none where they cannot be told."""
        words = self.grammar.words
        opening = rf"^(?:{words.any_of(self.grammar.between_words)}{words.gap})+"
        plain = re.sub(opening, "", fold(text))
        rest = text[len(text) - len(plain) :]
        several = self._several(rest, 0)
        if isinstance(several, Several):
            return several.members
        pieces = [self.slot(piece, _DEPTH - 1) for piece in re.split(r"\s*[-–—]\s*", rest)]
        return tuple(piece for piece in pieces if piece is not None)

    def _chained(self, name: str) -> list[Reading]:
        """Return the readings of a name that follows its region's without a space ("库尔斯克州苏贾")."""
        words = self.grammar.words
        if words.spaces:
            return []
        found = []
        for noun in words.lists["region"]:
            outer, _, inner = name.partition(noun)
            if outer and len(inner) > 1:
                expression = self.slot(inner, _DEPTH - 1)
                if expression is not None:
                    chained = with_outer(expression, outer + noun)
                    found.append(Reading(chained, "inside", words.language))
        return found

    def _unglued(self, name: str) -> list[Reading]:
        """Return the readings of a name without the preposition that is written together with it (Hebrew, Arabic)."""
        language = self.grammar.words.language
        return [
            Reading(Name(name[len(prefix) :], name[len(prefix) :]), "glued", language)
            for prefix in self.grammar.words.prefixes
            if fold(name).startswith(prefix) and len(name) - len(prefix) >= _SHORTEST
        ]

    def _capital(self, text: str) -> list[Reading]:
        """Return the reading of "the Sudanese capital", "the capital of Sudan" as the town."""
        words = self.grammar.words
        mark = self.grammar.capital.search(fold(text))
        if mark is None:
            return []
        ends = (self._unglued_ends(text[: mark.start()]), self._unglued_ends(text[mark.end() :]))
        if all(ends):
            code = self._people(ends[0])
            return self._of_capital(ends[1], ends[0] if code is None else f"iso:{code}")
        rest = ends[0] or ends[1]
        first, _, others = rest.partition(" ")
        if others and self._people(first) is not None and self._people(rest) is None:
            return self._of_capital(others, f"iso:{self._people(first)}")
        code = self._people(rest)
        name = rest if code is None else f"iso:{code}"
        capital = Capital(Name(name, name, "country"))
        return [Reading(capital, "capital", words.language)] if name else []

    def _of_capital(self, name: str, outer: str) -> list[Reading]:
        """Return the reading of the name that the capital of a larger place is given besides ("capital, Khartoum")."""
        expression = self.slot(name, _DEPTH - 1)
        if expression is None:
            return []
        named = with_outer(expression, outer)
        return [Reading(named, "capital", self.grammar.words.language)]

    def _people(self, text: str) -> str | None:
        """Return the code of the country an adjective is made of, with or without what is written together with it."""
        words, folded = self.grammar.words, fold(text)
        forms = (
            folded,
            *(folded[len(p) :] for p in words.prefixes if p and folded.startswith(p)),
        )
        return next((code for form in forms if form and (code := words.people(form))), None)

    def _unglued_ends(self, text: str) -> str:
        """Return a text without the articles, prepositions and marks around it."""
        words = self.grammar.words
        empty = {*words.articles, *words.glue, *words.at_words, *words.lists.get("link", ())}
        pieces = text.strip(_MARKS).split()
        if not words.spaces:
            for particle in words.lists.get("link", ()):
                pieces = [piece.removesuffix(particle) for piece in pieces]
        while pieces and fold(pieces[0]) in empty:
            del pieces[0]
        while pieces and fold(pieces[-1]) in empty:
            del pieces[-1]
        return " ".join(pieces).strip(_MARKS)

    def _of_nation(self, text: str) -> list[Reading]:
        """Return the readings of "the Syrian city of X" as of "the city of X" in Syria."""
        mark = self.grammar.nation and self.grammar.nation.search(fold(text))
        if not mark:
            return []
        slot = next(key for key in ("people", "people2", "people3") if mark.groupdict().get(key))
        code = self.grammar.words.people(mark[slot])
        start, end = mark.start() if slot == "people" else mark.start(slot), mark.end(slot)
        rest = (
            " ".join(f"{text[:start]} {text[end:]}".split())
            if self.grammar.words.spaces
            else text[end:]
        )
        if code is None or not rest:
            return []
        return [
            replace(reading, expression=with_outer(reading.expression, f"iso:{code}"))
            for reading in self.readings(rest)[:1]
            if reading.kind != "border"
        ]

    def _headless(self, text: str) -> list[Reading]:
        """Return the readings of "a village near X": what the generic word lies near, or away from, says where."""
        folded = fold(text)
        language = self.grammar.words.language
        for mark in (self.grammar.head.match(folded), self.grammar.tail.search(folded)):
            if mark is None:
                continue
            rest = text[: mark.start()] if mark.start() else text[mark.end() :]
            for kind in (*_RELATIONS, "at", "part"):
                expression = self._first(kind, rest.strip(), 0)
                if expression is not None:
                    return [Reading(expression, kind, language)]
        return []

    def slot(self, text: str, depth: int) -> Expression | None:
        """Return the best reading of what stands in a place slot."""
        name = self.clean(text)
        if name is None:
            return None
        if depth < _DEPTH and self.grammar.words.alias(name) is None:
            several = self._several(name, depth)
            if several is not None:
                joined = (self._first(kind, name, depth) for kind in _JOINING)
                return next((found for found in joined if found is not None), several)
            capital = self._capital(name)
            if capital:
                return capital[0].expression
            opened = self._gates.opened(name)
            for kind in _NESTED:
                found = self._first(kind, name, depth) if kind in opened else None
                if found is not None:
                    return found
        return Name(name, name)

    def _first(self, kind: str, text: str, depth: int) -> Expression | None:
        """Return the tree of the first pattern of a kind that matches all of `text`."""
        return next(iter(self._trees(kind, text, depth)), None)

    def _trees(self, kind: str, text: str, depth: int) -> list[Expression]:
        """Return the trees of the patterns of a kind that match all of `text`: of most kinds the first alone."""
        opened = self._gates.opened(text).get(kind)
        if opened is None:
            return []
        folded = fold(text)
        trees: list[Expression] = []
        for pattern in opened:
            match = pattern.expression.fullmatch(folded)
            if match is None:
                continue
            groups = {
                slot: text[slice(*match.span(slot))]
                for slot, value in match.groupdict().items()
                if value is not None
            }
            tree = BUILDERS[kind](Match(self, {**groups, "whole": text}, depth))
            if tree is not None and tree not in trees:
                trees.append(tree)
                if depth or kind not in _OPEN:
                    break
        return trees

    def _several(self, text: str, depth: int) -> Expression | None:
        """Return the members of a list that ends in "and X", null if it is none."""
        folded = fold(text)
        marks = list(self.grammar.joiner.finditer(folded))
        if not marks or (len(marks) < _LIST and not self._ends_a_list(text)):
            return None
        cuts = [0, *(at for mark in marks for at in mark.span()), len(text)]
        pieces = [text[cuts[i] : cuts[i + 1]] for i in range(0, len(cuts), 2)]
        shared = self._shared_noun(pieces)
        members = [self.slot(piece, depth + 1) for piece in pieces]
        if any(member is None for member in members):
            return None
        return Several(tuple(shared(member) for member in members if member is not None))

    def _ends_a_list(self, text: str) -> bool:
        """Tell whether a list ends in "and X" and so cannot be a chain of larger places ("A, B, C")."""
        if _LIST_COMMA in text:
            return True
        marks = list(self.grammar.joiner.finditer(fold(text)))
        return bool(marks) and self.grammar.last_joiner.search(marks[-1][0]) is not None

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
        name = text.strip(_MARKS)
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
        if len(words) > 1 and words[-1] in self.grammar.words.articles:
            return None  # what an article opens has been cut off
        if self.grammar.generic.fullmatch(fold(name)):
            return None
        return name


@lru_cache(maxsize=64)
def _parser(language: str) -> _Parser:
    """Return the parser of a language."""
    return _Parser(grammar(language))


@lru_cache(maxsize=8_192)  # of some 5 kB each
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
    plain = _ROAD_NUMBER.sub("", plain)
    order = (language,) if language and has_grammar(language) else likeliest(fold(plain))
    readings: list[Reading] = []
    for code in order:
        readings += [item for item in _parser(code).readings(plain) if item not in readings]
    bare = [item for item in readings if item.kind == "name"]
    if not bare:
        name = _parser("en").clean(plain)
        bare = [] if name is None else [Reading(Name(name, name), "name", language or "en")]
    return (*(item for item in readings if item.kind != "name"), *bare[:1])
