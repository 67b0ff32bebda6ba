"""Editions of what is kept in the cache: each recipe has its own, and old ones go when nobody uses them."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["forget_old", "mark_used"]

_KEPT = 2
_UNUSED_SECONDS = 24 * 3600


def mark_used(edition: Path) -> None:
    """Note that a file or folder of the cache is in use today; where that cannot be written nothing happens."""
    with contextlib.suppress(OSError):
        os.utime(edition)


def forget_old(edition: Path) -> None:
    """Remove other editions of the same kind, but the newest two and what was used within a day.

    Parameters
    ----------
    edition
        The edition in use, a file or folder named `kind-fingerprint`; another version, or a run that began
        before, may still use the others.
    """
    kind = edition.name.split("-")[0]
    ages = []
    for other in edition.parent.glob(f"{kind}-*"):
        with contextlib.suppress(OSError):
            ages.append((time.time() - other.stat().st_mtime, other))
    unused = sorted(pair for pair in ages if not pair[1].name.startswith(edition.name))
    for age, other in unused[_KEPT:]:
        if age > _UNUSED_SECONDS and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        elif age > _UNUSED_SECONDS:
            with contextlib.suppress(OSError):
                other.unlink()
