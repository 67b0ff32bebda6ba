"""Downloads that go on where they were interrupted, and are whole when they are there."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import OutputError, SourceError
from dateline.locks import file_lock
from dateline.web import Opened, open_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["download"]

_CHUNK = 262_144
_MAX_BYTES = 4_000_000_000  # the world's alternate names of GeoNames are 0.2 GB zipped
_ATTEMPTS = 5
_FIRST_PAUSE_SECONDS = 1.0
_OK, _PARTIAL, _OUT_OF_RANGE, _TOO_MANY, _SERVER_ERROR = 200, 206, 416, 429, 500
_RANGE = re.compile(r"bytes (?:(\d+)-\d+|\*)/(\d+|\*)")


class _BrokenError(Exception):
    """The connection failed half-way; asking for the rest may help."""


@dataclass(slots=True)
class _State:
    """What is there of a download, and which version of the file it belongs to."""

    url: str
    part: Path
    note: Path
    validator: str | None = None

    @classmethod
    def of(cls, url: str, target: Path) -> _State:
        """Return the state that an earlier run left, begun anew where it was for another address."""
        state = cls(
            url, target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.json")
        )
        try:
            left = json.loads(state.note.read_text("utf-8"))
            state.validator = left["validator"] if left["url"] == url else None
        except (OSError, ValueError, KeyError, TypeError):
            state.validator = None
        if state.validator is None:
            state.part.unlink(missing_ok=True)
        return state

    @property
    def size(self) -> int:
        """How many bytes are there."""
        return self.part.stat().st_size if self.part.exists() else 0

    def start_anew(self, validator: str | None) -> None:
        """Forget what is there; the file is now the version of `validator`."""
        self.part.unlink(missing_ok=True)
        self.validator = validator
        self.note.write_text(json.dumps({"url": self.url, "validator": validator}), "utf-8")


def download(
    url: str,
    target: Path,
    *,
    allow_local: bool = False,
    max_bytes: int = _MAX_BYTES,
    timeout_seconds: float = 60.0,
    progress: Callable[[float, str], None] | None = None,
) -> Path:
    """Fetch a file; a second call goes on where the first was interrupted, if the file is still the same.

    Parameters
    ----------
    url
        An http or https address.
    target
        Where the whole file will be; the parts lie beside it until then.
    allow_local
        Also ask hosts of the user's own machine and network.
    max_bytes
        Largest file accepted.
    timeout_seconds
        For each step of the connection.
    progress
        Called with the share done, 0 to 1 (0 where the server does not say how long the file is), and
        what is being done.

    Raises
    ------
    SourceError
        If the address is not allowed, there is no file, or the connection keeps failing: what has come
        is kept for the next call.
    OutputError
        If the file cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(target.with_name(f"{target.name}.lock")):
            state = _State.of(url, target)
            _fetch_all(state, allow_local, max_bytes, timeout_seconds, progress)
            state.part.replace(target)
            state.note.unlink()
    except (OutputError, SourceError):
        raise
    except OSError as error:
        message = f"expected to write {str(target)!r}, got {error.strerror!r}; free space there"
        raise OutputError(message) from error
    return target


def _fetch_all(
    state: _State,
    allow_local: bool,
    max_bytes: int,
    timeout_seconds: float,
    progress: Callable[[float, str], None] | None,
) -> None:
    """Ask for the rest until all is there; pauses grow, and count anew whenever something came."""
    failures = 0
    while True:
        before = state.size
        try:
            _fetch_rest(state, allow_local, max_bytes, timeout_seconds, progress)
        except _BrokenError as error:
            failures = 1 if state.size > before else failures + 1
            if failures >= _ATTEMPTS:
                remedy = "run the same command again: it goes on where this stopped"
                raise SourceError(f"the whole of {state.url}", str(error), remedy) from error
            time.sleep(_FIRST_PAUSE_SECONDS * 2 ** (failures - 1))
        else:
            return


def _fetch_rest(
    state: _State,
    allow_local: bool,
    max_bytes: int,
    timeout_seconds: float,
    progress: Callable[[float, str], None] | None,
) -> None:
    """Ask once for what is missing and append what comes."""
    headers = {}
    if state.size and state.validator:
        headers = {"Range": f"bytes={state.size}-", "If-Range": state.validator}
    try:
        opened = open_url(
            state.url, headers=headers, allow_local=allow_local, timeout_seconds=timeout_seconds
        )
    except SourceError as error:
        raise (_BrokenError(str(error)) if _may_pass(error) else error) from error
    with closing(opened):
        whole = _prepare(state, opened, max_bytes)
        if not whole or state.size < whole:
            with state.part.open("ab") as file:
                _append(opened, file, whole, max_bytes, progress)


def _may_pass(error: SourceError) -> bool:
    """Tell whether what went wrong on the network may be right the next moment."""
    lasting = (ssl.SSLCertVerificationError, socket.gaierror, SourceError)
    return error.__cause__ is not None and not isinstance(error.__cause__, lasting)


def _prepare(state: _State, opened: Opened, max_bytes: int) -> int | None:
    """Check an answer against what is there; return the size of the whole file where it is known."""
    status = opened.status
    if status == _TOO_MANY or status >= _SERVER_ERROR:
        raise _BrokenError(f"HTTP {status}")
    if opened.headers.get("content-encoding", "identity").lower() != "identity":
        coding = opened.headers["content-encoding"]
        raise SourceError(f"the file itself at {state.url}", f"it compressed as {coding}")
    start, whole = _range(opened)
    if status == _OUT_OF_RANGE and whole == state.size:
        return whole
    if status == _OUT_OF_RANGE or (status == _PARTIAL and start != state.size):
        state.start_anew(None)
        raise _BrokenError("a server that lost its place")
    if status == _OK:
        state.start_anew(_validator(opened))
        whole = opened.length
    elif status != _PARTIAL:
        raise SourceError(f"a file at {state.url}", f"HTTP {status}", "check the address")
    if whole is not None and whole > max_bytes:
        raise SourceError(f"a file of at most {max_bytes:,} bytes", whole, "is it the right one?")
    free = shutil.disk_usage(state.part.parent).free
    if whole is not None and whole - state.size > free:
        message = f"expected {whole:,} bytes of free disk for {state.url}, got {free:,}"
        raise OutputError(message)
    return whole


def _validator(opened: Opened) -> str | None:
    """Return what tells this version of the file from others; weak tags do not (RFC 9110, 13.1.5)."""
    tag = opened.headers.get("etag", "")
    return tag if tag.startswith('"') else opened.headers.get("last-modified")


def _range(opened: Opened) -> tuple[int | None, int | None]:
    """Return where a partial answer starts and how long the whole file is, null where not said."""
    match = _RANGE.fullmatch(opened.headers.get("content-range", ""))
    if match is None:
        return None, None
    return (
        int(match[1]) if match[1] else None,
        int(match[2]) if match[2] != "*" else None,
    )


def _append(
    opened: Opened,
    file: BinaryIO,
    whole: int | None,
    max_bytes: int,
    progress: Callable[[float, str], None] | None,
) -> None:
    """Write what comes; anything short of the whole is a broken connection."""
    while True:
        try:
            part = opened.read(_CHUNK)
        except SourceError as error:
            raise _BrokenError(str(error)) from error
        if not part:
            break
        file.write(part)
        if file.tell() > max_bytes:
            raise SourceError(
                f"a file of at most {max_bytes:,} bytes", None, "is it the right one?"
            )
        if progress is not None:
            progress(file.tell() / whole if whole else 0.0, "downloading")
    if whole is not None and file.tell() != whole:
        raise _BrokenError(f"{file.tell():,} of {whole:,} bytes")
