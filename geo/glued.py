"""Generic words and particles written together with a name: Korean "보르노주에서는", in Borno state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.geo.remembered import Remembering

if TYPE_CHECKING:
    from collections.abc import Collection

    from dateline.geo.vocabulary import Words

__all__ = ["Glued"]


class Glued:
    """What one language writes together with names.

    Parameters
    ----------
    words
        Those of the language.
    nouns
        Generic words; none where the language writes none of them together with names.
    particles
        Particles that may end a word.

    Attributes
    ----------
    particle
        The regular expression of a particle that may be there, empty where the language has none.
    """

    def __init__(self, words: Words, nouns: Collection[str], particles: Collection[str]) -> None:
        noun, one = words.any_of(nouns), words.any_of(particles)
        self.particle = f"{one}?" if nouns else ""
        self._noun = re.compile(rf"(\w{{2,}}?)({noun}){one}?" if nouns else "(?!)")
        self._ended = re.compile(rf"(\w+?){one}" if nouns else "(?!)")

    @Remembering
    def before_noun(self, folded: str) -> int:
        """Return how many letters of a word stand before the generic word in it; 0 where there is none."""
        match = self._noun.fullmatch(folded)
        return match.end(1) if match else 0

    @Remembering
    def without_particle(self, folded: str) -> str:
        """Return a word without its particle, as it is where it has none."""
        match = self._ended.fullmatch(folded)
        return match.group(1) if match else folded

    @Remembering
    def pieces(self, folded: str) -> tuple[str, ...]:
        """Return the generic word in a word, and the word without its particle; none where nothing is glued."""
        if not self.particle:
            return ()
        noun, bare = self._noun.fullmatch(folded), self.without_particle(folded)
        return (*((noun.group(2),) if noun else ()), *((bare,) if bare != folded else ()))
