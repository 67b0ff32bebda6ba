"""Names in running text that no gazetteer has in their script, heard as a name of a country spoken of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.common_words import is_common
from dateline.geo.cues import is_abbreviation
from dateline.geo.grammar import grammar
from dateline.geo.remembered import Remembering
from dateline.geo.spans import Spans
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.geo.grammar import Words
    from dateline.geo.running_text import RunningText
    from dateline.geo.sound import Heard, Sounds

__all__ = ["HeardName", "heard_names"]

_SURE = 0.85  # likeness that is asked of names in running text
_SURER = (
    0.93  # of those that only a preposition glued to them or a name beside them says to be places
)
_SHORTEST, _LONG = 3, 4  # letters
_WEAK = re.compile("[אהויעاويی]")  # letters that may stand for vowels
_COMMAS = frozenset((",", "،", "، و", ", و"))
_LATIN = re.compile("[a-z]")
_KATAKANA = re.compile("[ァ-ヺー]{3,}(?:・[ァ-ヺー]{2,})*")
_AFTER_KATAKANA = 4  # characters that may hold a word for a kind of place, or a particle


class HeardName(NamedTuple):
    """A stretch of text that sounds like a place's name.

    Attributes
    ----------
    start, end
        Offsets in code points.
    heard
        The name in Latin letters, and how alike the two are.
    """

    start: int
    end: int
    heard: Heard


class _Tried(NamedTuple):
    """A stretch of text that may be a name: start, end, where the name in it begins, and how alike a known one must be."""

    start: int
    end: int
    name: int
    least: float


def heard_names(
    running: RunningText,
    language: str,
    taken: Sequence[tuple[int, int]],
    sounds: Iterable[Sounds],
) -> list[HeardName]:
    """Return the names that are heard as places, in order, none overlapping.

    A word is tried where it stands beside a word for a kind of place or after one that says where or what was struck
    ("the village of ...", "in ...", "west of ...", "shelled ..."), or in a row with names that are known, is no common
    word of the language and not in Latin letters.

    Parameters
    ----------
    running
        The text.
    language
        ISO 639-1 code.
    taken
        Start and end of the names that are known.
    sounds
        The names of each country that the text speaks of; taken only where a word is to be tried.
    """
    words = grammar(language).words
    tried = [*(_words(running, words, taken) if words.spaces else _katakana(running, words))]
    known = Spans(taken)
    free = [each for each in tried if not known.meet(each.start, each.end)]
    if not free:
        return []
    countries = list(sounds)
    found: list[HeardName] = []
    for start, end, name, least in free:
        if found and start < found[-1].end:
            continue
        text = running.text[name:end]
        if is_abbreviation(text, words):
            continue
        heard = [each for country in countries if (each := country.closest(text)) is not None]
        best = max(heard, key=lambda each: each.likeness, default=None)
        if best is not None and best.likeness >= least:
            found.append(HeardName(start, end, best))
    return found


def _words(
    running: RunningText, words: Words, taken: Sequence[tuple[int, int]]
) -> Iterator[_Tried]:
    """Yield the words, and pairs of them, that may be names and stand where places are named: two before one."""
    telling = _telling(words)
    places = _Places(running, telling, taken)
    may_be_name = [
        (capital or not words.capitals) and telling.may_be_name(word)
        for word, capital in zip(running.words, running.capital, strict=True)
    ]
    for i, start in enumerate(running.starts):
        if not may_be_name[i]:
            continue
        for last in (i + 1, i):
            if last > i and not (
                last < len(running) and running.gap(last) == " " and may_be_name[last]
            ):
                continue
            bare = telling.bare(running.words[last])
            end = running.starts[last] + (bare or len(running.words[last]))
            if bare or places.named(i, last):
                yield _Tried(start, end, start, _SURE)
            elif places.in_row(i, last):
                yield _Tried(start, end, start, _SURER)
            else:
                yield from places.glued(i, last)


@cache
def _telling(words: Words) -> _Telling:
    """Return what the words of a language tell."""
    return _Telling(words)


class _Telling:
    """What single words tell of themselves and of those beside them, in a language that parts its words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        near = (*words.lists.get("near", ()), *words.lists.get("outskirts", ()))
        self._near = frozenset(fold(phrase).rpartition(" ")[2] for phrase in near)
        self.before = tuple(word for word in words.at_words if word in words.prefixes)
        self.joints = tuple(word for word in words.ands if word in words.prefixes)

    @Remembering
    def may_be_name(self, word: str) -> bool:
        """Tell whether a word may be part of a name in another script than Latin, as far as its letters go."""
        words = self.words
        return (
            len(word) >= _SHORTEST
            and not word.isdigit()
            and _LATIN.match(word) is None
            and not is_common(word, words.language)
            and word not in words.stop
            and word not in words.demonyms
            and not words.is_noun(word)
            and not words.is_direction(word)
        )

    @Remembering
    def bare(self, word: str) -> int:
        """Return how many letters stand before a particle that says where, or a kind of place; none where there is none."""
        if bare := self.words.glued.before_noun(word):
            return bare
        for particle in self.words.placed_after:
            if word.endswith(particle) and len(word) - len(particle) >= _SHORTEST - 1:
                return len(word) - len(particle)
        return 0

    @Remembering
    def leads(self, before: str) -> bool:
        """Tell whether a word says that what follows it is a place."""
        words = self.words
        if before in words.at_words or before in self._near or words.is_struck(before):
            return True
        forms = [before, *(before[len(p) :] for p in words.prefixes if before.startswith(p))]
        return any(words.is_noun(form) or words.is_direction(form) for form in forms)

    @Remembering
    def follows(self, after: str) -> bool:
        """Tell whether a word says that what stands before it is a place."""
        bare = after[: self.bare(after) or len(after)]
        return self.words.is_noun(bare) or after in self.words.placed_after


class _Places:
    """What of the words around a word says that it names a place."""

    def __init__(
        self, running: RunningText, telling: _Telling, taken: Sequence[tuple[int, int]]
    ) -> None:
        self._running, self._telling = running, telling
        self._begin, self._end = ({pair[side] for pair in taken} for side in (0, 1))

    def named(self, first: int, last: int) -> bool:
        """Tell whether a word beside says that a place is named."""
        running, telling = self._running, self._telling
        if first and telling.leads(running.words[first - 1]) and running.gap(first).isspace():
            return True
        return (
            last + 1 < len(running)
            and telling.follows(running.words[last + 1])
            and running.gap(last + 1).isspace()
        )

    def in_row(self, first: int, last: int) -> bool:
        """Tell whether a comma or "and" joins a word to a name that is known."""
        running, ands = self._running, self._telling.words.ands
        if first and running.ends[first - 1] in self._end and running.gap(first).strip() in _COMMAS:
            return True
        if first > 1 and running.words[first - 1] in ands and running.ends[first - 2] in self._end:
            return True
        after = last + 1
        if after >= len(running):
            return False
        if running.gap(after).strip() in _COMMAS and running.starts[after] in self._begin:
            return True
        return (
            running.words[after] in ands
            and after + 1 < len(running)
            and running.starts[after + 1] in self._begin
        )

    def glued(self, first: int, last: int) -> Iterator[_Tried]:
        """Yield a word without the preposition before it, or the "and" that joins it to a name that is known."""
        running, word = self._running, self._running.words[first]
        start, end = running.starts[first], running.ends[last]
        told = self._telling
        rows = told.joints if first and running.ends[first - 1] in self._end else ()
        for prefix in (*told.before, *rows):
            rest = word.removeprefix(prefix)
            telling = prefix in rows or last > first or len(_WEAK.sub("", rest)) >= _LONG
            uncased = not told.words.capitals
            if telling and rest != word and uncased and told.may_be_name(rest):
                yield _Tried(start, end, start + len(prefix), _SURER)


def _katakana(running: RunningText, words: Words) -> Iterator[_Tried]:
    """Yield the runs of katakana that a word for a kind of place, or one that says where, follows."""
    for run in _KATAKANA.finditer(running.text):
        after = running.text[run.end() : run.end() + _AFTER_KATAKANA].lstrip("の")
        ends = [after[:size] for size in range(1, len(after) + 1)]
        if not is_common(run[0], words.language) and any(
            words.is_noun(end) or end in words.placed_after for end in ends
        ):
            yield _Tried(run.start(), run.end(), run.start(), _SURE)
