"""Events: what is one event, what is another, and what is none."""

from dataclasses import dataclass

import pytest
from shapely.geometry import Point

from dateline.geo.location import Location
from dateline.reports.annotation import annotate
from dateline.reports.events import events_of
from dateline.reports.report import Report

PLACES = {
    "Kharkiv": ("settlement", 36.25, 49.99, "UA"),
    "Odesa": ("settlement", 30.73, 46.48, "UA"),
    "Moscow": ("settlement", 37.62, 55.75, "RU"),
    "Paris": ("settlement", 2.35, 48.85, "FR"),
    "Japan": ("country", 138.0, 36.0, "JP"),
    "Ukraine": ("country", 31.0, 49.0, "UA"),
    "At": ("settlement", 20.0, 45.0, "RS"),
}


@dataclass
class Found:
    """A place as a geocoder finds it."""

    start: int
    end: int
    text: str
    kind: str
    location: Location


class FewPlaces:
    """A geocoder that knows the places above."""

    def find(self, text, language=None, context=None):
        """Return the places in the order of the text."""
        del language, context
        found = []
        for name, (kind, lon, lat, country) in PLACES.items():
            start = text.find(name)
            while start >= 0:
                location = Location(
                    name, name, kind, Point(lon, lat), lon, lat, 5000.0, country=country
                )
                found.append(Found(start, start + len(name), name, kind, location))
                start = text.find(name, start + 1)
        return sorted(found, key=lambda item: item.start)


def events(text, published="2024-12-16"):
    """Return the events of an English text."""
    report = Report("test", text, "en", published)
    return events_of(report, annotate(report, FewPlaces()))


def roles(text):
    """Return the role of each place of an English text."""
    report = Report("test", text, "en", "2024-12-16")
    return {place.text: place.role for place in annotate(report, FewPlaces()).places}


def test_a_later_sentence_dates_the_lead():
    """Headline, lead and body tell one event."""
    text = (
        "Missiles struck Kharkiv, killing at least seven people, officials said.\n"
        "They were killed in a strike on an apartment block on Saturday."
    )
    (event,) = events(text)
    assert (event.date_start, event.place, event.status) == ("2024-12-14", "Kharkiv", "claimed")
    assert event.casualties[0].min == 7


def test_two_towns_on_two_days_are_two_events():
    """Different happenings stay apart."""
    text = "Missiles struck Kharkiv on Saturday, killing two people. Drones hit Odesa on Sunday."
    assert [event.place for event in events(text)] == ["Kharkiv", "Odesa"]


def test_a_deployment_is_an_event_of_its_own():
    """Its figure is a strength."""
    text = "Missiles struck Kharkiv. Russia deployed 11,000 soldiers in Odesa since November."
    deployed = events(text)[1]
    assert deployed.event_type == "Deployment"
    assert (deployed.casualties[0].kind, deployed.date_start) == ("strength", "2024-11-01")


@pytest.mark.parametrize(
    "text",
    [
        "Russia will attack Kharkiv next week, analysts said.",
        "If missiles hit Kharkiv, people would be killed.",
        "No attack on Kharkiv was recorded.",
        "Moscow said talks would go on. Japan watches closely.",
        "Russia invaded Ukraine in February 2022.",
    ],
)
def test_forecasts_conditions_and_history_make_no_event(text):
    """Only what happened is an event."""
    assert events(text) == []


def test_datelines_statements_and_the_merely_named_are_no_event_locations():
    """Where people speak is not where it happened."""
    text = "PARIS, Paris — Moscow said missiles struck Kharkiv on Saturday. Japan condemned it."
    found = roles(text)
    assert found["Kharkiv"] == "event"
    assert found["Moscow"] == "institution"
    assert found["Japan"] not in {"event", "deployment"}


def test_identifiers_are_the_same_in_every_run():
    """They are made of source and span."""
    text = "Missiles struck Kharkiv on Saturday."
    assert [event.id for event in events(text)] == [event.id for event in events(text)]


def test_an_event_without_place_or_date_is_kept():
    """Unknown is null, not dropped."""
    (event,) = events("At least 12 soldiers were killed in an ambush.")
    assert (event.place, event.geometry, event.date_start) == (None, None, None)


def test_where_people_met_is_no_event_location():
    """Talks about a war are not fought where they are held."""
    found = roles("Ministers met in Paris on Friday and discussed the strike on Kharkiv.")
    assert found["Paris"] == "statement"
    assert found["Kharkiv"] == "event"


def test_figures_belong_to_the_sentence_before_even_where_its_place_is_not_found():
    """They take its date, and no later fighting elsewhere is joined to them."""
    text = (
        "Missiles struck Nowheretown on Saturday. Three people were killed. "
        "Fighting goes on near Kharkiv."
    )
    strike, fighting = events(text)
    assert (strike.date_start, strike.place, strike.casualties[0].min) == ("2024-12-14", None, 3)
    assert (fighting.place, fighting.casualties) == ("Kharkiv", [])


def test_two_places_of_one_sentence_are_one_event_of_both():
    """Its figures count once and its geometry holds both."""
    (event,) = events("Missiles struck Kharkiv and Odesa on Saturday, killing four people.")
    assert event.place == "Kharkiv and Odesa"
    assert event.geometry.geom_type == "MultiPolygon"
    assert event.method == "several places"
    assert [figure.min for figure in event.casualties] == [4]


def test_a_statement_of_control_is_dated_by_the_statement():
    """Who holds a town is as of the day when it was said."""
    text = (
        "Ukrainian forces control the town of Kharkiv, President Volodymyr Zelensky said on Friday."
    )
    (event,) = events(text)
    assert (event.event_type, event.status) == ("Statement of control", "claimed")
    assert (event.date_start, event.sides, event.place) == ("2024-12-13", ["UKR"], "Kharkiv")
    assert events("Russia holds talks in Paris, officials said.") == []


def test_who_claims_is_named_as_fully_as_the_report_does():
    """An office that was named before keeps its holder; an institution its country."""
    text = (
        "A strike hit Kharkiv, acting governor Alexei Smirnov said. "
        "The governor said five people were killed. "
        "Russia's defence ministry said 12 soldiers were wounded. "
        "Six civilians were injured, a local emergency group said."
    )
    report = Report("test", text, "en", "2024-12-16")
    claimed = [figure.claimed_by for figure in annotate(report, FewPlaces()).casualties]
    assert claimed == [
        "acting governor Alexei Smirnov",
        "Russia's defence ministry",
        "a local emergency group",
    ]


def test_a_small_word_with_its_sentences_capital_is_no_place():
    """Some village is called like every preposition."""
    assert roles("At night missiles struck Kharkiv.").keys() == {"Kharkiv"}


def test_a_date_in_a_groups_name_dates_nothing():
    """The March 23 Movement did not fight on 23 March."""
    text = "The March 23 Movement shelled Odesa on Thursday, killing four people."
    report = Report("a.txt", text, language="en", published="2012-11-16", published_method="given")
    dates = annotate(report, FewPlaces()).dates
    assert [mention.text for mention in dates] == ["on Thursday"]


def test_a_place_that_names_a_government_is_none_of_the_event():
    """Its forces may be elsewhere."""
    found = roles("Troops of the Moscow government shelled Kharkiv.")
    assert (found["Moscow"], found["Kharkiv"]) == ("institution", "event")


def test_a_deed_beside_a_plan_is_not_ahead():
    """What is to come in another clause does not date the deed."""
    text = "Drones attacked the airport of Kharkiv on Friday, just as it was set to reopen."
    (event,) = events(text, published="2024-12-17")
    assert event.date_start == "2024-12-13"


def test_the_name_of_a_group_tells_no_deed():
    """Who is called after a liberation has liberated nothing by it."""
    (event,) = events("Shelling by Hayat Tahrir al-Sham hit Kharkiv on Friday.")
    assert event.event_type.startswith("Explosions")


def test_a_figure_ends_with_its_headline():
    """The words that bound the next one are not its own."""
    found = annotate(
        Report("test", "Shelling of Kharkiv Kills Five Civilians\nAt least six were hurt.", "en"),
        FewPlaces(),
    ).casualties
    assert [(each.min, each.max) for each in found] == [(5, 5), (6, None)]


def test_another_attack_is_another_event():
    """In the same town, though the first has no day of its own."""
    text = (
        "At least 38 people were killed in a drone attack in Kharkiv, activists said on Sunday. "
        "In a separate attack on Friday, a drone strike hit a hospital in Kharkiv, killing nine people."
    )
    assert [[item.min for item in event.casualties] for event in events(text)] == [[38], [9]]
