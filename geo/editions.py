"""Editions of what is kept in the cache: each recipe has its own, and old ones go when nobody uses them."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from typing import TYPE_CHECKING

from dateline.locks import hold_shared, is_held

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["forget_old", "mark_used"]

_UNUSED_SECONDS = 3 * 24 * 3600
_GOING = ".partial"  # what is removed is renamed first, so that no half of it is ever opened


def mark_used(edition: Path) -> None:
    """Note that a file or folder of the cache is used from now on until this process ends.

    Where that cannot be written nothing happens.
    """
    with contextlib.suppress(OSError):
        os.utime(edition)
        hold_shared(_mark_of(edition))


def forget_old(edition: Path) -> None:
    """Remove the other editions of the same kind that no process has open and none has opened for three days.

    Whoever is killed at it leaves nothing but `*.partial`, which the next to come here removes.

    Parameters
    ----------
    edition
        The edition in use, a file or folder named `kind-fingerprint`; another version may still use the others.
    """
    kind = edition.name.split("-")[0]
    for rubbish in edition.parent.glob(f"{kind}-*{_GOING}"):
        _remove(rubbish)
    for other in edition.parent.glob(f"{kind}-*"):
        if other.suffix != _GOING and not other.name.startswith(edition.name):
            with contextlib.suppress(OSError):
                _forget(other)


def _forget(edition: Path) -> None:
    """Remove an edition if it has not been used for long."""
    mark = _mark_of(edition)
    if time.time() - edition.stat().st_mtime <= _UNUSED_SECONDS or is_held(mark):
        return
    going = edition.with_name(f"{edition.name}.{os.getpid()}{_GOING}")
    edition.rename(going)  # fails on Windows where a process has it open
    _remove(going)
    mark.unlink(missing_ok=True)


def _mark_of(edition: Path) -> Path:
    """Return the file beside an edition that those who have it open hold together."""
    return edition.with_name(f".{edition.name}.used")


def _remove(path: Path) -> None:
    """Remove a file or folder as far as that can be done."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()
