"""The language of a text, among those that have a lexicon."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dateline.errors import InputError
from dateline.lexicon import languages

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["checked_language", "language_of"]

_SAMPLE_CHARACTERS = 4000


def checked_language(code: str | None) -> str | None:
    """Return `code` if it is null or a language with a lexicon.

    Raises
    ------
    InputError
        If there is no lexicon for it.
    """
    if code is not None and code not in languages():
        raise InputError(f"a language among {', '.join(languages())}", code)
    return code


def language_of(text: str) -> str | None:
    """Return the language of a text, ISO 639-1; null where it has no letters.

    Only languages with a lexicon are considered: with all of its languages to choose from the model
    now and then takes a language for its neighbour.
    """
    if not any(letter.isalpha() for letter in text[:_SAMPLE_CHARACTERS]):
        return None
    return _classify()(text[:_SAMPLE_CHARACTERS])[0]


@cache
def _classify() -> Callable[[str], tuple[str, float]]:
    """Return the classifier, limited to our languages; loading its model takes some 0.1 s."""
    import py3langid

    py3langid.set_languages(list(languages()))
    classify: Callable[[str], tuple[str, float]] = py3langid.classify
    return classify
