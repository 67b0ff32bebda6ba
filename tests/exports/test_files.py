"""A file is whole or not there, whatever happens."""

import os
import resource
import signal
import subprocess
import sys
import textwrap

import pytest

from dateline.errors import OutputError
from dateline.exports.files import atomic_path, write_text


def _names(folder):
    """Return the names in a folder."""
    return [path.name for path in folder.iterdir()]


def _write_and_fail(target):
    """Fail half-way."""
    with atomic_path(target, overwrite=True) as path:
        path.write_text("half")
        _ = 1 / 0


def _write_while_another_does(target):
    """Have another make the file before we are done."""
    with atomic_path(target) as path:
        path.write_text("mine")
        target.write_text("theirs")


def test_a_finished_block_leaves_the_file_and_nothing_else(tmp_path):
    """No temporary file stays."""
    write_text(tmp_path / "new folder" / "a.txt", "whole\r\n")
    assert (tmp_path / "new folder" / "a.txt").read_bytes() == b"whole\r\n"
    assert _names(tmp_path / "new folder") == ["a.txt"]


def test_a_failed_block_leaves_the_old_file(tmp_path):
    """And its error comes through."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(target)
    assert (target.read_text(), _names(tmp_path)) == ("old", ["a.txt"])


def test_an_existing_file_is_not_replaced_unasked(tmp_path):
    """The message names the option."""
    write_text(tmp_path / "a.txt", "old")
    with pytest.raises(OutputError, match="--overwrite"):
        write_text(tmp_path / "a.txt", "new")
    write_text(tmp_path / "a.txt", "new", overwrite=True)
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_file_made_in_the_meantime_is_not_replaced(tmp_path):
    """Of two runs at once one is told."""
    with pytest.raises(OutputError, match="exists"):
        _write_while_another_does(tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text() == "theirs"


def test_a_symbolic_link_stays_one(tmp_path):
    """The file it points at is replaced."""
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_text(tmp_path / "link.txt", "new", overwrite=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_the_rights_of_a_file_are_those_it_had_or_a_new_one_gets(tmp_path):
    """A page for a web server stays readable for it."""
    old = os.umask(0o027)
    try:
        write_text(tmp_path / "a.txt", "x")
        write_text(tmp_path / "b.txt", "x")
        (tmp_path / "b.txt").chmod(0o604)
        write_text(tmp_path / "b.txt", "y", overwrite=True)
    finally:
        os.umask(old)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a.txt", "b.txt")] == [
        0o640,
        0o604,
    ]


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo])
def test_what_is_no_ordinary_file_is_refused(tmp_path, make):
    """A folder or a pipe is not replaced by a file."""
    make(tmp_path / "a")
    with pytest.raises(OutputError, match="a file to write"):
        write_text(tmp_path / "a", "x", overwrite=True)


def test_a_file_in_the_way_of_a_folder_is_told(tmp_path):
    """With what to do."""
    (tmp_path / "a").write_text("x")
    with pytest.raises(OutputError, match="choose another folder"):
        write_text(tmp_path / "a" / "b.txt", "x")


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path):
    """Here: a file that may not grow past a limit, as on a full file system."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OutputError, match="elsewhere with -o"):
            write_text(target, "x" * 5000, overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert (target.read_text(), _names(tmp_path)) == ("old", ["a.txt"])


def test_a_killed_process_leaves_the_old_file_whole(tmp_path):
    """Kill -9 in the middle of writing."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    program = f"""
        import time
        from dateline.exports.files import atomic_path
        with atomic_path({str(target)!r}, overwrite=True) as path:
            path.write_text("half")
            print("writing", flush=True)
            time.sleep(60)
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"writing\n"
    process.kill()
    process.wait()
    process.stdout.close()
    assert target.read_text() == "old"


def test_what_a_killed_process_left_is_cleared_away_later(tmp_path):
    """A folder of a process that is gone does not stay for ever; that of a living one does."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".dateline-{gone.pid}-abc").mkdir()
    (tmp_path / f".dateline-{os.getppid()}-abc").mkdir()
    write_text(tmp_path / "a.txt", "x")
    assert {f".dateline-{os.getppid()}-abc", "a.txt"} == set(_names(tmp_path))
