"""Online basemaps, for those who choose one: by xyzservices' name or by address."""

from __future__ import annotations

from urllib.parse import urlsplit

import folium
import xyzservices.providers

from dateline.errors import ConfigError

__all__ = ["tile_layer"]

_ADDRESS = ("http://", "https://")


def tile_layer(name: str, attribution: str | None = None) -> folium.TileLayer:
    """Return a layer of online tiles.

    Parameters
    ----------
    name
        A name that xyzservices knows, or an address with {z}, {x} and {y}.
    attribution
        Whom to credit; by default what xyzservices says, or the host of the address.

    Raises
    ------
    ConfigError
        If it is neither.
    """
    if name.startswith(_ADDRESS):
        missing = [part for part in ("{z}", "{x}", "{y}") if part not in name]
        if missing:
            raise ConfigError(
                f"tiles: expected an address with {{z}}, {{x}} and {{y}}, got {name!r}; "
                f"add {', '.join(missing)}"
            )
        return folium.TileLayer(name, attr=attribution or urlsplit(name).hostname, name=name)
    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise ConfigError(
            "tiles: expected a name that xyzservices knows or an address with {z}, {x} and {y}, "
            f"got {name!r}; https://xyzservices.readthedocs.io lists the names"
        ) from error
    return folium.TileLayer(provider, attr=attribution, name=name)
