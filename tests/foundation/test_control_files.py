"""Files of control: what is read from polygons that say who holds them, and from layouts that are known."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import Point, box, mapping

from dateline.control_files import read_control
from dateline.errors import InputError, SourceError


def write(path, *rows):
    """Write rows as GeoJSON and return the path."""
    gpd.GeoDataFrame(list(rows), geometry="geometry", crs=4326).to_file(path)
    return path


def test_columns_are_kept_and_what_is_absent_is_null(tmp_path):
    """A plain file of polygons; what is no area is left out."""
    row = {"date": "2024-08-06", "side": "UKR", "geometry": box(35, 51, 36, 52)}
    file = write(tmp_path / "a.geojson", row, {**row, "geometry": Point(35, 51)})
    found = read_control([file])
    assert list(found.columns) == ["date", "side", "source", "credit", "geometry"]
    assert len(found) == 1
    assert str(found.loc[0, "date"])[:10] == "2024-08-06"
    assert found["source"].isna().all()


def test_what_the_editor_says_holds(tmp_path):
    """Day, side, source and credit given once for a whole file."""
    file = write(tmp_path / "a.geojson", {"id": 1, "geometry": box(35, 51, 36, 52)})
    found = read_control([file], day="2024-08-06", side="UKR", source="Desk", credit="The Desk")
    assert found.iloc[0, :4].tolist() == ["2024-08-06", "UKR", "Desk", "The Desk"]


def test_statements_of_control_are_areas(tmp_path):
    """An ISW file tells the side by its layer's name."""
    feature = {
        "type": "Feature",
        "properties": {"GlobalID": "a", "Shape__Area": 1.0, "Shape__Length": 1.0},
        "geometry": mapping(box(35, 51, 36, 52)),
    }
    file = tmp_path / "AssessedRussianControlinUkraine.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    found = read_control([file])
    assert found["side"].tolist() == ["RUS"]
    assert found["source"].notna().all()


def test_files_without_areas_are_refused(tmp_path):
    """Points hold nothing; a file that is none cannot be read."""
    points = write(tmp_path / "a.geojson", {"id": 1, "geometry": Point(35, 51)})
    with pytest.raises(InputError, match="polygons"):
        read_control([points])
    with pytest.raises(SourceError, match=r"nosuch\.geojson"):
        read_control([tmp_path / "nosuch.geojson"])
