"""Numbers written as one word, "zweihundertfünfzig", "kétszázötven", from the number words they are made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dateline.reports.tokens import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Compounds"]

_HUNDRED, _THOUSAND, _MILLION = 100, 1000, 1_000_000
_SHORTEST = 6  # letters: shorter words of two numbers are others ("undici" is listed, "elfte" none)


class Compounds:
    """The number words of a language that writes them together.

    Parameters
    ----------
    values
        Folded number words and what they say; hundreds and thousands multiply what stands before.
    joins
        What may stand between them ("und").
    """

    def __init__(self, values: Mapping[str, int], joins: tuple[str, ...]) -> None:
        self._values = dict(values)
        parts = sorted((*self._values, *joins), key=len, reverse=True)
        words = "|".join(map(re.escape, parts))
        self._whole = re.compile(f"(?:{words}){{2,}}")
        self._part = re.compile(words)

    @classmethod
    def of(cls, numbers: Mapping[str, Any]) -> Compounds | None:
        """Return those of a lexicon's `[numbers]` table; null where its language writes numbers apart."""
        if "compound" not in numbers:
            return None
        values = {
            fold(word): int(value)
            for table in ("words", "scales")
            for word, value in numbers.get(table, {}).items()
            if word.isalpha()
        }
        return cls(values, tuple(map(fold, numbers["compound"])))

    def value(self, word: str) -> int | None:
        """Return what a folded word says that is made of number words; null for other words."""
        if len(word) < _SHORTEST:
            return None
        return self._sum(self._part.findall(word)) if self._whole.fullmatch(word) else None

    def _sum(self, parts: list[str]) -> int:
        """Return the number of words in order: "zwei" "hundert" "fünf" "und" "zwanzig"."""
        total = hundreds = small = 0
        for value in (self._values.get(part, 0) for part in parts):
            if value == _HUNDRED:
                hundreds, small = hundreds + (small or 1) * _HUNDRED, 0
            elif value in {_THOUSAND, _MILLION}:
                total, hundreds, small = total + (hundreds + small or 1) * value, 0, 0
            else:
                small += value
        return total + hundreds + small
