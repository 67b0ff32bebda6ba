"""Days and numbers as readers of a language write them, by Unicode's CLDR: where no script of the page does it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["counted", "span_of_days"]

_DIGITS = "latn"
_WRITTEN_AS = {"en": "en_GB"}  # 14 December 2024, the day first as everywhere else in Dateline
_PLURALS = ("zero", "one", "two", "few", "many", "other")


def span_of_days(first: str, last: str, language: str) -> str:
    """Return the days from one to another as a phrase; one day alone where they are the same.

    Parameters
    ----------
    first, last
        ISO 8601, of which the day counts.
    language
        ISO 639-1 code; English where CLDR does not know it.
    """
    from babel.dates import format_interval

    start, end = date.fromisoformat(first[:10]), date.fromisoformat(last[:10])
    return str(format_interval(start, end, skeleton="yMMMMd", locale=_locale(language)))


def counted(number: int, forms: str, language: str) -> str:
    """Return a number with its noun.

    Parameters
    ----------
    number
        How many.
    forms
        The noun with {n} in each plural form that CLDR has for the language, in CLDR's order, parted by `|`.
    language
        ISO 639-1 code; English where CLDR does not know it.
    """
    from babel.numbers import format_decimal

    parts = forms.split("|")
    locale = _locale(language)
    known = [name for name in _PLURALS if name == "other" or name in locale.plural_form.rules]
    at = known.index(locale.plural_form(number))
    figure = format_decimal(number, locale=locale, numbering_system=_DIGITS)
    return parts[min(at, len(parts) - 1)].replace("{n}", str(figure))


@cache
def _locale(language: str) -> Locale:
    """Return CLDR's locale of a language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_WRITTEN_AS.get(language, language))
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
