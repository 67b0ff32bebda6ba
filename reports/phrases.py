"""Phrases: the entries of a vocabulary, and those that begin with one word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Beginning", "Phrase"]

_SPOKEN = 5
_VOWELS = frozenset("aeiouAEIOU")


def _is_spoken(word: str) -> bool:
    """Return whether initials are long enough to be taken for a name, or no word for want of a vowel."""
    return len(word) >= _SPOKEN or not _VOWELS & set(word)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry: the words after the first, what it is and what it stands for.

    `cased` phrases match only where the text has them capitalised (`name`) or as given (`acronym`).
    """

    tail: tuple[str, ...]
    category: str
    value: Any
    cased: str = ""
    head: str = ""

    def case_fits(self, words: Sequence[str]) -> bool:
        """Return whether the words are written as a name or acronym is."""
        if not self.cased:
            return True
        if self.cased == "acronym":
            bare = (re.split("['’]", word, maxsplit=1)[0] for word in words)
            return all(
                word.isupper() or not word.isalpha() or (word.istitle() and _is_spoken(word))
                for word in bare
            )  # "Iswap", "Rsf", as French, Italian and Finnish write them
        first = words[0][0]
        return not first.islower() or any(word[0].isupper() for word in words[1:])


@dataclass(frozen=True, slots=True)
class Beginning:
    """The phrases that begin with one word: alone, by their second word, or with a stem second.

    `alone` has category and value of each phrase of one word, `by_stem` the phrases with a stem
    second by the first letter of that.
    """

    alone: tuple[tuple[str, Any], ...]
    by_second: dict[str, list[tuple[Phrase, int]]]
    by_stem: dict[str, list[tuple[Phrase, int]]]
    goes_on: bool

    @classmethod
    def of(cls, phrases: list[Phrase], word: str) -> Beginning:
        """Return the phrases that may begin with `word`, written so."""
        alone: dict[str, Any] = {}
        by_second: dict[str, list[tuple[Phrase, int]]] = {}
        by_stem: dict[str, list[tuple[Phrase, int]]] = {}
        for phrase in phrases:
            if not phrase.tail:
                if phrase.case_fits([word]):
                    alone.setdefault(phrase.category, phrase.value)
            elif phrase.tail[0][-1] in "*~":
                by_stem.setdefault(phrase.tail[0][0], []).append((phrase, 0))
            else:
                by_second.setdefault(phrase.tail[0], []).append((phrase, 1))
        return cls(tuple(alone.items()), by_second, by_stem, bool(by_second or by_stem))

    def longer(self, second: tuple[str, ...]) -> list[tuple[Phrase, int]]:
        """Return the phrases that may go on with a word of the forms `second`.

        With each the number of words of its tail that are known to fit.
        """
        found: list[tuple[Phrase, int]] = []
        for form in second:
            if form in self.by_second:
                found += self.by_second[form]
        if self.by_stem:
            for letter in dict.fromkeys(form[0] for form in second):
                found += self.by_stem.get(letter, ())
        return found
