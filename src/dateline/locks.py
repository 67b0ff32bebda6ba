"""A lock between processes that its owner's death sets free."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["file_lock", "hold_shared", "is_held"]


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Hold the lock of a file; threads and processes that want it wait their turn.

    The system frees the lock when its owner is killed; the file stays.

    Parameters
    ----------
    path
        A file for the lock alone; made, with its folder, where it is missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)  # sets the lock free too


def hold_shared(path: Path) -> None:
    """Hold a file's lock together with others until this process ends; does nothing where it cannot be had.

    On Windows nobody needs it: a file that a process has open cannot be removed there.
    """
    if path in _held:
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    if _try_lock(handle, shared=True):
        _held[path] = handle
    else:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Tell whether some process, this one too, holds a file's lock."""
    if not path.exists():
        return False
    handle = os.open(path, os.O_RDWR)
    try:
        return not _try_lock(handle, shared=False)
    finally:
        os.close(handle)


_held: dict[Path, int] = {}
"""Files held to the end of the process; the system sets them free."""


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        """Wait for the first byte of the file."""
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)  # waits ten seconds, then gives up
            except OSError:
                continue
            return

    def _try_lock(handle: int, *, shared: bool) -> bool:
        """Tell that a file is free: what is in use cannot be removed anyway."""
        del handle
        return not shared

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Wait for the file."""
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _try_lock(handle: int, *, shared: bool) -> bool:
        """Lock the file if that needs no waiting, and tell whether it did."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
