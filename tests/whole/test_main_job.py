"""The main job: from a news article to a page, in new processes, without a network."""

import json
from collections import Counter

import pytest
from reports_at_hand import FIRST_REPORT, ROOT

REPORTS = ROOT / "tests" / "whole" / "reports"
EXAMPLE = ROOT / "examples" / "kursk"


def events_of(done):
    """Return the events that `dateline read` printed, as objects with their geometry."""
    assert done.returncode == 0, done.stderr
    features = json.loads(done.stdout)["features"]
    return [{**feature["properties"], "geometry": feature["geometry"]} for feature in features]


def figures(event, kind):
    """Return min, max and claimant of the figures of one kind."""
    return [(c["min"], c["max"], c["claimed_by"]) for c in event["casualties"] if c["kind"] == kind]


@pytest.fixture(scope="module")
def indonesian(dateline):
    """Read an Indonesian report of vague places and claims by one side."""
    return events_of(dateline("read", REPORTS / "kursk_id.txt", "--published", "2024-12-16"))


def test_vague_places_become_areas(indonesian):
    """The border is a strip, the western part is a part of the oblast; neither is a point."""
    kinds = [(event["method"], event["admin1"]) for event in indonesian]
    assert len(kinds) == 2
    assert {admin1 for _, admin1 in kinds} == {"RU-KRS"}
    assert all(event["geometry"]["type"].endswith("Polygon") for event in indonesian)


def test_killed_and_deployed_are_told_apart(indonesian):
    """A strength is no casualty, and each figure keeps who claims it."""
    killed, deployed = indonesian
    assert (killed["date_start"], killed["date_end"]) == ("2024-12-15", "2024-12-15")
    assert set(killed["sides"]) == {"PRK", "RUS", "UKR"}
    assert [(low, high) for low, high, _ in figures(killed, "killed")] == [(20, None)]
    assert "Ukraina" in figures(killed, "killed")[0][2]
    assert {unit["id"] for unit in killed["units"]} == {"ukr-95-aa-bde", "ukr-36-mar-bde"}
    assert deployed["event_type"] == "Deployment"
    assert deployed["date_start"] == "2024-11-01"
    assert [(low, high) for low, high, _ in figures(deployed, "strength")] == [(10_000, 10_000)]
    assert "Zelensky" in figures(deployed, "strength")[0][2]
    assert figures(deployed, "killed") == []


def test_where_people_spoke_is_on_no_map(dateline):
    """Datelines, capitals that comment and offices are not places of events."""
    for name, day, spoken in (
        ("sudan_en.txt", "2025-04-12", {"KE"}),
        ("donbas_uk.txt", "2024-12-15", {"BE"}),
        ("kursk_id.txt", "2024-12-16", {"KR", "JP"}),
    ):
        events = events_of(dateline("read", REPORTS / name, "--published", day))
        assert events
        assert {event["country"] for event in events} & spoken == set()


def test_another_war_in_another_language_is_located(dateline):
    """Nothing is tuned to one border: Sudan in English."""
    events = events_of(dateline("read", REPORTS / "sudan_en.txt", "--published", "2025-04-12"))
    placed = Counter(event["admin1"] for event in events if event["geometry"])
    assert placed.most_common(1)[0][0] == "SD-DN"
    deadly = next(event for event in events if figures(event, "killed"))
    assert figures(deadly, "killed")[0][:2] == (30, None)
    assert deadly["date_start"] == "2025-04-11"


def test_the_example_becomes_a_page(dateline, tmp_path):
    """One article and one table, one file; a second run does not replace it unasked."""
    page = tmp_path / "kursk.html"
    sources = (EXAMPLE / "article.txt", EXAMPLE / "events.csv")
    done = dateline("map", *sources, "-o", page)
    assert done.returncode == 0, done.stderr
    assert "events" in done.stderr
    assert done.stdout == ""
    text = page.read_text("utf-8")
    assert "Content-Security-Policy" in text
    again = dateline("map", *sources, "-o", page)
    assert again.returncode == 1
    assert "--overwrite" in again.stderr
    assert page.read_text("utf-8") == text


@pytest.mark.skipif(FIRST_REPORT is None, reason="the first report is not ours to copy")
def test_the_first_report(dateline):
    """What the first report says, and nothing else."""
    events = events_of(dateline("read", FIRST_REPORT, "--published", "2024-12-16"))
    assert len(events) == 2
    killed, deployed = events
    assert (killed["date_start"], killed["date_end"]) == ("2024-12-14", "2024-12-14")
    assert set(killed["sides"]) == {"PRK", "RUS", "UKR"}
    assert figures(killed, "killed") == [(11, 19, "Militer Ukraina")]
    assert {unit["name"] for unit in killed["units"]} == {
        "414th UAS Regiment",
        "47th Mechanized Brigade",
        "95th Air Assault Brigade",
        "36th Marine Brigade",
        "1st Tank Brigade",
        "17th Tank Brigade",
    }
    assert deployed["event_type"] == "Deployment"
    assert deployed["date_start"] == "2024-11-01"
    assert figures(deployed, "strength") == [(11_000, 11_000, "Zelensky")]
    assert {event["admin1"] for event in events} == {"RU-KRS"}


def test_locate_answers_one_feature_a_line(dateline):
    """A blank line keeps its place, what is unknown has no geometry, and the members are the contract's."""
    done = dateline(
        "locate",
        "--input",
        "-",
        "--format",
        "geojson",
        "--lang",
        "id",
        stdin="perbatasan Kursk\n\nqwrtpl\n",
    )
    assert done.returncode == 0, done.stderr
    features = json.loads(done.stdout)["features"]
    assert [feature["properties"]["query"] for feature in features] == [
        "perbatasan Kursk",
        "",
        "qwrtpl",
    ]
    assert [feature["geometry"] is None for feature in features] == [False, True, True]
    members = [
        "query",
        "name",
        "kind",
        "method",
        "uncertainty_m",
        "confidence",
        "geo_precision",
        "where_prec",
        "country",
        "admin1",
        "lon",
        "lat",
        "explanation",
        "candidates",
    ]
    assert set(members) <= set(features[0]["properties"])


def test_annotate_counts_code_points_of_the_text(dateline):
    """Offsets hold for text beyond the basic plane too."""
    text = "😀 Russian troops shelled Sudzha on 14 December 2024, the army said.\n"
    done = dateline("annotate", "-", "--lang", "en", stdin=text)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    place = next(p for p in found["places"] if p["text"] == "Sudzha")
    assert text[place["start"] : place["end"]] == "Sudzha"
    assert place["is_event_location"]
    assert found["dates"][0]["from"] == "2024-12-14"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("read", "missing.txt"), "missing.txt"),
        (("map", "missing.csv"), "missing.csv"),
        (("read", EXAMPLE / "article.txt", "--since", "14/12/2024"), "2024-12-14"),
        (("export", EXAMPLE / "events.csv", "-o", "x.doc"), ".geojson"),
    ],
)
def test_errors_are_one_line_and_exit_one(dateline, arguments, expected):
    """What was expected, what came, what to do; never a traceback."""
    done = dateline(*arguments)
    assert done.returncode == 1
    assert done.stdout == ""
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_a_language_without_a_lexicon_is_a_usage_error(dateline):
    """The choices are listed."""
    done = dateline("locate", "x", "--lang", "xx")
    assert done.returncode == 2
    assert "'xx'" in done.stderr
    assert "uk" in done.stderr


def test_the_review_loop_keeps_an_editors_changes(dateline, tmp_path):
    """Read to CSV, change it by hand, map it: the change is what is mapped."""
    review, exported = tmp_path / "review.csv", tmp_path / "out.geojson"
    source = (REPORTS / "kursk_id.txt", "--published", "2024-12-16")
    assert dateline("read", *source, "-o", review).returncode == 0
    text = review.read_text("utf-8-sig")
    assert text.count("2024-12-15") > 0
    review.write_text(text.replace("2024-12-15", "2024-12-13"), "utf-8")
    done = dateline("export", review, "-o", exported)
    assert done.returncode == 0, done.stderr
    days = [f["properties"]["date_start"] for f in json.loads(exported.read_text())["features"]]
    assert "2024-12-13" in days


def test_terms_of_sources_are_kept(dateline, tmp_path):
    """A row that may be mapped with attribution is drawn with it, and not exported raw."""
    header = (
        "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,"
        "latitude,longitude,geo_precision,source,notes,fatalities,time_precision,inter1,inter2,iso"
    )
    row = (
        "SDN1,2024-12-14,Battles,Armed clash,Rapid Support Forces,Military Forces of Sudan (2019-),"
        "Sudan,El Fasher,13.6289,25.3494,1,Example Wire,Invented.,3,1,2,1,729"
    )
    table, page, handed_on = (tmp_path / name for name in ("acled.csv", "a.html", "a.geojson"))
    table.write_text(f"{header}\n{row}\n", "utf-8")
    assert dateline("map", table, "-o", page).returncode == 0
    assert "ACLED" in page.read_text("utf-8")
    done = dateline("export", table, "-o", handed_on)
    assert "ACLED" in done.stderr
    assert json.loads(handed_on.read_text("utf-8"))["features"] == []
