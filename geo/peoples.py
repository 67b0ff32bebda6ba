"""Adjectives of nationality and peoples in running text: what it is about, though no places."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dateline.geo.expression import Name
from dateline.geo.grammar import grammar
from dateline.geo.parser import Reading
from dateline.geo.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dateline.geo.running_text import RunningText

__all__ = ["peoples"]


@cache
def _by_first_word(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the demonyms of a language by their first word, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for demonym in sorted(grammar(language).words.demonyms, key=len):
        first = demonym.split()[0]
        found[first] = (demonym, *found.get(first, ()))
    return found


def peoples(running: RunningText, language: str) -> Iterator[Span]:
    """Yield the adjectives of nationality and peoples of a text, where they are written with a capital.

    Parameters
    ----------
    running
        The text.
    language
        ISO 639-1 code.
    """
    known = _by_first_word(language)
    if not known:
        return
    reached = -1
    for start, word, capital in zip(running.starts, running.words, running.capital, strict=True):
        if not capital or start < reached:
            continue
        for demonym in known.get(word.partition("'")[0], ()):
            end = start + len(demonym)
            whole = running.folded.startswith(demonym, start)
            if whole and not running.folded[end : end + 1].isalnum():
                words = running.text[start:end]
                name = Reading(Name(words, words), "name", language)
                yield Span(start, end, (name,), people=True)
                reached = end
                break
