"""Radii of sectors and corridors by formula."""

import pytest

from dateline.geo import geometry as shapes
from dateline.geo.spread import LONGEST_M, corridor_radius, sector_radius


@pytest.mark.parametrize("lat", [0.0, 35.0, -50.0, 62.0])
@pytest.mark.parametrize("half_angle", [30.0, 35.0, 45.0])
def test_a_sector_is_held_as_the_drawn_one_is(lat, half_angle):
    """The formula gives what measuring the polygon gives, within two per cent."""
    point = shapes.at(30.0, lat, 70.0, 60_000.0 * 2 / 3)
    drawn = shapes.sector(30.0, lat, 70.0, half_angle, 0.0, 60_000.0)
    measured = shapes.holding_radius(drawn, *point)
    assert sector_radius(60_000.0, half_angle, 2 / 3) == pytest.approx(measured, rel=0.02)


@pytest.mark.parametrize("metres", [0.0, 4_000.0, 90_000.0, LONGEST_M])
@pytest.mark.parametrize("half_width", [5_000.0, 25_000.0])
def test_a_corridor_is_held_as_the_drawn_one_is(metres, half_width):
    """From a mere disc to a long strip."""
    ends = [(30.0, 40.0), shapes.at(30.0, 40.0, 110.0, metres)]
    middle = shapes.middle(*ends[0], *ends[1])
    measured = shapes.holding_radius(shapes.corridor(ends, half_width), *middle)
    assert corridor_radius(metres, half_width) == pytest.approx(measured, rel=0.02)
