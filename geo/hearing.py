"""Names in running text that no gazetteer has in their script, heard as a name of a country spoken of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.common_words import is_common
from dateline.geo.grammar import grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dateline.geo.grammar import Words
    from dateline.geo.running_text import RunningText
    from dateline.geo.sound import Heard, Sounds

__all__ = ["HeardName", "heard_names"]

_SURE = 0.85  # likeness that is asked of names in running text
_SHORTEST = 3  # letters
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


def heard_names(
    running: RunningText,
    language: str,
    taken: Sequence[tuple[int, int]],
    sounds: Iterable[Sounds],
) -> list[HeardName]:
    """Return the names that are heard as places, in order, none overlapping.

    A word is tried where it stands beside a word for a kind of place or after one that says where or what was struck
    ("the village of ...", "in ...", "west of ...", "shelled ..."), is no common word of the language and not in Latin letters.

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
    spans = [*(_words(running, words) if words.spaces else _katakana(running, words))]
    free = [
        span for span in spans if all(span[1] <= start or end <= span[0] for start, end in taken)
    ]
    if not free:
        return []
    countries = list(sounds)
    found: list[HeardName] = []
    for start, end in free:
        if found and start < found[-1].end:
            continue
        name = running.text[start:end]
        heard = [each for country in countries if (each := country.closest(name)) is not None]
        best = max(heard, key=lambda each: each.likeness, default=None)
        if best is not None and best.likeness >= _SURE:
            found.append(HeardName(start, end, best))
    return found


def _words(running: RunningText, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the words, and pairs of them, that may be names and stand where places are named: two before one."""
    for i, start in enumerate(running.starts):
        if not _may_be_name(running, i, words):
            continue
        for last in (i + 1, i):
            if last > i and not (
                last < len(running)
                and running.gap(last) == " "
                and _may_be_name(running, last, words)
            ):
                continue
            bare = _without_particle(running.words[last], words)
            if bare or _is_placed(running, i, last, words):
                yield start, running.starts[last] + (bare or len(running.words[last]))


def _without_particle(word: str, words: Words) -> int:
    """Return how many letters stand before a particle that says where, or a kind of place; none where there is none."""
    if bare := words.glued.before_noun(word):
        return bare
    for particle in words.placed_after:
        if word.endswith(particle) and len(word) - len(particle) >= _SHORTEST - 1:
            return len(word) - len(particle)
    return 0


def _may_be_name(running: RunningText, i: int, words: Words) -> bool:
    """Tell whether a word may be part of a name in another script than Latin."""
    word = running.words[i]
    return (
        len(word) >= _SHORTEST
        and not word.isdigit()
        and _LATIN.match(word) is None
        and (running.capital[i] or not words.capitals)
        and not is_common(word, words.language)
        and word not in words.stop
        and word not in words.demonyms
        and not words.is_noun(word)
        and not words.is_direction(word)
    )


def _is_placed(running: RunningText, first: int, last: int, words: Words) -> bool:
    """Tell whether a word beside says that a place is named."""
    if first and running.gap(first).isspace():
        before = running.words[first - 1]
        if before in words.at_words or words.is_noun(before) or words.is_direction(before):
            return True
        if words.is_struck(before):
            return True
    if last + 1 == len(running) or not running.gap(last + 1).isspace():
        return False
    after = running.words[last + 1]
    bare = after[: _without_particle(after, words) or len(after)]
    return words.is_noun(bare) or after in words.placed_after


def _katakana(running: RunningText, words: Words) -> Iterator[tuple[int, int]]:
    """Yield the runs of katakana that a word for a kind of place, or one that says where, follows."""
    for run in _KATAKANA.finditer(running.text):
        after = running.text[run.end() : run.end() + _AFTER_KATAKANA].lstrip("の")
        ends = [after[:size] for size in range(1, len(after) + 1)]
        if not is_common(run[0], words.language) and any(
            words.is_noun(end) or end in words.placed_after for end in ends
        ):
            yield run.span()
