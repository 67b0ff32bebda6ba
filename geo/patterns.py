"""The grammar's patterns for running text, and what tells quickly which of them a stretch cannot match."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, get_args

from dateline.geo.expression import NounClass
from dateline.geo.grammar import KINDS, NAME, grammar
from dateline.geo.pattern import pieces_of
from dateline.geo.running_text import SIGNS, WORD
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dateline.geo.grammar import Grammar
    from dateline.geo.vocabulary import Words

__all__ = ["Patterns", "patterns"]

_NOT_IN_TEXT = ("inside", "at")  # too open for running text; ", Louisiana" is a hint there
_KEPT = 100_000  # words whose gates are remembered
_RUN_ON = ("<direction>", "<heading>", "<further>")  # their words may follow each other unparted
_PLAIN = re.compile(rf"[\w\s*'\"\-./{SIGNS}]+")
_BRACKETS = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
_CHOICE = re.compile(r"\([^()]*\|[^()]*\)")
_MAYBE = "\ue002"  # stands for what may be absent
_APART = frozenset((" ", ""))  # beside a piece that is a word of its own
_NAMES = frozenset(("<place>", "<place2>", "<name>"))
_FIRST = re.compile(r"[^\s\-./'\"]+")


class _Pattern:
    """A pattern and its kind; compiled when it is first needed, as many never are."""

    def __init__(self, kind: str, whole: str, needs: frozenset[str]) -> None:
        self.kind = kind
        self.needs = needs
        self._whole = whole

    @cached_property
    def search(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self._whole)


class Patterns:
    """The patterns of one language.

    Parameters
    ----------
    rules
        Its grammar.

    Notes
    -----
    Any match of a pattern holds what it needs, pieces of the grammar ("<direction>", "{near}", "(tra|fra)"), one of
    them its gate. A pattern is tried only where words stand that can begin each of these, and its gate is found.
    """

    def __init__(self, rules: Grammar) -> None:
        phrase = _phrase(rules)
        places = {"<place>": phrase, "<place2>": phrase, "<name>": NAME}
        particle = rules.words.glued.particle
        edge, end = (r"(?<!\w)", rf"(?={particle}(?!\w))") if rules.words.spaces else ("", "")
        self._by_gate: dict[str, list[_Pattern]] = {}
        for kind in KINDS:
            for pattern in () if kind in _NOT_IN_TEXT else rules.patterns[kind]:
                body = re.sub(r"\(\?P<\w+>", "(?:", rules.compile(pattern, places))
                gate = rules.gate(pattern)
                needs = frozenset((gate, *_needed(pattern)))
                self._by_gate.setdefault(gate, []).append(_Pattern(kind, edge + body + end, needs))
        self._gates = {key: rules.gates().get(key) for key in self._by_gate}
        self._spaces = rules.words.spaces
        openers: dict[str, list[str]] = {}
        self._always: list[str] = []
        every = [key for made in self._by_gate.values() for each in made for key in each.needs]
        for key in dict.fromkeys(every):
            firsts = _first_words(key, rules.words)
            if firsts is None:
                self._always.append(key)
            for first in firsts or ():
                openers.setdefault(first, []).append(key)
        self._openers = _Openers(openers)

    def matches(self, window: str, words: Iterable[str]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and kind of each match.

        Parameters
        ----------
        window
            A folded stretch of text, names in it replaced by `NAME`'s signs.
        words
            The folded words that stand in it.
        """
        signs = set(words if self._spaces else window)
        keys = set(self._always).union(*map(self._openers.__getitem__, signs))
        for key, made in self._by_gate.items():
            ready = [pattern for pattern in made if pattern.needs <= keys] if key in keys else ()
            gate = self._gates[key]
            if not ready or (gate is not None and not gate.search(window)):
                continue
            for pattern in ready:
                for match in pattern.search.finditer(window):
                    if match.end() > match.start():
                        yield match.start(), match.end(), pattern.kind


class _Openers(dict[str, frozenset[str]]):
    """The gates that a word can begin, worked out when it is first met.

    Parameters
    ----------
    gates
        Gates by a word that begins them; `*` ends stems, "0" stands for numbers in digits.
    """

    def __init__(self, gates: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._gates = gates
        self._stems = [first[:-1] for first in gates if first.endswith("*")]

    def __missing__(self, word: str) -> frozenset[str]:
        found: set[str] = set()
        for piece in {word, *re.split("['\"]", word)}:
            found.update(self._gates.get("0" if piece[:1].isdigit() else piece, ()))
            for stem in self._stems:
                if piece.startswith(stem):
                    found.update(self._gates[f"{stem}*"])
        if len(self) > _KEPT:
            self.clear()
        self[word] = opened = frozenset(found)
        return opened


@cache
def patterns(language: str) -> Patterns:
    """Return the patterns of a language."""
    return Patterns(grammar(language))


def _phrase(rules: Grammar) -> str:
    """Return the expression of a name with its generic words and articles, or a list of such."""
    named = [
        re.sub(r"\(\?P<\w+>", "(?:", rules.compile(pattern, {"<name>": NAME}))
        for pattern in rules.patterns["named"]
    ]
    articles = rules.words.any_of(rules.words.articles)
    one = rf"(?:{articles}{rules.words.gap})?(?:{'|'.join([*named, NAME])})"
    return rf"(?:{one}(?:(?:{rules.joiner.pattern}){one}){{0,9}})"


def _needed(pattern: str) -> Iterator[str]:
    """Yield the pieces that any match of a pattern must hold as words of their own: lists, slots, words, choices."""
    bare = _BRACKETS.sub(_MAYBE, pattern)
    for choice in _CHOICE.finditer(bare):
        if _MAYBE not in choice[0] and _is_apart(bare, *choice.span()):
            yield choice[0]
    plain = _CHOICE.sub(lambda choice: _MAYBE * len(choice[0]), bare)
    at = 0
    for piece in pieces_of(plain):
        at = plain.index(piece, at) + len(piece)
        word = piece not in _NAMES and (piece[0].isalpha() or piece[0] in "<{")
        if word and _MAYBE not in piece and _is_apart(plain, at - len(piece), at):
            yield piece


def _is_apart(pattern: str, start: int, end: int) -> bool:
    """Tell whether a piece of a pattern has spaces on both sides, or nothing."""
    return pattern[max(start - 1, 0) : start] in _APART and pattern[end : end + 1] in _APART


def _first_words(gate: str, words: Words) -> list[str] | None:
    """Return the words that can begin a gate, `*` at the end of stems, "0" for digits; null where any may.

    Where words are not parted, their first letters.
    """
    phrases = _phrases(gate, words)
    if not phrases:
        return None
    firsts = []
    for phrase in map(fold, phrases):
        first = _FIRST.match(phrase) if _PLAIN.fullmatch(phrase) else None
        if first is None or first[0].startswith("*"):
            return None
        if not words.spaces:
            firsts.append(phrase[0])
            continue
        stem, star, _ = first[0].partition("*")
        if WORD.fullmatch(stem) is None:
            return None
        firsts.append(stem + (star or "*" * (gate in _RUN_ON)))
    return firsts


def _phrases(gate: str, words: Words) -> list[str]:
    """Return the words and phrases that a gate is a choice of; none where it is no such choice."""
    table = words.table
    if gate.startswith(("(", "{")):
        inner = gate[1:-1]
        return inner.split("|") if gate.startswith("(") else words.lists.get(inner, [])
    if gate == "<noun>":
        return [word for noun in get_args(NounClass) for word in table["nouns"].get(noun, [])]
    if gate == "<distance>":
        return ["0", *table["numbers"]]
    if gate == "<peoples>":
        return list(words.adjectives)
    tables = {
        "<direction>": ("directions",),
        "<heading>": ("directions", "compass"),
        "<further>": ("comparatives",),
    }
    if gate in tables:
        return [
            word
            for name in tables[gate]
            for choice in table.get(name, {}).values()
            for word in choice
        ]
    return [gate] if gate and not gate.startswith("<") else []
