"""What a mention was read as, in words for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["note"]

_KM = 1000.0
_CLOSE_KM = 10.0


def note(kind: str, mention: dict[str, Any]) -> str:
    """Return some lines on one mention of `dateline annotate`.

    Parameters
    ----------
    kind
        places, dates, units, casualties or actors.
    mention
        Its JSON object.
    """
    return "\n".join(line for line in _NOTES[kind](mention) if line)


def _place(mention: dict[str, Any]) -> list[str]:
    """Return kind and role, name and region, coordinates and how sure they are."""
    role = mention.get("role")
    what = _joined(
        " · ", _spaced(mention.get("kind")) or "place", role and f"role: {_spaced(role)}"
    )
    where = _joined(", ", mention.get("name"), mention.get("admin1") or mention.get("country"))
    lon, lat = mention.get("lon"), mention.get("lat")
    if lon is None or lat is None:
        return [what, where, "not found in any gazetteer"]
    sure = mention.get("confidence")
    return [
        what,
        where,
        _joined(
            " · ",
            f"{lat:.4f}, {lon:.4f}",
            _within(mention.get("uncertainty_m")),
            None if sure is None else f"confidence {sure:.2f}",
        ),
    ]


def _within(metres: float | None) -> str | None:
    """Return a radius in kilometres."""
    if metres is None:
        return None
    km = metres / _KM
    return f"within {km:.1f} km" if km < _CLOSE_KM else f"within {km:.0f} km"


def _date(mention: dict[str, Any]) -> list[str]:
    """Return the interval and its precision."""
    first, last = mention.get("from"), mention.get("to")
    if first is None:
        return ["date", "cannot be dated"]
    span = str(first) if first == last else f"{first} to {last}"
    return [_joined(" · ", "date", mention.get("precision")), span]


def _unit(mention: dict[str, Any]) -> list[str]:
    """Return the name in the registry, or that there is none, and the side."""
    linked = mention.get("id")
    side = mention.get("side")
    return [
        _joined(" · ", "unit", f"side {side}" if side else "side unknown"),
        _joined(
            " · ", mention.get("name"), f"registry: {linked}" if linked else "not in the registry"
        ),
    ]


def _casualty(mention: dict[str, Any]) -> list[str]:
    """Return what befell how many of whom, and who says so."""
    least, most = mention.get("min"), mention.get("max")
    if least is None and most is None:
        figure = "some"
    elif least == most:
        figure = str(least)
    else:
        figure = f"at least {least}" if most is None else f"{least or 0} to {most}"
    claimed = mention.get("claimed_by")
    who = _joined(", ", mention.get("who"), mention.get("side") and f"side {mention['side']}")
    return [
        _joined(": ", _spaced(mention.get("kind")) or "figure", figure),
        who,
        f"claimed by {claimed}" if claimed else "",
    ]


def _actor(mention: dict[str, Any]) -> list[str]:
    """Return the side."""
    return [_joined(" · ", "actor", f"side {mention['side']}" if mention.get("side") else None)]


def _joined(sign: str, *parts: Any) -> str:
    """Return the parts that there are."""
    return sign.join(str(part) for part in parts if part not in (None, ""))


def _spaced(word: Any) -> str:
    """Return a code as words."""
    return str(word or "").replace("_", " ")


_NOTES: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "places": _place,
    "dates": _date,
    "units": _unit,
    "casualties": _casualty,
    "actors": _actor,
}
