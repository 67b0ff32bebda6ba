"""Names by their sound: what a name in another script may be in Latin letters, within a country."""

from __future__ import annotations

import math
import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from anyascii import anyascii
from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Heard", "Sounds", "consonants"]

_SMALL_KANA = str.maketrans("ァィゥェォャュョヮ", "アイウエオアウオア")
# Hebrew letters as their place names sound, not as prayers do; ו and י mostly stand for vowels
_HEBREW = str.maketrans("אבגדהוזחטיכךלמםנןסעפףצץקרשת", "abgdhwzhtykklmmnnsappsskrst")
_KANA_PAIR = re.compile(r"([\u30a1-\u30fa])([ァィゥェォャュョヮ])")
_SILENT_KANA = re.compile("[ッー]")
_FLAPPED = re.compile("[डढ]\u093c")
_HANGUL = re.compile("[\uac00-\ud7af]")
_CONFUSED = re.compile(
    "[\u3041-\u30ff\uac00-\ud7af\u3400-\u9fff]"
)  # scripts that write l and r alike
_ARTICLE = re.compile(
    r"^(?:ال|エル・?|アル・?|(?:эль|аль|ель|al|an|ar|as|ash|at|ath|ad|adh|az|el|es|et)(?:[^\S\n]|-))",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_RULES = re.compile(r"[\u3041-\u30ff\uac00-\ud7afडढא-ת]")  # letters that `_latin` has rules for
# one letter for those that scripts and romanisations confuse; vowels and breathings go
_DIGRAPHS = (("dzh", "j"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("zh", "j"), ("dj", "j"), ("dz", "j"), ("ts", "c"),
             ("kh", "x"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "k"))  # fmt: skip
_BREAK = "\n"  # parts many names in one text
_SILENT = re.compile(r"[aeiouyh'\W\d_]+")
_CONSONANT: dict[int, int | None] = {
    **{code: None for code in range(128) if _SILENT.match(chr(code)) and chr(code) != _BREAK},
    **str.maketrans("bpfvwcszjkqgxdtrlmn", "pppppsssskkkkttrrmn"),
}
_WRITTEN_ALIKE = str.maketrans("vfqcxw", "bpkkk" + "h")
_HEBREW_SIGN = re.compile("[א-ת]")
_NASAL = re.compile(f"m(?=[^pm{_BREAK}])")
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
    text = text.replace("ג'", "j").translate(_HEBREW)
    text = _KANA_PAIR.sub(lambda pair: _joined_kana(pair[1], pair[2]), text)
    latin = anyascii(_SILENT_KANA.sub("", text)).lower()
    return latin.replace("ng", "n") if hangul else latin


def _forms(name: str) -> set[str]:
    """Return a name in plain Latin small letters, with and without its article, a last long vowel as an r too."""
    bare = _ARTICLE.sub("", name)
    if name.isascii():
        return {name.lower(), bare.lower()}
    return {_latin(name), _latin(bare), _latin(re.sub("ー$", "ル", bare))}


def _all_forms(names: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the `_forms` of all names and the number of the name of each: as one long text, as that is much faster."""
    text = _BREAK.join(name.replace(_BREAK, " ") for name in names)  # a few have line breaks
    if _OWN_RULES.search(text):
        pairs = [(form, i) for i, name in enumerate(names) for form in _forms(name)]
        return [form for form, _ in pairs], [i for _, i in pairs]
    whole, bare = (
        unicodedata.normalize("NFKC", each).translate(_ANY_ASCII).lower().split(_BREAK)
        for each in (text, _ARTICLE.sub("", text))
    )
    without = [i for i, (one, two) in enumerate(zip(whole, bare, strict=True)) if one != two]
    return [*whole, *(bare[i] for i in without)], [*range(len(whole)), *without]


class _AnyAscii(dict[int, str]):
    """What `anyascii` makes of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = latin = anyascii(chr(code))
        return latin


_ANY_ASCII = _AnyAscii()


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
    return frozenset(way for (way,) in _consonants([latin]))


def _consonants(latin: Sequence[str]) -> list[list[str]]:
    """Return the consonants of all names, once for each way to hear them: as one long text, as that is much faster."""
    text = _BREAK.join(latin)
    for two, one in _DIGRAPHS:
        text = text.replace(two, one)
    bare = text.replace("v", "").replace("w", "")
    texts = (text, bare, text.replace("x", ""), text.replace("ng", "n"))
    return [_merged(each).split(_BREAK) for each in texts]


def _merged(latin: str) -> str:
    """Return the consonants of names with those that are confused made one."""
    return _DOUBLED.sub(r"\1", _NASAL.sub("n", latin.translate(_CONSONANT)))


def _alike(latin: str) -> str:
    """Return a name in Latin letters with one letter for l and r."""
    return latin.replace("l", "r")


def _without_vowels(latin: str) -> str:
    """Return the letters of a name in Latin letters that count where vowels are not written."""
    return _SILENT.sub("", latin)


def _skeleton(latin: str) -> str:
    """Return the consonants of a name in Latin letters, those made one that Hebrew writes alike."""
    for two, one in _DIGRAPHS:
        latin = latin.replace(two, one)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", latin.translate(_WRITTEN_ALIKE)))


def _likeness(one: str, two: str) -> float:
    """Return how alike two names sound, of the letters that count."""
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


class Sounds:
    """The names of a country by their sound.

    Parameters
    ----------
    names
        Names in Latin letters with the inhabitants of their place.
    """

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        self._asked: dict[str, Heard | None] = {}
        self._known = list(names)
        self._forms, self._owners = _all_forms([name for name, _ in self._known])
        # sorted hashes, not a dictionary: a tenth of the memory, and made in a fifth of the time
        ways = _consonants(self._forms)
        hashes = np.fromiter((hash(key) for way in ways for key in way), np.int64)
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._rows = (order % max(len(self._forms), 1)).astype(np.int32)

    def __len__(self) -> int:
        return len(self._known)

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
        hebrew = _HEBREW_SIGN.search(asked) is not None
        alike = _alike if _CONFUSED.search(asked) else str
        for form in _forms(asked):
            one = alike(form)
            bare = hebrew or _VOWEL.search(one) is None
            skeleton = _skeleton if hebrew else _without_vowels
            if bare:
                one = skeleton(one)
            for key in consonants(form):
                if len(key) < _SHORTEST + bare:
                    continue
                telling = _TELLING * min(len(key) - _SHORTEST, _MOST_TELLING)
                for row in self._rows_of(key):
                    name, inhabitants = self._known[self._owners[row]]
                    two = alike(self._forms[row])
                    if bare:
                        two = skeleton(two)
                    bonus = _KNOWN * math.log10(inhabitants + 1)
                    # matching blocks are a common subsequence: what that gives is never less
                    most = Indel.normalized_similarity(one, two) + telling + bonus
                    if most >= _LEAST - _ROUNDING:
                        yield most, telling, bonus, one, two, name

    def _rows_of(self, key: str) -> list[int]:
        """Return the numbers of the forms that have some consonants."""
        sought = np.int64(hash(key))
        first, last = (self._hashes.searchsorted(sought, side) for side in ("left", "right"))
        return list(dict.fromkeys(self._rows[first:last].tolist()))
