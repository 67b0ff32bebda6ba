"""The editor's logo, which goes into the page as a `data:` address."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import ConfigError

if TYPE_CHECKING:
    import os

__all__ = ["logo_address"]

_KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
_MOST = 300_000
"""Bytes: a logo has a few thousand, and every reader loads it."""


def logo_address(path: str | os.PathLike[str] | None) -> str:
    """Return a picture file as a `data:` address; empty for none.

    Parameters
    ----------
    path
        PNG, JPEG, GIF, WebP or SVG, up to 300 kB. In an <img> no script of an SVG runs.

    Raises
    ------
    ConfigError
        If it cannot be read, is none of these or is too large.
    """
    if path is None:
        return ""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"logo: expected a picture, got {str(path)!r}: {error.strerror}"
        ) from error
    kind = next((kind for mark, kind in _KINDS.items() if data.startswith(mark)), None)
    if kind is None and b"<svg" in data[:2000]:
        kind = "image/svg+xml"
    if kind is None:
        raise ConfigError(f"logo: expected PNG, JPEG, GIF, WebP or SVG, got {str(path)!r}")
    if len(data) > _MOST:
        raise ConfigError(
            f"logo: expected at most {_MOST // 1000} kB, got {len(data) // 1000}; make it smaller"
        )
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"
