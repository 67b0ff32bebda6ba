"""Keys of place names: the same for every spelling, script and case of a name.

A key is for comparing, not for reading. It folds case, accents, punctuation and spaces, turns Cyrillic and
Greek into Latin letters, and merges what romanisations write differently, so that Sudzha, Sudscha,
Soudja, Sudža, Sudża, Sudja and Суджа have one key. Other scripts keep their letters, with the variants
of each letter merged. The rules are data: `data/spelling.toml` and `data/inflection.toml`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from dateline.geo.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "article_countries",
    "han_signs",
    "keys_and_spellings",
    "keys_kept",
    "name_key",
    "name_keys",
    "name_prefixes",
    "query_forms",
    "query_keys",
    "respelt",
    "spelling_key",
    "spelling_keys",
    "without_article",
]

_LATIN_MARKS = range(0x300, 0x370)
_SEPARATOR = "\n"  # never part of a name: lets many names be folded in one pass
_MAX_FORMS = 48


class _Letters(dict[int, str]):
    """Translation table that works out a character when it first meets it."""

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__({ord(letter): latin for letter, latin in known.items()})
        self._listed = frozenset(
            self
        )  # not what was met since: a key must not depend on earlier ones
        self[ord(_SEPARATOR)] = _SEPARATOR

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKD", letter)
        if code in _LATIN_MARKS or unicodedata.category(letter)[0] in "PSZC":
            result = ""
        elif plain != letter and (plain[0].isascii() or ord(plain[0]) in self._listed):
            result = plain.translate(self)
        elif unicodedata.category(letter) == "Mn" and unicodedata.bidirectional(letter) == "NSM":
            # vowel points of Hebrew and Arabic go; the vowel signs of Indic scripts are letters
            result = "" if 0x0590 <= code < 0x0780 else letter  # noqa: PLR2004
        else:
            result = letter
        self[code] = result
        return result


@cache
def _letters() -> _Letters:
    return _Letters(read_tables("spelling.toml")["letters"] | _han())


def _han() -> dict[str, str]:
    rules = read_tables("spelling.toml")["han"]
    signs = ("".join(rules[form]) for form in ("traditional", "simplified"))
    return dict(zip(*signs, strict=True))


def han_signs() -> dict[int, str]:
    """Return the code points of traditional Chinese signs with what Beijing made of them."""
    return {ord(sign): plain for sign, plain in _han().items()}


@cache
def _digraphs() -> list[tuple[str, str]]:
    return list(read_tables("spelling.toml")["digraphs"].items())


class _Folds(NamedTuple):
    """What `spelling.toml` says on runs of Latin letters."""

    pairs: list[tuple[str, str]]
    final: list[tuple[str, str]]
    yo: re.Pattern[str]


@cache
def _folds() -> _Folds:
    folds = read_tables("spelling.toml")["folds"]
    pairs = [(old, new) for old, new in folds["order"]]
    final = [(old + _SEPARATOR, new + _SEPARATOR) for old, new in folds["final"]]
    return _Folds(pairs, final, re.compile(f"(?<=[{folds['yo_after']}])io"))


_SOFT = re.compile("i(?=[aeou])")
_DOUBLED = re.compile(r"([^\W\d])\1+")


def _fold(latin: str) -> str:
    """Merge spelling variants of one or more names in Latin letters, each ended by a newline."""
    folds = _folds()
    for old, new in itertools.chain(folds.pairs, folds.final):
        if old in latin:
            latin = latin.replace(old, new)
    return _DOUBLED.sub(r"\1", _SOFT.sub("", folds.yo.sub("e", latin)))


def name_keys(names: Iterable[str]) -> list[str]:
    """Return the key of each name, in order; faster than one by one."""
    return _keys_of(_spelt(names))


def _spelt(names: Iterable[str]) -> str:
    """Return names without case and compatibility forms, in one text."""
    text = _SEPARATOR.join(name.replace(_SEPARATOR, " ") for name in names)
    return unicodedata.normalize("NFKC", text).casefold()


def _keys_of(text: str) -> list[str]:
    """Return the key of each name of a text of `_spelt`."""
    for old, new in _digraphs():
        text = text.replace(old, new)
    plain = text.translate(_letters())
    return _fold(plain + _SEPARATOR).split(_SEPARATOR)[:-1]


_KEYS_KEPT = 65_536
_known_keys: dict[str, str] = {}


def keys_kept(names: Sequence[str]) -> list[str]:
    """Return the key of each name, in order, remembered: for names that are met again and again."""
    found = {name: _known_keys.get(name) for name in names}
    new = [name for name, key in found.items() if key is None]
    if new:
        made = dict(zip(new, name_keys(new), strict=True))
        if len(_known_keys) > _KEYS_KEPT:
            _known_keys.clear()
        _known_keys.update(made)
        found |= made
    return [found[name] or "" for name in names]


def name_key(name: str) -> str:
    """Return the key of a name, the same for every case, accent, script and spelling.

    Parameters
    ----------
    name
        A place name in any script. Empty, or all punctuation, gives an empty key.

    Returns
    -------
    str
        The key: for comparing only.
    """
    key = _known_keys.get(name)
    return keys_kept((name,))[0] if key is None else key


def spelling_keys(names: Iterable[str]) -> list[str]:
    """Return each name without case and compatibility forms, in order."""
    return _spelt(names).split(_SEPARATOR)


def keys_and_spellings(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the key and the spelling of each name, in order: as `name_keys` and `spelling_keys`, in one go."""
    text = _spelt(names)
    return _keys_of(text), text.split(_SEPARATOR)


def spelling_key(name: str) -> str:
    """Return the name without case and compatibility forms: equal when two are spelt alike."""
    return spelling_keys((name.strip(),))[0]


@cache
def _inflection(language: str) -> dict[str, Any]:
    tables = read_tables("inflection.toml")
    empty: dict[str, Any] = {"endings": {}, "prefixes": [], "apostrophe": False, "respelt": {}}
    return empty | dict(tables.get(language, {}))


@cache
def _endings(language: str) -> tuple[dict[str, list[str]], int]:
    endings: dict[str, list[str]] = _inflection(language)["endings"]
    return endings, max(map(len, endings), default=0)


def name_prefixes(language: str) -> list[str]:
    """Return the particles that a language writes together with a name ("ב", "بال")."""
    prefixes: list[str] = _inflection(language)["prefixes"]
    return prefixes


_APOSTROPHES = re.compile(r"['’ʼ`´]")
_MIN_STEM = 2
_MOST_PICKS = 4096  # combinations of the forms of each word that are weighed


@lru_cache(maxsize=65536)  # each word of a text stands in several stretches of it
def _word_forms(word: str, language: str) -> list[str]:
    """Return the word and its possible dictionary forms, the longest ending's first."""
    forms = [word]
    table = _inflection(language)
    if table["apostrophe"]:
        stem = _APOSTROPHES.split(word)[0]
        if stem != word:
            forms.append(stem)
    endings, longest = _endings(language)
    for size in range(min(longest, len(word) - _MIN_STEM), 0, -1):
        stem, ending = word[:-size], word[-size:]
        forms += [stem + base for base in endings.get(ending, ())]
    forms += [
        word[len(prefix) :]
        for prefix in table["prefixes"]
        if word.startswith(prefix) and len(word) > len(prefix) + 1
    ]
    return list(dict.fromkeys([*forms, *(word + base for base in endings.get("", ()))]))


@cache
def _article() -> re.Pattern[str]:
    articles = "|".join(read_tables("spelling.toml")["articles"]["latin"])
    return re.compile(rf"\b(?:{articles})[\s\-’']+(?=\w{{3}})", re.IGNORECASE)


@cache
def article_countries() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes of the countries whose names carry the Arabic article."""
    return frozenset(read_tables("spelling.toml")["articles"]["countries"])


def without_article(name: str) -> str | None:
    """Return a name in Latin letters without the Arabic article; null where it has none."""
    plain = _article().sub("", name)
    return plain if plain != name else None


@lru_cache(maxsize=8192)  # of up to 4 kB each
def query_forms(name: str, language: str | None) -> tuple[str, ...]:
    """Return the name and what it may be an inflected form of, likeliest first.

    Parameters
    ----------
    name
        One or more words, as a text has them: "Великої Локні", "Kursk'ta".
    language
        ISO 639-1 code; null tries the name as it stands.

    Returns
    -------
    tuple of str
        At most 48 forms, in lower case but for the first. They are guesses: only those that a gazetteer knows mean
        anything.
    """
    plain = without_article(name)
    if language is None:
        return (name,) if plain is None else (name, plain)
    words = re.split(r"([\s\-]+)", name.strip().casefold())
    choices = [
        _word_forms(word, language) if i % 2 == 0 else [word] for i, word in enumerate(words)
    ]
    if all(len(forms) == 1 for forms in choices):
        return tuple(dict.fromkeys((name, *filter(None, [plain]))))
    picks = _likeliest(tuple(map(len, choices)))
    forms = ["".join(map(list.__getitem__, choices, pick)) for pick in picks]
    return tuple(dict.fromkeys([name, *forms[1:], *filter(None, [plain])]))


@lru_cache(maxsize=4096)
def _likeliest(counts: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return which form to take of each word of a name, likeliest first; `counts` says how many each has."""
    picks = itertools.islice(itertools.product(*map(range, counts)), _MOST_PICKS)
    return sorted(picks, key=sum)[:_MAX_FORMS]


@cache
def _respellings(language: str) -> list[tuple[re.Pattern[str], str]]:
    table: dict[str, str] = _inflection(language)["respelt"]
    return [(re.compile(sounds), letters) for sounds, letters in table.items()]


def respelt(name: str, language: str | None) -> str | None:
    """Return a name with a language's letters for foreign sounds as most names have them; null where nothing changes.

    Parameters
    ----------
    name
        As a text has it: "Koepjansk", "Cibaliye".
    language
        ISO 639-1 code; null changes nothing.
    """
    other = folded = name.casefold()
    for pattern, letters in _respellings(language) if language else ():
        other = pattern.sub(letters, other)
    return None if other == folded else other


def query_keys(name: str, language: str | None) -> list[str]:
    """Return the keys to try for a name that may be inflected, likeliest first.

    Parameters
    ----------
    name
        One or more words as a text has them.
    language
        ISO 639-1 code; null gives the one key of the name as it stands.
    """
    return list(dict.fromkeys(key for key in keys_kept(query_forms(name, language)) if key))
