"""The console: words and progress go to stderr, data to stdout, errors become one line and exit code 1."""

from __future__ import annotations

import codecs
import errno
import io
import logging
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["DatelineGroup", "say", "set_verbosity", "write_text"]

_log = logging.getLogger("dateline")
_BAR_STEPS = 100
_MAX_FAULT_CHARACTERS = 300
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_STDOUT_CLOSED = 1
_INTERRUPTED = 130


class _Words(logging.Handler):
    """Prints what the rooms want the user to know; records with a `share` move a progress bar."""

    def __init__(self) -> None:
        super().__init__()
        self._bar: Any = None

    def emit(self, record: logging.LogRecord) -> None:
        """Print one record to stderr."""
        share = getattr(record, "share", None)
        if share is None:
            click.echo(f"{record.levelname.lower()}: {record.getMessage()}", err=True)
        else:
            self._show_progress(record.getMessage(), share)

    def _show_progress(self, label: str, share: float) -> None:
        """Move the bar to `share`, between 0 and 1; it appears with the first call and ends at 1."""
        if self._bar is None:
            self._bar = click.progressbar(length=_BAR_STEPS, label=label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.label = label
        self._bar.update(int(share * _BAR_STEPS) - self._bar.pos)
        if share >= 1:
            self._bar.__exit__(None, None, None)
            self._bar = None


def set_verbosity(steps: int) -> None:
    """Choose what is said on stderr.

    Parameters
    ----------
    steps
        -1 errors only, 0 warnings, progress and results, 1 and more everything.
    """
    level = logging.ERROR if steps < 0 else logging.INFO if steps == 0 else logging.DEBUG
    _log.setLevel(level)
    sys.excepthook = _one_line if steps <= 0 else sys.__excepthook__
    if not any(isinstance(handler, _Words) for handler in _log.handlers):
        _log.addHandler(_Words())


def _one_line(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """Tell of a fault of ours in one line; `-v` shows where it happened."""
    del trace
    words = " ".join(str(error).split())[:_MAX_FAULT_CHARACTERS]
    click.echo(f"error: a fault in Dateline, {kind.__name__}: {words}; -v shows where", err=True)


def say(text: str) -> None:
    """Tell the user of a result on stderr, unless `-q` was given."""
    if _log.level <= logging.INFO:
        click.echo(text, err=True)


class DatelineGroup(click.Group):
    """A group of commands whose errors are one line on stderr and exit code 1."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run as a program: in UTF-8 whatever the system's language, faults told in one line."""
        if not args and not extra:
            _speak_utf8()
            sys.excepthook = _one_line
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn what went wrong into one line."""
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("stopped; what was being written is left as it was", err=True)
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            # the reader of our output went away; keep the interpreter from complaining at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_STDOUT_CLOSED)
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            words = (
                f"expected room for the result, got {error.strerror!r}; free some and run it again"
            )
            with suppress(OSError):
                click.echo(f"error: {words}", err=True)
            ctx.exit(1)


def _speak_utf8() -> None:
    """Have arguments, file names and streams be UTF-8, as all that Dateline reads and writes is.

    Where Python was told to use another encoding for the names of files, which it settles before it runs
    us, the program starts itself again.
    """
    if os.name == "posix" and codecs.lookup(sys.getfilesystemencoding()).name != "utf-8":
        given = map(os.fsencode, sys.argv[1:])
        words = [os.fsencode(sys.executable), b"-X", b"utf8", b"-m", b"dateline", *given]
        os.execv(sys.executable, words)  # noqa: S606 (no shell, and the program is our own)
    if sys.stdin is None:  # closed by whoever started us: nothing to read
        sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def write_text(text: str | Iterable[str], output: Path | None, *, overwrite: bool) -> None:
    """Write `text` to a file, or to stdout where there is none.

    Parameters
    ----------
    text
        What to write, whole or in pieces; a line end is added on stdout.
    output
        Target; null and `-` are stdout.
    overwrite
        Whether a file that exists may be replaced.
    """
    pieces = [text] if isinstance(text, str) else text
    if output is None or str(output) == "-":
        sys.stdout.writelines(pieces)
        sys.stdout.write("\n")
        sys.stdout.flush()
        return
    from dateline.exports.files import atomic_path

    with (
        atomic_path(output, overwrite=overwrite) as path,
        path.open("w", encoding="utf-8") as file,
    ):
        file.writelines(pieces)
