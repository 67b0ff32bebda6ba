"""Selection of events by date, side, unit, type, status and box."""

import pytest
from shapely.geometry import Point

from dateline.errors import InputError
from dateline.event import Event
from dateline.selection import Selection
from dateline.table import from_events

EVENTS = from_events(
    [
        Event(
            id="a",
            date_start="2024-12-14",
            date_end="2024-12-14",
            sides=["PRK", "RUS"],
            units=[{"id": "ukr-95", "name": "95th Air Assault Brigade"}],
            event_type="Battles: Armed clash",
            status="claimed",
            geometry=Point(35, 51),
        ),
        Event(id="b", date_start="2024-11-01", date_end="2024-11-30", sides=["UKR"]),
        Event(id="c", geometry=Point(0, 0), event_type="Deployment"),
    ]
)


@pytest.mark.parametrize(
    ("members", "kept"),
    [
        ({}, "abc"),
        ({"since": "2024-11-15"}, "ab"),
        ({"since": "2024-12-01"}, "a"),
        ({"until": "2024-11-15"}, "b"),
        ({"since": "2024-11-30", "until": "2024-12-13"}, "b"),
        ({"sides": ("RUS", "UKR")}, "ab"),
        ({"units": ("95TH air assault brigade",)}, "a"),
        ({"units": ("ukr-95",)}, "a"),
        ({"types": ("Battles", "Deployment")}, "ac"),
        ({"statuses": ("claimed",)}, "a"),
        ({"bbox": (34, 50, 36, 52)}, "a"),
        ({"bbox": (-1, -1, 36, 52)}, "ac"),
    ],
)
def test_what_is_asked_for_is_kept(members, kept):
    """An interval meets the range; undated and unplaced events hide under those filters only."""
    assert "".join(Selection(**members).apply(EVENTS)["id"]) == kept


@pytest.mark.parametrize(
    "members",
    [
        {"since": "14/12/2024"},
        {"since": "2024-12-14", "until": "2024-12-13"},
        {"types": ("War",)},
        {"statuses": ("maybe",)},
        {"bbox": (36, 50, 34, 52)},
    ],
)
def test_what_cannot_be_meant_is_refused(members):
    """The error lists what would have been accepted."""
    with pytest.raises(InputError, match="expected"):
        Selection(**members)
