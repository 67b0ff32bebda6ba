"""A PostgreSQL server of the tests' own: a new cluster in a folder, reached by a socket in it only."""

import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def programs():
    """Return the folder of PostgreSQL's programs where PostGIS is there too, else null."""
    for folder in _PLACES:
        version = folder.parent.name
        extension = Path(f"/usr/share/postgresql/{version}/extension/postgis.control")
        if (folder / "initdb").exists() and extension.exists():
            return folder
    return None


def _unprivileged():
    """Return the words that run a program as somebody who is not root: PostgreSQL refuses root."""
    return (
        [] if os.getuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    )


@contextmanager
def server(folder):
    """Run a server with an empty database `postgres`, and give the folder of its socket."""
    home = Path(mkdtemp(prefix="dateline-pg-"))
    if not os.getuid():
        user = pwd.getpwnam("postgres")
        os.chown(home, user.pw_uid, user.pw_gid)
    run = _unprivileged()
    cluster = str(home / "cluster")
    try:
        _run(
            [
                *run,
                folder / "initdb",
                "-D",
                cluster,
                "-U",
                "editor",
                "-A",
                "trust",
                "-N",
                "-E",
                "UTF8",
            ]
        )
        options = f"-k {home} -c listen_addresses= -c fsync=off -c shared_buffers=16MB"
        control = [*run, folder / "pg_ctl", "-D", cluster, "-w"]
        _run([*control, "-o", options, "-l", home / "log", "start"])
        try:
            yield home
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(words):
    """Run a program to its end; show what it said where it fails."""
    done = subprocess.run(
        list(map(str, words)),
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
