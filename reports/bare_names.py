"""What names of formations keep without the words of echelon and branch: "Golani" of "Golani Brigade"."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.lexicon import lexicon
from dateline.reports.registry import actor_forms, registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["bare_names"]

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_SHORT = 3


def bare_names(language: str, aliases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return names of one word that mean a formation beside a word for its echelon.

    Parameters
    ----------
    language
        ISO 639-1; names are taken from aliases in this language and in English.
    aliases
        Names with the identifiers of the formations that have them.

    Returns
    -------
    dict
        The bare names with the identifiers of their formations. Names with a number, of groups,
        and words of the lexicons that say a direction or another echelon or branch are left out.
    """
    ranks = _words("en", "echelons") | _words(language, "echelons")
    ordinary = ranks | _ordinary("en") | _ordinary(language)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    is_rank, is_ordinary = (_beginning(words) for words in (ranks, ordinary))
    for alias, identifiers in aliases.items():
        if any(map(str.isdigit, alias)):
            continue
        words = _WORD.findall(alias)
        kept = [word for word in words if not is_ordinary(word)]
        if len(kept) != 1 or len(kept[0]) <= _SHORT or not kept[0][0].isupper():
            continue
        if any(map(is_rank, words)):
            formations = (name for name in identifiers if registry()[name].kind == "formation")
            found[kept[0]].update(dict.fromkeys(formations))
    return {name: tuple(identifiers) for name, identifiers in found.items() if identifiers}


def _beginning(words: frozenset[str]) -> Callable[[str], bool]:
    """Return what tells whether a word is one of some words or begins with one of the stems among them."""
    stems = tuple(word.removesuffix("*") for word in words if word.endswith("*"))

    def begins(word: str) -> bool:
        low = word.lower()
        return low in words or low.startswith(stems)

    return begins


@cache
def _words(language: str, *tables: str) -> frozenset[str]:
    """Return the single words of tables of a lexicon's `[units]`."""
    units = lexicon(language).get("units", {})
    return _single(entry for table in tables for entry in _lists(units.get(table, [])))


@cache
def _ordinary(language: str) -> frozenset[str]:
    """Return words that name no formation by themselves: branches, ordinals, directions, sides and forces."""
    tables = lexicon(language)
    directions = tables.get("places", {}).get("directions", {})
    forces = tables.get("actors", {}).get("forces", [])
    sides = [form for form, _, _ in actor_forms(language)]
    return _words(language, "branches", "modifiers", "ordinals") | _single(
        [*_lists(directions), forces, sides]
    )


def _lists(entry: Any) -> list[list[str]]:
    """Return the lists of words of a table's entry: itself, its members', or its keys."""
    if isinstance(entry, list):
        return [item if isinstance(item, list) else [item] for item in entry]
    return [item if isinstance(item, list) else [name] for name, item in entry.items()]


def _single(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    """Return the words of all phrases, in small letters."""
    return frozenset(word.lower() for entry in lists for text in entry for word in text.split())
