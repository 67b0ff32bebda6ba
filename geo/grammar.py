"""The grammar of place expressions: one for all languages, over the `[places]` tables of the lexicons.

A lexicon gives word orders as patterns ("<distance> <direction> of <place>"); here each becomes a
regular expression over folded text. `en.toml` explains the tables.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_args

from dateline.errors import ConfigError
from dateline.geo.expression import NounClass
from dateline.geo.tokens import fold
from dateline.lexicon import languages, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["KINDS", "NAME", "Grammar", "Words", "grammar", "has_grammar", "place_languages"]

KINDS = (
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
    "at",
    "part",
    "part_adjective",
    "inside",
    "named",
)
"""Kinds of pattern, in the order they are tried."""

NAME = "\ue000\ue001*"
"""What stands for a name that has been found, in running text: one sign of each letter's width."""

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
_PIECE = re.compile(r"\[|\]|\(\(|\)|\(|\||<[a-z0-9]+>|\{[a-z_]+\}|\s+|[^\[\]()|<>{}\s]+")


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
        self.at_words = frozenset(map(fold, table["words"].get("at", ())))
        self.demonyms = {
            fold(word): code for code, words in table.get("demonyms", {}).items() for word in words
        }
        self._aliases = {fold(word): name for word, name in table.get("aliases", {}).items()}
        self._alias_stems = tuple(
            (word[:-1], name) for word, name in self._aliases.items() if word.endswith("*")
        )
        self._known_nouns: dict[str, bool] = {}
        self._known_directions: dict[str, bool] = {}
        self.gap = r"\s+" if self.spaces else r"\s*"
        self.lists: dict[str, list[str]] = {**table["nouns"], **table["words"]}
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
        self._numbers = {fold(word): float(value) for word, value in table["numbers"].items()}

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

    def is_noun(self, folded: str) -> bool:
        """Tell whether a word is a generic word for a kind of place."""
        if folded not in self._known_nouns:
            self._known_nouns[folded] = self.noun(folded) is not None
        return self._known_nouns[folded]

    def is_direction(self, folded: str) -> bool:
        """Tell whether a word is a direction."""
        if folded not in self._known_directions:
            self._known_directions[folded] = any(p.fullmatch(folded) for p, _ in self._directions)
        return self._known_directions[folded]

    def any_of(self, words: Iterable[str]) -> str:
        """Return the regular expression of a choice of words, longest first."""
        ordered = sorted(set(words), key=lambda word: (-len(word.rstrip("*")), word))
        return "(?:" + "|".join(map(self.word, ordered)) + ")" if ordered else "(?!)"

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
                return None if number is None else number * metres
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
        number = rf"(?:\d+(?:[., ]\d+)*|(?<!\w){words}(?!\w))"
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


class Grammar:
    """The patterns of one language, compiled twice: for a whole expression and for running text."""

    def __init__(self, language: str) -> None:
        self.words = Words(language)
        patterns = self.words.table["patterns"]
        unknown = set(patterns) - set(KINDS)
        if unknown:
            message = (
                f"lexicons/{language}.toml: [places.patterns] has unknown kinds {sorted(unknown)}"
            )
            raise ConfigError(message)
        self.patterns: dict[str, list[str]] = {kind: patterns.get(kind, []) for kind in KINDS}
        self._slots = {
            "<distance>": f"(?P<distance>{self.words.distance_pattern()})",
            "<direction>": f"(?P<direction>{self.words.direction_pattern(compass=False)})",
            "<heading>": f"(?P<direction>{self.words.direction_pattern(compass=True)})",
            "<further>": f"(?P<direction>{self.words.comparative_pattern()})",
            "<noun>": f"(?P<noun>{self._nouns()})",
        }
        self.generic = re.compile(self._generic())
        whole = {
            "<place>": "(?P<place>.+?)",
            "<place2>": "(?P<place2>.+?)",
            "<name>": "(?P<name>.+?)",
        }
        self.whole = {
            kind: [re.compile(self.compile(pattern, whole)) for pattern in self.patterns[kind]]
            for kind in KINDS
        }
        self.joiner = re.compile(
            rf"\s*(?:,{self.words.gap}?)?(?<!\w){self.words.any_of(self.words.lists['and'])}(?!\w)\s*|\s*,\s*"
            if self.words.spaces
            else rf"\s*(?:{self.words.any_of(self.words.lists['and'])}|,)\s*"
        )
        self.last_joiner = re.compile(self.words.any_of(self.words.lists["and"]))

    def _nouns(self) -> str:
        """Return the regular expression of any generic word."""
        nouns = self.words.table["nouns"]
        return self.words.any_of(
            [word for noun in get_args(NounClass) for word in nouns.get(noun, [])]
        )

    def _generic(self) -> str:
        """Return the regular expression of texts that are no name: generic words and directions."""
        relations = [
            w for key in ("part", "border", "outskirts") for w in self.words.lists.get(key, [])
        ]
        return f"(?:{self._nouns()}|{self.words.any_of(relations)}|{self._slots['<direction>']})"

    def gate(self, pattern: str) -> str:
        """Return the piece that any match of a pattern must hold, as it is written: the rarest such."""
        bare = re.sub(
            r"\[[^\[\]]*\]", " ", re.sub(r"\[[^\[\]]*\[[^\[\]]*\][^\[\]]*\]", " ", pattern)
        )
        outside = re.sub(r"\([^()]*\|[^()]*\)", " ", bare)
        pieces = _PIECE.findall(outside)
        lists = [piece for piece in pieces if piece.startswith("{")]
        slots = [piece for piece in pieces if piece in self._slots]
        words = [piece for piece in pieces if piece[0].isalpha()]
        order = ("<distance>", "<further>", "<heading>", "<direction>", "<noun>")
        slots.sort(key=order.index)
        return next(iter([*lists, *slots, *words]), "")

    @cache  # noqa: B019 (grammars live as long as the program)
    def gates(self) -> dict[str, re.Pattern[str]]:
        """Return the expression of each piece that some pattern must hold."""
        keys = {
            self.gate(pattern) for patterns in self.patterns.values() for pattern in patterns
        } - {""}
        edge, end = (r"(?<!\w)", r"(?!\w)") if self.words.spaces else ("", "")
        return {
            key: re.compile(edge + re.sub(r"\(\?P<\w+>", "(?:", self.compile(key, {})) + end)
            for key in keys
        }

    def compile(self, pattern: str, places: Mapping[str, str]) -> str:
        """Return the regular expression of one pattern."""
        pieces = _PIECE.findall(pattern)
        try:
            return _Compiler(self.words, {**self._slots, **places}).sequence(pieces)
        except KeyError as error:
            message = (
                f"lexicons/{self.words.language}.toml: pattern {pattern!r} names {error}, "
                "which is neither a slot nor a list of [places.words] or [places.nouns]"
            )
            raise ConfigError(message) from error


class _Compiler:
    """Turns the pieces of one pattern into a regular expression; spaces go with what may be absent."""

    def __init__(self, words: Words, slots: Mapping[str, str]) -> None:
        self.words = words
        self.slots = slots

    def sequence(self, pieces: list[str]) -> str:
        """Return the expression of a sequence; consumes pieces up to a closing bracket or a bar."""
        parts: list[tuple[str, bool]] = []
        while pieces and pieces[0] not in ("]", ")", "|"):
            piece = pieces.pop(0)
            if piece == "[":
                parts.append((self._closed(pieces, "]"), True))
            elif piece == "(":
                parts.append((self._choice(pieces), False))
            elif piece.isspace():
                parts.append((" ", False))
            else:
                parts.append((self._piece(piece), False))
        return _join(parts, self.words.gap)

    def _closed(self, pieces: list[str], end: str) -> str:
        """Return the expression up to `end`, which is consumed."""
        inner = self.sequence(pieces)
        pieces[:] = pieces[1:]
        return inner if end == "]" else f"(?:{inner})"

    def _choice(self, pieces: list[str]) -> str:
        """Return the expression of (a|b); a round bracket around one slot is a bracket in the text."""
        options = [self.sequence(pieces)]
        while pieces and pieces[0] == "|":
            pieces.pop(0)
            options.append(self.sequence(pieces))
        pieces[:] = pieces[1:]
        if len(options) == 1:
            return rf"\({options[0]}\)"
        return "(?:" + "|".join(options) + ")"

    def _piece(self, piece: str) -> str:
        """Return the expression of a slot, a list or a word."""
        if piece.startswith("<"):
            return self.slots[piece]
        if piece.startswith("{"):
            return self.words.any_of(self.words.lists[piece[1:-1]])
        return self.words.word(piece)


def _join(parts: list[tuple[str, bool]], gap: str) -> str:
    """Join parts; what may be absent takes one of the spaces beside it with it."""
    out: list[str] = []
    needed = [i for i, (text, absent) in enumerate(parts) if not absent and text != " "]
    last = needed[-1] if needed else len(parts)
    index = 0
    while index <= min(last, len(parts) - 1):
        text, absent = parts[index]
        if not absent:
            out.append(gap if text == " " else text)
        elif text == gap:  # "[ ]": a space that may be absent
            out[len(out) - (out[-1:] == [gap]) :] = [r"\s*"]
        elif index + 1 < len(parts) and parts[index + 1][0] == " ":
            out.append(f"(?:{text}{gap})?")
            index += 1
        else:
            out.append(f"(?:{text})?")
        index += 1
    for before, (text, absent) in zip(parts[last:], parts[last + 1 :], strict=False):
        if absent:
            out.append(f"(?:{gap if before[0] == ' ' else ''}{text})?")
    return "".join(out)


def _combine(degrees: list[float]) -> float:
    """Return the bearing that direction words in a row mean: west + south-west = west-south-west."""
    bearing = degrees[-1]
    for other in reversed(degrees[:-1]):
        turn = (bearing - other + 180.0) % 360.0 - 180.0
        bearing = (other + turn / 2.0) % 360.0
    return bearing


@cache
def grammar(language: str) -> Grammar:
    """Return the compiled grammar of a language (kept: compiling takes some milliseconds)."""
    return Grammar(language)


@cache
def has_grammar(language: str | None) -> bool:
    """Tell whether a language has a lexicon with a `[places]` table, reading no other."""
    return language in languages() and "places" in lexicon(language)


@cache
def place_languages() -> tuple[str, ...]:
    """Return the languages whose lexicon has a `[places]` table."""
    return tuple(code for code in languages() if has_grammar(code))
