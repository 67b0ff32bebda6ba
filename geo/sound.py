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
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
_BREAK = (
    "丨丶"  # parts many names in one text: letters that no rule touches, and that are not doubled
)
_NASAL = re.compile(f"m(?=[^pm{_BREAK}])")
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
_ROUNDING = 1e-9
_ASKED = 20_000  # names asked for that are remembered


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
    if name.isascii():
        return {name.lower(), bare.lower()}
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
    return _consonants([latin])[0]


def _consonants(latin: Sequence[str]) -> list[frozenset[str]]:
    """Return the consonants of each name: as one long text, as that is much faster."""
    text = _BREAK.join(latin)
    for two, one in _DIGRAPHS:
        text = text.replace(two, one)
    texts = (text, re.sub("[vw]", "", text), text.replace("x", ""), text.replace("ng", "n"))
    ways = list(zip(*(each.split(_BREAK) for each in texts), strict=True))
    distinct = list({way for four in ways for way in four})
    merged = dict(zip(distinct, _merged(_BREAK.join(distinct)).split(_BREAK), strict=True))
    return [frozenset(map(merged.__getitem__, four)) for four in ways]


def _merged(latin: str) -> str:
    """Return the consonants of names with those that are confused made one."""
    plain = _SILENT.sub("", latin).translate(_ALIKE)
    return _DOUBLED.sub(r"\1", _NASAL.sub("n", plain))


def _alike(latin: str) -> str:
    """Return a name in Latin letters with one letter for l and r."""
    return latin.replace("l", "r")


def _likeness(one: str, two: str) -> float:
    """Return how alike two names sound, of the letters that count."""
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


class _Known(NamedTuple):
    """A name as it sounds.

    Attributes
    ----------
    letters
        Those that count.
    name
        As the gazetteer has it.
    bonus
        How much likelier it is for its inhabitants.
    """

    letters: str
    name: str
    bonus: float


class Sounds:
    """The names of a country by their sound.

    Parameters
    ----------
    names
        Names in Latin letters with the inhabitants of their place.
    """

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        self._names: dict[str, list[_Known]] = defaultdict(list)
        self._asked: dict[str, Heard | None] = {}
        known = [
            (form, _Known(_alike(form), name, _KNOWN * math.log10(inhabitants + 1)))
            for name, inhabitants in names
            for form in _forms(name)
        ]
        for (_, each), keys in zip(known, _consonants([form for form, _ in known]), strict=True):
            for key in keys:
                self._names[key].append(each)

    def closest(self, asked: str) -> Heard | None:
        """Return the name that sounds most like one in another script; null where none does.

        Parameters
        ----------
        asked
            The name as a text has it.
        """
        if asked not in self._asked:
            if len(self._asked) > _ASKED:
                self._asked.clear()
            self._asked[asked] = self._closest(asked)
        return self._asked[asked]

    def _closest(self, asked: str) -> Heard | None:
        """Return the name that sounds most like another, worked out anew."""
        best: tuple[float, str] = (_LEAST, "")
        for most, telling, bonus, one, two, name in sorted(self._likely(asked), reverse=True):
            if most < best[0] - _ROUNDING:
                break
            best = max(best, (_likeness(one, two) + telling + bonus, name))
        likeness, name = best
        return Heard(name, min(likeness, 1.0)) if name else None

    def _likely(self, asked: str) -> Iterator[tuple[float, float, float, str, str, str]]:
        """Yield what may sound alike: how alike at most, what speaks for it besides, letters of both, its name."""
        for form in _forms(asked):
            one = _alike(form)
            bare = _VOWEL.search(one) is None
            if bare:
                one = _SILENT.sub("", one)
            for key in consonants(form):
                if len(key) < _SHORTEST:
                    continue
                telling = _TELLING * min(len(key) - _SHORTEST, _MOST_TELLING)
                for each in self._names.get(key, ()):
                    two = _SILENT.sub("", each.letters) if bare else each.letters
                    # matching blocks are a common subsequence: what that gives is never less
                    most = Indel.normalized_similarity(one, two) + telling + each.bonus
                    if most >= _LEAST - _ROUNDING:
                        yield most, telling, each.bonus, one, two, each.name
