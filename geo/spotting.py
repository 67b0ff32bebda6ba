"""Names in running text: which stretches of a text the gazetteer knows, and which of them mean a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.beside import beside_places
from dateline.geo.cues import CUES, cue_rows, is_abbreviation, is_generic
from dateline.geo.grammar import grammar
from dateline.geo.stretches import Bounds, Stretch, apart, stretches
from dateline.geo.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dateline.geo.lookup import Lookup
    from dateline.geo.running_text import RunningText
    from dateline.geo.vocabulary import Words

__all__ = ["Spotted", "spot_names", "spotting_weights"]


@dataclass(frozen=True, slots=True)
class Spotted:
    """A known name in the text.

    Attributes
    ----------
    start, end
        Offsets in code points.
    text
        The name as written.
    chance
        That it means a place here.
    cues
        The features the chance was worked out from.
    """

    start: int
    end: int
    text: str
    chance: float
    cues: NDArray[Any]


@cache
def spotting_weights() -> tuple[NDArray[Any], float]:
    """Return the weights of `CUES` and the chance from which a name is taken for a place."""
    table = read_tables("spotting.toml")
    return np.array([table["cues"][name] for name in CUES]), float(table["threshold"])


def spot_names(
    running: RunningText,
    language: str,
    lookup: Lookup,
    *,
    threshold: float | None = None,
    about: frozenset[str] = frozenset(),
) -> list[Spotted]:
    """Return the names in a text that mean places, in order, none overlapping.

    Parameters
    ----------
    running
        The text.
    language
        ISO 639-1 code.
    lookup
        The names that are known.
    threshold
        The least chance; null takes the data file's.
    about
        Countries, ISO 3166-1 alpha-2, that the text speaks of.
    """
    text, words = running.text, grammar(language).words
    found = stretches(running, words)
    names = [text[start:end] for start, end, _, _ in found]
    areas = lookup.meant_areas(_beside_area_nouns(running, found, words), language)
    met = lookup.knows(names, language) | areas.keys()
    known = _without_prepositions(running, found, met, words)
    chosen = [
        each
        for each in apart(
            (Stretch(*each) for each, name in zip(found, names, strict=True) if name in known),
            words.demonyms,
            text,
        )
        if not is_generic(text[each.start : each.end], words)
    ]
    meant = lookup.meant([text[each.start : each.end] for each in chosen], language)
    meant |= {
        name: area for name, area in areas.items() if name not in meant or not meant[name].area
    }
    chosen = [
        each
        for each in chosen
        if (name := text[each.start : each.end]) in meant
        and (meant[name].exact or not is_abbreviation(name, words))
    ]
    if not chosen:
        return []
    cues = np.array(
        cue_rows(running, chosen, meant, words, inflects=lookup.inflects(language), about=about),
        dtype=float,
    )
    weights, least = spotting_weights()
    least = least if threshold is None else threshold
    chances = _chances(cues, weights)
    cues = beside_places(running, chosen, meant, cues, chances, words)
    chances = _chances(cues, weights)
    return [
        Spotted(each.start, each.end, text[each.start : each.end], float(chance), row)
        for each, chance, row in zip(chosen, chances, cues, strict=True)
        if chance >= least
    ]


def _beside_area_nouns(
    running: RunningText, found: Sequence[Bounds], words: Words
) -> dict[str, list[tuple[str, str]]]:
    """Return by name "region" or "district" of the generic words right beside it, each with both as they stand."""
    known = {word: noun for word in set(running.words) if (noun := words.area_noun(word))}
    if not known:
        return {}
    nouns = {
        number: known[word]
        for number, word in enumerate(running.words)
        if word in known and not running.capital[number]
    }
    beside: dict[str, list[tuple[str, str]]] = {}
    for start, end, first, last in found:
        if last + 1 not in nouns and first - 1 not in nouns:
            continue
        for number, gap in ((last + 1, last + 1), (first - 1, first)):
            noun = nouns.get(number)
            if noun is not None and not running.gap(gap).strip():
                whole = slice(min(start, running.starts[number]), max(end, running.ends[number]))
                beside.setdefault(running.text[start:end], []).append((noun, running.text[whole]))
    return beside


def _chances(cues: NDArray[Any], weights: NDArray[Any]) -> NDArray[Any]:
    """Return the chance of each row of cues."""
    chances: NDArray[Any] = 1.0 / (1.0 + np.exp(-np.clip(cues @ weights, -30, 30)))
    return chances


def _without_prepositions(
    running: RunningText, found: Sequence[Bounds], known: set[str], words: Words
) -> set[str]:
    """Return the known names but those that are a preposition at the head of a sentence and a known name."""
    text = running.text
    glued = {
        text[start:end]
        for start, end, first, last in found
        if last > first
        and running.words[first] in words.at_words
        and running.opens_sentence(first)
        and text[running.starts[first + 1] : end] in known
        and not words.alias(text[start:end])
    }
    return known - glued
