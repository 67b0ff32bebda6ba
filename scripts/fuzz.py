"""Give every reader files with random damage: a result or an error of ours, no traceback, hang or flood.

Usage: python scripts/fuzz.py [INPUTS] [SEED]

INPUTS is how many damaged files are read, 10,000 where not given. Exit code 1 if one of them ends in anything but
a result or an error of ours, takes more than five seconds, or more than a gigabyte of memory.
"""

from __future__ import annotations

import io
import logging
import random
import resource
import signal
import subprocess
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
MOST_SECONDS = 5
MOST_KILOBYTES = 1_000_000
BATCH = 1_000
"""Files that one process reads, so that a crash or a flood of memory is told of its batch."""

Reader = Callable[[Path], object]
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"'", b'"', b"\r", b"\n", b",", b";", b"\t", b"<", b"&", b"]]>", b"{", b"[",
    b"null", b"NaN", b"1e999", b"-0", b"9" * 40, b"\xed\xa0\x80", b"%s%n", b"../", "²³٣".encode(), b"=1+1", b"_x0000_",
    b"POINT (", b"POLYGON ((0 0", b"2024-13-45", b"0000-00-00", b"\x1e", b"A" * 5000, b"(" * 2000, b"[" * 2000,
)  # fmt: skip


class Slow(BaseException):
    """A file took too long; no reader of ours may catch this."""


@cache
def samples() -> list[tuple[str, bytes, str]]:
    """Return a name, valid bytes and the reader's name of every kind of file that is read."""
    tables = [
        *sorted((ROOT / "tests/reports/tables/data").iterdir()),
        ROOT / "examples/kursk/events.csv",
    ]
    found = [(path.name, path.read_bytes(), "table") for path in tables]
    found += [(name, body, "table") for name, body in _exported()]
    texts = [
        ROOT / "examples/kursk/article.txt",
        *sorted((ROOT / "tests/whole/reports").glob("*.txt")),
    ]
    for path in texts:
        body = path.read_bytes()
        page = b"<html><head><title>T</title></head><body><article><p>" + body.replace(
            b"\n", b"</p><p>"
        )
        found += [
            (path.name, body, "article"),
            (f"{path.stem}.html", page + b"</p></article>", "article"),
        ]
    starter = (ROOT / "src/dateline/starter.toml").read_bytes()
    found += [
        ("dateline.toml", starter, "theatre"),
        ("d.toml", starter.replace(b"\n# ", b"\n"), "theatre"),
    ]
    line = "1\tZwirbelau\tZwirbelau\t\t51.1\t35.1\tP\tPPL\tUA\t\t\t\t\t\t20\t\t\tEurope/Kyiv\t2024-01-01\n"
    found += [("UA.zip", _zipped({"UA.txt": line.encode() * 20}), "places")]
    found += [("p.csv", b"name,lat,lon\nZwirbelau,51.1,35.1\nQuastorf,51.2,35.2\n" * 5, "places")]
    return found


def _exported() -> Iterator[tuple[str, bytes]]:
    """Yield the example's events in each of our own formats."""
    from dateline.exports.vector import FORMATS, export
    from dateline.reports.tables import read_table

    table = read_table(ROOT / "examples/kursk/events.csv").events
    with TemporaryDirectory() as folder:
        for suffix in FORMATS:
            yield f"e{suffix}", Path(str(export(table, Path(folder, f"e{suffix}")))).read_bytes()


def _zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return stream.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with some damage: of an archive, half of the time, inside a member."""
    if data.startswith(b"PK") and chance.random() < 0.5:  # noqa: PLR2004
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(sorted(members))
        return _zipped(members | {name: _damaged(members[name], chance)})
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes changed, cut, doubled, moved, or with something hostile put in."""
    body = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
        end = min(end, at + chance.choice((1, 4, 40, 4000)))
        piece = bytes(body[at:end])
        kind = chance.randrange(6)
        if kind == 0 and at < len(body):
            body[at] = chance.randrange(256)
        elif kind == 1:
            del body[at:end]
        elif kind == 2:  # noqa: PLR2004
            body[at:at] = piece * chance.choice((1, 2, 50))
        elif kind == 3:  # noqa: PLR2004
            body[at:at] = chance.choice(TOKENS)
        elif kind == 4:  # noqa: PLR2004
            body[at:end] = chance.choice(TOKENS)
        else:
            del body[chance.randrange(len(body) + 1) :]
    return bytes(body)


@cache
def readers() -> dict[str, Reader]:
    """Return the function that reads each kind of file."""
    from dateline import config, pipeline
    from dateline.geo.added import Added
    from dateline.reports.tables import check_table

    def table(path: Path) -> object:
        return check_table(path), pipeline.read(path, merge=False)

    def places(path: Path) -> object:
        with TemporaryDirectory() as folder:
            return Added(folder).add(path, name="x")

    return {"table": table, "article": pipeline.read, "theatre": config.load, "places": places}


@contextmanager
def _limited() -> Iterator[None]:
    """Interrupt what takes more than its time, by the processor's clock: others may be at work too."""

    def stop(*_: object) -> None:
        raise Slow

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def outcome(seed: int, known: list[tuple[str, bytes, str]]) -> tuple[str, str]:
    """Return how reading one damaged file ended, and which it was."""
    from dateline.errors import DatelineError

    chance = random.Random(seed)
    name, data, reader = chance.choice(known)
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(damaged(data, chance))
        try:
            with _limited():
                readers()[reader](path)
        except DatelineError:
            return "error of ours", name
        except Slow:
            return f"SLOW: seed {seed}", name
        except Exception as error:  # noqa: BLE001 (this is what is looked for)
            return f"FAULT: seed {seed}: {type(error).__name__}: {str(error)[:120]}", name
    return "result", name


def _warm(known: list[tuple[str, bytes, str]]) -> None:
    """Read every sample whole: what is loaded once a process is no damaged file's fault."""
    with TemporaryDirectory() as folder:
        for name, data, reader in known:
            path = Path(folder, name)
            path.write_bytes(data)
            with suppress(Exception):
                readers()[reader](path)


def _batch(first: int, count: int) -> int:
    """Read a batch in this process; print one line a file that did not end as it should."""
    logging.getLogger("dateline").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    known = samples()
    _warm(known)
    ends: Counter[str] = Counter()
    for seed in range(first, first + count):
        end, name = outcome(seed, known)
        if end.isupper() or end.startswith(("FAULT", "SLOW")):
            print(f"{end} ({name})", flush=True)
            end = "fault"
        ends[end] += 1
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"batch {first}: {dict(ends)}, {used // 1000} MB", flush=True)
    return int(ends["fault"] > 0 or used > MOST_KILOBYTES)


def main() -> int:
    """Read all batches, each in a process of its own."""
    if sys.argv[1:2] == ["--batch"]:
        return _batch(int(sys.argv[2]), int(sys.argv[3]))
    inputs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0  # noqa: PLR2004
    begun, failed = time.monotonic(), 0
    for first in range(seed, seed + inputs, BATCH):
        count = min(BATCH, seed + inputs - first)
        words = [sys.executable, __file__, "--batch", str(first), str(count)]
        code = subprocess.run(words, check=False).returncode
        failed += code != 0
        if code < 0:
            print(f"CRASH: signal {-code} in the batch from {first}", flush=True)
    print(f"{inputs} files in {time.monotonic() - begun:.0f} s, {failed} batches with faults")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
