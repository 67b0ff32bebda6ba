"""Lexicons: what a language calls directions, days, numbers, ranks, deeds: one TOML file a language.

Adding a language is adding a file to `lexicons/`. Each room reads its own tables of it: `[places]` is
geo's, the others belong to reports.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from dateline.errors import ConfigError, InputError

__all__ = ["languages", "lexicon"]

_REQUIRED = ("code", "name", "script", "direction")


@cache
def languages() -> tuple[str, ...]:
    """Return the ISO 639-1 codes of the languages that have a lexicon, sorted."""
    folder = resources.files("dateline") / "lexicons"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def lexicon(language: str) -> dict[str, Any]:
    """Return the lexicon of one language.

    Parameters
    ----------
    language
        ISO 639-1 code.

    Returns
    -------
    dict
        The tables of the language's TOML file. Shared between callers: do not change it.

    Raises
    ------
    InputError
        If there is no lexicon for the language.
    ConfigError
        If the file is not valid TOML or lacks a required key.
    """
    if language not in languages():
        raise InputError(f"one of the languages {', '.join(languages())}", language)
    text = (resources.files("dateline") / "lexicons" / f"{language}.toml").read_text("utf-8")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"lexicons/{language}.toml: expected valid TOML: {error}"
        raise ConfigError(message) from error
    missing = [key for key in _REQUIRED if key not in tables]
    if missing:
        message = (
            f"lexicons/{language}.toml: expected the keys {', '.join(_REQUIRED)}; missing {missing}"
        )
        raise ConfigError(message)
    return tables
