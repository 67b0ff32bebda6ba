"""The vocabulary of a language: all phrases of its lexicon, found in one pass over a text's words."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.geo.remembered import Remembered
from dateline.lexicon import lexicon
from dateline.reports.bare_names import bare_names
from dateline.reports.compounds import Compounds
from dateline.reports.phrases import Beginning, Phrase
from dateline.reports.registry import actor_forms, registry
from dateline.reports.tokens import fold, token_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Phrases", "Vocabulary", "vocabulary"]

_TABLES = ("dates", "numbers", "actors", "casualties", "attribution", "units", "events", "roles")
_FINAL_VOWELS = "аяоеєиіїьйюуыэaeoyąęěýáéāēăä"
_ANY_ENDING = 99
_FIXED = re.compile(r"[*\d]")  # names with a number or a stem of ours take no other endings
_AKIN = tuple(
    map(frozenset, (("be", "ru", "uk"), ("id", "ms"), ("es", "pt"), ("ar", "fa"), ("ja", "zh")))
)
_SHORT_STEM = 3
_SHORT_ENDING = 4
_ACRONYM = 5
_MIN_STEM = 2
_SHORT_WORD = 4

Phrases = dict[int, tuple[int, Any]]


class Vocabulary:
    """All phrases of one language's lexicon, of the actors and of the registry of units.

    Parameters
    ----------
    language
        ISO 639-1 code of a language that has a lexicon.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        tables = lexicon(language)
        reading = tables.get("sentences", {})
        inner = "'’ʼ\"״׳”" if reading.get("quote_inside") else "'’ʼ"
        apostrophe = "" if reading.get("elision") else inner
        self._token = token_pattern(apostrophe)
        self.abbreviations = frozenset(reading.get("abbreviations", ()))
        self.common = frozenset(map(fold, reading.get("common", ())))
        self.ordinal_stop = bool(reading.get("ordinal_stop"))
        dates = tables.get("dates", {})
        self.date_order = str(dates.get("order", "dmy"))
        self.vague_months = frozenset(dates.get("vague_months", ()))
        self.head_first = bool(tables.get("actors", {}).get("head_first"))
        self.uncased = tables["script"] not in {"Latn", "Cyrl", "Grek", "Armn"}
        roles = tables.get("roles", {})
        self.articles = frozenset(roles.get("articles", ()))
        self._clitics_of = {
            name: tuple(roles.get(f"{name}_clitics", ())) for name in ("in", "from", "to")
        }
        self._endings_of = {
            name: tuple(roles.get(f"{name}_endings", ())) for name in ("in", "from", "to")
        }
        self._clitics = tuple(sorted(reading.get("prefixes", ()), key=len, reverse=True))
        self._contracted = tuple(reading.get("contracted", {}).items())
        self.glued_and = str(reading.get("glued_and", ""))
        self.capital_nouns = bool(reading.get("capital_nouns"))
        self._latin = tables["script"] == "Latn"
        self._possessive = self._latin and bool(apostrophe)
        self._ending = int(reading.get("inflected", 0))
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._stems: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
        self._ends: dict[str, list[Phrase]] = defaultdict(list)
        self._compounds = Compounds.of(tables.get("numbers", {}))
        self._beginnings = Remembered(self._beginning)
        self._pairs = Remembered(self._longer)
        self._forms = Remembered(self._forms_of)
        for text, category, value in _lexicon_phrases(tables):
            self._add(text, category, value)
        for text, code, kind in actor_forms(language):
            self._add(text, "actor" if kind == "country" else "actors.own", code)
        aliases = dict(registry().aliases(language, _read_beside(language)))
        for bare, formations in bare_names(language, aliases).items():
            self._add(bare, "units.names", formations, "name")
            self._add_inflected(bare, "units.names", formations, "name")
        for alias, formation in aliases.items():
            self._add_alias(alias, formation)

    def words(self, text: str) -> list[tuple[int, int, str]]:
        """Return start, end and letters of each word, number and sign of `text`."""
        return [(*found.span(), found[0]) for found in self._token.finditer(text)]

    def phrases(self, letters: Sequence[str]) -> dict[str, Phrases]:
        """Return for each category its phrases in a row of words: first word -> (end word, value).

        Of phrases of one category that begin together the longest is kept.
        """
        last = len(letters) - 1
        found: dict[str, Phrases] = defaultdict(dict)
        for index, entry in enumerate(map(self._beginnings.__getitem__, letters)):
            if entry is None:
                continue
            after = index + 1
            for name, value in entry.alone:
                found[name][index] = after, value
            if entry.goes_on and index < last:
                for phrase, known in self._pairs[letters[index], letters[after]]:
                    end = self._end(phrase, known, letters, index)
                    if end and (
                        index not in (same := found[phrase.category]) or same[index][0] < end
                    ):
                        same[index] = end, phrase.value
        return dict(found)

    def bare(self, text: str) -> str:
        """Return folded words without the longest clitic that the first begins with, where there is one."""
        folded = fold(text)
        return next((rest for rest in self._bared(folded) if len(rest) > _MIN_STEM), folded)

    def _bared(self, folded: str) -> Iterator[str]:
        """Yield a folded word without each clitic that it may begin with, the longest first."""
        for clitic in self._clitics:
            if folded.startswith(clitic) and len(folded) - len(clitic) >= _MIN_STEM:
                yield folded[len(clitic) :]

    def is_clitic(self, word: str) -> bool:
        """Return whether `word` is a preposition or article that stands before a figure, as in Hebrew "ו-14"."""
        return fold(word) in self._clitics

    def clitic(self, word: str, name: str) -> bool:
        """Return whether `word` begins with a preposition of this sort, as in Hebrew or Arabic."""
        return fold(word).startswith(self._clitics_of[name]) if self._clitics_of[name] else False

    def ending(self, word: str, name: str) -> bool:
        """Return whether `word` ends in a case of this sort, as in Finnish, Hungarian or Turkish."""
        endings = self._endings_of[name]
        return bool(endings) and len(word) > _SHORT_WORD and fold(word).endswith(endings)

    def _end(self, phrase: Phrase, known: int, letters: Sequence[str], index: int) -> int:
        """Return the word after a phrase that begins at word `index`, 0 where its tail does not follow.

        The first `known` words of the tail are known to fit.
        """
        tail = phrase.tail
        end = index + 1 + len(tail)
        if end > len(letters):
            return 0
        for number in range(known, len(tail)):
            if not self._fits(tail[number], letters[index + 1 + number]):
                return 0
        return end if not phrase.cased or phrase.case_fits(letters[index:end]) else 0

    def _fits(self, pattern: str, word: str) -> bool:
        """Return whether `word`, or the word without a clitic before it, fits `pattern`."""
        forms = self._forms[word]
        mark = pattern[-1]
        if mark == "*":
            stem = pattern[:-1]
            most = len(stem) + _longest_ending(stem)
            return any(form.startswith(stem) and len(form) <= most for form in forms)
        if mark == "~":
            return self._inflects(forms[0], pattern[:-1])
        return pattern in forms

    def _forms_of(self, word: str) -> tuple[str, ...]:
        """Return the folded word, and that without each clitic it may begin with."""
        folded = fold(word)
        whole = (  # "للدعم" is "ل" and "الدعم"
            full + folded[len(short) :]
            for short, full in self._contracted
            if folded.startswith(short) and len(folded) - len(short) >= _MIN_STEM
        )
        owner = folded.rpartition("'")[0] if self._possessive and "'" in folded else ""
        owners = (owner,) if len(owner) >= _MIN_STEM else ()
        return (folded, *self._bared(folded), *whole, *owners)

    def _longer(self, pair: tuple[str, str]) -> list[tuple[Phrase, int]]:
        """Return the phrases that may begin with two words; with each how many words of its tail are known to fit."""
        entry = self._beginnings[pair[0]]
        return [] if entry is None else entry.longer(self._forms[pair[1]])

    def _beginning(self, word: str) -> Beginning | None:
        """Return the phrases whose first word fits `word`."""
        found: list[Phrase] = []
        for form in self._forms[word]:
            found += self._exact.get(form, ())
            for size in range(len(form), 0, -1):
                for most, phrase in self._stems.get(form[:size], ()):
                    if len(form) - size <= most:
                        found.append(phrase)
                if size < len(form):
                    found += self._ends.get(form[-size:], ())
        if self._compounds and not any(phrase.category == "numbers.words" for phrase in found):
            value = self._compounds.value(self._forms[word][0])
            if value is not None:
                found.append(Phrase((), "numbers.words", value))
        return Beginning.of(found, word) if found else None

    def _add(self, text: str, category: str, value: Any, cased: str = "") -> None:
        """Add one phrase; a word that ends in `*` is a stem, one that begins with `*` an ending."""
        if "*" in text or "~" in text:
            pieces = self._marked_pieces(text)
        else:
            pieces = [fold(word) for word in self._token.findall(text)]
        if not pieces:
            return
        head, tail = pieces[0], tuple(pieces[1:])
        phrase = Phrase(tail, category, value, cased, head)
        if head[0] == "*" and len(head) > 1:
            self._ends[head.strip("*~")].append(phrase)
            self._exact[head.strip("*~")].append(phrase)
        elif head[-1] == "*" and len(head) > 1:
            self._stems[head[:-1]].append((_longest_ending(head[:-1]), phrase))
        elif head[-1] == "~" and len(head) > 1:
            self._stems[head[:-1]].append((self._ending, phrase))
        else:
            self._exact[head].append(phrase)

    def _marked_pieces(self, text: str) -> list[str]:
        """Return the folded words of a phrase with the marks of stems and endings."""
        pieces: list[str] = []
        for mark in re.findall(r"\*?[^\s*~]+[*~]?", text):
            words = [fold(word) for word in self._token.findall(mark.strip("*~"))]
            if not words:
                continue
            if mark[-1] in "*~":
                words[-1] += mark[-1]
            if mark[0] == "*":
                words[0] = "*" + words[0]
            pieces += words
        return pieces

    def _add_alias(self, alias: str, formation: tuple[str, ...]) -> None:
        """Add a name of the registry, as it is and, in inflected languages, with other endings.

        Names in a script that the language does not write are taken as they are, and so are
        acronyms and numbers. A name that ends in `*` is a stem.
        """
        letters = alias.replace(" ", "")
        acronym = letters.isupper() and len(letters) <= _ACRONYM
        named = "" if alias[0].islower() and alias == alias.lower() else "name"
        self._add(alias, "formation", formation, "acronym" if acronym else named)
        if not acronym:
            self._add_inflected(alias, "formation", formation, named)

    def _add_inflected(
        self, name: str, category: str, formation: tuple[str, ...], cased: str
    ) -> None:
        """Add a name with other endings, if the language inflects names written in this script."""
        written = self._latin or not name.isascii()
        if self._ending and written and _FIXED.search(name) is None:
            words = name.split()
            shortest = _SHORT_STEM - (len(words) > 1)  # other words make sure of a short one
            stems = " ".join(_stem(word, shortest) for word in words)
            if stems != name:
                self._add(stems, category, formation, cased)

    def _inflects(self, word: str, stem: str) -> bool:
        """Return whether `word` is `stem` with a short ending."""
        return word.startswith(stem) and len(word) - len(stem) <= self._ending


def _read_beside(language: str) -> frozenset[str]:
    """Return the languages whose names of units a text in `language` may use: its own, near ones, English."""
    akin = next((group for group in _AKIN if language in group), frozenset())
    return frozenset({language, "en", *akin})


def _longest_ending(stem: str) -> int:
    """Return how many letters may follow a stem: few after a short one, which begins other words too."""
    return _SHORT_ENDING if len(stem) <= _SHORT_STEM else _ANY_ENDING


def _stem(word: str, shortest: int) -> str:
    """Return `word` without its final vowel and marked as inflected, if it is longer than `shortest`."""
    bare = word.rstrip(_FINAL_VOWELS)
    return f"{bare}~" if len(bare) > shortest and word[-1].isalpha() else word


def _lexicon_phrases(tables: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield phrase, category and value of everything in the reports' tables of a lexicon."""
    for table in _TABLES:
        for key, entry in tables.get(table, {}).items():
            category = f"{table}.{key}"
            if isinstance(entry, list):
                for index, item in enumerate(entry, 1):
                    if isinstance(item, str):
                        yield item, category, True
                    elif isinstance(item, list):
                        yield from ((text, category, index) for text in item)
            elif isinstance(entry, dict):
                for name, item in entry.items():
                    if isinstance(item, list):
                        yield from ((text, category, name) for text in item)
                    else:
                        yield name, category, item


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of `language`, built once."""
    return Vocabulary(language)
