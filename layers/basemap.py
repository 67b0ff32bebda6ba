"""The basemap: land, water, borders and towns around the events, drawn from data in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folium.elements import MacroElement
from folium.template import Template

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Basemap"]


class Basemap(MacroElement):  # type: ignore[misc]
    """A vector basemap clipped to the events' extent and its surroundings."""

    _template = Template("{% macro script(this, kwargs) %}{% endmacro %}")

    def __init__(
        self,
        bounds: tuple[float, float, float, float] | None,
        *,
        language: str = "en",
        borders: gpd.GeoDataFrame | None = None,
    ) -> None:
        super().__init__()
        self._name = "Basemap"
        self.attribution: list[str] = []
