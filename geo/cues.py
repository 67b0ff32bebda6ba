"""Cues: what speaks for and against a known name meaning a place, where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.geo.meant import named_in
from dateline.geo.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.geo.meant import Meant
    from dateline.geo.running_text import RunningText
    from dateline.geo.stretches import Stretch
    from dateline.geo.vocabulary import Words

__all__ = ["CUES", "cue_rows", "is_abbreviation", "is_generic"]

CUES = (
    "bias",
    "area",
    "population",
    "after_preposition",
    "after_capital",
    "before_capital",
    "sentence_start",
    "lower_elsewhere",
    "in_other_name",
    "several_words",
    "all_capitals",
    "beside_area",
    "after_title",
    "other_spelling",
    "no_capitals",
    "repeated",
    "short",
    "after_article",
    "institution",
    "stop_word",
    "capital_words",
    "noun_beside",
    "about",
    "common_word",
    "struck",
    "in_row",
    "dateline",
)
"""What speaks for and against a known name meaning a place, where it stands."""

# ", June 9 (Reuters) - ", " (Ecuador), 7 mar.- ", ".— " after the first name of a report
_OPENS_REPORT = re.compile(
    r"(?:,? \([^)\n]{2,40}\))?(?:, [^\n.–—:]{1,40}\.?)?(?:,? \([^)\n]{2,40}\))?(?: [–—-] |\.[ ]?[–—-] ?|, \d[^\n]{0,20}\. )"
)
_CAPITAL_NOUNS = frozenset({"de"})  # every noun has a capital
_CAPITAL_TELLS = 0.35  # how much being common counts where a word's capital says that it is a name
_LOOSE = 0.2  # how much another spelling counts where names are inflected or in another script
_LONGEST_ABBREVIATION = 3  # letters that are all capitals in a word that is no shout
_LONGEST_ACRONYM = 5  # letters of one that a report may speak of
_SHORT = 3
_KEPT = 50_000  # names of which it is remembered whether they are generic


def cue_rows(
    running: RunningText,
    chosen: Sequence[Stretch],
    meant: Mapping[str, Meant],
    words: Words,
    *,
    inflects: bool,
    about: frozenset[str],
) -> list[tuple[float, ...]]:
    """Return a row of `CUES` for each known name of a text.

    Parameters
    ----------
    running
        The text.
    chosen
        Its known names, none overlapping.
    meant
        What each name can mean.
    words
        Those of the text's language.
    inflects
        Whether names of the language have more forms than the one.
    about
        Countries, ISO 3166-1 alpha-2, that the text speaks of.
    """
    around = _Around(running, chosen, words)
    home = named_in(words.language)
    return [
        around.row(each, meant[running.text[each.start : each.end]], home, about, inflects=inflects)
        for each in chosen
    ]


class _Around:
    """What stands around the known names of one text."""

    def __init__(self, running: RunningText, chosen: Sequence[Stretch], words: Words) -> None:
        self.running = running
        self.words = words
        self.begins = {each.start for each in chosen}
        self.finishes = {each.end for each in chosen}
        self.in_names = running.in_names(words.at_words | words.glue | words.articles)

    def row(
        self,
        stretch: Stretch,
        meant: Meant,
        home: frozenset[str],
        about: frozenset[str],
        *,
        inflects: bool,
    ) -> tuple[float, ...]:
        """Return the cues of one name."""
        running, words = self.running, self.words
        start, end, i, j = stretch
        name, folded = running.text[start:end], running.folded[start:end]
        cased = words.capitals
        first = running.opens_sentence(i)
        headline = running.in_headline(i)
        left, before, after_place = self._before(i)
        right, after, before_place = self._after(end, j)
        near_left = left in (" ", "-", "'") and not first
        near_right = right in (" ", "-", " '")
        close_before = before if near_left else ""
        close_after = after if near_right else ""
        single = i == j
        after_noun = bool(close_before) and words.is_noun(close_before)
        capital_after = (
            cased
            and bool(close_after)
            and running.capital[j + 1]
            and not running.opens_sentence(j + 1)
        )
        capital_before = (
            cased and bool(close_before) and running.capital[i - 1]
            and close_before not in words.at_words and not after_noun and not words.is_direction(close_before)
        )  # fmt: skip
        other = not meant.exact
        before_noun = (
            bool(close_after) and not running.capital[j + 1] and words.is_noun(close_after)
        )
        return (
            1.0,
            meant.area,
            meant.population,
            close_before in words.at_words or (other and words.is_placed(folded)),
            capital_before and not after_place,
            capital_after and not before_place,
            cased and first,
            single and cased and name[0].isupper() and folded in running.in_lower_case,
            single and folded in self.in_names,
            not single,
            cased and name.isupper() and len(name) > _LONGEST_ABBREVIATION,
            (before_place and right.strip() == ",") or (after_place and left.strip() == ","),
            before in words.titles and left in (" ", ". "),
            (1.0 if cased and name.isascii() and not inflects else _LOOSE) * other,
            not cased,
            running.counts.get(folded, 0) > 1,
            len(folded) <= (_SHORT if cased else 1),
            close_before in words.articles,
            close_after in words.institutions,
            single and folded in words.stop,
            headline,
            before_noun or after_noun,
            # where names are inflected, people's names are seldom those of home towns
            (inflects or meant.countries.isdisjoint(home))
            and not meant.countries.isdisjoint(about),
            meant.commonness
            * (1.0 if headline or self._capital_anyway(name, first=first) else _CAPITAL_TELLS),
            bool(close_before) and words.is_struck(close_before),
            False,  # told once the chances of the names beside it are known (geo/beside.py)
            cased
            and _OPENS_REPORT.match(running.text, end) is not None
            and self._heads_line(start),
        )

    def _heads_line(self, start: int) -> bool:
        """Tell whether a name is the first word of a line."""
        return not self.running.text[:start].rpartition("\n")[2].strip()

    def _capital_anyway(self, name: str, *, first: bool) -> bool:
        """Tell whether a word's capital, if it has one, does not say that it is a name."""
        cased = self.words.capitals and self.words.language not in _CAPITAL_NOUNS
        return not cased or first or name.isupper()

    def _before(self, i: int) -> tuple[str, str, bool]:
        """Return the gap before a word, the word before that, and whether a known name ends there."""
        if not i:
            return "", "", False
        return (
            self.running.gap(i),
            self.running.words[i - 1],
            self.running.ends[i - 1] in self.finishes,
        )

    def _after(self, end: int, j: int) -> tuple[str, str, bool]:
        """Return the gap after a name, the word after that, and whether a known name begins there."""
        if j + 1 >= len(self.running):
            return "", "", False
        start = self.running.starts[j + 1]
        return self.running.text[end:start], self.running.words[j + 1], start in self.begins


@lru_cache(maxsize=_KEPT)
def is_generic(name: str, words: Words) -> bool:
    """Tell whether a stretch is a direction, a generic word or a number, a prefix before it or not."""
    folded = fold(name)
    if folded.isdecimal():
        return True
    if words.capitals and len(folded) < _SHORT:  # shorter words are oftener particles ("За", "Au")
        return not words.alias(name)
    forms = [folded, *(folded[len(p) :] for p in words.prefixes if folded.startswith(p))]
    forms.append(words.glued.without_particle(folded))
    return any(
        words.is_direction(form) or words.is_noun(form) or form in words.relations for form in forms
    )


def is_abbreviation(name: str, words: Words) -> bool:
    """Tell whether a name is one short word in capitals ("РСЗВ"): it is not spelt in several ways."""
    return words.capitals and name.isupper() and name.isalpha() and len(name) <= _LONGEST_ACRONYM
