"""Files that are whole or not there: written beside the target, then renamed over it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.errors import DatelineError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["atomic_path", "write_text"]

_REMEDIES = {
    errno.ENOSPC: "the disk is full: free some space or write elsewhere with -o",
    errno.EDQUOT: "your disk quota is used up: free some space or write elsewhere with -o",
    errno.EFBIG: "the file system holds no file this large: write elsewhere with -o",
    errno.EACCES: "you may not write there: choose another folder with -o",
    errno.EPERM: "you may not write there: choose another folder with -o",
    errno.EROFS: "the folder is read-only: choose another with -o",
    errno.ENAMETOOLONG: "choose a shorter name with -o",
    errno.ENOTDIR: "a part of the path is a file: choose another folder with -o",
    errno.EEXIST: "a part of the path is a file: choose another folder with -o",
}
_DEFAULT_MODE = 0o666


@contextmanager
def atomic_path(target: str | os.PathLike[str], *, overwrite: bool = False) -> Iterator[Path]:
    """Give a path to write to; when the block ends well, what was written becomes `target`.

    The path lies in a new folder beside the target, so on the same file system, and has the target's
    name. A block that fails, or a process that is killed, leaves the old file as it was. Folders that
    lead to the target are made. A symbolic link is followed: the file it points at is replaced.

    Parameters
    ----------
    target
        The file to end up with.
    overwrite
        Replace a file that is there already.

    Yields
    ------
    pathlib.Path
        Where to write.

    Raises
    ------
    OutputError
        If the target exists and `overwrite` is false, is no ordinary file, or cannot be written
        (read-only folder, full disk).
    """
    goal = Path(os.path.realpath(target))
    _refuse(goal, overwrite=overwrite)
    folder = _scratch_folder(goal)
    try:
        scratch = folder / goal.name
        yield scratch
        _keep(scratch, goal, overwrite=overwrite)
    except DatelineError:
        raise
    except OSError as error:
        raise _failure(goal, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_text(target: str | os.PathLike[str], text: str, *, overwrite: bool = False) -> Path:
    """Write `text` as UTF-8 with its line ends as they are; see `atomic_path` for errors."""
    with atomic_path(target, overwrite=overwrite) as scratch:
        scratch.write_bytes(text.encode())
    return Path(target)


def _refuse(goal: Path, *, overwrite: bool) -> None:
    """Raise if `goal` is something that must not be replaced."""
    if goal.exists() and not goal.is_file():
        kind = "a folder" if goal.is_dir() else "no ordinary file"
        message = (
            f"expected a file to write, got {str(goal)!r}, which is {kind}; name a file with -o"
        )
        raise OutputError(message)
    if goal.exists() and not overwrite:
        message = (
            f"expected a new file, got {str(goal)!r}, which exists; pass --overwrite to replace it"
        )
        raise OutputError(message)


def _scratch_folder(goal: Path) -> Path:
    """Return a new hidden folder beside `goal`."""
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        _clear(goal.parent)
        return Path(tempfile.mkdtemp(prefix=f".dateline-{os.getpid()}-", dir=goal.parent))
    except OSError as error:
        raise _failure(goal, error) from error


def _clear(folder: Path) -> None:
    """Remove what processes that were killed left in `folder`."""
    for leftover in folder.glob(".dateline-*-*"):
        process = leftover.name.split("-")[1]
        if process.isdigit() and not _alive(int(process)):
            shutil.rmtree(leftover, ignore_errors=True)


def _alive(process: int) -> bool:
    """Tell whether a process may be running; where the system does not say, it may."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _keep(scratch: Path, goal: Path, *, overwrite: bool) -> None:
    """Flush `scratch` to disk and rename it to `goal`, with the rights a new file would have."""
    _sync(scratch)
    scratch.chmod(
        goal.stat().st_mode & 0o777 if goal.exists() else _DEFAULT_MODE & ~_umask(scratch)
    )
    _refuse(goal, overwrite=overwrite)  # another process may have made it in the meantime
    scratch.replace(goal)
    if os.name == "posix":
        _sync(goal.parent)


def _sync(path: Path) -> None:
    """Have the system write `path`, a file or folder, to disk."""
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask(beside: Path) -> int:
    """Return the rights this process withholds from new files, read off a new file beside `beside`."""
    probe = beside.with_name(".mode")
    probe.touch(mode=_DEFAULT_MODE)
    return _DEFAULT_MODE & ~probe.stat().st_mode


def _failure(goal: Path, error: OSError) -> OutputError:
    """Return `error` as a message with its remedy."""
    reason = error.strerror or str(error)
    remedy = _REMEDIES.get(error.errno or 0, "choose another place with -o")
    return OutputError(f"expected to write {str(goal)!r}, got {reason!r}; {remedy}")
