"""The README and the project's own files keep their promises."""

import re
import tomllib
from pathlib import Path

import pytest

from dateline.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("name", main.commands)
def test_every_command_is_in_the_readme(name):
    """A command that nobody reads of is not used."""
    assert f"`dateline {name}" in README


def test_every_dependency_says_why_it_is_there():
    """A package without a reason is one to remove."""
    names = tomllib.loads(PROJECT)["project"]["dependencies"]
    unexplained = [
        name for name in names if not re.search(rf'"{re.escape(name)}",\s+# \S', PROJECT)
    ]
    assert unexplained == []


def test_the_two_commands_are_real_targets():
    """What a newcomer types exists."""
    targets = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^    make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", targets, re.MULTILINE)


def test_every_path_that_the_readme_links_is_there():
    """A dead link is a broken promise."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
