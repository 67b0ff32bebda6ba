"""Which language a short text is in, by its letters and the words of the lexicons."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.geo.grammar import grammar, place_languages
from dateline.geo.tokens import fold

__all__ = ["language_of", "likeliest"]

_FIRST = {"en": 0, "uk": 1, "ru": 2, "id": 3}  # of languages that fit a text alike
_LETTERS = (("ў", ("be",)), ("ґєї", ("uk",)), ("і", ("uk", "be")), ("ъыэё", ("ru", "be")))


@lru_cache(maxsize=64)
def _cues(language: str) -> re.Pattern[str]:
    """Return the expression that finds any word of a language's lists, nouns or directions."""
    words = grammar(language).words
    lists = [*words.lists.values(), *words.table["directions"].values()]
    every = {word for words_ in lists for word in words_ if len(word) > 1}
    return re.compile((r"(?<!\w)" if words.spaces else "") + words.any_of(every))


@lru_cache(maxsize=10_000)
def likeliest(folded: str) -> tuple[str, ...]:
    """Return the languages whose words a text has, those with most of it first."""
    found = {code: sum(map(len, _cues(code).findall(folded))) for code in place_languages()}
    own = _letters_of(folded)
    spoken = [code for code in found if found[code]]
    return tuple(
        sorted(spoken, key=lambda code: (code not in own, -found[code], _FIRST.get(code, 9), code))
    )


def _letters_of(folded: str) -> tuple[str, ...]:
    """Return the languages whose own letters a text has, none where it has no such letter."""
    return next(
        (codes for letters, codes in _LETTERS if any(sign in folded for sign in letters)), ()
    )


def language_of(text: str) -> str | None:
    """Return the language a short text is probably in, by its letters and the words of the lexicons; null if unknown.

    Parameters
    ----------
    text
        A place expression.
    """
    folded = fold(text)
    spoken = likeliest(folded)
    if spoken:
        return spoken[0]
    own = _letters_of(folded)
    if own:
        return own[0]
    return "ru" if any("а" <= sign <= "я" for sign in folded) else None
