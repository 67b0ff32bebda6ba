"""The page's interface strings: the table `[ui]` of each language's lexicon, English where it has none."""

from __future__ import annotations

from dateline.lexicon import languages, lexicon

__all__ = ["direction", "interface"]


def interface(language: str) -> dict[str, str]:
    """Return the interface strings of a language.

    Parameters
    ----------
    language
        ISO 639-1 code; English is used for a language without a lexicon.

    Returns
    -------
    dict
        Every key of the English table; strings that a language lacks are English.
    """
    strings = dict(lexicon("en").get("ui", {}))
    if language in languages():
        strings.update(lexicon(language).get("ui", {}))
    return strings


def direction(language: str) -> str:
    """Return `ltr` or `rtl`, how the language is written."""
    return str(lexicon(language)["direction"]) if language in languages() else "ltr"
