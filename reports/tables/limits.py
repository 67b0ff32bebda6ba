"""What a hostile file may not do: limits on size, compression, nesting and cells."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePosixPath
from typing import Any

from dateline.errors import SourceError

__all__ = [
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_TEXT_BYTES",
    "TEXT_REMEDY",
    "load_json",
    "open_zip",
    "read_member",
]

MAX_BYTES = 2_000_000_000
MAX_TEXT_BYTES = 500_000_000  # of delimited text, which takes some twenty times its size in memory
TEXT_REMEDY = "split it by year or region, or convert it to GeoParquet"
MAX_CELL = 8_000_000  # characters; a detailed front line as WKT stays under one million
_MAX_ENTRIES = 5_000
_MAX_UNPACKED = 1_000_000_000
_MAX_RATIO = 300  # spreadsheets of repeated values reach about 100
_RATIO_COUNTS_FROM = 20_000_000
_MAX_DEPTH = 100


def open_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """Return `data` as a zip archive whose directory promises nothing dangerous.

    Parameters
    ----------
    data
        The bytes of the archive.
    name
        Name shown in errors.

    Raises
    ------
    SourceError
        If it is no archive, is encrypted, has too many or too large members, or one whose name leaves
        the archive.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        message = f"{name}: a whole zip archive (.xlsx, .kmz)"
        raise SourceError(message, str(error), "save or download the file again") from error
    if len(members) > _MAX_ENTRIES:
        raise SourceError(f"{name}: an archive of at most {_MAX_ENTRIES} members", len(members))
    for member in members:
        _check_member(member, name)
    unpacked = sum(member.file_size for member in members)
    if unpacked > _MAX_UNPACKED:
        raise SourceError(
            f"{name}: an archive that unpacks to at most {_MAX_UNPACKED} bytes",
            unpacked,
            "save the table as CSV",
        )
    return archive


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    """Refuse a member that leaves the archive, is encrypted, or unpacks out of all proportion."""
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]:
        raise SourceError(f"{name}: members inside the archive", member.filename, "do not trust it")
    if member.flag_bits & 0x1:
        raise SourceError(f"{name}: an archive without a password", None, "save it without one")
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > _RATIO_COUNTS_FROM and ratio > _MAX_RATIO:
        message = f"{name}: a member that unpacks to at most {_MAX_RATIO} times its size"
        raise SourceError(message, f"{member.filename}: {ratio:.0f} times", "do not trust it")


def read_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """Return one member unpacked, stopping where it grows past what the directory promised."""
    promised = archive.getinfo(member).file_size
    try:
        with archive.open(member) as stream:
            data = stream.read(promised + 1)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise SourceError(f"{name}: a readable {member}", str(error), "save it again") from error
    except _zlib_error() as error:
        raise SourceError(f"{name}: a readable {member}", str(error), "save it again") from error
    if len(data) > promised:
        raise SourceError(f"{name}: {member} of {promised} bytes, as its directory says", "more")
    return data


def _zlib_error() -> type[Exception]:
    """Return the error of damaged deflate streams."""
    import zlib

    return zlib.error


def load_json(text: str, name: str) -> Any:
    """Return a JSON document, or the list of documents of a JSON Lines text.

    Raises
    ------
    SourceError
        If it is not JSON or is nested more than a hundred deep.
    """
    try:
        document = json.loads(text)
    except RecursionError as error:
        raise SourceError(f"{name}: JSON nested at most {_MAX_DEPTH} deep", "deeper") from error
    except ValueError as error:
        lines = _json_lines(text)
        if lines is None:
            remedy = "save or download the file again: it may be cut off"
            raise SourceError(f"{name}: valid JSON", str(error), remedy) from error
        document = lines
    _check_depth(document, name)
    return document


def _json_lines(text: str) -> list[Any] | None:
    """Return one document a line (record separators of RFC 8142 allowed), null if it is not such."""
    lines = [line for line in text.replace("\x1e", "").splitlines() if line.strip()]
    try:
        documents = [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None
    objects = all(isinstance(document, dict) for document in documents)
    return documents if len(documents) > 1 and objects else None


def _check_depth(document: Any, name: str) -> None:
    """Refuse a document nested too deep for whatever reads it next."""
    level = [document]
    for _ in range(_MAX_DEPTH):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise SourceError(f"{name}: JSON nested at most {_MAX_DEPTH} deep", "deeper")


def _children(node: object) -> list[Any]:
    """Return the members of a container that are containers themselves."""
    members = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [member for member in members if isinstance(member, (dict, list))]
