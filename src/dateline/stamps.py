"""Stamps: what each output was made of, so that the next build knows which ones are out of date."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["digest", "file_digest", "files_digest", "is_current", "program_digest", "read_stamps"]

Stamps = dict[str, dict[str, str]]
"""For each output, by its absolute path, `made_of` and `holds`: digests of its ingredients and its bytes."""


def digest(*parts: Any) -> str:
    """Return the digest of values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def file_digest(path: str | Path) -> str:
    """Return the digest of a file's bytes.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError("a file that can be read", str(path), error.strerror or "") from error


def files_digest(paths: Iterable[str | Path]) -> str:
    """Return the digest of several files, their names and order included; a shapefile's parts go along."""
    named: list[Path] = []
    for path in map(Path, paths):
        parts = sorted(path.parent.glob(f"{path.stem}.*")) if path.suffix.lower() == ".shp" else []
        named += parts or [path]
    return digest(*((str(path.resolve()), file_digest(path)) for path in named))


@cache
def program_digest() -> str:
    """Return a digest that changes when the program does: names, sizes and times of its files."""
    home = Path(__file__).parent
    seen = []
    for folder, _, names in os.walk(home, followlinks=True):
        for name in names:
            if not name.endswith(".pyc"):
                file = Path(folder, name)
                status = file.stat()
                seen.append((str(file.relative_to(home)), status.st_size, status.st_mtime_ns))
    return digest(*sorted(seen))


def read_stamps(path: Path) -> Stamps:
    """Return the stamps of the last build; none where they are missing or damaged."""
    try:
        stamps: Stamps = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}


def is_current(stamps: Stamps, output: Path, made_of: str | None) -> bool:
    """Tell whether an output is there, unchanged since it was written, and made of the same.

    Parameters
    ----------
    stamps
        Those of the last build.
    output
        The file.
    made_of
        Digest of what it would be made of now; null where that cannot be known beforehand.
    """
    stamp = stamps.get(str(output.resolve()), {})
    return (
        made_of is not None
        and stamp.get("made_of") == made_of
        and output.is_file()
        and stamp.get("holds") == file_digest(output)
    )
