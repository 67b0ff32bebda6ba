"""Areas of control, from the publishers' files and from any polygons."""

import json
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.reports.tables.control import CONTROL_COLUMNS, read_control

DATA = Path(__file__).parent / "data"
SQUARE = [[[35.0, 51.0], [35.5, 51.0], [35.5, 51.5], [35.0, 51.5], [35.0, 51.0]]]
BOW_TIE = [[[35.0, 51.0], [35.5, 51.5], [35.5, 51.0], [35.0, 51.5], [35.0, 51.0]]]


def collection(*features):
    """Return a GeoJSON document of (geometry type, coordinates, properties)."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": said,
                    "geometry": {"type": kind, "coordinates": at},
                }
                for kind, at, said in features
            ],
        }
    ).encode()


def test_deepstate_says_who_holds_what_and_what_is_contested():
    """Units are no areas; the area that nobody is said to hold is disputed."""
    areas = read_control(DATA / "deepstate.json")
    assert areas["side"].tolist() == ["UKR", "RUS", None]
    assert areas["status"].tolist() == [None, None, "disputed"]
    assert set(areas["date"]) == {"2024-08-14"}
    assert set(areas["credit"]) == {"DeepStateMap.Live"}
    assert any("no areas" in note for note in areas.attrs["notes"])


def test_the_day_in_a_file_name_dates_its_areas():
    """The archive's one shape has no word of its own."""
    areas = read_control(DATA / "deepstatemap_data_20240814.geojson")
    assert areas[["side", "date"]].to_numpy().tolist() == [["RUS", "2024-08-14"]]


def test_isw_layers_are_read_by_their_names():
    """A feature without a shape is no area."""
    areas = read_control(DATA / "isw_russian_control.geojson")
    assert areas[["side", "date", "source"]].to_numpy().tolist() == [["RUS", "2024-08-14", "ISW"]]


def test_any_polygons_have_their_columns_guessed_and_their_outlines_mended():
    """Whoever draws areas in QGIS names the columns as they like."""
    data = collection(
        ("Polygon", BOW_TIE, {"Seite": "Ukraine", "Datum": "14.08.2024", "Name": "Sudscha"}),
        ("Point", [35.0, 51.0], {"Seite": "Ukraine", "Datum": "14.08.2024", "Name": "Ort"}),
    )
    areas = read_control(data, credit="Own map", licence="CC BY 4.0")
    assert areas.columns.tolist() == list(CONTROL_COLUMNS)
    assert areas.geometry.is_valid.all()
    row = areas.iloc[0].drop("geometry").tolist()
    assert row == ["Sudscha", "UKR", None, "2024-08-14", None, "Own map", "CC BY 4.0"]
    assert len(areas.attrs["notes"]) >= 2


def test_what_the_caller_says_goes_first():
    """A theatre file gives date and side of a layer that has neither, or others."""
    data = collection(("Polygon", SQUARE, {"name": "A", "date": "2024-01-01"}))
    areas = read_control(data, date="2024-08-14", side="RUS")
    assert areas[["side", "date"]].to_numpy().tolist() == [["RUS", "2024-08-14"]]


def test_unknown_stays_null():
    """No side, no day, no publisher is guessed."""
    areas = read_control(collection(("Polygon", SQUARE, {"name": "A"})))
    assert areas[["side", "status", "date", "source", "credit", "licence"]].isna().all(axis=None)


def test_files_without_an_area_and_bad_days_are_refused():
    """The error says what was expected and what to do."""
    points = collection(("Point", [35.0, 51.0], {"name": "A"}))
    with pytest.raises(InputError, match="at least one polygon"):
        read_control(points)
    with pytest.raises(InputError, match="2024-08-14"):
        read_control(points, date="14 August")
