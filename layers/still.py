"""A still picture of events for print and social cards: PNG, SVG or PDF, drawn with matplotlib."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dateline.errors import InputError
from dateline.figures import counted, span_of_days
from dateline.layers import mapdata
from dateline.layers.basemap import credits_of
from dateline.layers.control import control_of
from dateline.layers.events_drawn import draw_events, leading, legend_entries
from dateline.layers.ground import (
    COLOURS,
    METRES_PER_DEGREE,
    draw_ground,
    draw_locator,
    draw_scale,
    mercator,
)
from dateline.layers.held_drawn import draw_held, held_entries
from dateline.layers.lettering import Labels, families_for
from dateline.layers.naming import name_places
from dateline.layers.palette import looks
from dateline.layers.rows import to_wgs84
from dateline.layers.side_names import side_name
from dateline.layers.words import direction, interface, notes_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes

    from dateline.layers.mapdata import Box

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
_LEAST_SPAN = 0.6
"""Degrees of latitude that a picture shows at least: a single event needs its surroundings."""

_TOWNS = 90
_TITLE = 13.0
_SMALL = 0.72
"""Share of the title's size below which it is broken into two lines."""


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
    view = _View.around(placed, size, dpi)
    sides = leading(placed)
    held = control_of(control) if control is not None else None
    ranked = sorted(sides, key=lambda side: -sides.count(side))
    look = looks(list(dict.fromkeys([*ranked, *(held.sides if held else ())])), colours)
    towns = mapdata.towns(view.box, language, smallest=30, most=_TOWNS)
    areas = mapdata.labels(view.box, language)
    headline = title or words["untitled"]
    texts = [
        headline,
        *(area[-1] for area in areas),
        *words.values(),
        *towns.names,
        *placed["place"].dropna(),
        *look,
    ]
    families, missing = families_for(texts)
    for sentence in missing:
        _log.warning(sentence)
    settings: Any = {**_SETTINGS, "font.family": families}
    logging.getLogger("matplotlib.font_manager").setLevel(
        logging.ERROR
    )  # it tells of each missing weight
    with mpl.rc_context(settings):
        figure = Figure(figsize=(size[0] / dpi, size[1] / dpi), dpi=dpi, facecolor="white")
        FigureCanvasAgg(figure)
        axes = _frame(figure, view, headline, _subtitle(table, words, language), language)
        draw_ground(
            axes,
            view.box,
            None if borders is None else np.array(borders.geometry.values, dtype=object),
        )
        tints = {side: one["colour"] for side, one in look.items()}
        if held:
            draw_held(axes, held, tints)
        draw_events(axes, placed, sides, look)
        credits_ = [
            *credits_of(language, borders),
            *events.attrs.get("attribution", []),
            *notes_in(events.attrs.get("notes", []), language),
            *(attribution or []),
            *(held.credits(words) if held else []),
        ]
        figure.text(
            0.015,
            0.012,
            " · ".join(dict.fromkeys(credits_)),
            fontsize=5.5,
            color=COLOURS["label_soft"],
            va="bottom",
        )
        labels = Labels(axes)
        _furniture(
            figure,
            axes,
            view,
            labels,
            [
                *legend_entries(
                    sides,
                    look,
                    {side: side_name(side, language, names) for side in look},
                    placed,
                    words,
                ),
                *(held_entries(held, tints, words, language, names) if held else ()),
            ],
            words,
        )
        name_places(axes, placed, towns, areas, labels)
        figure.savefig(target, dpi=dpi, metadata=_METADATA[target.suffix.lower()])
    return missing


@dataclass(frozen=True, slots=True)
class _View:
    """The part of the earth that a picture shows, and where on the figure.

    Attributes
    ----------
    box
        West, south, east, north in degrees.
    limits
        The same in Mercator's projection.
    top, bottom
        Edges of the map as shares of the figure's height.
    """

    box: Box
    limits: tuple[float, float, float, float]
    top: float
    bottom: float

    @classmethod
    def around(cls, placed: gpd.GeoDataFrame, size: tuple[int, int], dpi: int) -> _View:
        """Return the view that holds all events, their uncertainty and some surroundings."""
        height = size[1] / dpi
        top, bottom = 1 - 0.62 / height, 0.17 / height
        ratio = size[0] / (size[1] * (top - bottom))
        shapes = np.array(placed.geometry.values, dtype=object)
        bounds = shapely.bounds(shapes)
        far = placed["uncertainty_m"].fillna(0.0).to_numpy(float) / METRES_PER_DEGREE
        reach = np.where(shapely.get_dimensions(shapes) == 0, far, 0.0)  # areas hold their own
        west, east = (bounds[:, 0] - reach).min(), (bounds[:, 2] + reach).max()
        south, north = (bounds[:, 1] - reach).min(), (bounds[:, 3] + reach).max()
        (x0, y0), (x1, y1) = mercator(np.array([[west, south], [east, north]]))
        tall = max((y1 - y0) * 1.25, (x1 - x0) * 1.25 / ratio, _LEAST_SPAN)
        tall = min(tall, 300.0 / ratio, 300.0)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        limits = (x - tall * ratio / 2, y - tall / 2, x + tall * ratio / 2, y + tall / 2)
        lats = np.degrees(np.arctan(np.sinh(np.radians([limits[1], limits[3]]))))
        return cls((limits[0], float(lats[0]), limits[2], float(lats[1])), limits, top, bottom)


def _frame(figure: Figure, view: _View, title: str, subtitle: str, language: str) -> Axes:
    """Return the axes of the map, with title and subtitle above, aligned as the language is written."""
    axes = figure.add_axes((0, view.bottom, 1, view.top - view.bottom))
    west, south, east, north = view.limits
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect("auto")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    x, side = (0.985, "right") if direction(language) == "rtl" else (0.015, "left")
    head = 1 - view.top
    _set_title(figure, title, x, 1 - head * 0.33, side)
    figure.text(x, 1 - head * 0.74, subtitle, fontsize=8, ha=side, va="center", color="#565d66")
    return axes


def _set_title(figure: Figure, title: str, x: float, y: float, side: Any) -> None:
    """Set the title as large as its width allows, in two lines where one would be small."""
    text = figure.text(
        x, y, title, fontsize=_TITLE, fontweight="bold", ha=side, va="center", linespacing=1.1
    )
    width = figure.bbox.width * 0.97
    share = width / max(1.0, text.get_window_extent().width)
    if share < _SMALL and " " in title:
        middle = min(
            (at for at, letter in enumerate(title) if letter == " "),
            key=lambda at: abs(2 * at - len(title)),
        )
        text.set_text(f"{title[:middle]}\n{title[middle + 1 :]}")
        text.set_fontsize(_TITLE * _SMALL)
        share = _SMALL * width / max(1.0, text.get_window_extent().width)
    text.set_fontsize(_TITLE * min(1.0 if "\n" not in text.get_text() else _SMALL, share))


def _subtitle(table: gpd.GeoDataFrame, words: Mapping[str, str], language: str) -> str:
    """Return number and days of the events, and how many have no place."""
    days = sorted(
        {str(day)[:10] for name in ("date_start", "date_end") for day in table[name].dropna()}
    )
    counts = [counted(len(table), words["events"], language)]
    lost = int(table.geometry.isna().sum())
    if lost:
        counts.append(counted(lost, words["without_place"], language))
    span = span_of_days(days[0], days[-1], language) if days else words["no_date"]
    return " · ".join([span, *counts])


def _furniture(
    figure: Figure,
    axes: Axes,
    view: _View,
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
