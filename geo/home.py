"""What a report says of the country it is about without naming it: "the capital", "the north of the country"."""

from __future__ import annotations

import re
from functools import cache

from dateline.geo.grammar import grammar, has_grammar
from dateline.geo.tokens import fold

__all__ = ["said_in_full"]

_MARKS = " \t,.;:\"'()«»“”„"


def said_in_full(text: str, language: str | None, country: str) -> str | None:
    """Return an expression with the country in place of what stands for it; null where nothing does.

    Parameters
    ----------
    text
        The expression.
    language
        ISO 639-1 code.
    country
        ISO 3166-1 alpha-2 code of the country that is meant.

    Returns
    -------
    str
        With the country's identifier as a name ("in the north of iso:SD"), which the parser reads as one.
    """
    if language is None or not has_grammar(language):
        return None
    folded = fold(text)
    called, capital = _called(language)
    mark = called.search(folded) if called else None
    if mark is not None:
        return f"{text[: mark.start()]}iso:{country}{text[mark.end() :]}"
    return f"{text} iso:{country}" if capital.fullmatch(folded.strip(_MARKS)) else None


@cache
def _called(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    """Return the expressions of words for the country, with its article, and of the capital alone."""
    words = grammar(language).words
    edge, end = (r"(?<!\w)", r"(?!\w)") if words.spaces else ("", "")
    article = rf"(?:{words.any_of(words.articles)}{words.gap})?" if words.articles else ""
    home = words.lists.get("home", [])
    at = rf"(?:{words.any_of(words.at_words)}{words.gap})?" if words.at_words else ""
    capital = rf"{at}{article}{words.any_of(words.lists['capital'])}"
    return (
        re.compile(rf"{edge}{article}{words.any_of(home)}{end}") if home else None,
        re.compile(capital),
    )
