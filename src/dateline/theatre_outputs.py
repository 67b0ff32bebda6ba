"""The outputs of a theatre: its page, picture, exports and embed code, each written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dateline import pipeline
from dateline.errors import ConfigError
from dateline.exports.files import atomic_path, write_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd

    from dateline.config import Config

__all__ = ["Writer"]

_ADDRESS = ("http://", "https://")


class Writer:
    """Writes the outputs of one build.

    Parameters
    ----------
    config
        The theatre.
    events
        The events that may be shown.
    """

    def __init__(self, config: Config, events: gpd.GeoDataFrame) -> None:
        self._config = config
        self._events = events
        self._names = {side: style.name for side, style in config.sides.items() if style.name}
        self._language = config.language or pipeline.page_language(events)
        self._borders = pipeline.borders(events) if events.geometry.notna().any() else None

    def write(self, kind: str, path: Path) -> None:
        """Write one output, all of it or nothing.

        Parameters
        ----------
        kind
            `picture`, `map`, `events` or `embed`; the last shows the page, which is written before.
        path
            The file.
        """
        write: Callable[[Path], None] = getattr(self, f"_write_{kind}")
        write(path)

    def _write_picture(self, path: Path) -> None:
        """Write the still picture."""
        from dateline.layers.still import save_picture

        with atomic_path(path, overwrite=True) as scratch:
            save_picture(
                self._events,
                scratch,
                title=self._config.title,
                language=self._language,
                colours=self._config.colours(),
                names=self._names,
                borders=self._borders,
            )

    def _write_map(self, path: Path) -> None:
        """Write the page."""
        from dateline.layers.page import draw

        config = self._config
        page = draw(
            self._events,
            title=config.title,
            language=self._language,
            byline=config.byline,
            contact=config.contact,
            url=config.url,
            perspective=config.perspective,
            colours=config.colours(),
            names=self._names,
            borders=self._borders,
            tiles=_tiles(config.basemap.tiles),
            attribution=_tile_credit(config.basemap.tiles),
            allow_remote=config.basemap.allow_remote,
        )
        with atomic_path(path, overwrite=True) as scratch:
            page.save(str(scratch))

    def _write_events(self, path: Path) -> None:
        """Write one export; sources whose terms forbid it are left out unless the file says otherwise."""
        from dateline.exports.vector import export

        events = self._events
        if self._config.disclosure.keep_to_terms:
            events = pipeline.within_terms(events)
        export(events, path, overwrite=True)

    def _write_embed(self, path: Path) -> None:
        """Write the code that puts the page into an article."""
        from dateline.exports.describe import describe
        from dateline.exports.embed import embed_snippet

        page = self._config.path(str(self._config.outputs.map))
        text = embed_snippet(
            page,
            url=self._config.url,
            alt=describe(self._events, language=self._language),
        )
        write_text(path, text, overwrite=True)


def _tiles(name: str | None) -> str | None:
    """Return an online basemap's name or address, checked."""
    if name is None or name.startswith(_ADDRESS):
        return name
    import xyzservices.providers

    try:
        xyzservices.providers.query_name(name)
    except ValueError as error:
        raise ConfigError(
            f"basemap.tiles: expected a name that xyzservices knows or an address with "
            f"{{z}}, {{x}} and {{y}}, got {name!r}"
        ) from error
    return name


def _tile_credit(name: str | None) -> str | None:
    """Return whom to credit for tiles given by address: its host."""
    return urlsplit(name).hostname if name and name.startswith(_ADDRESS) else None
