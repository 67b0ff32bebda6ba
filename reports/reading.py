"""A report as its words: what all mention finders read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import copy
from functools import cached_property, lru_cache
from itertools import compress
from typing import TYPE_CHECKING, Any, TypeVar

from dateline.geo.remembered import Remembered
from dateline.reports.report import Report
from dateline.reports.sentences import Sentence, split
from dateline.reports.vocabulary import Phrases, Vocabulary, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Reading", "read"]

Made = TypeVar("Made")

_LEAD = 5
_NONE: Phrases = {}
_TYPES = "events.types"
_OF_DEEDS = ("events.", "casualties.")
_IS_FIGURE: Remembered[str, bool] = Remembered(lambda word: word[0].isdecimal())


class Reading:
    """The words of a report, the phrases found at each, and its sentences.

    Attributes
    ----------
    report
        What was read.
    text
        The report's text.
    words
        Start, end and letters of each word, number and sign.
    letters
        The letters alone.
    sentences
        The sentences, in order.
    bounds
        For each sentence its first word and the word after its last.
    """

    def __init__(self, report: Report, words: Vocabulary) -> None:
        self.report = report
        self.text = report.text
        self.vocabulary = words
        self.words = words.words(report.text)
        self.letters = [letters for _, _, letters in self.words]
        self._tagged = _outside_names(words.phrases(self.letters))
        self.sentences: list[Sentence] = split(
            report.text, abbreviations=words.abbreviations, ordinal_stop=words.ordinal_stop
        )
        self._starts = starts = [word[0] for word in self.words]
        self._rows: dict[tuple[str, ...], list[tuple[int, int, str]]] = {}
        self._made: dict[Callable[[Reading], Any], Any] = {}
        self._sentence_starts = [item.start for item in self.sentences]
        self.bounds = [
            (bisect_left(starts, item.start), bisect_left(starts, item.end))
            for item in self.sentences
        ]

    def once(self, make: Callable[[Reading], Made]) -> Made:
        """Return what a function makes of the words alone: made once for all readings of one text."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each word the number of its sentence."""
        numbers = [0] * len(self.words)
        for number, (first, last) in enumerate(self.bounds):
            numbers[first:last] = [number] * (last - first)
        return numbers

    @cached_property
    def _indices(self) -> dict[str, list[int]]:
        """For each category the words where its phrases start, in order."""
        return {category: list(phrases) for category, phrases in self._tagged.items()}

    @cached_property
    def figures(self) -> list[int]:
        """The words that begin with a digit, in order."""
        return list(compress(range(len(self.letters)), map(_IS_FIGURE.__getitem__, self.letters)))

    @cached_property
    def leads(self) -> dict[int, str]:
        """For words after a preposition and perhaps an article: `in`, `from` or `to`.

        Of several prepositions that which begins first counts: Arabic "بالقرب من" (near) is no "من" (from).
        """
        found: dict[int, tuple[int, str]] = {}
        for name in ("in", "from", "to"):
            for start, (end, _) in self.phrases(f"roles.{name}").items():
                for first in range(end, min(start + _LEAD, len(self.words))):
                    if first > end and not self.is_article(first - 1):
                        break
                    if first not in found or start < found[first][0]:
                        found[first] = start, name
        return {first: name for first, (_, name) in found.items()}

    def is_article(self, index: int) -> bool:
        """Return whether word `index` is an article."""
        return self.words[index][2].lower() in self.vocabulary.articles

    def tag(self, index: int, category: str) -> tuple[int, Any] | None:
        """Return end word and value of the phrase of `category` that starts at word `index`."""
        return self._tagged.get(category, _NONE).get(index)

    def at(self, index: int) -> dict[str, tuple[int, Any]]:
        """Return the phrases that start at word `index`: category -> (end word, value)."""
        return {
            category: phrases[index]
            for category, phrases in self._tagged.items()
            if index in phrases
        }

    def phrases(self, category: str) -> dict[int, tuple[int, Any]]:
        """Return the phrases of `category` in order: first word -> (end word, value). Do not change it."""
        return self._tagged.get(category, _NONE)

    def has_any(self, index: int, *categories: str) -> bool:
        """Return whether a phrase of one of `categories` starts at word `index`."""
        for category in categories:  # noqa: SIM110 (asked for most words: a generator takes twice the time)
            if index in self._tagged.get(category, _NONE):
                return True
        return False

    def starts(self, *categories: str) -> list[int]:
        """Return the words where phrases of any of `categories` start, in order."""
        return sorted({index for name in categories for index in self._indices.get(name, ())})

    def find(self, category: str, first: int, last: int) -> list[tuple[int, int, Any]]:
        """Return start word, end word and value of the phrases of `category` in words first to last."""
        indices = self._indices.get(category)
        if not indices:
            return []
        phrases = self._tagged[category]
        span = indices[bisect_left(indices, first) : bisect_left(indices, last)]
        return [(index, *phrases[index]) for index in span]

    def among(
        self, categories: tuple[str, ...], first: int, last: int
    ) -> list[tuple[int, int, str]]:
        """Return start word, end word and category of the phrases of any of several categories.

        In the order of the text, of those that start together the longest first.
        """
        if (rows := self._rows.get(categories)) is None:
            rows = self._rows[categories] = sorted(
                ((start, end, name) for name in categories
                 for start, (end, _) in self.phrases(name).items()),
                key=lambda row: (row[0], -row[1]),
            )  # fmt: skip
        if not rows:
            return rows
        return rows[bisect_left(rows, (first,)) : bisect_left(rows, (last,))]

    def has(self, category: str, first: int, last: int) -> bool:
        """Return whether a phrase of `category` starts in words first to last."""
        indices = self._indices.get(category)
        if not indices:
            return False
        position = bisect_left(indices, first)
        return position < len(indices) and indices[position] < last

    def index_at(self, offset: int) -> int:
        """Return the word that begins at or last before code point `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds, or last begins before, `offset`."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def span(self, first: int, last: int) -> tuple[int, int, str]:
        """Return start, end and text of words `first` up to but not including `last`."""
        start, end = self.words[first][0], self.words[last - 1][1]
        return start, end, self.text[start:end]


def _outside_names(tagged: dict[str, Phrases]) -> dict[str, Phrases]:
    """Return phrases without the deeds and harms that are words of a formation's longer name, "Tahrir al-Sham".

    The deeds in names are a category of their own, `events.named`.

    Parameters
    ----------
    tagged
        Phrases by category.
    """
    inside = {
        word
        for first, (end, _) in tagged.get("formation", _NONE).items()
        if end - first > 1
        for word in range(first, end)
    }
    if not inside:
        return tagged
    told = {word: phrase for word, phrase in tagged.get(_TYPES, _NONE).items() if word in inside}
    outside = {
        category: {word: phrase for word, phrase in phrases.items() if word not in inside}
        if category.startswith(_OF_DEEDS)
        else phrases
        for category, phrases in tagged.items()
    }
    return outside | {"events.named": told}


def read(report: Report) -> Reading:
    """Return the words of `report` by the vocabulary of its language, English where it is unknown."""
    reading = copy(_read(report.text, report.language or "en"))
    reading.report = report
    return reading


@lru_cache(maxsize=1)  # the day of publication is sought in the same words that are then annotated
def _read(text: str, language: str) -> Reading:
    """Return the words of a text."""
    return Reading(Report("", text, language), vocabulary(language))
