"""`dateline build` and `dateline init`: a theatre file in, its outputs out, in new processes."""

import base64
import hashlib
import json
import re
import zipfile
import zlib
from datetime import UTC, datetime

import geopandas as gpd
import pytest

from dateline.stamps import program_digest

EPOCH = str(int(datetime(2024, 8, 22, tzinfo=UTC).timestamp()))

EVENTS = """\
date_start,title,event_type,status,place,sides
2024-08-06,Clash at Sudzha,Battles: Armed clash,confirmed,Sudzha,UKR; RUS
2024-08-20,Zebrasoma column waits at Qalvarino,Deployment,claimed,Qalvarino,UKR
2024-08-10,Hippolyta rests in Wexelburgo,Deployment,claimed,Wexelburgo,RUS
2023-01-01,Before the theatre,Battles: Armed clash,claimed,Sudzha,RUS
"""
ARTICLE = """\
Fighting near the border

KYIV, 12 August 2024 - The Grey Heron Brigade attacked Russian troops in Xanthurovo on Sunday, the General Staff said.
"""
THEATRE = """\
title = "A small theatre"
sources = ["*.csv", "article.txt"]
language = "en"
since = 2024-08-01

[sides.UKR]
name = "Ukraine"
colour = "#123456"

[[places]]
name = "Qalvarino"
lon = 35.10
lat = 51.25

[[places]]
name = "Wexelburgo"
lon = 35.431234
lat = 51.301234

[[places]]
name = "Xanthurovo"
lon = 35.30
lat = 51.20
radius_m = 700
source = "own survey"

[[units]]
name = "Grey Heron Brigade"
side = "UKR"
sidc = "10031000181211000000"

[[disclosure.embargo]]
days = 5
types = ["Deployment"]

[[disclosure.coarsen]]
to = "grid"
metres = 20000
types = ["Deployment"]

[outputs]
map = "out/map.html"
events = ["out/events.geojson", "out/events.parquet", "out/events.csv", "out/events.xlsx", "out/events.kmz"]
picture = "out/map.svg"
embed = "out/embed.html"
"""
OUTPUTS = {
    "map.html", "events.geojson", "events.parquet", "events.csv", "events.csv.README.txt",
    "events.xlsx", "events.kmz", "map.svg", "embed.html",
}  # fmt: skip
EMBARGOED = (b"Zebrasoma", b"Qalvarino", b"2024-08-20", b"35.1,51.25")
COARSENED = (b"Hippolyta", b"Wexelburgo", b"35.43123", b"51.30123")


def make(folder, text=THEATRE):
    """Write a theatre and return its file."""
    (folder / "events.csv").write_text(EVENTS, "utf-8")
    (folder / "article.txt").write_text(ARTICLE, "utf-8")
    file = folder / "dateline.toml"
    file.write_text(text, "utf-8")
    return file


def digests(folder):
    """Return the digest of every output by name."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def times(folder):
    """Return when each output was last written."""
    return {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}


def everything_in(path):
    """Return all that a file holds, packed parts unpacked."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return b"\n".join(archive.read(name) for name in archive.namelist())
    if path.suffix == ".parquet":
        return gpd.read_parquet(path).to_wkt().to_csv().encode() + data
    if path.suffix in {".gpkg", ".fgb"}:
        return gpd.read_file(path).to_wkt().to_csv().encode() + data
    packed = re.findall(rb'<script type="text/plain" id="[^"]*">([\w+/=]*)<', data)
    return b"\n".join([data, *(inflated(base64.b64decode(part)) for part in packed)])


def inflated(data):
    """Return all deflated streams of `data`, one after the other, as text."""
    parts = []
    while data:
        stream = zlib.decompressobj(-15)
        parts.append(stream.decompress(data))
        data = stream.unused_data
    return b"\n".join(parts)


def while_nobody_edits(attempt):
    """Run `attempt`, again where the program itself was edited meanwhile: that puts outputs out of date."""
    for _ in range(3):
        program = program_digest.__wrapped__()
        try:
            return attempt()
        except AssertionError:
            if program_digest.__wrapped__() == program:
                raise
    return attempt()


@pytest.fixture(scope="module")
def built(dateline, tmp_path_factory):
    """Build a theatre once; return its folder and what the command said."""
    folder = tmp_path_factory.mktemp("a theatre")
    make(folder)
    done = dateline("build", cwd=folder, SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stderr
    return folder, done


def features(folder):
    """Return the events of the GeoJSON export by title."""
    found = json.loads((folder / "out" / "events.geojson").read_text("utf-8"))["features"]
    return {feature["properties"]["title"] or "": feature for feature in found}


def test_every_output_is_written(built):
    """Map, exports with their notes, picture and embed code; nothing goes to stdout."""
    folder, done = built
    assert {path.name for path in (folder / "out").iterdir()} == OUTPUTS
    assert done.stdout == ""
    assert "written: out/map.html" in done.stderr
    assert "A small theatre" in (folder / "out" / "map.html").read_text("utf-8")
    assert 'src="map.html"' in (folder / "out" / "embed.html").read_text("utf-8")


def test_the_file_s_places_and_units_are_known(built):
    """A place lies where the file says, within its radius; a unit has its side and symbol."""
    told = next(f for title, f in features(built[0]).items() if "Grey Heron" in title)
    assert told["geometry"]["coordinates"] == [35.3, 51.2]
    assert told["properties"]["uncertainty_m"] == 700
    assert "own survey" in told["properties"]["explanation"]
    assert [(u["name"], u["side"], u["sidc"]) for u in told["properties"]["units"]] == [
        ("Grey Heron Brigade", "UKR", "10031000181211000000")
    ]


def test_events_before_the_first_day_are_left_out(built):
    """`since` holds for every output."""
    assert "Before the theatre" not in features(built[0])
    assert "Clash at Sudzha" in features(built[0])


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_what_is_withheld_is_in_no_output(built, name):
    """Neither the embargoed event nor the finer place of a coarsened one, packed or not."""
    held = everything_in(built[0] / "out" / name)
    assert [text for text in (*EMBARGOED, *COARSENED) if text in held] == []


RULES = {
    "district": 'to = "district"',
    "region": 'to = "region"\ntexts = "mask"',
    "grid": 'to = "grid"\nmetres = 20000\ntexts = "mask"',
    "radius": 'to = "radius"\nmetres = 15000',
    "h3": 'to = "h3"\nresolution = 4\ntexts = "mask"',
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_rule_lets_the_finer_place_through(dateline, tmp_path, rule):
    """Whatever an event is coarsened to, and whether its texts are masked or withheld, in every format."""
    make(tmp_path, THEATRE.replace('to = "grid"\nmetres = 20000', RULES[rule]))
    formats = ("geojson", "geojsonl", "parquet", "gpkg", "fgb", "kml", "csv", "xlsx")
    listed = ", ".join(f'"out/events.{suffix}"' for suffix in formats)
    file = tmp_path / "dateline.toml"
    text = re.sub(r"(?m)^events = .*$", f"events = [{listed}]", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    done = dateline("build", cwd=tmp_path, SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stderr
    outputs = sorted((tmp_path / "out").iterdir())
    assert {path.suffix[1:] for path in outputs} >= {*formats, "html", "svg"}
    told = {path.name: everything_in(path) for path in outputs}
    words = (*EMBARGOED, *COARSENED[1:])
    assert [(name, word) for name, held in told.items() for word in words if word in held] == []
    if "mask" not in RULES[rule]:
        assert [name for name, held in told.items() if COARSENED[0] in held] == []


def test_the_editor_and_the_readers_are_told(built):
    """How much was withheld on stderr; that something was, on the page and in exports."""
    folder, done = built
    assert "1 withheld: younger than 5 days" in done.stderr
    assert "coarsened to a cell of 20000 m" in done.stderr
    for name in ("map.html", "events.geojson", "events.csv.README.txt"):
        assert "Some events are withheld" in (folder / "out" / name).read_text("utf-8")


def test_a_second_build_leaves_everything_alone(built, dateline):
    """Nothing changed, nothing is written, whichever way the file is named."""

    def attempt():
        folder, _ = built
        dateline("build", cwd=folder, SOURCE_DATE_EPOCH=EPOCH)
        before = times(folder / "out")
        for arguments in ((), (folder / "dateline.toml",)):
            done = dateline("build", *arguments, cwd=folder, SOURCE_DATE_EPOCH=EPOCH)
            assert done.returncode == 0, done.stderr
            assert done.stderr.count("up to date: ") == len(OUTPUTS) - 1  # all but the text beside
            assert "written" not in done.stderr
        assert times(folder / "out") == before

    while_nobody_edits(attempt)


def test_only_what_changed_is_written(dateline, tmp_path):
    """Colours are on map and picture alone; an output changed by hand is written again."""

    def attempt():
        file = make(tmp_path, THEATRE.replace(', "out/events.parquet"', "").replace(".kmz", ".kml"))
        assert dateline("build", cwd=tmp_path, SOURCE_DATE_EPOCH=EPOCH).returncode == 0
        first, before = digests(tmp_path / "out"), times(tmp_path / "out")
        (tmp_path / "out" / "events.kml").write_text("changed by hand", "utf-8")
        file.write_text(file.read_text("utf-8").replace("#123456", "#654321"), "utf-8")
        done = dateline("build", cwd=tmp_path, SOURCE_DATE_EPOCH=EPOCH)
        assert done.returncode == 0, done.stderr
        after = times(tmp_path / "out")
        kept = {"events.geojson", "events.csv", "events.csv.README.txt", "events.xlsx"}
        assert {name for name in after if after[name] == before[name]} == kept
        second = digests(tmp_path / "out")
        assert second["events.kml"] == first["events.kml"]
        assert second["map.html"] != first["map.html"]

    while_nobody_edits(attempt)


def test_builds_are_reproducible(built, dateline, tmp_path):
    """The same files in another folder, on another day, give the same bytes."""
    make(tmp_path)
    done = dateline("build", tmp_path / "dateline.toml", SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stderr
    assert digests(tmp_path / "out") == digests(built[0] / "out")


def test_the_embargo_ends(dateline, tmp_path):
    """Six days later the event may be shown, so the outputs are out of date."""
    head = THEATRE.partition("[[disclosure.coarsen]]")[0]
    make(tmp_path, head + '[outputs]\nmap = "out/map.html"\nevents = ["out/events.geojson"]\n')
    for day, shown in ((22, False), (28, True)):
        epoch = str(int(datetime(2024, 8, day, tzinfo=UTC).timestamp()))
        done = dateline("build", cwd=tmp_path, SOURCE_DATE_EPOCH=epoch)
        assert done.returncode == 0, done.stderr
        assert ("Zebrasoma column waits at Qalvarino" in features(tmp_path)) is shown


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('title = "', 'titel = "', ("dateline.toml, line 1, titel", "'title'")),
        ('"*.csv"', '"*.xyz"', ("sources", "*.xyz")),
        ('language = "en"', 'language = "en"\n[basemap]\ntiles = "OpenStreetMap"', ("allow_remote",)),
        (
            "[outputs]",
            '[[control]]\nfile = "a"\nname = "b"\ndate = 2024-08-06\ncredit = "c"\n[outputs]',
            ("control", "got 'a'"),
        ),
        ('"out/events.csv"', '"events.csv"', ("not sources", "events.csv")),
        ('"out/events.csv"', '"out/map.html"', ("twice",)),
    ],
)  # fmt: skip
def test_a_file_that_breaks_its_rules_is_refused(dateline, tmp_path, before, after, expected):
    """What is wrong, where and what to do; exit code 1, nothing written."""
    text = THEATRE.replace("since = 2024-08-01\n\n", "\n") if "basemap" in after else THEATRE
    assert before in text
    make(tmp_path, text.replace(before, after, 1))
    done = dateline("build", cwd=tmp_path)
    assert done.returncode == 1
    assert [part for part in expected if part not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_a_theatre_file_init_is_named(dateline, tmp_path):
    """What is missing can be made."""
    done = dateline("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "dateline init" in done.stderr


def test_init_writes_a_file_to_build_on_and_replaces_none(dateline, tmp_path):
    """The commented starter; a file that is there stays as it is."""
    assert dateline("init", cwd=tmp_path).returncode == 0
    file = tmp_path / "dateline.toml"
    assert "[outputs]" in file.read_text("utf-8")
    file.write_text("mine", "utf-8")
    again = dateline("init", cwd=tmp_path)
    assert again.returncode == 1
    assert "exists" in again.stderr
    assert file.read_text("utf-8") == "mine"
