"""Zip files of others: looked at before they are believed."""

from __future__ import annotations

import stat
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from dateline.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["checked_names", "open_member", "reading"]

_MAX_BYTES = 8_000_000_000  # GeoNames' world of alternate names unpacks to some 0.8 GB
_MAX_RATIO = 150  # texts of places pack 3 to 8 times, outlines some 10 times
_SMALL_BYTES = 10_000_000  # what may pack as well as it likes
_MAX_MEMBERS = 10_000
_AGAIN = "fetch it again: it is damaged or was cut short"


def checked_names(path: Path) -> list[str]:
    """Return the names of the files in a zip.

    Raises
    ------
    SourceError
        If it is no whole zip, would unpack to more than a place file can be, is encrypted, or
        holds a name that leads out of the folder it is unpacked in.
    """
    with reading(path), zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > _MAX_MEMBERS:
        raise SourceError(f"a zip of at most {_MAX_MEMBERS:,} files", len(members), "unpack it")
    for member in members:
        _check(path, member)
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if total > _MAX_BYTES or (total > _SMALL_BYTES and total > _MAX_RATIO * max(packed, 1)):
        raise SourceError(
            f"a zip of places in {path.name}",
            f"{packed:,} bytes that unpack to {total:,}",
            "this looks like a zip bomb; unpack it yourself if you trust it",
        )
    return [member.filename for member in members]


def _check(path: Path, member: zipfile.ZipInfo) -> None:
    """Refuse a member that is not simply a file of the folder."""
    name = member.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    mode = member.external_attr >> 16
    if name.startswith("/") or ".." in parts or ":" in name or stat.S_ISLNK(mode):
        raise SourceError(
            f"plain file names in {path.name}", member.filename, "do not trust this file"
        )
    if member.flag_bits & 1:
        raise SourceError(f"an unencrypted zip in {path.name}", member.filename, "unpack it first")


@contextmanager
def open_member(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Give one file of a zip, unpacked as it is read; reading to its end also checks it.

    Raises
    ------
    SourceError
        If the file is damaged or cut short.
    """
    with reading(path), zipfile.ZipFile(path) as archive, archive.open(name) as file:
        yield file


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what a damaged zip can do into one kind of error."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise SourceError(f"a whole zip in {path.name}", str(error), _AGAIN) from error
