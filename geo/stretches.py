"""The stretches of a running text that may be names: up to five words, or eight letters without spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.tokens import has_unspaced, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from dateline.geo.running_text import RunningText
    from dateline.geo.vocabulary import Words

__all__ = ["CONNECTORS", "Bounds", "Stretch", "apart", "stretches"]

_LONGEST = 5
_LONGEST_UNSPACED = 8
_ABBREVIATION = 3  # letters of an abbreviation at most ("St. Louis")
_GENITIVE = frozenset(("'s", "’s"))
_CLOSE = frozenset((" ", "-", "–", "‑", "\u00a0", "'", "’"))
CONNECTORS = frozenset({"of", "de", "la", "le", "du", "des", "del", "los", "las", "el", "al", "upon", "am", "an", "der",
                         "the", "na", "nad", "sur", "en", "do", "da", "dos", "di", "on", "and", "by", "на", "d", "l", "dell"})  # fmt: skip


Bounds = tuple[int, int, int, int]


class Stretch(NamedTuple):
    """Start and end in code points, and the numbers of the first and last word."""

    start: int
    end: int
    first: int
    last: int


def stretches(running: RunningText, words: Words) -> list[Bounds]:
    """Return the stretches of a text that may be names, each as the fields of a `Stretch`: there are many.

    Parameters
    ----------
    running
        The text.
    words
        Those of its language.
    """
    text, starts = running.text, running.starts
    if not has_unspaced(text):
        return _spaced(running, words, range(len(starts)))
    runs = [i for i, start in enumerate(starts) if is_unspaced(text[start])]
    others = sorted(set(range(len(starts))).difference(runs))
    found = [each for i in runs for each in _unspaced(running, i)]
    return [*found, *_spaced(running, words, others)]


def _spaced(running: RunningText, words: Words, among: Iterable[int]) -> list[Bounds]:
    """Return the stretches that begin with some words: up to five that belong together."""
    text, starts = running.text, running.starts
    named = _may_be_named(running, words)
    cased, count = words.capitals, len(starts)
    met: dict[int, tuple[bool, int, int]] = {}
    found: list[Bounds] = []
    for i in among:
        if not named[i] or running.words[i].isdecimal():
            continue
        start = starts[i]
        for j in range(i, min(i + _LONGEST, count)):
            if j not in met:
                met[j] = _joined(running, j, cased=cased), *_closing(running, j, words)
            joined, end, inner = met[j]
            if j > i and not joined:
                break
            if not named[j]:
                continue
            if end - start > 1:
                found.append((start, end, i, j))
            if text[end : end + 1] == "." and words.alias(text[start : end + 1]):
                found.append((start, end + 1, i, j))
            if inner:
                found.append((start, inner, i, j))
    return found


def _closing(running: RunningText, j: int, words: Words) -> tuple[int, int]:
    """Return where a name ends that a word is the last of: without a genitive, and before a noun glued to it, else 0."""
    text, end = running.text, running.ends[j]
    if text[end - 1] == "s" and text[end - 2 : end] in _GENITIVE:
        end -= 2
    glued = words.glued
    bare = glued.before_noun(running.words[j]) if glued.particle else 0
    return end, running.starts[j] + bare if bare else 0


def _may_be_named(running: RunningText, words: Words) -> list[bool]:
    """Return whether a name may begin or end with each word: by its capital, where its letters have such.

    An adjective made of a name needs none beside the word for an area: "w obwodzie charkowskim".
    """
    if not words.capitals:
        return [True] * len(running)
    named = [
        capital or not word[0].islower()  # folded: what is no lower-case letter has no case
        for capital, word in zip(running.capital, running.words, strict=True)
    ]
    for i in words.adjectives_among(running.words):
        beside = running.words[max(0, i - 1) : i + 2]
        if not named[i] and any(map(words.is_area, beside)):
            named[i] = True
    return named


def _unspaced(running: RunningText, i: int) -> list[Bounds]:
    """Return the stretches of a run of letters without spaces."""
    last = running.ends[i]
    return [
        (start, end, i, i)
        for start in range(running.starts[i], last)
        for end in range(start + 2, min(start + _LONGEST_UNSPACED, last) + 1)
    ]


def _joined(running: RunningText, j: int, *, cased: bool) -> bool:
    """Tell whether a word and the one before it may belong to one name."""
    gap, two, capital = running.gap(j), running.words[j], running.capital[j]
    if gap in _CLOSE:
        return (
            capital
            or not cased
            or two in CONNECTORS
            or two.isdecimal()
            or (
                gap == "-" and running.text[running.ends[j] : running.ends[j] + 1] == "-"
            )  # "Port-au-Prince"
        )
    if gap not in (". ", ".") or not capital or not running.capital[j - 1]:
        return False
    one = running.text[running.starts[j - 1] : running.ends[j - 1]]
    acronym = len(one) > 1 and one.isupper()
    return len(one) <= _ABBREVIATION + 1 and not acronym


def apart(found: Iterable[Stretch], leave: Container[str], text: str) -> list[Stretch]:
    """Return stretches that do not overlap, longer before shorter from the left.

    Parameters
    ----------
    found
        The stretches.
    leave
        Words in lower case that are no names: adjectives of nationality.
    text
        What the stretches are of.
    """
    chosen: list[Stretch] = []
    reached = -1
    for stretch in sorted(found, key=lambda each: (each.start, -each.end)):
        if stretch.start >= reached and text[stretch.start : stretch.end].lower() not in leave:
            chosen.append(stretch)
            reached = stretch.end
    return chosen
