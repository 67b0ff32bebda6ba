"""What online geocoders answered, and when each may be asked again: one SQLite file in the cache directory."""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from dateline.errors import GazetteerError, ServiceError
from dateline.locks import file_lock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["AnswerCache", "Pace"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    question TEXT PRIMARY KEY, asked REAL NOT NULL, found INTEGER NOT NULL, answer BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pace (host TEXT PRIMARY KEY, last REAL NOT NULL, not_before REAL NOT NULL);
"""
_PATIENCE_SECONDS = 60
_DAY_SECONDS = 86_400


class _Store:
    """A SQLite file that several processes share; a damaged one is put aside and begun anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._as_gazetteer_errors(), file_lock(path.with_suffix(".opening")):
            try:
                self._prepare()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                path.replace(path.with_suffix(".damaged"))
                self._prepare()

    @contextmanager
    def _as_gazetteer_errors(self) -> Iterator[None]:
        """Turn what can go wrong with a file into one kind of error."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            message = (
                f"expected to keep answers in {str(self._path)!r}, got {str(error)!r}; free space "
                "there or set DATELINE_CACHE"
            )
            raise GazetteerError(message) from error

    def _prepare(self) -> None:
        """Make the tables where they are missing."""
        with closing(sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)) as connection:
            connection.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection; what was done is kept when the block ends well."""
        with self._as_gazetteer_errors():
            connection = sqlite3.connect(self._path, timeout=_PATIENCE_SECONDS)
            with closing(connection), connection:
                yield connection


class AnswerCache(_Store):
    """Answers by question, kept across runs; that nothing was found is an answer too.

    Parameters
    ----------
    path
        The SQLite file.
    keep_days, keep_misses_days
        How long an answer counts, and how long "nothing found" does: maps grow.
    """

    def __init__(self, path: Path, *, keep_days: float, keep_misses_days: float) -> None:
        super().__init__(path)
        self._keep_seconds = (keep_misses_days * _DAY_SECONDS, keep_days * _DAY_SECONDS)

    def get(self, question: str) -> list[Any] | None:
        """Return the answer to a question, null where it was not asked or the answer is too old."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT asked, found, answer FROM answers WHERE question = ?", (question,)
            ).fetchone()
        if row is None or time.time() - row[0] > self._keep_seconds[bool(row[1])]:
            return None
        try:
            answer: list[Any] = json.loads(zlib.decompress(row[2]))
        except (zlib.error, ValueError):
            return None  # a damaged answer is asked for again
        return answer

    def put(self, question: str, answer: list[Any]) -> None:
        """Keep the answer to a question."""
        packed = zlib.compress(json.dumps(answer, ensure_ascii=False).encode())
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (question, time.time(), len(answer), packed),
            )


class Pace(_Store):
    """Turns at a host: one request at a time, and a pause after each, for all processes that share the file.

    Parameters
    ----------
    path
        The SQLite file.
    host
        Whom the turns are at.
    min_delay_seconds
        From the end of a request to the start of the next.
    longest_pause_seconds
        A longer wait than this, asked for by the host, is an error instead.
    sleep
        How to wait.
    """

    def __init__(
        self,
        path: Path,
        host: str,
        *,
        min_delay_seconds: float,
        longest_pause_seconds: float,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(path)
        self._host = host
        self._delay = min_delay_seconds
        self._longest_pause = longest_pause_seconds
        self._sleep = sleep
        letters = "".join(sign if sign.isalnum() else "-" for sign in host)
        self._lock = path.with_name(f"{path.stem}-{letters}.lock")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for our turn and hold it while the block asks the host.

        Raises
        ------
        ServiceError
            If the host asked for a pause longer than we are ready to wait.
        """
        with file_lock(self._lock):
            self._sleep_until_due()
            try:
                self._note("last")  # before the request too: its process may be killed
                yield
            finally:
                self._note("last")

    def postpone(self, seconds: float) -> None:
        """Have every process leave the host alone for so long."""
        self._note("not_before", time.time() + seconds)

    def _sleep_until_due(self) -> None:
        """Sleep until the host may be asked again."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT last, not_before FROM pace WHERE host = ?", (self._host,)
            ).fetchone()
        last, not_before = row or (0.0, 0.0)
        now = time.time()
        # a clock that was set back must not make us wait for its old time to come round
        since_last = max(0.0, now - last)
        wait = max(self._delay - since_last, not_before - now)
        if wait > max(self._delay, self._longest_pause):
            message = (
                f"expected {self._host} to answer, got its wish to be left alone for {wait:.0f} s; "
                "run the same command again after that: answers so far are kept"
            )
            raise ServiceError(message)
        if wait > 0:
            self._sleep(wait)

    def _note(self, column: str, moment: float | None = None) -> None:
        """Write a moment, now by default, to one column of the host's row."""
        with self._open() as connection:
            connection.execute("INSERT OR IGNORE INTO pace VALUES (?, 0, 0)", (self._host,))
            connection.execute(
                f"UPDATE pace SET {column} = ? WHERE host = ?",  # noqa: S608 (column is ours)
                (time.time() if moment is None else moment, self._host),
            )
