"""The outputs of a theatre: its page, picture, exports and embed code, each written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from dateline import pipeline
from dateline.control_files import read_control
from dateline.exports.files import atomic_path, write_text
from dateline.presentation import presented

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dateline.config import Config

__all__ = ["Writer"]


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
        self._shown = presented(events, title=config.title, language=config.language)
        self._shown["names"] |= {
            side: style.name for side, style in config.sides.items() if style.name
        }

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
                **self._shown,
                colours=self._config.colours(),
                control=self._control(),
            )

    def _write_map(self, path: Path) -> None:
        """Write the page."""
        from dateline.layers.page import draw

        config = self._config
        page = draw(
            self._events,
            **self._shown,
            byline=config.byline,
            contact=config.contact,
            url=config.url,
            perspective=config.perspective,
            colours=config.colours(),
            control=self._control(),
            logo=config.path(config.logo) if config.logo else None,
            tiles=config.basemap.tiles,
            attribution=config.basemap.credit,
            allow_remote=config.basemap.allow_remote,
        )
        with atomic_path(path, overwrite=True) as scratch:
            page.save(str(scratch))

    def _control(self) -> gpd.GeoDataFrame | None:
        """Return the areas of control that the file names."""
        found = [
            read_control(
                [self._config.path(layer.file)],
                day=layer.date,
                side=layer.side,
                source=layer.name,
                credit=f"{layer.credit} ({layer.licence})" if layer.licence else layer.credit,
            )
            for layer in self._config.control
        ]
        return gpd.GeoDataFrame(pd.concat(found, ignore_index=True)) if found else None

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
            alt=describe(self._events, language=self._shown["language"]),
        )
        write_text(path, text, overwrite=True)
