"""Promises about geometry and its uncertainty."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, box

from dateline.geo import geometry as shapes
from dateline.geo import uncertainty as radius_of

LON = st.floats(-179.0, 179.0)
LAT = st.floats(-75.0, 75.0)
BEARING = st.floats(0.0, 360.0, exclude_max=True)
METRES = st.floats(500.0, 200_000.0)
REGION = box(33.9, 50.9, 38.5, 52.4)
DIRECTIONS = (0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0)


@given(LON, LAT, st.sampled_from([0.0, 45.0, 90.0, 112.5, 225.0, 270.0]), METRES)
@settings(deadline=None)
def test_the_offset_point_lies_in_its_sector(lon, lat, bearing, metres):
    """The sector drawn for an offset holds the point it is about."""
    slack = radius_of.distance_tolerance(metres) + 2_000.0
    half = radius_of.half_angle(bearing)
    sector = shapes.sector(lon, lat, bearing, half, max(0.0, metres - slack), metres + slack)
    assert sector.buffer(1e-9).intersects(Point(*shapes.at(lon, lat, bearing, metres)))


@given(LON, LAT, BEARING, METRES)
@settings(deadline=None)
def test_bearing_and_distance_round_trip(lon, lat, bearing, metres):
    """A point at a bearing and distance is seen at that bearing and distance."""
    turn, away = shapes.inverse(lon, lat, *shapes.at(lon, lat, bearing, metres))
    assert away == pytest.approx(metres, rel=1e-6)
    assert math.cos(math.radians(turn - bearing)) == pytest.approx(1.0, abs=1e-6)


@given(LON, st.floats(-70, 70), BEARING, METRES, st.floats(1_000.0, 30_000.0))
@settings(deadline=None, max_examples=60)
def test_a_corridor_holds_both_its_ends(lon, lat, bearing, metres, width):
    """Between two places lies a corridor that reaches both."""
    end = shapes.at(lon, lat, bearing, metres)
    corridor = shapes.corridor([(lon, lat), end], width)
    assert corridor.intersects(Point(lon, lat))
    assert corridor.intersects(Point(*end))


def test_the_parts_of_all_directions_cover_the_region():
    """No corner of a region is in none of its parts."""
    parts = [shapes.cut(REGION, bearing) for bearing in DIRECTIONS] + [shapes.cut(REGION, None)]
    missed = REGION.difference(shapely.union_all(parts).buffer(1e-6))
    assert missed.area < 1e-6 * REGION.area


@pytest.mark.parametrize("bearing", DIRECTIONS)
def test_a_part_holds_half_the_area_on_its_side(bearing):
    """The western part is the western half by area."""
    part = shapes.cut(REGION, bearing)
    assert part.area == pytest.approx(0.5 * REGION.area, rel=0.03)
    turn, _ = shapes.inverse(*REGION.centroid.coords[0], *part.centroid.coords[0])
    assert math.cos(math.radians(turn - bearing)) > 0.8


@given(LON, LAT, st.floats(0.02, 3.0), st.floats(0.02, 3.0))
@settings(deadline=None, max_examples=40)
def test_the_disc_holds_95_percent_of_the_area(lon, lat, width, height):
    """The stated radius about the representative point holds the stated share."""
    area = box(lon, lat, min(lon + width, 180.0), min(lat + height, 90.0))
    x, y = shapes.representative(area)
    radius = shapes.holding_radius(area, x, y)
    plane = shapes.Plane(x, y)
    held = plane.to_plane(area).intersection(Point(0, 0).buffer(radius, quad_segs=32)).area
    assert held / plane.to_plane(area).area == pytest.approx(0.95, abs=0.03)


@given(st.none() | st.integers(0, 40_000_000), METRES, BEARING)
def test_no_uncertainty_is_negative_and_larger_places_are_larger(population, metres, bearing):
    """Radii are positive, and grow from the settlement to its outskirts."""
    radius = radius_of.settlement_radius(population)
    assert 0 < radius < radius_of.outskirts_radius(radius) < radius_of.near_radius(radius) + radius
    assert radius_of.offset_radius(metres, radius) >= max(radius, 0.5 * metres)
    assert 30.0 <= radius_of.half_angle(bearing) <= 45.0


def test_settlement_radii_are_the_measured_ones():
    """At the 90th percentile: 3.6, 4.5, 9.9 and 11.6 km by population."""
    measured = {10_000: 3600.0, 50_000: 4500.0, 200_000: 9900.0, 2_000_000: 11600.0}
    for population, p90 in measured.items():
        assert radius_of.settlement_radius(population) == pytest.approx(p90 * radius_of.P90_TO_P95)


@pytest.mark.parametrize(
    ("kind", "metres", "ucdp", "acled"),
    [
        ("settlement", 4_000.0, 1, 1),
        ("offset", 9_000.0, 2, 2),
        ("district", 20_000.0, 3, 2),
        ("region", 130_000.0, 4, 3),
        ("part_of_region", 76_000.0, 5, 2),
        ("border", 150_000.0, 5, 3),
        ("country", 900_000.0, 6, 3),
    ],
)
def test_precision_codes_follow_the_code_books(kind, metres, ucdp, acled):
    """UCDP's where_prec and ACLED's geo_precision come from the same facts."""
    assert (ucdp, acled) == (
        radius_of.ucdp_precision(kind),
        radius_of.acled_precision(kind, metres),
    )


def test_shapes_across_the_antimeridian_stay_on_the_globe():
    """A disc at 180 degrees is cut there, not wrapped around the Earth."""
    disc = shapes.disc(179.9, 10.0, 50_000.0)
    west, _, east, _ = disc.bounds
    assert west >= -180.0
    assert east <= 180.0
    assert disc.area < 1.0
