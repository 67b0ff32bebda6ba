"""The grammar of place expressions: one for all languages, over the `[places]` tables of the lexicons.

A lexicon gives word orders as patterns ("<distance> <direction> of <place>"); here each becomes a
regular expression over folded text. `en.toml` explains the tables.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, get_args

from dateline.errors import ConfigError
from dateline.geo.expression import NounClass
from dateline.geo.pattern import Whole, compiled, pieces_of
from dateline.geo.vocabulary import Words
from dateline.lexicon import languages, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "NAME", "Grammar", "Words", "grammar", "has_grammar", "place_languages"]

KINDS = (
    "offset",
    "within",
    "distance",
    "bearing",
    "side",
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
        for kind in ("offset", "distance", "within"):
            self.patterns[kind] = [
                pattern if pattern.startswith("[{about}]") else f"[{{about}}] {pattern}"
                for pattern in self.patterns[kind]
            ]
        self.patterns["outskirts"].sort(key=lambda pattern: "<direction>" not in pattern)
        self.patterns["border"] = [*self._adjective_borders(), *self.patterns["border"]]
        self._slots = {
            "<distance>": f"(?P<distance>{self.words.distance_pattern()})",
            "<direction>": f"(?P<direction>{self.words.direction_pattern(compass=False)})",
            "<heading>": f"(?P<direction>{self.words.direction_pattern(compass=True)})",
            "<further>": f"(?P<direction>{self.words.comparative_pattern()})",
            "<noun>": f"(?P<noun>{self._nouns()})",
            "<peoples>": self._peoples(),
            "<people>": self._people(),
            "<region>": self._region(),
        }
        self.generic = re.compile(self._generic())
        self.between_words = {
            *(word for p in self.patterns["between"] for word in pieces_of(p) if word[0].isalpha()),
            *self.words.glue,
            *self.words.articles,
        }
        whole = {
            "<place>": "(?P<place>.+?)",
            "<place2>": "(?P<place2>.+?)",
            "<name>": "(?P<name>.+?)",
        }
        self.whole = {
            kind: [
                Whole(self.compile(pattern, whole), self.gate(pattern))
                for pattern in self.patterns[kind]
            ]
            for kind in KINDS
        }
        self.whole["inner_part"] = self.whole["part_adjective"] + self.whole["part"]
        self.nation = self._nation() if self.words.adjectives else None
        self.people_borders = self._people_borders()
        edges = (r"(?<!\w)", r"(?!\w)") if self.words.spaces else ("", "")
        self.capital = re.compile(self.words.any_of(self.words.lists["capital"]).join(edges))
        self.joiner = re.compile(self._joiner())
        joined = "".join(rf"|\s{self.words.word(word)}$" for word in self.words.joined_and)
        self.last_joiner = re.compile(self.words.any_of(self.words.lists["and"]) + joined)
        heads = ("settlement", "facility", "front", "road")
        kinds = [word for kind in heads for word in self.words.lists.get(kind, ())]
        at, one = self.words.any_of(self.words.at_words), self.words.any_of(self.words.one_words)
        gap = self.words.gap
        self.head = re.compile(rf"(?:{at}{gap})?(?:{one}{gap})?{self.words.any_of(kinds)}{gap}")
        self.tail = re.compile(
            rf"\s*{self.words.any_of(self.words.lists.get('link', []))}\s*{self.words.any_of(kinds)}$"
        )

    def _region(self) -> str:
        """Return the expression of a larger place that its generic word alone sets apart ("Kurskoj oblasti")."""
        nouns = [*self.words.lists.get("region", []), *self.words.lists.get("district", [])]
        noun, gap = self.words.any_of(nouns), self.words.gap
        return rf"(?P<place2>(?!{noun})\w+(?:-\w+)?{gap}{noun}|{noun}{gap}\w+)(?!\w)"

    def _nation(self) -> re.Pattern[str]:
        """Return the expression of an adjective of nationality beside a generic word ("the Syrian city of X")."""
        one, noun, gap = self.words.any_of(self.words.adjectives), self._nouns(), self.words.gap
        if not self.words.spaces:
            names = [word for word in self.words.adjectives if len(word) > 1]
            return re.compile(f"^(?P<people>{self.words.any_of(names)})")
        side = rf"(?:{self.words.direction_pattern(compass=False)}[\s-]?)?"
        before = rf"(?<!\w){side}(?P<people>{one}){gap}(?=(?:\w+{gap})?{noun}(?!\w))"
        behind = rf"(?<!\w)(?P<noun>{noun}){gap}(?P<people2>{one})(?!\w)"
        last = rf"{gap}(?P<people3>{one})$"
        return re.compile("|".join([before, behind, *([last] if self.words.joined_and else [])]))

    def _joiner(self) -> str:
        """Return the regular expression of what parts the members of a list."""
        ands, gap = self.words.any_of(self.words.lists["and"]), self.words.gap
        if not self.words.spaces:
            return rf"\s*(?:{ands}|,)\s*"
        joined = "".join(rf"|\s{self.words.word(word)}(?=\w\w)" for word in self.words.joined_and)
        return rf"\s*(?:,{gap}?)?(?<!\w){ands}(?!\w)\s*|\s*,\s*{joined}"

    def _adjective_borders(self) -> list[str]:
        """Return the patterns of "the Russian-Ukrainian border", alike in all languages."""
        if not self.words.adjectives:
            return []
        before = "[{at}] [{along}] [{article}]"
        return [
            pattern
            for sides in ("<peoples>", "<people>")
            for pattern in (f"{before} {sides} {{border}}", f"{before} {{border}} {sides}")
        ]

    def _people(self) -> str:
        """Return the regular expression of one such adjective, unless it is said of border guards and the like."""
        words = self.words
        one, border = words.any_of(words.adjectives), words.any_of(words.lists["border"])
        unlike = words.lists.get("border_people", [])
        after = rf"(?!{words.gap}{border}{words.gap}{words.any_of(unlike)})" if unlike else ""
        return f"(?P<people>{one}){after}"

    def _people_borders(self) -> re.Pattern[str] | None:
        """Return the expression of such a border in running text, null where words are not parted by spaces."""
        words = self.words
        if not words.spaces or not words.adjectives or not words.lists.get("border"):
            return None
        one, border, gap = (
            words.any_of(words.adjectives),
            words.any_of(words.lists["border"]),
            words.gap,
        )
        last = re.sub(r"\(\?P<people>", "(?:", self._people())
        before = rf"(?:{one}\s*[-/]\s*)?{last}{gap}{border}"
        behind = rf"{border}{gap}{one}(?:\s*[-/]\s*{one})?"
        return re.compile(rf"(?<!\w)(?:{before}|{behind})(?!\w)")

    def _peoples(self) -> str:
        """Return the regular expression of two adjectives of nationality that are joined."""
        one = self.words.any_of(self.words.adjectives)
        mark = r"\s*[-/]\s*" if self.words.spaces else r"\s*[-/]?\s*"
        space = (
            rf"|{self.words.gap}(?:{self.words.any_of(self.words.lists['and'])}{self.words.gap})?"
        )
        return f"(?P<people>{one})(?:{mark}{space if self.words.spaces else ''})(?P<people2>{one})"

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
        pieces = pieces_of(outside)
        lists = [piece for piece in pieces if piece.startswith("{")]
        slots = [piece for piece in pieces if piece in self._slots]
        words = [piece for piece in pieces if piece[0].isalpha()]
        order = (
            "<distance>",
            "<further>",
            "<heading>",
            "<direction>",
            "<region>",
            "<noun>",
            "<peoples>",
            "<people>",
        )
        slots.sort(key=order.index)
        return next(iter([*lists, *slots, *words]), "")

    @cache  # noqa: B019 (grammars live as long as the program)
    def gates(self) -> dict[str, re.Pattern[str]]:
        """Return the expression of each piece that some pattern must hold."""
        apart = self.words.spaces and not self.words.glued.particle
        edge, end = (r"(?<!\w)", r"(?!\w)") if apart else ("", "")
        return {key: re.compile(edge + source + end) for key, source in self._pieces().items()}

    @cache  # noqa: B019
    def pieces(self) -> dict[str, re.Pattern[str]]:
        """Return the same where a piece may be written together with others."""
        return {key: re.compile(source) for key, source in self._pieces().items()}

    @cache  # noqa: B019
    def _pieces(self) -> dict[str, str]:
        """Return the regular expression of each piece that some pattern must hold."""
        keys = {
            self.gate(pattern) for patterns in self.patterns.values() for pattern in patterns
        } - {""}
        return {key: re.sub(r"\(\?P<\w+>", "(?:", self.compile(key, {})) for key in keys}

    def compile(self, pattern: str, places: Mapping[str, str]) -> str:
        """Return the regular expression of one pattern."""
        try:
            return compiled(pattern, self.words, {**self._slots, **places})
        except KeyError as error:
            message = (
                f"lexicons/{self.words.language}.toml: pattern {pattern!r} names {error}, "
                "which is neither a slot nor a list of [places.words] or [places.nouns]"
            )
            raise ConfigError(message) from error


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
