"""Dateline: published reports of a conflict in, an honest, sourced, embeddable map out.

>>> import dateline
>>> events = dateline.read("article.txt", published="2024-12-16")  # doctest: +SKIP
>>> dateline.draw(events, title="Kursk border").save("map.html")  # doctest: +SKIP

Everything heavy is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.event import Event
    from dateline.exports.vector import export
    from dateline.layers.page import draw
    from dateline.pipeline import annotate, borders, locate, read

__version__ = "0.1.0"
__all__ = ["Event", "annotate", "borders", "draw", "export", "locate", "read"]

_HOMES = {
    "Event": "dateline.event",
    "annotate": "dateline.pipeline",
    "borders": "dateline.pipeline",
    "draw": "dateline.layers.page",
    "export": "dateline.exports.vector",
    "locate": "dateline.pipeline",
    "read": "dateline.pipeline",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, the first time it is asked for."""
    if name not in _HOMES:
        message = f"module 'dateline' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the names that users call."""
    return sorted(__all__)
