"""The events as a folium element: data elements in the body, one call in the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.layers.element import PageElement, script_json

if TYPE_CHECKING:
    from dateline.layers.payload import Payload
    from dateline.layers.settings import Settings

__all__ = ["EventLayer"]


class EventLayer(PageElement):
    """All events of a page, packed; added to an `EventMap`.

    Parameters
    ----------
    payload
        The packed events.
    settings
        What the page is told besides.
    """

    def __init__(self, payload: Payload, settings: Settings) -> None:
        super().__init__()
        self._name = "Events"
        self.payload = payload
        self.settings = settings

    def body(self) -> str:
        """Return the packed events as data elements."""
        parts = {
            "core": self.payload.core,
            "shapes": self.payload.shapes,
            "texts": b"".join(self.payload.blocks),
        }
        return "".join(self.data(name, part) for name, part in parts.items())

    def script(self) -> str:
        """Return the call that starts the page."""
        meta = script_json(self.payload.meta)
        figure = self.figure()
        config = script_json(
            {
                **self.settings.as_json(),
                "id": self.get_name(),
                "overlays": figure.overlays(),
                "remote": figure.hosts(),
            }
        )
        return f"startPage({self.map_name()}, {meta}, {config});\n"
