"""Names that the word beside them says to be places, listed or not: "the village of Kopchi"."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.common_words import is_common
from dateline.geo.grammar import grammar
from dateline.geo.stretches import CONNECTORS
from dateline.geo.tables import read_tables
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.geo.running_text import RunningText
    from dateline.geo.vocabulary import Words

__all__ = ["Designated", "designated"]

_LONGEST = 3  # words of a name
_SHORTEST = 3  # letters of its first word
_ACRONYM = 5  # letters at most
_CLOSE = frozenset((" ", "-", "–", "\u00a0"))
_QUOTES = " \u00a0\"'«»“”„‘’("


class Designated(NamedTuple):
    """A name that a generic word designates as a place.

    Attributes
    ----------
    start, end
        Offsets of the name in code points.
    kind
        What the word beside it says it is: settlement or district.
    """

    start: int
    end: int
    kind: str


def designated(
    running: RunningText, language: str, taken: Sequence[tuple[int, int]]
) -> list[Designated]:
    """Return the names of a text that only the generic word beside them shows to be places.

    Some are in no gazetteer: a report of a village that is on no map still says where something
    happened, and an editor who sees the name can look for it. Words that the language uses often
    are no names.

    Parameters
    ----------
    running
        The text.
    language
        ISO 639-1 code of a language with a grammar.
    taken
        Stretches that are places already, in code points.
    """
    rules = _rules(language)
    if not rules.before and not rules.after:
        return []
    reader = _Reader(running, rules, taken)
    found: dict[int, Designated] = {}
    for first, last, kind in reader.nouns():
        following = reader.names_after(last) if rules.before else []
        preceding = reader.name_before(first) if rules.after else []
        for start, end in (*following, *preceding):
            at = running.starts[start], running.ends[end - 1]
            if all(at[1] <= opens or closes <= at[0] for opens, closes in taken):
                found.setdefault(at[0], Designated(*at, kind))
    return [found[start] for start in sorted(found)]


class _Rules(NamedTuple):
    """How names stand beside generic words in one language.

    Attributes
    ----------
    words
        Those of the language.
    before, after
        Whether the word stands before a name, and after one.
    linked
        Whether a word before needs a link, and one after a preposition before the name.
    ordinary
        Whether ordinary words too are written with a capital, or none is.
    links
        Small words between the word and a name.
    connectors
        Small words inside a name.
    nouns
        The generic words by their first word, longer phrases first, with their class; those that
        only describe a place, as "capital" does, have none.
    """

    words: Words
    before: bool
    after: bool
    linked: bool
    ordinary: bool
    links: frozenset[str]
    connectors: frozenset[str]
    nouns: dict[str, list[tuple[list[str], str | None]]]


class _Reader:
    """The generic words of a text and the names beside them, as numbers of words."""

    def __init__(
        self, running: RunningText, rules: _Rules, taken: Sequence[tuple[int, int]]
    ) -> None:
        self._running, self._rules, self._words = running, rules, rules.words
        starts = running.starts
        self._covered = {
            i
            for opens, closes in taken
            for i in range(bisect_left(starts, opens), bisect_left(starts, closes))
        }

    def nouns(self) -> list[tuple[int, int, str]]:
        """Return first word, end and class of each generic word; the longest at each place."""
        words, known = self._running.words, self._rules.nouns
        found = []
        for i, word in enumerate(words):
            for phrase, kind in known.get(word, ()):
                if words[i : i + len(phrase)] == phrase:
                    if kind is not None:
                        found.append((i, i + len(phrase), kind))
                    break
        return found

    def names_after(self, at: int) -> list[tuple[int, int]]:
        """Return the name that begins at or right after a word, and those joined to it in a list."""
        running = self._running
        linked = at < len(running) and running.words[at] in self._rules.links
        at += linked
        if at >= len(running) or not self._is_beside(at) or self._rules.linked > linked:
            return []
        end = self._end_of(at)
        names = [(at, end)] if end > at else []
        while end > at and end < len(running):
            joined = running.gap(end).strip() == "," or running.words[end] in self._words.ands
            if not joined:
                break
            at = end + (running.words[end] in self._words.ands)
            end = self._end_of(at)
            names += [(at, end)] if end > at else []
        is_list = len(names) > 1 and running.words[names[-1][0] - 1] in self._words.ands
        return names if is_list else names[:1]

    def name_before(self, at: int) -> list[tuple[int, int]]:
        """Return the name that ends right before a word."""
        if at == 0 or not self._is_beside(at):
            return []
        first = at
        while first > 0 and at - first < _LONGEST and self._is_name(first - 1):
            first -= 1
            if first == 0 or self._running.gap(first) not in _CLOSE or not self._words.capitals:
                break
        led = not self._rules.linked or (
            first > 0 and self._running.words[first - 1] in self._words.at_words
        )
        return [(first, at)] if first < at and led else []

    def _is_beside(self, at: int) -> bool:
        """Tell whether nothing but spaces, quotation marks and the sign of a case stands before a word."""
        return not self._running.gap(at).strip(_QUOTES)

    def _end_of(self, at: int) -> int:
        """Return the end of the name that begins with a word; the word itself where it is none."""
        running, end = self._running, at
        while end < len(running) and end - at < _LONGEST and self._is_name(end):
            end += 1
            if not self._words.capitals:
                break
            following = end + (end < len(running) and running.words[end] in self._rules.connectors)
            if following >= len(running) or running.gap(end) not in _CLOSE:
                break
            end = following if self._is_name(following) else end
            if end != following:
                break
        return end

    def _is_name(self, i: int) -> bool:
        """Tell whether a word can be of a name that nobody has listed."""
        running, words, folded = self._running, self._words, self._running.words[i]
        written = running.text[running.starts[i] : running.ends[i]]
        if i in self._covered or len(folded) < _SHORTEST or not written[0].isalpha():
            return False
        if words.capitals and (not running.capital[i] or folded in running.in_lower_case):
            return False
        if written.isupper() and words.capitals and len(written) <= _ACRONYM:
            return False
        known = folded in words.stop or folded in words.titles or folded in words.institutions
        if known or words.is_noun(folded) or words.is_direction(folded) or words.people(folded):
            return False
        return not (self._may_be_ordinary(i) and is_common(folded, words.language))

    def _may_be_ordinary(self, i: int) -> bool:
        """Tell whether a capital says nothing of a word: there is none, or ordinary words have it there too."""
        if self._rules.ordinary:
            return True
        return self._running.opens_sentence(i) or self._running.in_headline(i)


@cache
def _rules(language: str) -> _Rules:
    """Return the rules of a language, by `data/designated.toml` and its lexicon."""
    table, words = read_tables("designated.toml"), grammar(language).words
    return _Rules(
        words,
        before=words.spaces and language in table["before"],
        after=words.spaces and language in table["after"],
        linked=language in table["linked"],
        ordinary=not words.capitals or language in table["capitals_everywhere"],
        links=frozenset(table["links"]),
        connectors=CONNECTORS - words.ands,
        nouns=_nouns(words, frozenset(table["kinds"])),
    )


def _nouns(words: Words, kinds: frozenset[str]) -> dict[str, list[tuple[list[str], str | None]]]:
    """Return the generic words by their first word, longer phrases first."""
    capitals = frozenset(words.lists["capital"])
    found: dict[str, list[tuple[list[str], str | None]]] = {}
    for kind, phrases in words.table["nouns"].items():
        for phrase in phrases:
            parts = fold(phrase).rstrip(".").split()
            names = kind in kinds and " ".join(parts) not in capitals
            found.setdefault(parts[0], []).append((parts, kind if names else None))
    for members in found.values():
        members.sort(key=lambda each: -len(each[0]))
    return found
