"""Names of months, from the lexicons of all languages."""

from __future__ import annotations

import unicodedata
from calendar import month_abbr, month_name
from functools import cache

from dateline.lexicon import languages, lexicon

__all__ = ["month_number"]


@cache
def _names() -> dict[str, int]:
    """Return month numbers by folded name; a name that means two months in two languages is none."""
    names: dict[str, int] = {}
    doubtful: set[str] = set()
    for language in languages():
        months = lexicon(language).get("dates", {}).get("months", [])
        for number, forms in enumerate(months, start=1):
            for form in map(_fold, forms):
                if names.setdefault(form, number) != number:
                    doubtful.add(form)
    for number in range(1, 13):
        for form in (_fold(month_name[number]), _fold(month_abbr[number])):
            names[form] = number
            doubtful.discard(form)
    return {name: number for name, number in names.items() if name not in doubtful}


def _fold(word: str) -> str:
    """Return a word without case, accents and a closing full stop."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c)).strip(".")


def month_number(word: str) -> int | None:
    """Return 1 to 12 for the name of a month, null for any other word."""
    return _names().get(_fold(word))
