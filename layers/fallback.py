"""What readers without JavaScript get: a picture, counts by side and the latest events as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup

from dateline.layers import rows
from dateline.layers.clean import clean
from dateline.layers.held import held_words
from dateline.layers.picture import still
from dateline.layers.side_names import side_name
from dateline.layers.words import interface

if TYPE_CHECKING:
    import pandas as pd

    from dateline.layers.control import Control
    from dateline.layers.payload import Payload
    from dateline.layers.settings import Settings

__all__ = ["fallback"]

_LATEST = 100


def fallback(
    events: pd.DataFrame, payload: Payload, settings: Settings, control: Control | None = None
) -> Markup:
    """Return the page's content for readers without JavaScript.

    Parameters
    ----------
    events
        The events as they were drawn.
    payload
        The same, packed.
    settings
        The page's settings.
    control
        Areas of control that the page shows.

    Returns
    -------
    Markup
        Safe HTML: a note, counts by side, a table of the latest events.
    """
    words = interface(settings.language)
    drawn = still(
        payload.geometries,
        payload.facets["sides"],
        {side: look["colour"] for side, look in settings.looks.items()},
        language=settings.language,
        title=settings.title,
        control=control,
    )
    held = held_words(control, words, settings.language, settings.names) if control else []
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(words[key]) for key in ("date", "what", "place")
    )
    return Markup(
        '<div class="dl-static"><p>{}</p>{}<p>{}</p><p>{}: {}</p>'
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(
        words["noscript"],
        Markup(drawn),  # noqa: S704 (our own picture, its texts escaped)
        " · ".join(held),
        words["by_side"],
        _counts(payload, settings, words),
        words["latest"],
        heads,
        _latest(events, payload),
    )


def _counts(payload: Payload, settings: Settings, words: dict[str, str]) -> str:
    """Return the number of events of each side, those with most first."""
    facet = payload.facets["sides"]
    totals = dict.fromkeys(range(len(facet.members)), 0)
    counts = np.bincount(facet.codes, minlength=len(facet.combinations))
    for group, count in zip(facet.combinations, counts.tolist(), strict=True):
        for member in group:
            totals[member] += count
    names = [side_name(side, settings.language, settings.names) for side in facet.members]
    return ", ".join(f"{names[k] or words['not_stated']} {total}" for k, total in totals.items())


def _latest(events: pd.DataFrame, payload: Payload) -> Markup:
    """Return the table rows of the latest dated events, then of others."""
    dated = np.flatnonzero(rows.days(events).first != rows.UNDATED)
    rank = np.empty(len(events), np.int64)
    rank[payload.order] = np.arange(len(events))
    latest = events.iloc[dated[np.argsort(-rank[dated])][:_LATEST]]
    columns = [[str(day)[:10] for day in rows.texts(latest, "date_start")]]
    columns += [
        [clean(text, 300) for text in rows.texts(latest, name)] for name in ("title", "place")
    ]
    lines = [
        Markup('<tr><td>{}</td><td dir="auto">{}</td><td dir="auto">{}</td></tr>').format(*cells)
        for cells in zip(*columns, strict=True)
    ]
    return Markup("\n").join(lines)
