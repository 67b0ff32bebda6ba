"""Starting the program: quick, and lazy about what is heavy."""

import subprocess
import sys

import pytest

HEAVY = ("pandas", "geopandas", "shapely", "numpy", "folium", "pydantic", "trafilatura")


def imported_by(code: str) -> set[str]:
    """Return the modules that a new interpreter holds after running `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("code", ["import dateline", "import dateline.cli"])
def test_nothing_heavy_is_imported_before_a_command_runs(code):
    """`dateline --help` answers at once because it imports click and nothing else of weight."""
    assert imported_by(code) & set(HEAVY) == set()


def test_every_command_has_help():
    """A command without words is a riddle."""
    from dateline.cli import main

    assert {name for name, command in main.commands.items() if not command.help} == set()


def test_help_of_every_command_opens():
    """The options of each command can be shown."""
    from click.testing import CliRunner

    from dateline.cli import main

    for name in main.commands:
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0
