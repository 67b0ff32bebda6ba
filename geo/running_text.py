"""A running text as its words: where each is, how it is written, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from dateline.geo.tokens import fold, has_unspaced, is_unspaced

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

__all__ = ["SIGNS", "WORD", "RunningText"]

_ABBREVIATION = 3  # letters of an abbreviation at most ("Gov. Smith")
_AROUND = 4  # words on each side that tell a headline
_HEADLINE = 0.75  # of them written with a capital
# vowel signs that stand on or beside letters, which are no letters to `re`
SIGNS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0e31-\u0e4e"
WORD = re.compile(rf"\w[\w{SIGNS}]*+(?:['’ʼ\"״][^\W\d]++)*+")
# an article or preposition that leaves its vowel before a name: "l'Ukraine", "d'Odessa", "nell'Ituri", "All'Avana"
_ELIDED = re.compile(
    r"(?:[a-zàèé]{1,6}|[LD]|Qu|Un|All|Dell|Dall|Nell|Sull|Quell)['’](?=[A-ZÀ-ÖØ-ÞĀ-ŽŐŰ])"
)
_SENTENCE_END = re.compile(r"[.!?…:;\n\r\"“”«»()\[\]|•—]\s*$")


class RunningText:
    """The words of a text, as lists that run side by side.

    Parameters
    ----------
    text
        The text.

    Attributes
    ----------
    text, folded
        As given, and folded sign for sign (`dateline.geo.tokens.fold`).
    starts, ends
        Offsets of each word in code points.
    words
        The folded words.
    capital
        Whether each begins with a capital letter.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = folded = fold(text)
        spans = [match.span() for match in WORD.finditer(text.replace("_", " "))]
        parted = _elisions(text, folded, spans)
        if parted:
            spans = [piece for each in spans for piece in parted.get(each, (each,))]
        if has_unspaced(text):
            spans = [piece for start, end in spans for piece in _pieces(text, start, end)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [folded[start:end] for start, end in spans]
        self.capital = [text[start].isupper() for start in self.starts]

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, i: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.ends[i - 1] if i else 0 : self.starts[i]]

    def opens_sentence(self, i: int) -> bool:
        """Tell whether a word is the first of a sentence."""
        if i == 0:
            return True
        gap = self.gap(i)
        if gap == " " or _SENTENCE_END.search(gap) is None:
            return False
        # an abbreviation ("St. Louis") is not the end of a sentence
        short = len(self.words[i - 1]) <= _ABBREVIATION and self.capital[i - 1]
        return not (short and gap.startswith(".") and gap.strip() == ".")

    @cached_property
    def in_lower_case(self) -> frozenset[str]:
        """The words that the text also writes without a capital."""
        return frozenset(
            word for word, capital in zip(self.words, self.capital, strict=True) if not capital
        )

    def in_names(self, leave: Container[str]) -> frozenset[str]:
        """Return the words that stand beside another capitalised word inside a sentence: parts of names.

        Parameters
        ----------
        leave
            Folded words that have their capital from the head of a sentence: prepositions.
        """
        found: set[str] = set()
        capital, words = self.capital, self.words
        for i in [i for i, each in enumerate(capital) if each and i]:
            if capital[i - 1] and self.gap(i) == " " and words[i - 1] not in leave:
                found.add(words[i])
                if not self.opens_sentence(i - 1):
                    found.add(words[i - 1])
        return frozenset(found)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each capitalised word occurs."""
        found: dict[str, int] = {}
        for word, capital in zip(self.words, self.capital, strict=True):
            if capital:
                found[word] = found.get(word, 0) + 1
        return found

    def in_headline(self, i: int) -> bool:
        """Tell whether most words around a word are capitalised."""
        around = self.capital[max(0, i - _AROUND) : i + _AROUND + 1]
        return len(around) > _AROUND and sum(around) >= _HEADLINE * len(around)


def _elisions(
    text: str, folded: str, spans: list[tuple[int, int]]
) -> dict[tuple[int, int], tuple[tuple[int, int], ...]]:
    """Return the words with an article or preposition glued to them by an apostrophe, each with it and without."""
    found: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
    starts: list[int] = []
    at = folded.find("'")
    while at >= 0:
        starts = starts or [start for start, _ in spans]
        start, end = spans[max(0, bisect_right(starts, at) - 1)]
        match = _ELIDED.match(text, start, end)
        if match is not None and match.end() != end:
            found[start, end] = (start, match.end() - 1), (match.end(), end)
        at = folded.find("'", at + 1)
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a word that are of scripts with spaces and of those without: "10日", "M23运动"."""
    for _, signs in groupby(range(start, end), lambda at: is_unspaced(text[at])):
        piece = [*signs]
        yield piece[0], piece[-1] + 1
