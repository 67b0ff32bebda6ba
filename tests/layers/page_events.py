"""Events for the tests of the page: every kind of geometry, gap and figure, all made up."""

import geopandas as gpd
from shapely.geometry import LineString, MultiPoint, Point, box

BRIGADE = {"id": "u1", "name": "1st Rifle Brigade", "side": "AAA", "sidc": "10031000181211000000"}
REGIMENT = {"id": "u2", "name": "2nd Tank Regiment", "side": "BBB", "sidc": "10031000171205000000"}


def event(number, **values):
    """One row, with values of its own."""
    row = {
        "id": f"e{number}",
        "title": f"Event number {number}",
        "event_type": "Battles: Armed clash",
        "status": "confirmed",
        "date_start": f"2024-03-{number % 28 + 1:02d}",
        "date_end": f"2024-03-{number % 28 + 1:02d}",
        "place": "Hillford",
        "geometry": Point(35 + number % 7 / 10, 51 + number % 5 / 10),
        "uncertainty_m": 2000.0,
        "sides": ["AAA"],
        "units": [BRIGADE],
        "casualties": [],
        "sources": [
            {
                "publisher": "The Gazette",
                "url": f"https://news.example/{number}",
                "published": "2024-03-30",
            }
        ],
    }
    return row | values


def events(count=40):
    """Return a table of events of which the first seven are special."""
    special = [
        event(0, geometry=box(35, 51, 35.6, 51.5), status="claimed", place="western Hillshire"),
        event(
            1,
            geometry=LineString([(35, 51), (35.5, 51.2), (36, 51.1)]),
            sides=["BBB"],
            units=[REGIMENT],
        ),
        event(2, geometry=MultiPoint([(35.1, 51.1), (35.2, 51.2)]), sides=["AAA", "BBB"]),
        event(3, geometry=None, title="Somewhere, nobody knows where"),
        event(4, date_start=None, date_end=None, title="Some day, nobody knows when"),
        event(5, units=[], sides=[], status=None, event_type=None, uncertainty_m=None, sources=[]),
        event(
            6,
            title="Ambush at the old mill",
            casualties=[
                {
                    "min": 30,
                    "max": None,
                    "kind": "killed",
                    "who": "soldiers",
                    "side": "BBB",
                    "claimed_by": "the ministry",
                }
            ],
        ),
    ]
    rest = [
        event(n, sides=["BBB"], units=[REGIMENT]) if n % 3 == 0 else event(n)
        for n in range(7, count)
    ]
    return gpd.GeoDataFrame(special + rest, geometry="geometry", crs=4326)
