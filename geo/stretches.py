"""The stretches of a running text that may be names: up to five words, or eight letters without spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.geo.tokens import has_unspaced, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from dateline.geo.running_text import RunningText
    from dateline.geo.vocabulary import Words

__all__ = ["Stretch", "apart", "stretches"]

_LONGEST = 5
_LONGEST_UNSPACED = 8
_ABBREVIATION = 3  # letters of an abbreviation at most ("St. Louis")
_CLOSE = frozenset((" ", "-", "–", "‑", "\u00a0", "'", "’"))
_CONNECTORS = frozenset({"of", "de", "la", "le", "du", "des", "del", "los", "las", "el", "al", "upon", "am", "an", "der",
                         "the", "na", "nad", "sur", "en", "do", "da", "dos", "di", "on", "and", "by", "на"})  # fmt: skip


class Stretch(NamedTuple):
    """Start and end in code points, and the numbers of the first and last word."""

    start: int
    end: int
    first: int
    last: int


def stretches(running: RunningText, words: Words) -> Iterator[Stretch]:
    """Yield the stretches of a text that may be names.

    Parameters
    ----------
    running
        The text.
    words
        Those of its language.
    """
    text, starts, ends = running.text, running.starts, running.ends
    named = _may_be_named(running, words)
    unspaced = has_unspaced(text)
    for i, start in enumerate(starts):
        if unspaced and is_unspaced(text[start]):
            yield from _unspaced(running, i)
            continue
        if not named[i] or running.words[i].isdecimal():
            continue
        for j in range(i, min(i + _LONGEST, len(starts))):
            if j > i and not _joined(running, j, cased=words.capitals):
                break
            if not named[j]:
                continue
            end = ends[j]
            if text[end - 2 : end] in ("'s", "’s"):
                end -= 2
            if end - start > 1:
                yield Stretch(start, end, i, j)
            if text[end : end + 1] == "." and words.alias(text[start : end + 1]):
                yield Stretch(start, end + 1, i, j)


def _may_be_named(running: RunningText, words: Words) -> list[bool]:
    """Return whether a name may begin or end with each word: by its capital, where its letters have such."""
    if not words.capitals:
        return [True] * len(running)
    return [
        capital or not word[0].islower()  # folded: what is no lower-case letter has no case
        for capital, word in zip(running.capital, running.words, strict=True)
    ]


def _unspaced(running: RunningText, i: int) -> Iterator[Stretch]:
    """Yield the stretches of a run of letters without spaces."""
    last = running.ends[i]
    for start in range(running.starts[i], last):
        for end in range(start + 2, min(start + _LONGEST_UNSPACED, last) + 1):
            yield Stretch(start, end, i, i)


def _joined(running: RunningText, j: int, *, cased: bool) -> bool:
    """Tell whether a word and the one before it may belong to one name."""
    gap, two, capital = running.gap(j), running.words[j], running.capital[j]
    if gap in _CLOSE:
        return capital or not cased or two in _CONNECTORS or two.isdecimal()
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
