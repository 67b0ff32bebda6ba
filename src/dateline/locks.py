"""A lock between processes that its owner's death sets free."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["file_lock"]


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

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Wait for the file."""
        fcntl.flock(handle, fcntl.LOCK_EX)
