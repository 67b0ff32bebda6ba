"""Which countries write their own places in the script of a name."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from dateline.geo.tables import read_table

__all__ = ["native_countries"]


class _Script(NamedTuple):
    """A script: its first and last letter, and the countries that write their places in it."""

    first: str
    last: str
    countries: frozenset[str]


@cache
def _scripts() -> tuple[_Script, ...]:
    return tuple(
        _Script(row["first"], row["last"], frozenset(row["countries"].split()))
        for row in read_table("scripts.csv")
    )


def native_countries(name: str) -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes of the countries whose own script a name is in; none for Latin letters."""
    sign = next((sign for sign in name if sign.isalpha()), "")
    if not sign or sign.isascii():
        return frozenset()
    return next((s.countries for s in _scripts() if s.first <= sign <= s.last), frozenset())
