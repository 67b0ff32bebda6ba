"""How names sound, roughly: to tell of which place a name is a spelling of the main name, and of which a byname."""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import OSA

from dateline.geo.names import name_key

__all__ = ["consonants", "likeness", "sounding"]

# Classes of consonants that scripts and languages interchange (after Soundex, Russell 1918); what is not here goes:
# vowels, and h, which many scripts do not write. Capitals are classes of `name_key`.
_GROUPS = {"p": "bpfv", "t": "dt", "k": "gkC", "s": "sJ", "l": "lr", "n": "mn"}
_CLASS = {sign: first for first, signs in _GROUPS.items() for sign in signs}
_ALIKE = 0.6  # least share of consonants that agree where scripts differ
_AKIN = 0.5  # how far names that have most consonants in common may be one
_ONE_SCRIPT = 0.4  # how much agreement counts where vowels could be compared
_CHANCE, _TELLING = 2, 4  # so few consonants may agree by chance; so many do not


@lru_cache(maxsize=65536)
def consonants(key: str) -> str:
    """Return the classes of a name's consonants, each run of one class once.

    Parameters
    ----------
    key
        A key of `dateline.geo.names.name_key`; what is not Latin is romanised first.
    """
    found: list[str] = []
    for sign in key if key.isascii() else name_key(anyascii(key)):
        group = _CLASS.get(sign)
        if group is not None and (not found or found[-1] != group):
            found.append(group)
    return "".join(found)


def sounding(key: str, main: str) -> float:
    """Return how well a name sounds like a main name, 0 to 1: less for short names, which may by chance.

    Parameters
    ----------
    key
        The name's key.
    main
        The main name's key.
    """
    one, alike = consonants(key), _agreement(key, main)
    if not alike:
        return 0.0
    if key.isascii():  # in one script, namesakes by their vowels alone are other names
        share = _ONE_SCRIPT if alike == 1.0 else 0.0
    else:
        share = 1.0 if alike >= _ALIKE else 0.0
    return share * min(max(len(one) - _CHANCE, 0) / (_TELLING - _CHANCE), 1.0)


def likeness(key: str, main: str) -> float:
    """Return how far two names may be spellings of one, by their keys: 1 those that sound the same, 0 other names.

    A town and a quarter or village that is called after it have most of their letters in common (Lgov, Lgovsky). Names
    in scripts that write no vowels, or a syllable a sign, are not compared.
    """
    if key == main or not key.isascii():
        return 1.0
    agreement = _agreement(key, main)
    return 1.0 if agreement == 1.0 else _AKIN if agreement >= _ALIKE else 0.0


def _agreement(key: str, main: str) -> float:
    """Return the share of the consonants of two names that agree, 0 to 1."""
    one, other = consonants(key), consonants(main)
    if not one or not other:
        return 0.0
    return 1.0 if one == other else OSA.normalized_similarity(one, other)
