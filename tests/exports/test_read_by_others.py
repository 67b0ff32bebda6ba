"""Every export, read by the programs that others use: the same rows, the same geometries."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from dateline.event import Event
from dateline.exports.vector import export
from dateline.table import from_events

KML = "{http://www.opengis.net/kml/2.2}"
ORDER = {  # elements of the KML 2.2 schema that we write, in the order it asks for
    "kml": ("Document",),
    "Document": ("name", "description", "Style", "ExtendedData", "Placemark"),
    "Placemark": ("name", "description", "TimeSpan", "styleUrl", "ExtendedData", "*"),
    "Style": ("IconStyle", "LineStyle", "PolyStyle", "BalloonStyle"),
    "IconStyle": ("color",),
    "LineStyle": ("color", "width"),
    "PolyStyle": ("color",),
    "BalloonStyle": ("text",),
    "TimeSpan": ("begin", "end"),
    "ExtendedData": ("Data",),
    "Data": ("value",),
    "Point": ("coordinates",),
    "LineString": ("coordinates",),
    "Polygon": ("outerBoundaryIs", "innerBoundaryIs"),
    "outerBoundaryIs": ("LinearRing",),
    "innerBoundaryIs": ("LinearRing",),
    "LinearRing": ("coordinates",),
    "MultiGeometry": ("*",),
}
SHAPES = {"Point", "LineString", "Polygon", "MultiGeometry"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


@pytest.fixture(scope="module")
def table():
    """Give events of every kind of geometry, with and without place and date."""
    hole = shapely.box(34, 51, 36, 53).difference(shapely.box(34.5, 51.5, 35, 52))
    shapes = [
        shapely.Point(35.27, 51.19),
        shapely.box(34, 51, 35, 52, ccw=False),
        hole,
        shapely.LineString([(34, 51), (35, 52), (36, 51)]),
        shapely.MultiPoint([(34, 51), (35, 52)]),
        shapely.box(179, -17, 182, -16),
        None,
    ]
    return from_events(
        Event(
            id=f"e{number}",
            title="=1+1 <b>&amp;" if number else "Clash, «Суджа»",
            geometry=shape,
            sides=["RUS", "UKR"][: number % 3],
            date_start=None if number == 3 else f"2024-12-{number + 1:02d}",
            sources=[{"publisher": "P", "licence": "CC BY 4.0"}],
        )
        for number, shape in enumerate(shapes)
    )


@pytest.fixture(scope="module")
def wanted(table):
    """Give the geometries that files hold: cut at the antimeridian, right-handed."""
    from dateline.exports.columns import geometries

    return geometries(table)


def same(found, wanted):
    """Tell whether shapes are the same, null where null."""
    return all(
        (a is None or a.is_empty) if b is None else bool(shapely.equals(a, b))
        for a, b in zip(found, wanted, strict=True)
    )


@pytest.mark.parametrize("suffix", [".geojson", ".geojsonl", ".gpkg", ".fgb", ".parquet"])
def test_geopandas_reads_it(table, wanted, tmp_path, suffix):
    """Rows, geometries and the reference system."""
    path = export(table, tmp_path / f"e{suffix}")
    frame = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)
    assert frame.crs.to_epsg() == 4326
    frame = frame.sort_values("id")
    assert frame["id"].tolist() == table["id"].tolist()
    assert same(frame.geometry, wanted)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".kml"])
def test_gdal_counts_the_same(table, tmp_path, suffix):
    """`ogrinfo` where it is installed, else the same library through pyogrio."""
    path = export(table, tmp_path / f"e{suffix}")
    if ogrinfo := shutil.which("ogrinfo"):
        said = subprocess.run(
            [ogrinfo, "-ro", "-al", "-so", path], capture_output=True, text=True, check=True
        ).stdout
        assert f"Feature Count: {len(table)}" in said
    else:
        assert pyogrio.read_info(path, force_feature_count=True)["features"] == len(table)


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_duckdb_reads_it(table, tmp_path, suffix):
    """Rows and texts, whatever is in them."""
    path = export(table, tmp_path / f"e{suffix}")
    rows = duckdb.sql(f"SELECT id, title FROM '{path}' ORDER BY id").fetchall()
    assert [row[0] for row in rows] == table["id"].tolist()
    assert rows[0][1] == table["title"].iloc[0]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_pandas_reads_it(table, wanted, tmp_path, suffix):
    """Geometries as text; formulas are none."""
    path = export(table, tmp_path / f"e{suffix}")
    read = {".csv": pd.read_csv, ".xlsx": pd.read_excel}[suffix]
    frame = read(path)
    shapes = [
        shapely.from_wkt(text) if isinstance(text, str) else None for text in frame["geometry"]
    ]
    assert same(shapes, wanted)
    assert not frame["title"].str.startswith("=").any() or suffix == ".xlsx"
    assert json.loads(frame["sources"].iloc[0])[0]["licence"] == "CC BY 4.0"


def complaints(document):
    """Return what a strict reader of RFC 7946 says against a FeatureCollection."""
    said = [] if document.get("type") == "FeatureCollection" else ["type"]
    said += ["crs: section 4 removes it"] if "crs" in document else []
    said += [] if len(document.get("bbox", ())) == 4 else ["bbox"]
    reserved = {"coordinates", "geometries", "geometry", "properties"}
    said += [f"{name}: section 7.1" for name in reserved & set(document)]
    ids = [feature.get("id") for feature in document["features"]]
    said += ["id"] if len(set(ids)) < len(ids) else []
    for number, feature in enumerate(document["features"]):
        if set(feature) - {"type", "id", "geometry", "properties", "bbox"}:
            said.append(f"{number}: members {sorted(feature)}")
        if feature["geometry"] is not None:
            said += [f"{number}: {text}" for text in _shape_complaints(feature["geometry"])]
    return said


def _shape_complaints(geometry):
    """Return what is wrong with one geometry: positions, rings and their direction."""
    if geometry["type"] == "GeometryCollection":
        return [text for part in geometry["geometries"] for text in _shape_complaints(part)]
    said = [] if set(geometry) == {"type", "coordinates"} else [f"members {sorted(geometry)}"]
    positions = np.array(shapely.get_coordinates(shapely.from_geojson(json.dumps(geometry))))
    said += ["a longitude past 180"] if (abs(positions[:, 0]) > 180).any() else []
    said += ["a latitude past 90"] if (abs(positions[:, 1]) > 90).any() else []
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for rings in polygons.get(geometry["type"], []):
        for place, ring in enumerate(rings):
            if len(ring) < 4 or ring[0] != ring[-1]:
                said.append("a ring that is open")
            elif shapely.LinearRing(ring).is_ccw is not (place == 0):
                said.append("a ring in the wrong direction")
    return said


def test_a_strict_linter_has_nothing_against_the_geojson(table, tmp_path):
    """RFC 7946: direction, bounding box, antimeridian, no crs; nor against one feature a line."""
    document = json.loads(export(table, tmp_path / "e.geojson").read_text("utf-8"))
    assert complaints(document) == []
    assert document["metadata"]["licences"] == ["CC BY 4.0"]
    lines = export(table, tmp_path / "e.geojsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == document["features"]


def test_the_linter_complains():
    """It would see what it looks for."""
    ring = [[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]
    feature = {
        "type": "Feature",
        "id": "a",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    bad = {"type": "FeatureCollection", "crs": {}, "features": [feature, feature]}
    said = complaints(bad)
    assert {text.partition(":")[0] for text in said} == {"crs", "bbox", "id", "0", "1"}


def _misplaced(element):
    """Return elements that the KML schema does not want where they are."""
    name = element.tag.removeprefix(KML)
    allowed = ORDER.get(name, ())
    places = []
    for child in element:
        tag = child.tag.removeprefix(KML)
        known = "*" if tag in SHAPES and "*" in allowed else tag
        if known not in allowed:
            return [f"{tag} in {name}"]
        places.append(allowed.index(known))
    wrong = [f"order in {name}"] if places != sorted(places) else []
    return wrong + [text for child in element for text in _misplaced(child)]


def test_the_kml_keeps_the_schema(table, tmp_path):
    """Elements and their order, values, references, spans; a placemark an event."""
    root = ET.parse(export(table, tmp_path / "e.kml")).getroot()
    assert root.tag == f"{KML}kml"
    assert _misplaced(root) == []
    marks = root.findall(f".//{KML}Placemark")
    assert len(marks) == len(table)
    styles = {f"#{style.get('id')}" for style in root.iter(f"{KML}Style")}
    assert {mark.findtext(f"{KML}styleUrl") for mark in marks} <= styles
    assert all(re.fullmatch("[0-9a-f]{8}", colour.text) for colour in root.iter(f"{KML}color"))
    for span in root.iter(f"{KML}TimeSpan"):
        begin, end = (span.findtext(f"{KML}{name}") for name in ("begin", "end"))
        assert MOMENT.fullmatch(begin)
        assert begin <= end
    assert len(list(root.iter(f"{KML}TimeSpan"))) == int(table["date_start"].notna().sum())
    for text in root.iter(f"{KML}coordinates"):
        assert all(re.fullmatch(r"-?[\d.e-]+,-?[\d.e-]+", part) for part in text.text.split())


def test_excel_takes_the_csv_for_utf8(table, tmp_path):
    """By the mark at its beginning; cells that would run are texts; provenance lies beside."""
    path = export(table, tmp_path / "e.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in path.read_text("utf-8-sig")
    assert "CC BY 4.0" in (tmp_path / "e.csv.README.txt").read_text("utf-8")
