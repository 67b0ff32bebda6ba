"""The rooms: imports go one way."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("geo", "layers", "reports", "exports")
ALLOWED = {
    "geo": {"geo"},
    "reports": {"reports", "geo"},
    "layers": {"layers"},
    "exports": {"exports", "layers"},
}
JOINING = {
    "pipeline.py",
    "places.py",
    "presentation.py",
    "__init__.py",
    "cli.py",
    "gazetteer_commands.py",
    "theatre.py",
    "theatre_outputs.py",
    "console.py",
    "control_files.py",
}  # console writes through exports.files
MODULES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
FOUNDATION = sorted((ROOT / "src" / "dateline").glob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports, inside functions and for type checkers too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def rooms_of(names: set[str]) -> set[str]:
    """Return the rooms that dotted names lie in."""
    parts = (name.split(".") for name in names)
    return {part[1] for part in parts if part[0] == "dateline" and len(part) > 1} & set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_before_it(path):
    """Data goes one way, and so do imports."""
    room = path.relative_to(ROOT).parts[0]
    assert rooms_of(imported(path)) - ALLOWED[room] == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_room_imports_what_joins_the_rooms(path):
    """The pipeline and the command line call the rooms, never the other way."""
    assert (
        imported(path)
        & {
            "dateline.pipeline",
            "dateline.places",
            "dateline.cli",
            "dateline.printing",
        }
        == set()
    )


@pytest.mark.parametrize("path", FOUNDATION, ids=lambda path: path.name)
def test_the_foundation_imports_no_room(path):
    """Only the pipeline, the lazy package and the command line know the rooms."""
    if path.name in JOINING or path.name == "printing.py":
        return
    assert rooms_of(imported(path)) == set()


def test_every_package_is_listed_for_installation():
    """A folder with code that pyproject.toml forgets would be missing from the wheel."""
    listed = (ROOT / "pyproject.toml").read_text("utf-8")
    folders = {path.parent.relative_to(ROOT) for path in MODULES}
    names = {"dateline." + ".".join(folder.parts) for folder in folders}
    assert {name for name in names if f'"{name}"' not in listed} == set()
