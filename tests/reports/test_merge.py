"""Reports of one event from several sources become one event, and conflicting ones do not."""

from shapely.geometry import Point

from dateline.event import Casualties, Event, Source
from dateline.reports.merge import merge_events
from dateline.table import from_events, to_events


def event(name, *, killed=7, day="2024-12-14", lon=36.25, sides=("UKR",)):
    """Return an event that one source reports."""
    return Event(
        id=name,
        title=name,
        event_type="Battles: Armed clash",
        date_start=day,
        date_end=day,
        geometry=Point(lon, 50.0),
        uncertainty_m=5000.0,
        sides=list(sides),
        casualties=[Casualties(min=killed, max=killed, kind="killed")],
        sources=[Source(publisher=name, url=f"https://example.org/{name}")],
    )


def merged(*events):
    """Return the events that are left."""
    return to_events(merge_events(from_events(events)))


def test_two_sources_of_one_event_are_one_event_with_both():
    """Every source's own figures are kept."""
    (one,) = merged(event("a"), event("b", killed=8))
    assert [source.publisher for source in one.sources] == ["a", "b"]
    assert [figure.min for figure in one.casualties] == [7, 8]
    assert [report["id"] for report in one.extra["reports"]] == ["a", "b"]


def test_other_days_places_sides_and_figures_stay_apart():
    """Nothing is merged across a contradiction."""
    others = (event("b", day="2024-12-16"), event("c", lon=37.0), event("d", killed=90),
              event("e", sides=("ISR",)))  # fmt: skip
    for other in others:
        assert len(merged(event("a"), other)) == 2


def test_one_source_never_merges_with_itself():
    """A source that tells two events means two."""
    twice = from_events([event("a"), event("b")])
    assert len(merge_events(twice, [0, 0])) == 2


def test_the_same_report_given_twice_counts_once():
    """It adds no source."""
    (one,) = merged(event("a"), event("a"))
    assert [source.publisher for source in one.sources] == ["a"]


def test_rows_that_share_no_day_stay_as_they_are_and_in_order():
    """Joined rows take the place of the first."""
    rows = [event("x", day="2020-01-01"), event("a"), event("y", day="2021-01-01"), event("b")]
    assert [item.id for item in merged(*rows)] == ["x", "a", "y"]


def test_the_finer_place_is_kept_and_each_source_s_own_words_too():
    """A report that names only the region gains the town of the other."""
    coarse = event("a").model_copy(update={"uncertainty_m": 20_000.0, "place": "the district"})
    fine = event("b").model_copy(update={"uncertainty_m": 3_000.0, "place": "the town"})
    (one,) = merged(coarse, fine)
    assert (one.place, one.uncertainty_m) == ("the town", 3_000.0)
    assert [report["place"] for report in one.extra["reports"]] == ["the district", "the town"]
