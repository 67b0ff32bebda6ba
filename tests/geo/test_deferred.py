"""Geometries that are made when first asked for."""

import pickle
from dataclasses import replace

from shapely.geometry import Point

from dateline.geo.deferred import Deferred
from dateline.geo.location import Location
from dateline.geo.region_store import RegionStore


def test_a_location_makes_its_geometry_once_and_when_asked():
    """The geometry is not made for the point alone, and made once for all askings."""
    calls = []

    def make():
        calls.append(1)
        return Point(1, 2)

    location = Location("x", geometry=Deferred(make), lon=1.0, lat=2.0)
    assert (location.lon, calls) == (1.0, [])
    assert location.geometry == Point(1, 2) == location.geometry
    assert calls == [1]


def test_a_deferred_geometry_survives_copies_and_pickling():
    """Copies of a location have the geometry itself."""
    location = Location("x", geometry=Deferred(lambda: Point(1, 2)))
    assert replace(location, query="y").geometry == Point(1, 2)
    assert pickle.loads(pickle.dumps(location)) == location


def test_a_location_without_a_place_has_no_geometry():
    """Null stays null."""
    assert Location("x").geometry is None


def test_figures_are_kept_between_runs(tmp_path):
    """What was worked out once is read the next time; nothing is not kept."""
    store = RegionStore(tmp_path / "shapes.sqlite")
    assert store.figures("a", lambda: None) is None
    assert store.figures("a", lambda: (1.5, 2.5, 1000.25)) == (1.5, 2.5, 1000.25)
    store.close()
    again = RegionStore(tmp_path / "shapes.sqlite")
    assert again.figures("a", lambda: None) == (1.5, 2.5, 1000.25)
    again.close()


def test_running_text_gives_regions_with_their_polygons(geocoder):
    """A region found in a text has its polygon, and its point lies on it."""
    found = geocoder.find("Fighting went on in Kursk Oblast.", "en")
    region = next(each.location for each in found if each.kind == "region")
    assert region.geometry is not None
    assert region.geometry.geom_type.endswith("Polygon")
    assert region.geometry.distance(Point(region.lon, region.lat)) < 1e-5
