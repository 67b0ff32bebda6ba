"""Patterns of word order ("<distance> <direction> of <place>") as regular expressions over folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.geo.vocabulary import Words

__all__ = ["Gates", "Whole", "compiled", "pieces_of"]

_KEPT = 256  # texts whose patterns are remembered
_SETS_KEPT = 4_096  # sets of pieces that texts hold
_PIECE = re.compile(r"\[|\]|\(\(|\)|\(|\||<[a-z0-9]+>|\{[a-z_]+\}|\s+|[^\[\]()|<>{}\s]+")


def pieces_of(pattern: str) -> list[str]:
    """Return the brackets, slots, lists, spaces and words of a pattern, in order."""
    return _PIECE.findall(pattern)


def compiled(pattern: str, words: Words, slots: Mapping[str, str]) -> str:
    """Return the regular expression of a pattern.

    Parameters
    ----------
    pattern
        As `en.toml` explains.
    words
        The words of its language.
    slots
        The regular expression of each slot.

    Raises
    ------
    KeyError
        If the pattern names a slot or list that is not there.
    """
    return _Compiler(words, slots).sequence(pieces_of(pattern))


@dataclass(frozen=True)
class Whole:
    """A pattern for a whole expression, compiled when a text that may match it first comes.

    Attributes
    ----------
    source
        The regular expression.
    gate
        The piece that any match must hold, empty where there is none.
    """

    source: str
    gate: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled regular expression."""
        return re.compile(self.source)


class Gates:
    """Which patterns of a grammar a text may match, by the pieces that it holds: hardly any, for a mere name.

    Parameters
    ----------
    whole
        The patterns of each kind.
    pieces
        Gives the regular expression of each piece; asked when the first text comes.
    """

    def __init__(
        self,
        whole: Mapping[str, Sequence[Whole]],
        pieces: Callable[[], Mapping[str, re.Pattern[str]]],
    ) -> None:
        self._whole = whole
        self._pieces = pieces
        self._kept: dict[str, dict[str, list[Whole]]] = {}
        self._by_pieces: dict[frozenset[str], dict[str, list[Whole]]] = {}

    def opened(self, text: str) -> dict[str, list[Whole]]:
        """Return the patterns of each kind that a text may match, kinds without any left out."""
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            folded = fold(text)
            pieces = self._pieces().items()
            held = frozenset(key for key, piece in pieces if piece.search(folded))
            self._kept[text] = found = self._with(held)
        return found

    def _with(self, held: frozenset[str]) -> dict[str, list[Whole]]:
        """Return the patterns of each kind that need no other pieces than some."""
        known = self._by_pieces.get(held)
        if known is None:
            if len(self._by_pieces) >= _SETS_KEPT:
                self._by_pieces.clear()
            opened = {
                kind: [pattern for pattern in patterns if not pattern.gate or pattern.gate in held]
                for kind, patterns in self._whole.items()
            }
            known = {kind: patterns for kind, patterns in opened.items() if patterns}
            self._by_pieces[held] = known
        return known


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
