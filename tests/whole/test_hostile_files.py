"""Hostile files and addresses, given to the command: a clear line or events, in bounded memory."""

import io
import json
import sys
import zipfile

import pytest
from fault_table import fault
from fault_table import told as _told
from peak import run_measured

pytestmark = pytest.mark.xdist_group("faults")
told = _told
_MOST_KILOBYTES = 1_000_000


def packed(*members):
    """Return a zip archive of (name, content) pairs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><kml><name>&j;</name></kml>"
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><name>&a;</name></kml>'
BOMB = packed(("doc.kml", b"\0" * 300_000_000))
SHEET = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets>&a;</sheets></workbook>'
)
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
DEEP = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":%s},"geometry":null}]}'
EVIL = b"date,title,latitude,longitude\n2024-12-14,%s,51,35\n"

FILES = {
    "a KML whose entities grow a thousand million times": ("a.kml", LAUGHS),
    "a KML with an entity that is a file of the machine": ("a.kml", OUTSIDE),
    "a KMZ that unpacks to 300 MB of nothing": ("a.kmz", BOMB),
    "a KMZ with a member outside the archive": ("a.kmz", packed(("../../a.kml", b"<kml/>"))),
    "a KMZ with entities": ("a.kmz", packed(("doc.kml", LAUGHS))),
    "a workbook with an entity that is a file of the machine": (
        "a.xlsx",
        packed(("[Content_Types].xml", TYPES), ("xl/workbook.xml", SHEET)),
    ),
    "a workbook that is a zip bomb": (
        "a.xlsx",
        packed(("[Content_Types].xml", TYPES), ("xl/workbook.xml", b" " * 300_000_000)),
    ),
    "GeoJSON nested a thousand deep": ("a.geojson", DEEP % (b"[" * 1000 + b"]" * 1000)),
    "GeoJSON nested a million deep": ("a.geojson", DEEP % (b"[" * 1_000_000 + b"]" * 1_000_000)),
    "GeoJSON cut off in the middle": ("a.geojson", (DEEP % b"1")[:60]),
    "a CSV with a cell of 100 MB": ("a.csv", EVIL % (b'"' + b"x" * 100_000_000 + b'"')),
    "a CSV with a quote that is never closed": (
        "a.csv",
        EVIL % b'"open' + b"2024-12-14,x,51,35\n" * 1000,
    ),
    "a CSV with NUL bytes": ("a.csv", EVIL % b"a\0b"),
    "a CSV of bytes that are no UTF-8": ("a.csv", EVIL % bytes(range(128, 256))),
    "a CSV in UTF-16": ("a.csv", (EVIL % b"Clash").decode().encode("utf-16")),
    "a CSV with a formula as title": ("a.csv", EVIL % b"=HYPERLINK(1)"),
    "a CSV with a latitude of 910": ("a.csv", (EVIL % b"x").replace(b",51,", b",910,")),
    "a Parquet that is cut off": ("a.parquet", b"PAR1" + b"\1" * 5000),
    "a GeoPackage that is only its first page": ("a.gpkg", b"SQLite format 3\0" + b"\0" * 4080),
    "a FlatGeobuf of nonsense": ("a.fgb", b"fgb\x03fgb\x00" + b"\xff" * 5000),
    "an empty file": ("a.csv", b""),
    "an article of NUL bytes and noise": ("a.txt", bytes(range(256)) * 40),
    "a web page nested 100,000 deep": ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"x"),
}
ADDRESSES = {
    "the address of a file of the machine": "file:///etc/passwd",
    "the address of the machine itself": "http://127.0.0.1:9/",
    "the same as a number": "http://2130706433/",
    "the same in IPv6": "http://[::1]/",
    "the address at which clouds tell their secrets": "http://169.254.169.254/latest/meta-data/",
    "an address with a password in it": "http://u:secret@example.org/",
    "an address of another scheme": "gopher://example.org/",
}


def given(source, cwd):
    """Give a source to the command; return the code, the number of events and the last line of stderr."""
    done, peak = run_measured(
        [sys.executable, "-m", "dateline", "read", source], cwd=cwd, note=cwd / "peak"
    )
    out, err = done.stdout, done.stderr.decode()
    assert "Traceback" not in err
    assert "a fault in Dateline" not in err, err
    assert "root:" not in err + out.decode()
    assert peak < _MOST_KILOBYTES
    lines = err.strip().splitlines()
    return (
        done.returncode,
        len(json.loads(out)["features"]) if out else 0,
        lines[-1] if lines else "",
    )


@pytest.mark.parametrize(
    "tried", [pytest.param(tried, marks=fault("Hostile files", tried)) for tried in FILES]
)
def test_a_hostile_file_is_met_in_words(gazetteer, tmp_path, told, tried):
    """Or gives events, where there are some."""
    del gazetteer
    name, body = FILES[tried]
    (tmp_path / name).write_bytes(body)
    code, events, said = given(name, tmp_path)
    if code:
        assert code == 1
        assert said.startswith("error: expected")
        told(f"exit code 1: {said}")
    else:
        warning = f"; {said}" if said else ""
        told(f"{events} event{'' if events == 1 else 's'}{warning}")


@pytest.mark.parametrize(
    "tried", [pytest.param(tried, marks=fault("Hostile addresses", tried)) for tried in ADDRESSES]
)
def test_a_hostile_address_is_not_asked(gazetteer, tmp_path, told, tried):
    """Only public hosts are, over http and https."""
    del gazetteer
    code, _, said = given(ADDRESSES[tried], tmp_path)
    assert code == 1
    assert "secret" not in said
    told(f"exit code 1: {said}")
