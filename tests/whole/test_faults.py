"""Faults, with real processes: the old output stays whole, or the program says what is wrong."""

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

import pytest
from fault_table import TRIED, cell, fault, rows
from fault_table import told as _told
from peak import run_measured
from reports_at_hand import ROOT

from dateline.exports.vector import FORMATS

pytestmark = pytest.mark.xdist_group("faults")
told = _told
EVENTS = ROOT / "examples" / "kursk" / "events.csv"
ROUNDS = int(os.environ.get("DATELINE_ROUNDS", "2"))
"""Moments at which each command is killed; scripts/write_faults.py tries more."""

PLACES = "name,lat,lon\n" + "".join(
    f"Hamlet {n},{50 + n % 90 / 100},{35 + n % 70 / 100}\n" for n in range(20_000)
)
THEATRE = 'title = "T"\nsources = ["e.csv"]\n[outputs]\nmap = "map.html"\nevents = ["e.gpkg"]\n'
EPOCH = {"SOURCE_DATE_EPOCH": "1734307200"}


@pytest.fixture
def start(gazetteer):
    """Return a function that starts the command in a new process."""
    del gazetteer

    def run(*arguments, cwd=ROOT, prefix=(), env=None, **options):
        words = [*prefix, sys.executable, "-m", "dateline", *map(str, arguments)]
        given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        kept = {name: value for name, value in os.environ.items() if name not in (env or {})}
        added = {name: value for name, value in (env or {}).items() if value is not None}
        return subprocess.Popen(words, cwd=cwd, env=kept | EPOCH | added, encoding="utf-8", **given)

    return run


@pytest.fixture
def finish(start):
    """Return a function that runs the command to its end: code, stdout, and the last line of stderr."""

    def run(*arguments, **options):
        with start(*arguments, **options) as process:
            out, err = process.communicate(timeout=600)
        assert "Traceback" not in err, err
        lines = err.strip().splitlines()
        return process.returncode, out, lines[-1] if lines else ""

    return run


@pytest.fixture
def folder(tmp_path):
    """Give a folder with events, places and a theatre."""
    shutil.copy(EVENTS, tmp_path / "e.csv")
    (tmp_path / "p.csv").write_text(PLACES, "utf-8")
    (tmp_path / "dateline.toml").write_text(THEATRE, "utf-8")
    return tmp_path


def killed(start, moment, *arguments, **options):
    """Kill the command after some seconds, as `kill -9` does; tell whether it was still running."""
    with start(*arguments, **options) as process:
        time.sleep(moment)
        running = process.poll() is None
        process.kill()
        process.communicate(timeout=300)
    return running


def leftovers(folder):
    """Return hidden files of ours in a folder."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".dateline-")]


WRITING = {
    "map": (("map", "e.csv", "-o", "out.html", "--overwrite"), ["out.html"]),
    "export": (("export", "e.csv", "-o", "out.gpkg", "--overwrite"), ["out.gpkg"]),
    "build": (("build",), ["map.html", "e.gpkg"]),
}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            name, marks=fault("Interrupted", f"`kill -9` of `dateline {name}` at random moments")
        )
        for name in WRITING
    ],
)
def test_a_killed_command_leaves_the_old_output_whole(start, finish, folder, told, command):
    """At whatever moment; the next run works, and clears away what was left."""
    arguments, outputs = WRITING[command]
    begun = time.monotonic()
    assert finish(*arguments, cwd=folder)[0] == 0
    took = time.monotonic() - begun
    new = {name: (folder / name).read_bytes() for name in outputs}
    for _ in range(ROUNDS):
        for name in outputs:
            (folder / name).write_bytes(b"old")
        killed(start, random.uniform(0.3, 1.0) * took, *arguments, cwd=folder)
        for name in outputs:
            assert (folder / name).read_bytes() in (b"old", new[name])
    assert finish(*arguments, cwd=folder)[0] == 0
    assert {name: (folder / name).read_bytes() for name in outputs} == new
    assert leftovers(folder) == []
    told("the old file or the new one, whole; the next run works and leaves no rubbish")


@fault("Interrupted", "`kill -9` of `dateline gazetteer add` at random moments")
def test_a_killed_gazetteer_add_adds_all_or_nothing(start, finish, folder, told):
    """A set of places is there, or it is not."""
    env = {"DATELINE_DATA": str(folder / "data")}
    for _ in range(ROUNDS):
        killed(start, random.uniform(0.5, 4.0), "gazetteer", "add", "p.csv", cwd=folder, env=env)
        code, out, _ = finish("gazetteer", "list", env=env)
        assert code == 0
        assert "20,000" in out or "no places were added" in out
    assert finish("gazetteer", "add", "p.csv", "--name", "again", cwd=folder, env=env)[0] == 0
    assert "again" in finish("gazetteer", "list", env=env)[1]
    told("all of its places or none; the next run works")


@fault(
    "Interrupted",
    "`kill -9` of the first run while it indexes places, and a second run that waits for it",
)
def test_a_killed_index_leaves_the_cache_usable(start, folder, told):
    """The one that waits takes over; the index is whole."""
    env = {"DATELINE_CACHE": str(folder / "cache")}
    locate = ("locate", "Sudzha", "--lang", "en")
    with start(*locate, env=env) as first:
        time.sleep(random.uniform(3.0, 6.0))
        with start(*locate, env=env) as second:
            time.sleep(1.0)
            first.kill()
            first.communicate(timeout=300)
            out, err = second.communicate(timeout=300)
    assert second.returncode == 0, err
    assert out.startswith("Sudzha: Sudzha (settlement)")
    told("the second run builds the index and answers")


@fault("Interrupted", "Ctrl-C while `dateline map` runs")
def test_ctrl_c_is_one_line(start, folder, told):
    """No traceback, exit code 130, the old page as it was."""
    (folder / "out.html").write_text("old")
    os.mkfifo(folder / "slow.csv")
    with (
        start("map", "slow.csv", "-o", "out.html", "--overwrite", cwd=folder) as process,
        (folder / "slow.csv").open("wb"),  # waits until it is being read
    ):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=300)
    assert "Traceback" not in err
    assert (process.returncode, (folder / "out.html").read_text()) == (130, "old")
    told(f"exit code 130: {err.strip().splitlines()[-1]}")


@fault("Interrupted", "two runs write one file at once with `--overwrite`")
def test_two_runs_at_once_leave_one_whole_file(start, folder, told):
    """One after the other: the file is one of the two."""
    runs = [
        start("export", "e.csv", "-o", "out.geojson", "--overwrite", *side, cwd=folder)
        for side in ((), ("--side", "UKR"))
    ]
    for process in runs:
        process.communicate(timeout=300)
    assert [process.returncode for process in runs] == [0, 0]
    assert json.loads((folder / "out.geojson").read_text("utf-8"))["features"]
    assert leftovers(folder) == []
    told("both end well; the file is whole, that of the later")


FULL = """
import resource, sys
from pathlib import Path
from click.testing import CliRunner
from dateline.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
for name in sys.argv[1:]:
    Path(name).write_text("old")
    command = "export" if not name.endswith(("html", "png", "svg", "pdf")) else "picture"
    command = "map" if name.endswith("html") else command
    done = CliRunner().invoke(main, [command, "e.csv", "-o", name, "--overwrite"])
    assert done.exit_code == 1, (name, done.output)
    assert done.exception is None or isinstance(done.exception, SystemExit), (name, done.exception)
    assert Path(name).read_text() == "old", name
    print(done.output.strip().splitlines()[-1])
"""


@fault("Disk and folders", "a disk that is full in the middle of writing, in every format")
def test_a_full_disk_leaves_the_old_file(gazetteer, folder, told):
    """Here: files that may not grow past a few kilobytes."""
    del gazetteer
    names = [f"out{suffix}" for suffix in (*FORMATS, ".html", ".png", ".svg", ".pdf")]
    done = subprocess.run(
        [sys.executable, "-c", FULL, *names],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("error: expected ") for line in done.stdout.splitlines())
    assert len(done.stdout.splitlines()) == len(names)
    assert leftovers(folder) == []
    told("exit code 1, one line that names the file and what to do; the old file is as it was")


@fault("Disk and folders", "standard output on a full disk (`> /dev/full`)")
def test_a_full_stream_is_told(start, told):
    """Data are not lost silently."""
    with open("/dev/full", "w") as full, start("schema", stdout=full) as process:  # noqa: PTH123 (a device)
        _, err = process.communicate(timeout=300)
    assert process.returncode == 1
    told(f"exit code 1: {err.strip()}")


def unprivileged():
    """Return the words that run a program without the right to write where it may not."""
    return ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.getuid() == 0 else []


@fault("Disk and folders", "a folder that may not be written to")
def test_a_read_only_folder_is_told(finish, folder, told):
    """And another can be chosen."""
    shut = folder / "shut"
    shut.mkdir(mode=0o555)
    code, _, said = finish("export", "e.csv", "-o", "shut/e.csv", cwd=folder, prefix=unprivileged())
    assert (code, list(shut.iterdir())) == (1, [])
    told(f"exit code 1: {said}")


@fault("Disk and folders", "a cache folder that may not be written to, without an index in it")
def test_a_read_only_cache_is_told(finish, folder, told):
    """With the variable that chooses another."""
    (folder / "shut").mkdir(mode=0o555)
    env = {"DATELINE_CACHE": str(folder / "shut")}
    code, _, said = finish("locate", "Sudzha", prefix=unprivileged(), env=env)
    assert code == 1
    assert "DATELINE_CACHE" in said
    told("exit code 1, one line that names the folder and DATELINE_CACHE, which chooses another")


@fault("Disk and folders", "no HOME")
def test_no_home_is_no_fault(finish, told):
    """The system knows where a user's home is."""
    code, out, _ = finish("locate", "Sudzha", "--lang", "en", env={"HOME": None})
    assert (code, out.split("\n")[0]) == (0, "Sudzha: Sudzha (settlement)")
    told("works as always")


@fault("Disk and folders", "the file is there already")
def test_an_old_file_is_not_replaced_unasked(finish, folder, told):
    """Unless told to."""
    (folder / "out.csv").write_text("old")
    code, _, said = finish("export", "e.csv", "-o", "out.csv", cwd=folder)
    assert (code, (folder / "out.csv").read_text()) == (1, "old")
    told(f"exit code 1: {said}")


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(words, marks=fault("Streams", f"`dateline {words} | head -1`"))
        for words in ("schema", "read e.csv", "locate Sudzha")
    ],
)
def test_a_closed_pipe_is_no_error(start, folder, told, command):
    """Whoever reads may have enough."""
    with start(*command.split(), cwd=folder) as process:
        process.stdout.read(1)
        process.stdout.close()
        err = process.stderr.read()
        process.wait(60)
    assert "Traceback" not in err
    assert "rror" not in err
    told("ends without a word")


@fault("Streams", "standard input closed (`dateline read - <&-`)")
def test_a_closed_input_is_told(start, told):
    """As an empty one."""
    with start("read", "-", preexec_fn=lambda: os.close(0)) as process:
        _, err = process.communicate(timeout=300)
    assert process.returncode == 1
    told(f"exit code 1: {err.strip().splitlines()[-1]}")


@fault("Surroundings", "LANG=C with Python's UTF-8 mode off, names and texts in Cyrillic")
def test_another_encoding_of_the_system_does_not_matter(finish, folder, told):
    """Arguments, files and output are UTF-8."""
    env = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": None,
    }
    shutil.copy(EVENTS, folder / "події.csv")
    assert finish("locate", "Суджа", "--lang", "uk", env=env)[1].startswith("Суджа: Sudzha")
    assert finish("export", "події.csv", "-o", "звіт.kml", cwd=folder, env=env)[0] == 0
    assert (folder / "звіт.kml").is_file()
    told("works as always, in UTF-8")


@fault("Surroundings", "Windows line ends in a table and an article")
def test_line_ends_do_not_matter(finish, folder, told):
    """The same events."""
    article = (ROOT / "examples" / "kursk" / "article.txt").read_bytes()
    for name, body in (("e.csv", EVENTS.read_bytes()), ("a.txt", article)):
        found = []
        for end in (b"\n", b"\r\n"):
            (folder / name).write_bytes(body.replace(b"\r\n", b"\n").replace(b"\n", end))
            code, out, _ = finish("read", name, cwd=folder)
            assert code == 0
            rows_ = json.loads(out)["features"]
            found.append([(f["geometry"], f["properties"]["date_start"]) for f in rows_])
        assert found[0] == found[1]
        assert found[0]
    told("the same events")


@fault(
    "Surroundings",
    "paths with spaces, quotes, line ends and letters of other scripts, or that begin with a dash",
)
def test_any_path_will_do(finish, folder, told):
    """In and out."""
    for name in ("a b 'c' \"d\".csv", "zwei\nZeilen.csv", "地図 עברית.csv", "-dash.csv"):
        shutil.copy(EVENTS, folder / name)
        out = f"new {name}/{name}.geojson"
        assert finish("export", "-o", out, "--", name, cwd=folder)[0] == 0
        assert (folder / out).is_file()
    told("works as always")


@pytest.mark.parametrize(
    "year",
    [
        pytest.param(
            year, marks=fault("Surroundings", f"a clock in {year}, and files of that time")
        )
        for year in ("1970", "2099")
    ],
)
def test_no_clock_matters(finish, folder, told, year):
    """Not even for archives, whose times begin in 1980."""
    clock = shutil.which("faketime")
    if clock is None and not os.environ.get("CI"):
        pytest.skip("no faketime here; scripts/install_tools.sh installs it")
    assert clock, "expected faketime; scripts/install_tools.sh installs it"
    prefix = [clock, f"{year}-01-02 00:00:00"]
    moment = 86_400 if year == "1970" else 4_070_995_200
    os.utime(folder / "e.csv", (moment, moment))
    for name in ("out.xlsx", "out.kmz", "out.gpkg", "out.html"):
        words = ("map" if name.endswith("html") else "export", "e.csv", "-o", name)
        assert finish(*words, cwd=folder, prefix=prefix, env={"SOURCE_DATE_EPOCH": None})[0] == 0
    told("works as always")


@fault("Surroundings", "SOURCE_DATE_EPOCH that is no time")
def test_a_wrong_epoch_is_told(finish, folder, told):
    """Rather than passed over."""
    code, _, said = finish(
        "map", "e.csv", "-o", "m.html", cwd=folder, env={"SOURCE_DATE_EPOCH": "x"}
    )
    assert code == 1
    told(f"exit code 1: {said}")


@fault("Size", "a CSV of two gigabytes")
def test_a_huge_table_is_refused_in_little_memory(start, folder, told):
    """Before it is read."""
    huge = folder / "huge.csv"
    with huge.open("wb") as file:
        file.write(b"date,title,latitude,longitude\n")
        file.truncate(2_000_000_000)
    del start  # the place index is there
    done, peak = run_measured(
        [sys.executable, "-m", "dateline", "read", "huge.csv"], cwd=folder, note=folder / "peak"
    )
    assert done.returncode == 1
    assert peak < 500_000  # kilobytes
    err = done.stderr.decode()
    told(f"exit code 1: {err.strip().splitlines()[-1]}")


def test_the_table_holds_nothing_else():
    """Every row is a test's, every test has its row."""
    import test_hostile_files

    assert test_hostile_files.FILES
    tried = [cell(text) for texts in TRIED.values() for text in texts]
    assert sorted(tried) == sorted(rows())
    assert re.search(
        r"^Made by the tests", (ROOT / "docs" / "faults.md").read_text("utf-8"), re.MULTILINE
    )
    assert resource.RLIMIT_FSIZE is not None
