"""The events as a folium element: data elements in the body, one call in the script."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from folium.elements import MacroElement
from folium.template import Template
from markupsafe import Markup

if TYPE_CHECKING:
    from dateline.layers.payload import Payload
    from dateline.layers.settings import Settings

__all__ = ["EventLayer", "as_text", "script_json"]


class EventLayer(MacroElement):  # type: ignore[misc]
    """All events of a page, packed; added to an `EventMap`.

    Parameters
    ----------
    payload
        The packed events.
    settings
        What the page is told besides.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <script type="text/plain" id="{{ this.get_name() }}-core">{{ this.core }}</script>
        <script type="text/plain" id="{{ this.get_name() }}-shapes">{{ this.shapes }}</script>
        <script type="text/plain" id="{{ this.get_name() }}-texts">{{ this.texts }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        startPage({{ this._parent.get_name() }}, {{ this.meta }}, {{ this.config() }});
        {% endmacro %}
        """
    )

    def __init__(self, payload: Payload, settings: Settings) -> None:
        super().__init__()
        self._name = "Events"
        self.core = as_text(payload.core)
        self.shapes = as_text(payload.shapes)
        self.texts = as_text(b"".join(payload.blocks))
        self.meta = script_json(payload.meta)
        self.settings = settings

    def config(self) -> Markup:
        """Return the settings for the page's script."""
        return script_json({**self.settings.as_json(), "id": self.get_name()})


def as_text(data: bytes) -> str:
    """Return bytes as base64, for a script element that the page reads as data."""
    return base64.b64encode(data).decode("ascii")


def script_json(value: Any) -> Markup:  # noqa: ANN401 (anything that JSON can hold)
    """Return a value as JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, code)
    return Markup(text)
