"""What our folium elements share: text that goes into the page as it stands.

branca makes a template of what an element renders, and so would run `{{ }}` that a report contains.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from branca.element import Element, MacroElement

from dateline.errors import ConfigError
from dateline.layers.document import PageFigure

__all__ = ["PageElement", "as_text", "script_json"]


class _Verbatim(Element):
    """Text that is rendered as it stands."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 (branca's signature)
        """Return the text."""
        return self.text


class PageElement(MacroElement):
    """A folium element that gives its parts as text."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def figure(self) -> PageFigure:
        """Return the figure that the element belongs to.

        Raises
        ------
        ConfigError
            If it belongs to none of ours.
        """
        root = self.get_root()
        if not isinstance(root, PageFigure):
            message = f"{self._name}: expected to be added to a map that dateline.draw made"
            raise ConfigError(message)
        return root

    def map_name(self) -> str:
        """Return the name of the map's variable in the page's script."""
        return self._parent.get_name() if self._parent else ""

    def body(self) -> str:
        """Return what stands in the document's body."""
        return ""

    def script(self) -> str:
        """Return what the document's script says."""
        return ""

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 (branca's signature)
        """Add the parts to the figure; what is returned is not used."""
        figure = self.figure()
        figure.html.add_child(_Verbatim(self.body()), name=self.get_name())
        figure.script.add_child(_Verbatim(self.script()), name=self.get_name())
        return ""

    def data(self, part: str, data: bytes) -> str:
        """Return a script element that holds bytes for the page to read."""
        return f'<script type="text/plain" id="{self.get_name()}-{part}">{as_text(data)}</script>\n'


def as_text(data: bytes) -> str:
    """Return bytes as base64."""
    return base64.b64encode(data).decode("ascii")


def script_json(value: Any) -> str:
    """Return a value as JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, code)
    return text
