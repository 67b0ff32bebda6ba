"""The page: `draw` turns located events into a folium.Map that saves as one self-contained file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import folium
from folium.template import Template
from markupsafe import Markup, escape

from dateline.layers.basemap import Basemap
from dateline.layers.clean import clean, web_address
from dateline.layers.control import ControlLayer, control_of
from dateline.layers.document import Page, PageFigure
from dateline.layers.event_layer import EventLayer
from dateline.layers.fallback import fallback
from dateline.layers.logo import logo_address
from dateline.layers.payload import pack
from dateline.layers.settings import Settings, settings
from dateline.layers.tiles import tile_layer
from dateline.layers.words import direction, interface, notes_in
from dateline.moment import moment

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from typing import BinaryIO

    import geopandas as gpd

__all__ = ["EventMap", "draw"]

_MAX_ZOOM = 17


class EventMap(folium.Map):
    """A folium map of events; any folium layer can be added to it.

    Parameters
    ----------
    page
        What the document says around the map.
    allow_remote
        Whether layers of the user's own may ask third parties.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            ...{{ this.options|tojavascript }}, attributionControl: false, worldCopyJump: true,
            center: {{ this.location|tojson }}, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90
        });
        {% endmacro %}
        """
    )

    def __init__(self, page: Page, *, allow_remote: bool = False) -> None:
        super().__init__(location=[30, 15], zoom_start=3, tiles=None, max_zoom=_MAX_ZOOM)
        self.default_js = []
        self.default_css = []
        self.options["max_zoom"] = _MAX_ZOOM
        PageFigure(page, allow_remote=allow_remote).add_child(self)

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,
        **kwargs: Any,
    ) -> None:
        """Write the page as one HTML file.

        Parameters
        ----------
        outfile
            A path, or a file opened for bytes.
        close_file
            Whether a file that was given open is closed.
        """
        super().save(outfile, close_file=close_file, **kwargs)


def draw(  # noqa: PLR0913 (the options of one page)
    events: gpd.GeoDataFrame,
    *,
    title: str | None = None,
    language: str = "en",
    byline: str | None = None,
    perspective: str | None = None,
    borders: gpd.GeoDataFrame | None = None,
    control: gpd.GeoDataFrame | None = None,
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    built: datetime | str | None = None,
    url: str | None = None,
    contact: str | None = None,
    logo: str | os.PathLike[str] | None = None,
    image: str | None = None,
    tiles: str | None = None,
    attribution: str | None = None,
    allow_remote: bool = False,
    withheld: Collection[str] = (),
) -> EventMap:
    """Return a map of events that saves as one self-contained HTML file.

    Parameters
    ----------
    events
        Events in the columns of `dateline.event.COLUMNS`; columns may be absent. Events without a place
        or a date are counted and listed. `attrs["attribution"]`, whom to credit, and `attrs["notes"]`,
        what readers should know of how they were chosen, stand with the credits.
    title
        Headline of the page; by default what the events are, in the page's language.
    language
        ISO 639-1 code of the interface and of the basemap's labels.
    byline
        Who made the map.
    perspective
        The side whose symbols get the friendly frame; by default all frames are the same.
    borders
        Lines in EPSG:4326 that are drawn instead of the basemap's country borders where they run, with a
        column `attribution` to credit.
    control
        Areas that somebody holds, one a row: polygons in EPSG:4326 with the columns `date` (the day it is
        said to be so), `side`, `source` (who says so) and `credit`; see `dateline.layers.control`. Readers
        see the latest of each source that is not after the end of the date range they chose.
    colours
        Side to colour, as #rrggbb.
    names
        Side to the name that readers see; countries' names and the sides' own by default.
    built
        When the page was made; by default now, or the time of SOURCE_DATE_EPOCH. The same events and
        the same time give the same bytes.
    url
        Where the page will be published: for social cards and the embed code.
    contact
        Where readers report errors: a web address or a mail address.
    logo
        File of the picture that stands above the headline: PNG, JPEG, GIF, WebP or SVG, up to 300 kB.
    image
        Address of a picture for social cards.
    tiles
        An online basemap over ours, by xyzservices' name or by address with {z}, {x} and {y}. Readers'
        browsers then ask its server, and the page says so.
    attribution
        Whom to credit for `tiles` given by address.
    allow_remote
        Whether folium layers added later may ask third parties; the page then says whom.
    withheld
        Licences, as sources name them, that do not allow rows to be handed on: such events are shown, but
        readers' downloads leave them out. `attrs["withheld"]`, which `dateline.read` sets, counts too.

    Returns
    -------
    EventMap
        A folium.Map; `.save("map.html")` writes the file.

    Raises
    ------
    InputError
        If `events` is not a table, or `control` not one of polygons.
    ConfigError
        If a colour is not written as #rrggbb, or tiles or the logo cannot be used.
    """
    payload = pack(events, {*withheld, *getattr(events, "attrs", {}).get("withheld", ())})
    held = control_of(control) if control is not None else None
    chosen = settings(
        payload,
        title=title,
        language=language,
        byline=byline,
        perspective=perspective,
        colours=colours,
        built=_built(built),
        url=url,
        contact=contact,
        names=names,
        more_sides=held.sides if held else (),
    )
    base = Basemap(payload.bounds, language=language, borders=borders)
    chosen.credit(base.attribution)
    lines = [
        *events.attrs.get("attribution", ()),
        *notes_in(events.attrs.get("notes", ()), language),
    ]
    chosen.credit([clean(line, 300) for line in lines])
    held = held if held and held.areas else None
    still = fallback(events, payload, chosen, held)
    page = _page(chosen, still, image, logo_address(logo))
    chart = EventMap(page, allow_remote=allow_remote or tiles is not None)
    base.add_to(chart)
    if held:
        ControlLayer(held).add_to(chart)
        chosen.credit(held.credits(interface(language)))
    EventLayer(payload, chosen).add_to(chart)
    if tiles is not None:
        layer = tile_layer(tiles, attribution)
        chosen.credit(
            [clean(re.sub(r"<[^>]*>", "", str(layer.options.get("attribution", ""))), 300)]
        )
        layer.add_to(chart)
    return chart


def _page(chosen: Settings, still: Markup, image: str | None, logo: str) -> Page:
    """Return what the document says around the map."""
    words = interface(chosen.language)
    description = chosen.description
    cards = []
    if chosen.url:
        cards = [
            ("og:type", "article"),
            ("og:title", chosen.title),
            ("og:description", description),
            ("og:url", chosen.url),
            ("twitter:card", "summary_large_image"),
            ("twitter:title", chosen.title),
            ("twitter:description", description),
        ]
        if image and web_address(image):
            cards += [("og:image", image), ("twitter:image", image)]
    return Page(
        title=chosen.title,
        description=description,
        language=chosen.language,
        direction=direction(chosen.language),
        words=words,
        as_of=_as_of(words["as_of"], chosen),
        byline=clean(chosen.byline, 200),
        url=chosen.url,
        fallback=still,
        cards=cards,
        logo=logo,
    )


def _as_of(words: str, chosen: Settings) -> Markup:
    """Return when the page was made; the script says it as the language does."""
    moment = Markup('<time class="dl-built" datetime="{}">{}</time>').format(
        chosen.built, chosen.built.removesuffix("T00:00Z").replace("T", " ").replace("Z", " UTC")
    )
    before, _, after = words.partition("{time}")
    return escape(before) + moment + escape(after)


def _built(when: datetime | str | None) -> datetime:
    """Return the time of building, in UTC."""
    if when is None:
        return moment()
    found = datetime.fromisoformat(when) if isinstance(when, str) else when
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
