"""What `dateline.toml` promises: every problem with its line, and a starter that works."""

import re
from pathlib import Path

import pytest

from dateline.config import load, starter
from dateline.errors import ConfigError

GOOD = 'title = "Kursk"\nsources = ["a.txt"]\n'


@pytest.fixture
def write(tmp_path):
    """Write a theatre file and return its path."""

    def _write(text):
        path = tmp_path / "dateline.toml"
        path.write_bytes(text.encode())
        return path

    return _write


def test_the_starter_is_valid(write):
    """What `dateline init` writes can be built on at once."""
    assert load(write(starter())).outputs.map == "outputs/map.html"


def test_every_commented_line_of_the_starter_is_valid(write):
    """Taking the comment signs away gives a file that is valid too."""
    text = re.sub(r"(?m)^# (?=\[|[a-z_0-9]+ = )", "", starter())
    config = load(write(text))
    assert config.published == "2024-12-16"
    assert config.disclosure.coarsen[0].metres == 5000
    assert config.units[0].side == "UKR"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + 'langauge = "en"\n', r"line 3, langauge: no such key; did you mean 'language'\?"),
        (
            GOOD + 'language = "xx"\n',
            r"line 3, language: expected one of the languages .*, got 'xx'",
        ),
        (
            GOOD + "[sides.UKR]\nname = 'Ukraine'\ncolour = 'blue'\n",
            r"line 5, sides\.UKR\.colour: .*got 'blue'",
        ),
        (
            GOOD + "[sides.UKR]\ncolor = '#000000'\n",
            r"line 4, sides\.UKR\.color: .*did you mean 'colour'",
        ),
        (
            GOOD
            + '[[places]]\nname = "A"\nlon = 1\nlat = 2\n[[places]]\nname = "B"\nlon = 999\nlat = 2\n',
            r"line 9, places\.1\.lon: .*180, got 999",
        ),
        (
            GOOD + '[[places]]\nname = "A"\nlon = 1\n',
            r"line 3, places\.0\.lat: expected this key, got none",
        ),
        (
            GOOD + '[[disclosure.coarsen]]\nto = "gird"\n',
            r"line 4, disclosure\.coarsen\.0\.to: .*'grid'.*got 'gird'",
        ),
        (
            GOOD + '[[disclosure.embargo]]\ndays = 3\ntypes = ["Battle"]\n',
            r"line 5, disclosure\.embargo\.0\.types\.0: .*did you mean 'Battles'\?, got 'Battle'",
        ),
        ('title = """\nlangauge = 1\n"""\nsources = []\n', r"line 4, sources: "),
        (GOOD + "published = 2024-13-01\n", r"valid TOML.*line 3"),
        (GOOD + 'published = "2024-13-01"\n', r"line 3, published: .*got '2024-13-01'"),
    ],
)
def test_a_problem_is_told_with_its_line_and_remedy(write, text, expected):
    """A journalist finds the line without knowing TOML."""
    with pytest.raises(ConfigError, match=expected):
        load(write(text))


def test_all_problems_are_told_at_once(write):
    """Nobody mends one line a run."""
    with pytest.raises(ConfigError) as caught:
        load(write('titel = "x"\nsources = 3\n'))
    assert len(str(caught.value).splitlines()) == 3


def test_paths_are_relative_to_the_file(write, tmp_path):
    """A theatre can be moved with its folder, blanks in names and Windows line ends included."""
    folder = tmp_path / "my articles"
    folder.mkdir()
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text("x", "utf-8")
    config = load(write(GOOD.replace("a.txt", "my articles/*.txt").replace("\n", "\r\n")))
    assert [str(folder / "a.txt"), str(folder / "b.txt")] == config.source_files()


def test_a_source_that_matches_nothing_is_an_error(write):
    """A misspelt path does not make an empty map."""
    with pytest.raises(ConfigError, match="got none"):
        load(write(GOOD)).source_files()


def test_addresses_are_left_as_they_are(write):
    """An address with a question mark is no glob."""
    address = "https://example.org/a?b=*"
    assert [address] == load(write(GOOD.replace("a.txt", address))).source_files()


def test_a_missing_file_names_the_remedy(tmp_path):
    """The first error a new user meets says how to begin."""
    with pytest.raises(ConfigError, match="dateline init"):
        load(tmp_path / "dateline.toml")


def test_the_worked_example_is_valid():
    """Its sources exist, wherever the command is run from."""
    config = load(Path(__file__).parent.parent / "examples" / "kursk" / "dateline.toml")
    assert [Path(file).name for file in config.source_files()] == ["article.txt", "events.csv"]
    assert config.colours()["UKR"] == "#1f5fa8"
