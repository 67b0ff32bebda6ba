"""Which language a short text is in, by its letters and the words of the lexicons."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.geo.grammar import Grammar, grammar, place_languages
from dateline.geo.pattern import pieces_of
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["language_of", "likeliest"]

_FIRST = {"en": 0, "ru": 1, "uk": 2, "id": 3, "zh": 4}  # of languages that fit a text alike
_SCRIPTS = (
    ("\u3040", "\u30ff", ("ja",)),
    ("\u3400", "\u9fff", ("zh", "ja")),
    ("\uac00", "\ud7a3", ("ko",)),
    ("\u0590", "\u05ff", ("he",)),
    ("\u0900", "\u097f", ("hi",)),
    ("\u0600", "\u06ff", ("ar", "fa")),
    ("\u0400", "\u04ff", ("ru", "uk", "be")),
)
"""First and last letter of each script that few of our languages have, with those; kana before the signs it shares."""

_LETTERS = (
    ("ў", ("be",)), ("ґєї", ("uk",)), ("і", ("uk", "be")), ("ъыэё", ("ru", "be")),
    ("پچژگ", ("fa",)), ("ةأإىؤ", ("ar",)),
    ("ąęłńśźż", ("pl",)), ("ěřů", ("cs",)), ("őű", ("hu",)), ("ģķļņā", ("lv",)), ("șță", ("ro",)),
    ("ğış", ("tr",)), ("ß", ("de",)), ("ñ", ("es",)), ("ãõ", ("pt",)), ("œ", ("fr",)), ("å", ("sv", "fi")),
    ("ơưđạảấầẩậắằặẹẻếềểệỉịọỏốồổộớờởợụủứừửựỳỷỹ", ("vi",)),
)  # fmt: skip


_IN_SCRIPTS = [(re.compile(f"[{first}-{last}]"), codes) for first, last, codes in _SCRIPTS]
_WITH_LETTERS = [(re.compile(f"[{letters}]"), codes) for letters, codes in _LETTERS]


@lru_cache(maxsize=64)
def _cues(language: str) -> re.Pattern[str]:
    """Return the expression that finds any word of a language's lists, nouns or directions."""
    rules = grammar(language)
    words = rules.words
    lists = [*words.lists.values(), *_written(rules)]
    every = {word for words_ in lists for word in words_ if len(word) > 1}
    edges = (r"(?<!\w)", r"(?!\w)") if words.spaces else ("", "")
    sides = words.direction_pattern(compass=False)
    return re.compile(f"{edges[0]}(?:{words.any_of(every)}|{sides}){edges[1]}")


def _written(rules: Grammar) -> list[list[str]]:
    """Return the words that the patterns of a grammar hold themselves ("between")."""
    return [
        [piece for piece in pieces_of(pattern) if piece.isalpha()]
        for patterns in rules.patterns.values()
        for pattern in patterns
    ]


@lru_cache(maxsize=64)
def _prepositions(language: str) -> frozenset[str]:
    """Return the words of one letter that may begin an expression of a language ("w Kursku", "à Goma")."""
    glue = grammar(language).words
    return frozenset(word for word in (*glue.glue, *glue.at_words) if len(word) == 1)


@lru_cache(maxsize=10_000)
def likeliest(folded: str) -> tuple[str, ...]:
    """Return the languages whose words or script a text has, those with most of it first."""
    script = _of_script(folded)
    among = script or tuple(code for code in place_languages() if code not in _UNLIKE)
    found = {code: sum(map(len, _cues(code).findall(folded))) for code in among}
    if folded[1:2] == " ":
        for code in among:
            found[code] += folded[0] in _prepositions(code)
    own = _letters_of(folded)
    spoken = [code for code in found if found[code] or code in script]
    return tuple(
        sorted(spoken, key=lambda code: (code not in own, -found[code], _FIRST.get(code, 9), code))
    )


_UNLIKE = frozenset(code for _, _, codes in _SCRIPTS for code in codes)


def _of_script(folded: str) -> tuple[str, ...]:
    """Return the languages of the script of a text's letters, none where many have it."""
    return _first_with(_IN_SCRIPTS, folded)


def _letters_of(folded: str) -> tuple[str, ...]:
    """Return the languages whose own letters a text has, none where it has no such letter."""
    return _first_with(_WITH_LETTERS, folded)


def _first_with(
    told: Sequence[tuple[re.Pattern[str], tuple[str, ...]]], folded: str
) -> tuple[str, ...]:
    """Return the languages of the first letters that a text has any of; in ASCII it has none of them."""
    if folded.isascii():
        return ()
    return next((codes for letters, codes in told if letters.search(folded)), ())


def language_of(text: str) -> str | None:
    """Return the language a short text is probably in, by its letters and the words of the lexicons; null if unknown.

    Parameters
    ----------
    text
        A place expression.
    """
    folded = fold(text)
    spoken = likeliest(folded) or _letters_of(folded)
    return spoken[0] if spoken else None
