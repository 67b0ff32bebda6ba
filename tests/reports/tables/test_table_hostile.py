"""Hostile and damaged files: a result or a clear error, never a crash, a bomb or a way out of the archive."""

import contextlib
import io
import json
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError, SourceError
from dateline.reports.tables import check_table, read_table, recognise
from dateline.table import to_events

DATA = Path(__file__).parent / "data"
SAMPLES = [path.read_bytes() for path in sorted(DATA.iterdir())]


def packed(*members, **options):
    """Return a zip archive of (name, content) pairs."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


KML = (DATA / "geoconfirmed.kml").read_bytes()
BOMB = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml><name>&b;</name></kml>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><name>&a;</name></kml>'

REFUSED = {
    "empty": b"",
    "blanks": b" \n\n ",
    "NUL": b"date,lat,lon\n2024-01-01,5\x001,35\n",
    "entity bomb": BOMB,
    "external entity": OUTSIDE,
    "cut XML": KML[:400],
    "cut zip": packed(("doc.kml", KML))[:-40],
    "way out of the archive": packed(("../../doc.kml", KML)),
    "absolute member": packed(("/doc.kml", KML)),
    "no table inside": packed(("readme.bin", b"x")),
    "entity bomb in KMZ": packed(("doc.kml", BOMB)),
    "zip bomb": packed(("doc.kml", b"\0" * 60_000_000)),
    "too many members": packed(*((f"{i}.kml", b"") for i in range(5_001))),
    "deep JSON": b"[" * 100_000 + b"]" * 100_000,
    "deep object": b'{"a":' * 300 + b"1" + b"}" * 300,
    "cut JSON": b'{"type": "FeatureCollection", "features": [{"type": "Fea',
    "no records": b'{"a": {"b": 1}, "c": {"d": 2}}',
    "cut Parquet": b"PAR1" + b"\1" * 50,
    "cut FlatGeobuf": b"fgb\x03fgb\x00" + b"\1" * 50,
    "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "huge cell": b'date,lat,lon,note\n2024-01-01,51,35,"' + b"x" * 8_000_001 + b'"\n',
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_are_refused_in_words(name):
    """The error says what was expected."""
    with pytest.raises(SourceError, match="expected"):
        read_table(REFUSED[name])


def test_a_member_larger_than_promised_is_not_read():
    """The size in the archive's directory is not believed."""
    data = bytearray(packed(("doc.kml", KML * 3)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + at, 40)
    with pytest.raises(SourceError):
        read_table(bytes(data))


def test_a_workbook_with_entities_is_refused():
    """Sheets are XML too."""
    book = openpyxl.Workbook()
    book.active.append(["date", "lat", "lon"])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    swapped = [(n, OUTSIDE if n.endswith("sheet1.xml") else content) for n, content in members]
    with pytest.raises(SourceError):
        read_table(packed(*swapped))


@pytest.mark.parametrize("member", ["docProps/core.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_damaged_inside_is_refused(member):
    """A member whose header or checksum is wrong is told as a damaged workbook."""
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["date", "lat", "lon"])
    book.save(target)
    data = bytearray(target.getvalue())
    with zipfile.ZipFile(target) as archive:
        at = archive.getinfo(member).header_offset
    data[at : at + 4] = b"XX\x03\x04"
    with pytest.raises(SourceError):
        read_table(bytes(data))


def test_cells_of_very_many_columns_are_not_all_searched():
    """Columns are looked up by name; coordinates without a name are found among the first hundred only."""
    names = ",".join(f"c{number}" for number in range(300))
    early, late = ["x"] * 300, ["x"] * 300
    early[50] = late[250] = '"51.19, 35.27"'
    found = [read_table(f"{names}\n{','.join(row)}\n".encode()).events for row in (early, late)]
    assert [events.geometry.notna().all() for events in found] == [True, False]


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    """The error names what was asked for."""
    with pytest.raises(SourceError, match="nowhere"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(SourceError):
        read_table(tmp_path)


def test_prose_and_addresses_are_no_tables(tmp_path):
    """What is not a table is left to the article reader."""
    article = tmp_path / "article.txt"
    article.write_text(
        "SUDZHA, Russia — On Saturday, forces clashed, officials said.\n\nNobody, they said, was hurt.\n"
    )
    dateline = tmp_path / "dateline.txt"
    dateline.write_text(
        "EL FASHER, Sudan - At least 30 people were killed, a local emergency group said.\n"
        "The army, it said, repelled an attack on Friday, south of the city.\n"
    )
    assert recognise(dateline) is None
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>On Saturday, forces clashed.</p></body></html>")
    assert recognise(article) is None
    assert recognise(page) is None
    assert recognise("https://example.test/news") is None


def answers(data):
    """Read, recognise and check; everything but our own errors is a fault."""
    for act in (recognise, check_table):
        with contextlib.suppress(DatelineError):
            act(data)
    try:
        result = read_table(data)
    except DatelineError:
        return
    assert result.rows_in >= len(result.events)
    to_events(result.events)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_give_a_result_or_our_error(data):
    """No input ends in a traceback."""
    answers(data)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_tables_give_a_result_or_our_error(sample, data):
    """A table with some bytes overwritten or cut is read, or refused in words."""
    start = data.draw(st.integers(0, len(sample)))
    length = data.draw(st.integers(0, 40))
    answers(sample[:start] + data.draw(st.binary(max_size=20)) + sample[start + length :])


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "1e400",
            "nan",
            "inf",
            "51,19",
            "51.19",
            "35.27N",
            "31/04/2024",
            "2024-02-30",
        ]
    ),
    st.sampled_from(
        ["0000/00/00", "99999999", "٣٥٫٢٧", "1-2", "1;2", "POINT (1 2)", '{"type":"Point"}', "=1+1"]
    ),
    st.text(max_size=12),
)
HEADER = [
    "id",
    "date",
    "date_end",
    "time",
    "lat",
    "lon",
    "geometry",
    "place",
    "country",
    "killed",
    "actor",
    "status",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=6))
def test_any_cells_give_a_valid_table(rows):
    """Whatever stands in the cells, every event kept is valid, and the counts agree."""
    data = json.dumps([dict(zip(HEADER, row, strict=True)) for row in rows]).encode()
    result = read_table(data)
    assert result.rows_in == len(rows)
    to_events(result.events)
