"""Disclosure with the real places: districts, regions, names in texts."""

from datetime import date

import pytest
import shapely

from dateline.config import Coarsening, Disclosure
from dateline.event import Event
from dateline.geo.disclosure import disclose
from dateline.geo.holding import areas_of, finder_of
from dateline.geo.masking import MASK
from dateline.table import from_events

SUDZHA = shapely.Point(35.27, 51.19)
EVENT = Event(
    id="1",
    title="Two killed in Sudzha, Ukraine says",
    place="Sudzha",
    geometry=SUDZHA,
    language="en",
    date_start="2024-12-14",
)


@pytest.mark.parametrize(
    ("kind", "name", "where_prec"), [("district", "Sudzha", 3), ("region", "Kursk", 4)]
)
def test_a_place_becomes_its_district_or_region(geocoder, kind, name, where_prec):
    """With the name that readers know, and the polygon that holds it."""
    rules = Disclosure(coarsen=[Coarsening(to=kind)])
    found = disclose(
        from_events([EVENT]), rules, today=date(2025, 1, 1), areas=areas_of(geocoder)
    ).events.iloc[0]
    assert name in found["place"]
    assert where_prec == found["where_prec"]
    assert found["geometry"].covers(SUDZHA)
    assert found["geometry"].geom_type in {"Polygon", "MultiPolygon"}


def test_outside_the_theatre_no_district_is_made_up(geocoder):
    """Paris has none here."""
    assert areas_of(geocoder)("district", 2.35, 48.86) is None


def test_names_of_places_are_masked_and_countries_stay(geocoder):
    """The finer place is gone, what is told anyway is not."""
    rules = Disclosure(coarsen=[Coarsening(to="grid", metres=5000, texts="mask")])
    result = disclose(from_events([EVENT]), rules, today=date(2025, 1, 1), find=finder_of(geocoder))
    assert f"Two killed {MASK}, Ukraine says" == result.events["title"][0].replace(
        f"in {MASK}", MASK
    )
