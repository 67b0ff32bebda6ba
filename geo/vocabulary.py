"""The words of place expressions in one language: the `[places]` table of its lexicon, compiled."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from dateline.errors import ConfigError
from dateline.geo.choice import choice
from dateline.geo.glued import Glued
from dateline.geo.remembered import Remembering
from dateline.geo.tokens import fold
from dateline.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dateline.geo.expression import NounClass, Side

__all__ = ["Words"]

_AREAS = frozenset(("region", "district", "front"))
_BEARINGS = {
    "n": 0.0,
    "ne": 45.0,
    "e": 90.0,
    "se": 135.0,
    "s": 180.0,
    "sw": 225.0,
    "w": 270.0,
    "nw": 315.0,
}


class Words:
    """The words of one language's `[places]` table, compiled.

    Parameters
    ----------
    language
        ISO 639-1 code of a language that has a lexicon with a `[places]` table.
    """

    def __init__(self, language: str) -> None:
        table = lexicon(language).get("places")
        if not table:
            message = f"lexicons/{language}.toml: expected a table [places]"
            raise ConfigError(message)
        self.language = language
        self.table: Mapping[str, Any] = table
        self.spaces: bool = table["spaces"]
        self.capitals: bool = table["capitals"]
        self.decimal: str = table["decimal"]
        self.articles = frozenset(map(fold, table["articles"]))
        self.glue = frozenset(map(fold, table["glue"]))
        people = table.get("people", {})
        self.prefixes = tuple(map(fold, table["prefixes"]))
        self.relations = frozenset(
            fold(word) for words in table["words"].values() for word in words
        )
        self.titles = frozenset(map(fold, people.get("titles", ())))
        self.institutions = frozenset(map(fold, people.get("institutions", ())))
        self.stop = frozenset(map(fold, table["stop"]["words"]))
        self.placed_after = tuple(map(fold, table.get("placed_after", ())))
        self.at_words = frozenset(map(fold, table["words"].get("at", ())))
        self._placing = tuple(map(fold, lexicon(language).get("roles", {}).get("in_endings", ())))
        self._glued_at = tuple(prefix for prefix in self.prefixes if prefix in self.at_words)
        self.demonyms = {
            fold(word): code for code, words in table.get("demonyms", {}).items() for word in words
        }
        self.adjectives = {
            fold(word): code
            for key in ("adjectives", "demonyms")
            for code, words in table.get(key, {}).items()
            for word in words
        }
        self._people_stems = sorted(self.adjectives.items(), key=lambda pair: -len(pair[0]))
        self._adjectival = tuple(map(fold, table.get("adjectival", ())))
        self._adjectival_anyway = tuple(each for each in self._adjectival if len(each) > 1)
        self.joined_and = tuple(map(fold, table.get("joined_and", ())))
        self._aliases = {fold(word): name for word, name in table.get("aliases", {}).items()}
        self._alias_stems = tuple(
            (word[:-1], name) for word, name in self._aliases.items() if word.endswith("*")
        )
        self.gap = r"\s+" if self.spaces else r"\s*"
        self.lists: dict[str, list[str]] = {**table["nouns"], **table["words"]}
        self.lists["article"] = [*table["articles"]]
        self.lists.setdefault("along", [])
        self.lists.setdefault("facility", [])
        compared = table.get("comparatives", {})
        self._directions = self._stems(
            {key: [*words, *compared.get(key, [])] for key, words in table["directions"].items()}
        )
        self._compass = self._stems(table.get("compass", {}))
        self._units = [
            (re.compile(self.word(word)), float(metres))
            for metres, words in table["units"].items()
            for word in words
        ]
        self._nouns = [
            (re.compile(self.word(word)), cast("NounClass", noun))
            for noun, words in table["nouns"].items()
            for word in words
        ]
        self._any_noun = re.compile("|".join(p.pattern for p, _ in self._nouns) or "(?!)")
        struck = [self.word(word) for word in table.get("struck", ())]
        self._struck = re.compile("|".join(struck) or "(?!)")
        self.joined = [
            (
                re.compile(
                    rf"(?<!\w){self.any_of(words)}(?!\w)" if self.spaces else self.any_of(words)
                ),
                how,
            )
            for how, words in table.get("joined", {}).items()
        ]
        self._sides = [
            (re.compile(self.any_of(words)), side) for side, words in table.get("sides", {}).items()
        ]
        self._numbers = {fold(word): float(value) for word, value in table["numbers"].items()}
        self.one_words = [*table["articles"], *(w for w, n in table["numbers"].items() if n == 1)]

    @cached_property
    def ands(self) -> frozenset[str]:
        """The folded words that join two names of a row."""
        return frozenset(map(fold, self.lists["and"]))

    @cached_property
    def glued(self) -> Glued:
        """What the language writes together with names."""
        return Glued(self, self.table.get("glued_nouns", ()), self.table["suffixes"])

    def word(self, word: str) -> str:
        """Return the regular expression of one word or phrase; `*` stands for any letters."""
        parts = [re.escape(part).replace(r"\*", r"\w*") for part in fold(word).split()]
        return self.gap.join(parts)

    def alias(self, name: str) -> str | None:
        """Return the gazetteer's name of a short or other name, null where there is none."""
        folded = fold(name)
        known = self._aliases.get(folded)
        if known is None and self._alias_stems:
            known = next(
                (full for stem, full in self._alias_stems if folded.startswith(stem)), None
            )
        return known

    def alias_of(self, forms: Iterable[str]) -> str | None:
        """Return the alias of the first of several folded forms that has one, null where none has."""
        return next((self._aliases[form] for form in forms if form in self._aliases), None)

    @Remembering
    def is_struck(self, folded: str) -> bool:
        """Tell whether a word says that what follows was shelled, attacked or taken."""
        return self._struck.fullmatch(folded) is not None

    def is_placed(self, folded: str) -> bool:
        """Tell whether a word says "in" itself: by a preposition glued before it or by its ending."""
        return folded.startswith(self._glued_at) or folded.endswith(self._placing)

    @Remembering
    def people(self, folded: str) -> str | None:
        """Return the ISO 3166-1 code of the country that an adjective is made of, null where it is none."""
        codes = (
            code
            for word, code in self._people_stems
            if folded == word or (word.endswith("*") and folded.startswith(word[:-1]))
        )
        return next(codes, None)

    def is_adjective(self, text: str) -> bool:
        """Tell whether a word has the ending of an adjective made of a place name.

        An ending of one letter, as Hungarian has, says so only of a word without a capital.
        """
        return bool(self._adjectival) and fold(text).endswith(
            self._adjectival if text[:1].islower() else self._adjectival_anyway
        )

    def adjectives_among(self, words: Sequence[str]) -> list[int]:
        """Return the positions of the folded words that have such an ending and mean no nation."""
        if not self._adjectival:
            return []
        return [
            position
            for position, word in enumerate(words)
            if word.endswith(self._adjectival) and self.people(word) is None
        ]

    @Remembering
    def is_area(self, folded: str) -> bool:
        """Tell whether a word is a generic word for a region, a district or a front."""
        return any(noun in _AREAS and pattern.fullmatch(folded) for pattern, noun in self._nouns)

    @Remembering
    def area_noun(self, folded: str) -> str | None:
        """Return "region" or "district" for a generic word for one, null for all others."""
        if not self.is_area(folded):
            return None
        kinds = (noun for pattern, noun in self._nouns if pattern.fullmatch(folded))
        return next((noun for noun in kinds if noun in ("region", "district")), None)

    @Remembering
    def is_noun(self, folded: str) -> bool:
        """Tell whether a word is a generic word for a kind of place."""
        return self._any_noun.fullmatch(folded) is not None

    @Remembering
    def is_direction(self, folded: str) -> bool:
        """Tell whether a word is a direction."""
        return any(pattern.fullmatch(folded) for pattern, _ in self._directions)

    def any_of(self, words: Iterable[str]) -> str:
        """Return the regular expression of a choice of words, longest first."""
        ordered = sorted(set(words), key=lambda word: (-len(word.rstrip("*")), word))
        parts: list[str] = []
        for plain, group in groupby(ordered, key=lambda word: self.spaces and "*" not in word[:-1]):
            if plain:
                parts.append(choice((" ".join(fold(word).split()) for word in group), self.gap))
            else:
                parts += map(self.word, group)
        return f"(?:{'|'.join(parts)})" if ordered else "(?!)"

    def _stems(self, table: Mapping[str, list[str]]) -> list[tuple[re.Pattern[str], str]]:
        """Return compiled direction words with their key, longest first."""
        pairs = [(word, key) for key, words in table.items() for word in words]
        pairs.sort(key=lambda pair: (-len(pair[0].rstrip("*")), pair[0]))
        return [(re.compile(self.word(word)), key) for word, key in pairs]

    def direction_pattern(self, *, compass: bool) -> str:
        """Return the regular expression of one to three direction words that follow each other."""
        tables = [self.table["directions"], self.table.get("compass", {})][: 2 if compass else 1]
        one = self.any_of([word for table in tables for words in table.values() for word in words])
        return rf"{one}(?:[\s-]?{one}){{0,2}}"

    def comparative_pattern(self) -> str:
        """Return the regular expression of directions that compare ("севернее"): north of."""
        table = self.table.get("comparatives", {})
        return self.any_of([word for words in table.values() for word in words])

    def bank(self, text: str) -> Side | None:
        """Return the bank of a river that words mean: left, right or a bearing; null where they say none."""
        told = (side for pattern, side in self._sides if pattern.search(text))
        side = next(told, None)
        if side is not None:
            return None if side == "neither" else cast("Side", _BEARINGS.get(side, side))
        bearings = (self.bearing(word) for word in text.split() if self.is_direction(word))
        return next((bearing for bearing in bearings if bearing is not None), None)

    def bearing(self, text: str) -> float | None:
        """Return the bearing in degrees that direction words mean; null is the centre."""
        keys: list[str] = []
        rest = text
        while rest := rest.lstrip(" -"):
            found = self._direction_at(rest)
            if found is None:
                break
            keys.append(found[0])
            rest = rest[found[1] :]
        degrees = [_BEARINGS[key] for key in keys if key in _BEARINGS]
        return _combine(degrees) if degrees else None

    def is_one_direction(self, text: str) -> bool:
        """Return whether words are one direction of the lexicon, "timur laut", rather than two."""
        found = self._direction_at(text)
        return found is not None and found[1] == len(text)

    def _direction_at(self, text: str) -> tuple[str, int] | None:
        """Return the key of the direction word that begins `text` and its length."""
        for pattern, key in (*self._directions, *self._compass):
            match = pattern.match(text)
            if match and (len(match[0]) == len(text) or self._can_split(text, match.end())):
                return key, match.end()
        return None

    def _can_split(self, text: str, at: int) -> bool:
        """Tell whether another direction word, or none, begins at `at`."""
        rest = text[at:].lstrip(" -")
        return not rest or any(p.match(rest) for p, _ in (*self._directions, *self._compass))

    def metres(self, text: str) -> float | None:
        """Return the metres of a number with its unit ("72 miles (116 km)", "5-7 km")."""
        main = re.sub(r"\s*\([^)]*\)", "", text).strip()
        for pattern, metres in self._units:
            match = re.search(rf"(?<![^\W\d]){pattern.pattern}$", main)
            if match:
                number = self.number(main[: match.start()].strip(" -"))
                if number is not None:
                    return number * metres
        return None

    def number(self, text: str) -> float | None:
        """Return the value of a number in digits or words; of a range, its middle."""
        if not text:
            return 1.0
        if text in self._numbers:
            return self._numbers[text]
        parts = re.split(rf"\s*{self.any_of(self.lists['range'])}\s*", text)
        values = [self._one_number(part) for part in parts if part]
        known = [value for value in values if value is not None]
        return sum(known) / len(known) if known and len(known) == len(values) else None

    def _one_number(self, text: str) -> float | None:
        """Return the value of one number, its marks read as the language writes them."""
        if text in self._numbers:
            return self._numbers[text]
        other = "," if self.decimal == "." else "."
        plain = re.sub(rf"(?<=\d)[ {re.escape(other)}](?=\d{{3}}(?!\d))", "", text)
        plain = plain.replace(",", ".").replace(" ", "")
        return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None

    def distance_pattern(self) -> str:
        """Return the regular expression of a number with a unit of length."""
        words = self.any_of(self._numbers) if self._numbers else "(?!)"
        word = rf"(?<!\w){words}(?!\w)" if self.spaces else words
        number = rf"(?:\d+(?:[., ]\d+)*|{word})"
        span = rf"{number}(?:\s*{self.any_of(self.lists['range'])}\s*{number})?"
        units = self.any_of([word for words in self.table["units"].values() for word in words])
        return (
            rf"{span}[\s-]*{units}(?!\w)(?:\s*\([^)]{{1,24}}\))?"
            if self.spaces
            else rf"{span}\s*{units}"
        )

    def noun(self, text: str) -> NounClass | None:
        """Return the class of a generic word, null if it is none."""
        for pattern, noun in self._nouns:
            if pattern.fullmatch(text):
                return noun
        return None


def _combine(degrees: list[float]) -> float:
    """Return the bearing that direction words in a row mean: west + south-west = west-south-west."""
    bearing = degrees[-1]
    for other in reversed(degrees[:-1]):
        turn = (bearing - other + 180.0) % 360.0 - 180.0
        bearing = (other + turn / 2.0) % 360.0
    return bearing
