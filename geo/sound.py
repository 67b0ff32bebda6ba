"""Names by their sound: what a name in another script may be in Latin letters, within a country."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from anyascii import anyascii

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Heard", "Sounds", "consonants"]

_SMALL_KANA = str.maketrans("ァィゥェォャュョヮ", "アイウエオアウオア")
_KANA_PAIR = re.compile(r"([\u30a1-\u30fa])([ァィゥェォャュョヮ])")
_SILENT_KANA = re.compile("[ッー]")
_FLAPPED = re.compile("[डढ]\u093c")
_HANGUL = re.compile("[\uac00-\ud7af]")
_ARTICLE = re.compile(
    r"^(?:ال|エル・?|アル・?|(?:эль|аль|ель|al|an|ar|as|ash|at|ath|ad|adh|az|el|es|et)[\s\-])",
    re.IGNORECASE,
)
# one letter for those that scripts and romanisations confuse; vowels and breathings go
_DIGRAPHS = (("dzh", "j"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("dj", "j"), ("dz", "j"), ("ts", "c"),
             ("kh", "x"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "k"))  # fmt: skip
_ALIKE = str.maketrans("bpfvwcszjkqgxdtrlmn", "pppppsssskkkkttrrmn")
_NASAL = re.compile("m(?=[^pm])")
_SILENT = re.compile(r"[aeiouyh'\W\d_]+")
_VOWEL = re.compile("[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")
_LEAST = 0.75  # likeness of a name that is taken
_KNOWN = 0.01  # how much likelier a place with ten times the inhabitants is
_TELLING, _MOST_TELLING = (
    0.05,
    4,
)  # how much likelier each consonant more makes that alike ones are the same
_SHORTEST = 2  # consonants: fewer tell nothing


class Heard(NamedTuple):
    """A place's name that sounds like what was asked for.

    Attributes
    ----------
    name
        In Latin letters, as the gazetteer has it.
    likeness
        Of the two, between 0 and 1.
    """

    name: str
    likeness: float


@lru_cache(maxsize=65536)
def _latin(name: str) -> str:
    """Return a name in plain Latin small letters, as it sounds."""
    text = _FLAPPED.sub("र", unicodedata.normalize("NFKC", name))
    hangul = _HANGUL.search(text) is not None
    text = _KANA_PAIR.sub(lambda pair: _joined_kana(pair[1], pair[2]), text)
    latin = anyascii(_SILENT_KANA.sub("", text).replace("ג'", "ʤ")).lower()
    return latin.replace("ng", "n") if hangul else latin


def _forms(name: str) -> set[str]:
    """Return a name in plain Latin small letters, with and without its article, a last long vowel as an r too."""
    bare = _ARTICLE.sub("", name)
    return {_latin(name), _latin(bare), _latin(re.sub("ー$", "ル", bare))}


def _joined_kana(one: str, small: str) -> str:
    """Return a syllable such as ファ as its consonant and vowel."""
    return anyascii(one)[:-1] + anyascii(small.translate(_SMALL_KANA))


def consonants(latin: str) -> frozenset[str]:
    """Return the consonants of a name, one letter for those that are confused, in the ways they may be heard.

    Parameters
    ----------
    latin
        The name in Latin letters.
    """
    text = latin
    for two, one in _DIGRAPHS:
        text = text.replace(two, one)
    ways = {text, re.sub("[vw]", "", text), text.replace("x", ""), text.replace("ng", "n")}
    return frozenset(_merged(way) for way in ways)


def _merged(latin: str) -> str:
    """Return the consonants of a name with those that are confused made one."""
    plain = _SILENT.sub("", latin).translate(_ALIKE)
    return _DOUBLED.sub(r"\1", _NASAL.sub("n", plain))


def _likeness(one: str, two: str) -> float:
    """Return how alike two names in Latin letters sound; without vowels, where one has none."""
    one, two = one.replace("l", "r"), two.replace("l", "r")
    if _VOWEL.search(one) is None:
        one, two = _SILENT.sub("", one), _SILENT.sub("", two)
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


class Sounds:
    """The names of a country by their sound.

    Parameters
    ----------
    names
        Names in Latin letters with the inhabitants of their place.
    """

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        self._names: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for name, inhabitants in names:
            for form in _forms(name):
                for key in consonants(form):
                    self._names[key].append((form, name, inhabitants))

    def closest(self, asked: str) -> Heard | None:
        """Return the name that sounds most like one in another script; null where none does.

        Parameters
        ----------
        asked
            The name as a text has it.
        """
        alike = [
            (
                _likeness(form, known)
                + _TELLING * min(len(key) - _SHORTEST, _MOST_TELLING)
                + _KNOWN * math.log10(inhabitants + 1),
                name,
            )
            for form in _forms(asked)
            for key in consonants(form)
            if len(key) >= _SHORTEST
            for known, name, inhabitants in self._names.get(key, ())
        ]
        likeness, name = max(alike, default=(0.0, ""))
        return Heard(name, min(likeness, 1.0)) if likeness >= _LEAST else None
