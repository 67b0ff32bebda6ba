"""The page's interface strings: the table `[ui]` of each language's lexicon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.lexicon import languages, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["direction", "interface", "notes_in"]


def interface(language: str) -> dict[str, str]:
    """Return the interface strings of a language.

    Parameters
    ----------
    language
        ISO 639-1 code; English is used for a language without a lexicon.

    Returns
    -------
    dict
        The same keys in every language.
    """
    return dict(lexicon(language if language in languages() else "en")["ui"])


def notes_in(notes: Iterable[str], language: str) -> list[str]:
    """Return notes on what was withheld in a language; a note that is none of ours stays as it is.

    A table, and a file of it, holds them in English.
    """
    words = interface(language)
    ours = {text: words[key] for key, text in interface("en").items() if key.startswith("note_")}
    return [ours.get(note, note) for note in notes]


def direction(language: str) -> str:
    """Return `ltr` or `rtl`, how the language is written."""
    return str(lexicon(language)["direction"]) if language in languages() else "ltr"
