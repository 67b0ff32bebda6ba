"""Places: the geocoder that the commands share, and expressions located one after another.

Apart from `dateline.pipeline`, as it needs no tables: locating alone begins sooner and takes less memory.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from dateline.garbage import seldom_collected
from dateline.geo.geocoder import Context, Geocoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.geo.fallback import Fallback
    from dateline.geo.location import Location

__all__ = ["LOCATION_MEMBERS", "OnlineService", "geocoder", "locations", "log_progress"]

LOCATION_MEMBERS = (
    "query",
    "name",
    "kind",
    "method",
    "uncertainty_m",
    "confidence",
    "geo_precision",
    "where_prec",
    "country",
    "admin1",
    "lon",
    "lat",
    "explanation",
    "candidates",
    "parts",
)
"""What is told of a location beside its geometry, in order."""

_log = logging.getLogger("dateline")
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class OnlineService:
    """An online geocoder to ask for names that the gazetteers do not know.

    Attributes
    ----------
    name
        `nominatim` or `photon`.
    user_agent
        Who asks: the services want a name and an address to write to.
    url
        Address of a server of one's own.
    """

    name: str
    user_agent: str | None = None
    url: str | None = None


@cache
def geocoder(online: OnlineService | None = None) -> Geocoder | Fallback:
    """Return the geocoder over the user's place index, which is built if there is none yet.

    Parameters
    ----------
    online
        Asked for what the index does not know; nobody is asked where null.
    """
    if online is None:
        return _offline()
    from dateline.geo.fallback import Fallback
    from dateline.geo.online import Online

    service = Online(online.name, user_agent=online.user_agent, url=online.url)
    return Fallback(_offline(), service, progress=log_progress)


@cache
def _offline() -> Geocoder:
    """Return the geocoder that asks nobody; with or without a service to ask there is one."""
    return Geocoder.open(progress=log_progress)


def log_progress(share: float, label: str) -> None:
    """Hand progress, between 0 and 1, to the logger that the command line shows."""
    _log.info("%s", label, extra={"share": share})


def locations(
    texts: Iterable[str],
    *,
    language: str | None = None,
    country: str | None = None,
    near: tuple[float, float] | None = None,
    published: str | None = None,
    online: OnlineService | None = None,
) -> Iterator[Location]:
    """Give the location of each place expression, in order and as they come: any number in little memory.

    Parameters
    ----------
    texts
        Place expressions; a blank one keeps its place.
    language, country, near, published, online
        As for `dateline.locate`. Where a service is asked, all texts are located before the first is given.
    """
    places = geocoder(online)
    context = Context(language=language, country=country, near=near, published=published)
    remaining = iter(texts)
    size = _AT_ONCE if online is None else None
    while batch := list(islice(remaining, size)):
        with seldom_collected():
            found = places.locate(batch, context)
        yield from found
