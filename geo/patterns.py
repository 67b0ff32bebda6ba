"""The grammar's patterns for running text, and what tells quickly which of them a stretch cannot match."""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, get_args

from dateline.geo.expression import NounClass
from dateline.geo.grammar import KINDS, NAME, grammar
from dateline.geo.pattern import pieces_of
from dateline.geo.running_text import SIGNS, WORD
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
_PIECES = re.compile(r"[^\s\-./'\"]+")


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
        self._spaces = rules.words.spaces
        openers: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        told = []  # by its words alone
        self._always: list[str] = []
        every = [key for made in self._by_gate.values() for each in made for key in each.needs]
        for key in dict.fromkeys(every):
            phrases = _phrases_of(key, rules.words)
            if phrases is None:
                self._always.append(key)
            elif self._spaces and key != "<distance>":
                told.append(key)
            for first, *others in phrases or ():
                openers.setdefault(first, []).append((key, tuple(others)))
        self._openers = _Openers(openers)
        self._gates = {
            key: None if key in told else rules.gates().get(key) for key in self._by_gate
        }

    def matches(self, window: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and kind of each match.

        Parameters
        ----------
        window
            A folded stretch of text, names in it replaced by `NAME`'s signs.
        words
            The folded words that stand in it.
        """
        keys = self._held(words if self._spaces else window)
        for key in keys & self._by_gate.keys():
            ready = [pattern for pattern in self._by_gate[key] if pattern.needs <= keys]
            gate = self._gates[key]
            if not ready or (gate is not None and not gate.search(window)):
                continue
            for pattern in ready:
                for match in pattern.search.finditer(window):
                    if match.end() > match.start():
                        yield match.start(), match.end(), pattern.kind

    def _held(self, words: Sequence[str]) -> set[str]:
        """Return the gates that may stand among words, or signs where words are not parted."""
        keys = set(self._always)
        for i, opened in enumerate(map(self._openers.__getitem__, words)):
            if opened is None:
                continue
            alone, longer = opened
            keys |= alone
            for key, others in longer:
                following = words[i + 1 : i + 1 + len(others)]
                if len(following) == len(others) and all(map(str.startswith, following, others)):
                    keys.add(key)
        return keys


_Opened = tuple[frozenset[str], tuple[tuple[str, tuple[str, ...]], ...]]


class _Openers(dict[str, _Opened | None]):
    """The gates that a word is, and those it can begin with how they go on: worked out when it is first met.

    Most words have none, which is null.

    Parameters
    ----------
    gates
        Gates and the words that follow, by a word that begins them; `*` ends stems, "0" stands for numbers in digits.
    """

    def __init__(self, gates: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]) -> None:
        super().__init__()
        self._gates = gates
        self._stems = [first[:-1] for first in gates if first.endswith("*")]

    def __missing__(self, word: str) -> _Opened | None:
        found: dict[tuple[str, tuple[str, ...]], None] = {}
        *inner, last = re.split("['\"]", word)
        for piece in {*inner, last, word}:
            begun = [*self._gates.get("0" if piece[:1].isdigit() else piece, ())]
            for stem in self._stems:
                if piece.startswith(stem):
                    begun += self._gates[f"{stem}*"]
            # the next word follows the last piece alone
            found.update(
                dict.fromkeys(begun if piece in {last, word} else [(key, ()) for key, _ in begun])
            )
        if len(self) > _KEPT:
            self.clear()
        alone = frozenset(key for key, others in found if not others)
        longer = tuple(each for each in found if each[1] and each[0] not in alone)
        self[word] = opens = (alone, longer) if found else None
        return opens


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


def _phrases_of(gate: str, words: Words) -> list[list[str]] | None:
    """Return the phrases that a gate is a choice of, as their words: null where any word may begin it.

    The first word may be a stem, which `*` ends, or "0" for digits; the others are what words may begin with. Where
    words are not parted, the first letter of each phrase.
    """
    phrases = _phrases(gate, words)
    if not phrases:
        return None
    told = []
    for phrase in map(fold, phrases):
        pieces = _PIECES.findall(phrase) if _PLAIN.fullmatch(phrase) else []
        if not pieces or phrase[0] != pieces[0][0] or pieces[0].startswith("*"):
            return None
        if not words.spaces:
            told.append([phrase[0]])
            continue
        stem, star, _ = pieces[0].partition("*")
        if WORD.fullmatch(stem) is None:
            return None
        begins = (piece.partition("*")[0] for piece in pieces[1:])
        others = takewhile(WORD.fullmatch, begins)
        told.append([stem + (star or "*" * (gate in _RUN_ON)), *others])
    return told


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
    if gate in {"<peoples>", "<people>"}:
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
