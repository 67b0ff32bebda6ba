"""Names of hromadas (communities of settlements, below the raions), and of the lands that areas are called by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_names import latin

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["hromada_names", "land"]

# endings of adjectives of areas, and of the lands made of them: Сумський, Сумщина; Донецька, Донеччина; Белгородчина
_LANDS = {
    "ський": "щина",
    "ська": "щина",
    "цький": "ччина",
    "цька": "ччина",
    "зький": "жчина",
    "зька": "жчина",
    "дский": "дчина",
    "ский": "щина",
    "цкий": "тчина",
}
_KINDS = ("", "сільська ", "селищна ", "міська ", "територіальна ")


def land(adjective: str) -> str | None:
    """Return the land that an area is called by, from its adjective; null where none is made of it."""
    for ending, made in _LANDS.items():
        if adjective.endswith(ending):
            return adjective.removesuffix(ending) + made
    return None


def hromada_names(
    own: str, russian: Sequence[str], seat: str | None, lands: Collection[str]
) -> list[str]:
    """Return the names of a hromada, the English one first.

    Parameters
    ----------
    own
        Its Ukrainian adjective ("Хотінська").
    russian
        The same in Russian, in the forms it may have.
    seat
        The English name of the settlement it is named after, where known.
    lands
        Those that larger areas are called by.
    """
    spelt = [name for name in (seat, latin(own, "uk")) if name]
    names = [f"{name} {word}" for name in spelt for word in ("hromada", "community")]
    names += [f"{own} {kind}громада" for kind in _KINDS]
    names += [f"{form} громада" for form in russian]
    called = land(own)
    return list(dict.fromkeys([*names, *([called] if called and called not in lands else [])]))
