"""Files of places, wherever they are: fetched, recognised, and opened by the reader of their kind."""

from __future__ import annotations

import hashlib
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit

from dateline.download import download
from dateline.errors import InputError, SourceError
from dateline.geo import _added_geonames as geonames
from dateline.geo._added_outlines import SUFFIXES, read_outlines
from dateline.geo._added_points import read_points
from dateline.geo._zips import checked_names, open_member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from dateline.errors import CellError
    from dateline.geo._added_facts import Fact, Format, Layout

__all__ = ["Files", "count_rows", "file_name", "read_rows", "recognise"]

_CHUNK = 1 << 20
_FRESH_SECONDS = 86_400  # a whole download of a run that failed serves the next for a day
_TABLES = frozenset({".csv", ".tsv", ".txt"})


def file_name(source: str) -> str:
    """Return the name of the file at a path or address."""
    path = urlsplit(source).path if _is_address(source) else source
    return Path(unquote(path)).name


def _is_address(source: str) -> bool:
    """Tell whether a source is an address and no path."""
    return "://" in source


class Files:
    """Gives local paths for paths and addresses; removes downloads once they are no longer of use.

    Parameters
    ----------
    folder
        Where downloads go.
    allow_local
        Also download from hosts of the user's own machine and network.
    progress
        Called with the share done, 0 to 1, and what is being done.
    """

    def __init__(
        self, folder: Path, *, allow_local: bool, progress: Callable[[float, str], None] | None
    ) -> None:
        self._folder = folder / "downloads"
        self._allow_local = allow_local
        self._progress = progress
        self._targets: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep downloads only where the next attempt can use them: parts, and what other options may read."""
        used_up = kind is None or issubclass(kind, SourceError)
        for target in self._targets:
            part = target.with_name(f"{target.name}.part")
            if not part.exists() and (used_up or not target.exists()):
                shutil.rmtree(target.parent, ignore_errors=True)

    def local(self, source: str) -> Path:
        """Return a local file of a path or address.

        Raises
        ------
        SourceError
            If there is no such file, or it cannot be fetched.
        """
        if not _is_address(source):
            path = Path(source).expanduser()
            if not path.is_file():
                raise SourceError("a file of places", source, "check the path")
            return path
        mark = hashlib.sha256(source.encode()).hexdigest()[:8]
        target = self._folder / mark / (file_name(source) or "places")
        self._targets.append(target)
        fresh = target.exists() and time.time() - target.stat().st_mtime < _FRESH_SECONDS
        if not fresh:
            download(source, target, allow_local=self._allow_local, progress=self._progress)
        return target


def recognise(path: Path) -> Format:
    """Return what kind of places a file holds, by its ending and beginning.

    Raises
    ------
    InputError
        If it is none that can be read.
    """
    suffix = path.suffix.lower()
    names = (
        [name.lower() for name in checked_names(path)] if suffix == ".zip" else [path.name.lower()]
    )
    suffixes = {Path(name).suffix for name in names}
    if suffixes & SUFFIXES:
        return "outlines"
    if ".txt" in suffixes and (suffix == ".zip" or geonames.is_dump(path)):
        return "geonames"
    if suffix in _TABLES:
        return "points"
    raise InputError(
        "a GeoNames country dump, a file of outlines or a table of coordinates",
        path.name,
        f"files end in .zip, .txt, .csv, .tsv, {', '.join(sorted(SUFFIXES))}",
    )


def read_rows(
    path: Path, kind: Format, layout: Layout, files: Files, prefix: str
) -> Iterator[Fact | CellError]:
    """Return the places of a file, and what is wrong with rows in between; see the readers for errors."""
    if kind == "geonames":
        return geonames.read_dump(path, _more_names(path, layout, files))
    if kind == "outlines":
        return read_outlines(path, layout, prefix)
    return read_points(path, layout, prefix)


def count_rows(path: Path, kind: Format) -> int:
    """Return how many rows a file has, more or less: for the progress alone."""
    if kind == "outlines":
        return 0  # read at one go
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            return sum(part.count(b"\n") for part in iter(lambda: file.read(_CHUNK), b""))
    member = geonames.dump_member(path)
    if member is None:
        return 0
    with open_member(path, member) as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(_CHUNK), b""))


def _more_names(path: Path, layout: Layout, files: Files) -> dict[int, list[str]]:
    """Return the alternate names of a dump's places, where the user gave them."""
    if layout.alternate_names is None:
        return {}
    names = files.local(layout.alternate_names)
    return geonames.read_alternate_names(names, geonames.numbers_of(path))
