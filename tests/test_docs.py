"""Every command line in the README and the docs runs, and shows what it says."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(
    r"^```(?:console|sh)\n(.*?)^```|((?:^    [^\n]*\n|^\n(?=    ))+)", re.MULTILINE | re.DOTALL
)
_REMOTE = ("https://", "postgresql://", "--online")

FILES = {
    "hamlets.csv": "name,lat,lon\nZwirbelau,51.1,35.1\nQuastorf,51.2,35.2\n",
    "broken.csv": "date,title,latitude,longitude\n2024-12-14,Clash,910,35\n",
    "renamed.csv": "Datum,Ort\n2024-12-14,Sudzha\n",
    "dateline.toml": 'title = "T"\nsources = ["events.csv"]\n[outputs]\nmap = "out/map.html"\n'
    'events = ["out/events.geojson"]\n',
    "misspelt.toml": 'titel = "T"\nsources = ["events.csv"]\n',
    "careful.csv": "date,title,type,latitude,longitude\n2024-12-14,Column,Deployment,51.19,35.27\n",
    "careful.toml": 'title = "T"\nsources = ["careful.csv"]\n[[disclosure.coarsen]]\nto = "grid"\nmetres = 5000\n'
    'types = ["Deployment"]\n[outputs]\nmap = "out/careful.html"\n',
    "UA.txt": "1\tZwirbelau\tZwirbelau\t\t51.1\t35.1\tP\tPPL\tUA\t\t\t\t\t\t20\t\t\tEurope/Kyiv\t2024-01-01\n",
}


def commands(text):
    """Return command lines of a page with the output shown below them."""
    found = []
    for fenced, indented in _BLOCK.findall(text):
        lines = (fenced or re.sub(r"^    ", "", indented, flags=re.MULTILINE)).splitlines()
        shown = None
        block = "\n".join(lines).replace("\\\n", " ").splitlines()
        for line in block:
            match = re.match(r"(\$ )?(dateline .*)", line)
            if match:
                shown = [] if match[1] else None
                found.append((match[2], shown if shown is not None else []))
            elif shown is not None:
                shown.append(line)
    return found


def pattern(shown):
    """Return what matches output in which `[...]` stands for anything."""
    parts = map(re.escape, re.split(r"\n?\[\.\.\.\]\n?", "\n".join(shown).strip()))
    return re.compile(".*".join(parts), re.DOTALL)


def arguments(line):
    """Return each command of a line, as its words without `dateline`."""
    words = [shlex.split(part, comments=True) for part in line.split(" && ")]
    assert all(part[0] == "dateline" for part in words)
    return [part[1:] for part in words]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the folder that the docs speak of."""
    for name in ("article.txt", "events.csv"):
        shutil.copy(ROOT / "examples" / "kursk" / name, tmp_path / name)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    return tmp_path


def run(words):
    """Run a command; return code and all that it said."""
    done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output.strip()


@pytest.mark.whole
@pytest.mark.usefixtures("gazetteer", "folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_command_line_runs_and_shows_what_it_says(page):
    """In order, in one folder; what asks the network or a server is only parsed."""
    for line, shown in commands(page.read_text("utf-8")):
        for words in arguments(line):
            if (
                any(mark in line for mark in _REMOTE)
                and "--url" not in line
                and "--picture" not in line
            ):
                command = main.get_command(None, words[0])
                command.make_context(words[0], words[1:], resilient_parsing=False)
                continue
            code, said = run(words)
            failing = shown and shown[0].startswith(("error:", "broken.csv"))
            assert code == (1 if failing else 0), (line, said)
            if shown:
                assert pattern(shown).fullmatch(said), f"{line}\n{said}"


def test_the_docs_have_commands_to_run():
    """The parser sees them: each command of the program stands somewhere in the docs."""
    lines = [line for page in PAGES for line, _ in commands(page.read_text("utf-8"))]
    assert {line.split()[1] for line in lines} >= set(main.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_between_pages_is_there(page):
    """A dead link is a broken promise."""
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
