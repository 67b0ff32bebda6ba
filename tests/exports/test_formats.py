"""Other programs read what we export, and the standards are kept."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import duckdb
import geopandas as gpd
import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from dateline.codec import escape, guard, unescape, unguard
from dateline.errors import CellError, InputError, OutputError
from dateline.event import COLUMNS, Event
from dateline.exports.antimeridian import bounding_box, cut
from dateline.exports.vector import FORMATS, export, to_geojson
from dateline.reports.tables.own import read_own
from dateline.table import from_events

KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def table():
    """Give events as they come: a point, an area drawn clockwise, one without a place."""
    events = from_events(
        [
            Event(
                id="a",
                title="=HYPERLINK(1)",
                place="Sudzha",
                geometry=shapely.Point(35.27, 51.19, 210),
                sides=["RUS", "UKR"],
                units=[{"name": "95th", "side": "UKR"}],
                sources=[{"publisher": "BBC", "licence": "CC BY 4.0"}, {"publisher": "BBC"}],
                date_start="2024-12-14T05:30",
                date_end="2024-12-15",
                graphic=True,
            ),
            Event(
                id="b",
                title="<b>x</b>",
                geometry=shapely.box(34, 51, 35, 52, ccw=False),
                date_start="2024-12-01",
            ),
            Event(id="c"),
        ]
    )
    events.attrs = {
        "title": "Kursk",
        "attribution": ["GeoNames, CC BY 4.0"],
        "notes": ["Some events are withheld."],
    }
    return events


@pytest.mark.parametrize("suffix", FORMATS)
def test_title_credits_and_notes_go_along(table, tmp_path, suffix):
    """In the file, or in a text beside it where the format has no room."""
    path = export(table, tmp_path / f"events{suffix}")
    beside = path.with_name(path.name + ".README.txt")
    if suffix in {".csv", ".geojsonl"}:
        text = beside.read_text("utf-8")
        assert all(
            words in text for words in ("Kursk", "GeoNames", "withheld", "BBC (CC BY 4.0): 1")
        )
    else:
        assert table.attrs == read_own(path).attrs
        assert not beside.exists()


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_events_give_the_same_bytes(table, tmp_path, suffix):
    """No clock, no random number, no path of this machine is in a file."""
    (tmp_path / "x").mkdir()
    first = export(table, tmp_path / f"events{suffix}").read_bytes()
    again = export(table, tmp_path / "x" / f"events{suffix}").read_bytes()
    assert first == again


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_table_can_be_exported(tmp_path, suffix):
    """No event is a result too."""
    path = export(from_events([]), tmp_path / f"events{suffix}")
    assert path.exists()
    if suffix != ".geojsonl":
        assert len(read_own(path)) == 0


def test_geojson_keeps_rfc_7946(table):
    """No crs member, a box, right-handed rings, two dimensions, null for no place."""
    document = json.loads(to_geojson(table))
    assert {"type", "metadata", "bbox", "features"} == set(document)
    assert document["bbox"] == [34.0, 51.0, 35.27, 52.0]
    point, area, none = (feature["geometry"] for feature in document["features"])
    assert point["coordinates"] == [35.27, 51.19]
    assert shapely.LinearRing(area["coordinates"][0]).is_ccw
    assert none is None
    assert [feature["id"] for feature in document["features"]] == ["a", "b", "c"]


def test_fiji_has_the_box_of_the_rfc():
    """Section 5.2: 177 E to 178 W is five degrees wide, not 355."""
    shapes = np.array([shapely.Point(177, -16), shapely.Point(-178, -20)])
    assert bounding_box(shapes) == [177.0, -20.0, -178.0, -16.0]


@given(st.lists(st.floats(-180, 180), min_size=1, max_size=6))
def test_a_box_holds_all_its_points_and_is_no_wider_than_the_plain_one(longitudes):
    """Whether or not it crosses the antimeridian."""
    west, _, east, _ = bounding_box(shapely.points([[lon, 0] for lon in longitudes]))
    width = (east - west) % 360 if east < west else east - west
    assert all((lon - west) % 360 <= width + 1e-9 for lon in longitudes)
    assert width <= max(longitudes) - min(longitudes) + 1e-9


@given(st.floats(-180, 180), st.floats(0.1, 100), st.floats(-80, 70))
def test_what_crosses_the_antimeridian_is_cut_there(west, width, south):
    """Nothing lies past 180 degrees, and no area is lost."""
    box = shapely.box(west, south, west + width, south + 5)
    whole = cut(np.array([box]))[0]
    assert whole.bounds[0] >= -180 - 1e-9
    assert whole.bounds[2] <= 180 + 1e-9
    assert whole.area == pytest.approx(box.area)


def test_duckdb_reads_the_parquet_with_its_lists(table, tmp_path):
    """Lists are lists and objects are structs: no JSON to take apart."""
    path = export(table, tmp_path / "events.parquet")
    found = duckdb.sql(
        f"select id, sides, units[1].name, sources[1].licence, bbox.xmin from read_parquet('{path}')"
    ).fetchall()
    assert found[0] == ("a", ["RUS", "UKR"], "95th", "CC BY 4.0", 35.27)
    assert found[2] == ("c", [], None, None, None)


def test_geopandas_reads_the_parquet_and_filters_by_its_boxes(table, tmp_path):
    """The covering box column is what GeoParquet 1.1 says it is."""
    path = export(table, tmp_path / "events.parquet")
    assert gpd.read_parquet(path).crs == "EPSG:4326"
    assert gpd.read_parquet(path, bbox=(35.2, 51, 36, 51.5))["id"].tolist() == ["a"]


@pytest.mark.parametrize(
    "suffix", [".geojson", ".geojsonl", ".gpkg", ".fgb", ".kml", ".kmz", ".csv", ".xlsx"]
)
def test_gdal_reads_the_same_events(table, tmp_path, suffix):
    """As QGIS does: same number, same places."""
    path = export(table, tmp_path / f"events{suffix}")
    frame = (
        pyogrio.read_dataframe(path, layer="events")
        if suffix == ".xlsx"
        else pyogrio.read_dataframe(path)
    )
    assert len(frame) == 3
    if suffix not in {".csv", ".xlsx"}:
        assert frame.geometry.iloc[0].equals(shapely.Point(35.27, 51.19))
        assert frame.geometry.iloc[1].equals(shapely.box(34, 51, 35, 52))


def test_kml_has_spans_styles_and_no_markup_of_reports(table, tmp_path):
    """Google Earth's slider works, sides have colours, and a title stays text."""
    root = ET.parse(export(table, tmp_path / "events.kml")).getroot()
    marks = root.findall(f".//{KML}Placemark")
    span = marks[0].find(f"{KML}TimeSpan")
    assert [part.text for part in span] == ["2024-12-14T05:30:00", "2024-12-15T23:59:59"]
    styles = {style.get("id") for style in root.iter(f"{KML}Style")}
    assert {mark.findtext(f"{KML}styleUrl").lstrip("#") for mark in marks} <= styles
    assert "<b>x</b>" not in marks[1].findtext(f"{KML}description").replace("&lt;", "(")
    order = [child.tag.removeprefix(KML) for child in marks[0]]
    assert order == ["name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point"]


def test_a_workbook_runs_no_formula(table, tmp_path):
    """A title that looks like a formula is a text."""
    book = openpyxl.load_workbook(export(table, tmp_path / "events.xlsx"))
    cell = book["events"]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@given(st.text(alphabet=st.sampled_from("=+-@';\"\t\r\n ax＝"), max_size=12))
def test_no_guarded_cell_starts_a_formula_however_it_is_split(text):
    """Commas, semicolons, tabs and line ends may all be taken for separators."""
    guarded = guard(text)
    assert text == unguard(guarded)
    pieces = guarded.replace("\t", ";").replace("\r", ";").replace("\n", ";").split(";")
    assert [
        piece for piece in pieces if piece.lstrip(' "').startswith(("=", "+", "-", "@", "＝"))
    ] == []


@given(st.text(alphabet=st.sampled_from("_x0D5F\x00\r\x0b\uffffA"), max_size=20))
def test_escapes_are_undone(text):
    """Texts that look like escapes included."""
    assert text == unescape(escape(text))


def test_fields_are_chosen(table, tmp_path):
    """Id and geometry go along; what was not asked for does not."""
    path = export(table, tmp_path / "events.geojson", fields=["title"])
    properties = json.loads(path.read_text("utf-8"))["features"][0]["properties"]
    assert {"id", "title"} == set(properties)
    with pytest.raises(InputError, match="titel"):
        export(table, tmp_path / "other.geojson", fields=["titel"])


def test_an_unknown_format_lists_the_known(table, tmp_path):
    """Before anything is written."""
    with pytest.raises(InputError, match=r"\.geojson"):
        export(table, tmp_path / "events.shp")


def test_a_member_that_the_schema_lacks_is_not_dropped_silently(table, tmp_path):
    """What would be lost is an error."""
    table.at[0, "units"] = [{"name": "x", "colour": "red"}]
    with pytest.raises(InputError, match="colour"):
        export(table, tmp_path / "events.parquet")


def test_a_reviewer_can_move_a_point_in_the_csv(table, tmp_path):
    """Longitude and latitude count where the geometry is not changed too; both at odds is an error."""
    path = export(table, tmp_path / "events.csv")
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("35.27,51.19,POINT (35.27 51.19)", "35.3,51.2,"), "utf-8")
    assert read_own(path).geometry[0].equals(shapely.Point(35.3, 51.2))
    path.write_text(text.replace("35.27,51.19,POINT", "35.3,51.2,POINT"), "utf-8")
    assert read_own(path).geometry[0].equals(shapely.Point(35.3, 51.2))
    text = text.replace("35.27,51.19,POINT (35.27 51.19)", "35.3,51.2,POINT (35.4 51.3)")
    path.write_text(text, "utf-8")
    with pytest.raises(CellError, match=r"row 2, column 'geometry'.*35\.3 51\.2"):
        read_own(path)


def test_a_csv_that_a_spreadsheet_saved_with_semicolons_is_read(table, tmp_path):
    """As Excel does in half of Europe."""
    path = export(table, tmp_path / "events.csv", fields=["title"])
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert read_own(path)["title"].tolist() == ["=HYPERLINK(1)", "<b>x</b>", None]


def test_too_many_events_for_a_workbook_name_another_format(table, tmp_path, monkeypatch):
    """A sheet has a million rows."""
    monkeypatch.setattr("dateline.exports.workbook._MAX_ROWS", 3)
    with pytest.raises(OutputError, match="parquet"):
        export(table, tmp_path / "events.xlsx")


def test_all_columns_are_written(table, tmp_path):
    """In the table's order."""
    header = (
        export(table, tmp_path / "events.csv").read_text("utf-8-sig").splitlines()[0].split(",")
    )
    beside = {"longitude", "latitude", "as_read"}
    assert list(COLUMNS) == [name for name in header if name not in beside]
