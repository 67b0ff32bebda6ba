"""A still picture of events for print and social cards: PNG, SVG or PDF, drawn with matplotlib."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dateline.errors import InputError
from dateline.layers import mapdata
from dateline.layers.basemap import credits_of
from dateline.layers.control import control_of
from dateline.layers.events_drawn import draw_events, leading, legend_entries
from dateline.layers.ground import COLOURS, draw_ground, draw_locator, draw_scale
from dateline.layers.held_drawn import draw_held, held_entries
from dateline.layers.lettering import Labels, families_for
from dateline.layers.naming import name_places
from dateline.layers.palette import looks
from dateline.layers.rows import to_wgs84
from dateline.layers.side_names import side_name
from dateline.layers.still_frame import View, framed, subtitle
from dateline.layers.words import interface, notes_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd
    from matplotlib.axes import Axes

    from dateline.layers.control import Control
    from dateline.layers.palette import Look

__all__ = ["SOCIAL_CARD", "save_picture"]

SOCIAL_CARD = (1200, 630)
"""Pixels that Facebook, X and Mastodon ask of a large card."""

_log = logging.getLogger("dateline")
_FORMATS = (".png", ".svg", ".pdf")
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "dateline",
    "pdf.fonttype": 42,
    "text.parse_math": False,
}
_METADATA: dict[str, dict[str, Any]] = {
    ".svg": {"Date": None},
    ".pdf": {"CreationDate": None},
    ".png": {},
}
_TOWNS = 90


def save_picture(  # noqa: PLR0913 (all but two are named options of one picture)
    events: gpd.GeoDataFrame,
    path: str | Path,
    *,
    title: str | None = None,
    language: str = "en",
    size: tuple[int, int] = SOCIAL_CARD,
    dpi: int = 144,
    colours: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    borders: gpd.GeoDataFrame | None = None,
    attribution: list[str] | None = None,
    control: gpd.GeoDataFrame | None = None,
) -> list[str]:
    """Write a picture of the events.

    Parameters
    ----------
    events
        An events table.
    path
        Ends in .png, .svg or .pdf.
    title
        Headline; by default the interface's words for a map of events.
    language
        ISO 639-1 code of the words and names.
    size
        Width and height in pixels; of SVG and PDF, in pixels of `dpi`.
    dpi
        Pixels an inch: letters and lines grow with it.
    colours
        Side to colour, as #rrggbb.
    names
        Side to name; codes by default.
    borders
        Lines in EPSG:4326 that replace the basemap's country borders where they run.
    attribution
        Further credits.
    control
        Areas that somebody holds, as `dateline.layers.control` describes them; of each source the latest.

    Returns
    -------
    list of str
        A sentence for each script that no installed font has.

    Raises
    ------
    InputError
        If the format is not known, or no event has a place.
    """
    target = Path(path)
    if target.suffix.lower() not in _FORMATS:
        raise InputError(
            f"a file that ends in {', '.join(_FORMATS)}", str(path), "rename it with -o"
        )
    table = to_wgs84(events)
    placed = table[table.geometry.notna()]
    if placed.empty:
        raise InputError(
            "at least one event with a place", len(table), "read them with places first"
        )
    words = interface(language)
    view = View.around(placed, size, dpi)
    sides = leading(placed)
    held = control_of(control) if control is not None else None
    look = _look(sides, held, colours)
    tints = {side: one["colour"] for side, one in look.items()}
    towns = mapdata.towns(view.box, language, smallest=30, most=_TOWNS)
    areas = mapdata.labels(view.box, language)
    headline = title or words["untitled"]
    named = [*(area[-1] for area in areas), *towns.names, *placed["place"].dropna()]
    families, missing = _families([headline, *named, *words.values(), *look])
    settings: Any = {**_SETTINGS, "font.family": families}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(size[0] / dpi, size[1] / dpi), dpi=dpi, facecolor="white")
        FigureCanvasAgg(figure)
        axes = framed(figure, view, headline, subtitle(table, words, language), language)
        draw_ground(axes, view.box, _lines(borders))
        if held:
            draw_held(axes, held, tints)
        draw_events(axes, placed, sides, look)
        owed = [
            *credits_of(language, borders),
            *events.attrs.get("attribution", []),
            *notes_in(events.attrs.get("notes", []), language),
            *(attribution or []),
            *(held.credits(words) if held else []),
        ]
        _set_credits(figure, owed)
        shown = {side: side_name(side, language, names) for side in look}
        entries = legend_entries(sides, look, shown, placed, words)
        if held:
            entries += held_entries(held, tints, words, language, names)
        labels = Labels(axes)
        _furniture(figure, axes, view, labels, entries, words)
        name_places(axes, placed, towns, areas, labels)
        figure.savefig(target, dpi=dpi, metadata=_METADATA[target.suffix.lower()])
    return missing


def _look(
    sides: Sequence[str], held: Control | None, colours: Mapping[str, str] | None
) -> dict[str, Look]:
    """Return colour and shape of each side, those with most events first."""
    ranked = sorted(sides, key=lambda side: -sides.count(side))
    return looks(list(dict.fromkeys([*ranked, *(held.sides if held else ())])), colours)


def _families(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the fonts that have the letters of all texts, and what is missing, which is logged."""
    families, missing = families_for(texts)
    for sentence in missing:
        _log.warning(sentence)
    fonts = logging.getLogger("matplotlib.font_manager")
    fonts.setLevel(logging.ERROR)  # it tells of each missing weight
    return families, missing


def _lines(borders: gpd.GeoDataFrame | None) -> np.ndarray | None:
    """Return the lines of borders as an array of geometries."""
    return None if borders is None else np.array(borders.geometry.values, dtype=object)


def _set_credits(figure: Figure, owed: Sequence[str]) -> None:
    """Set the credits below the map, each once."""
    line = " · ".join(dict.fromkeys(owed))
    figure.text(0.015, 0.012, line, fontsize=5.5, color=COLOURS["label_soft"], va="bottom")


def _furniture(
    figure: Figure,
    axes: Axes,
    view: View,
    labels: Labels,
    entries: list[Any],
    words: Mapping[str, str],
) -> None:
    """Add legend, locator and scale bar, and keep labels off them; the fuller corners stay free."""
    legend = axes.legend(
        handles=entries,
        loc="upper right",
        fontsize=7,
        framealpha=0.92,
        edgecolor="#d8d4cb",
        borderaxespad=0.8,
    )
    legend.set_zorder(10)
    inset = figure.add_axes((0.8, view.bottom + 0.02, 0.185, 0.2))
    draw_locator(inset, view.box)
    bar = draw_scale(axes, view.box, words["kilometres"], fontsize=7)
    figure.canvas.draw()
    for artist in (legend, inset, *bar):
        labels.reserve(artist)
