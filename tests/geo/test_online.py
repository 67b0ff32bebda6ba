"""Online geocoding, against a server of this machine that behaves, and misbehaves, like Nominatim."""

from __future__ import annotations

import itertools
import json
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import DISTRICT, PHOTON_SUDZHA, SUDZHA, GeocoderServer, Reply

from dateline.errors import GazetteerError, InputError, ServiceError
from dateline.geo._online_answers import read_answer
from dateline.geo._online_location import location_of
from dateline.geo.online import CREDIT, Online, Patience

AGENT = "dateline-tests/1.0 (desk@example.org)"
QUICK = Patience(
    timeout_seconds=10, attempts=3, first_pause_seconds=0.05, longest_pause_seconds=1.5
)


@pytest.fixture
def server():
    with GeocoderServer() as running:
        yield running


@pytest.fixture
def make(server, tmp_path):
    """Return what makes an `Online` that asks the local server."""

    def make(service="nominatim", **changes):
        options = {
            "user_agent": AGENT,
            "cache_dir": tmp_path,
            "url": server.url,
            "min_delay_seconds": 0.0,
            "patience": QUICK,
        }
        return Online(service, **(options | changes))

    return make


def names_asked(server):
    return [request.query["q"] for request in server.requests]


@pytest.mark.parametrize(
    "agent",
    [None, "", "  ", "geopy/2.5.0", "my-application", "python-requests", "dateline", "a\nb"],
)
def test_an_agent_that_names_nobody_is_refused(make, agent):
    """The services block the anonymous: the error shows what a user-agent looks like."""
    with pytest.raises(InputError, match=r"names you.*desk@example\.org"):
        make(user_agent=agent)


def test_an_unknown_service_is_refused_with_the_choices(make):
    """A typing mistake is answered with what exists."""
    with pytest.raises(InputError, match="nominatim, photon"):
        make("gogle")


def test_the_public_server_is_never_hurried(tmp_path):
    """Nominatim's policy holds whatever the caller asks for."""
    with pytest.raises(InputError, match="at least 1 s"):
        Online(user_agent=AGENT, cache_dir=tmp_path, min_delay_seconds=0.5)
    url = "https://Nominatim.OpenStreetMap.org:443/"
    with pytest.raises(InputError, match="at least 1 s"):
        Online(user_agent=AGENT, cache_dir=tmp_path, min_delay_seconds=0, url=url)


def test_nominatim_gives_places_with_codes(make, server):
    """A name becomes a place with region, country and district; the agent is the user's own."""
    (place,) = make().find("Sudzha")
    assert (place.name, place.kind, place.country, place.admin1, place.district) == (
        "Sudzha",
        "settlement",
        "RU",
        "RU-KRS",
        "Sudzhansky District",
    )
    assert (place.lon, place.lat, place.id, place.matched) == (
        35.2672,
        51.1978,
        "osm:n191",
        "exact",
    )
    assert server.requests[0].headers["user-agent"] == AGENT


def test_photon_gives_places(make):
    """Photon answers in GeoJSON; what it does not say stays null."""
    (place,) = make("photon").find("Sudzha", country="RU")
    assert (place.name, place.country, place.admin1, place.lon) == ("Sudzha", "RU", None, 35.2672)


def test_a_variant_spelling_matches_as_a_variant(make, server):
    """Names are compared by the key that all spellings share."""
    server.places["sudscha"] = [SUDZHA]
    assert make().find("Sudscha")[0].matched == "variant"


def test_outlines_are_used(make, server):
    """A district becomes its polygon, with a radius that holds it, and OpenStreetMap is credited."""
    (found,) = make().locate(["Sudzhansky District"])
    assert server.requests[0].query["polygon_geojson"] == "1"
    assert found.geometry.geom_type == "Polygon"
    assert found.geometry.bounds == (35.0, 51.0, 35.6, 51.4)
    assert 20_000 < found.uncertainty_m < 31_000
    assert (found.kind, found.where_prec, found.attribution) == ("district", 3, (CREDIT,))


def test_a_town_is_a_point_with_its_extent(make):
    """A settlement stays a point; its box says how far it reaches."""
    (found,) = make().locate(["Суджа"])
    assert found.geometry.geom_type == "Point"
    assert 3_000 < found.uncertainty_m < 6_000
    assert found.confidence == pytest.approx(0.85)
    assert "Sudzhansky District" in found.explanation


def test_namesakes_share_the_confidence(make):
    """Three places alike leave none of them likely."""
    (found,) = make().locate(["Manyplace"])
    assert len(found.candidates) == 2
    assert found.confidence < 0.34


def test_nothing_found_is_an_answer(make):
    """An unknown name has no geometry, and a blank text keeps its place."""
    blank, unknown = make().locate(["", "Nowhereville"])
    assert (blank.geometry, unknown.geometry, unknown.confidence) == (None, None, None)


def test_the_country_is_asked_first_then_the_world(make, server):
    """A country is a preference: a place beyond it is found with a second question."""
    assert make().find("Sudzha", country="UA")[0].country == "RU"
    assert [request.query.get("countrycodes") for request in server.requests] == ["ua", None]


def test_the_cache_is_asked_before_the_limiter(make, server):
    """A known answer costs no request and no wait, in this process and the next."""
    make(min_delay_seconds=60).find("Sudzha")
    again = make(min_delay_seconds=60)
    start = time.monotonic()
    assert again.find("Sudzha")[0].name == "Sudzha"
    assert again.outline(again.find("sudzha")[0]) is None
    assert time.monotonic() - start < 0.5
    assert names_asked(server) == ["Sudzha"]


def test_outlines_survive_in_the_cache(make):
    """A second run has the polygon without asking."""
    make().find("Sudzhansky District")
    online = make()
    (place,) = online.find("Sudzhansky District")
    assert online.outline(place).geom_type == "Polygon"


def test_misses_are_kept_for_a_shorter_time(make, server):
    """That nothing was found is kept too, and forgotten sooner."""
    make().find("Nowhereville")
    make().find("Nowhereville")
    assert len(server.requests) == 1
    make(patience=Patience(keep_misses_days=0)).find("Nowhereville")
    assert len(server.requests) == 2


def test_old_answers_are_asked_again(make, server, tmp_path):
    """An answer counts for a year."""
    make().find("Sudzha")
    with sqlite3.connect(tmp_path / "online.sqlite") as connection:
        connection.execute("UPDATE answers SET asked = asked - 366 * 86400")
    connection.close()
    make().find("Sudzha")
    assert len(server.requests) == 2


def test_a_damaged_cache_is_put_aside(make, tmp_path):
    """A file that is no database does not stop the run, and is not lost."""
    (tmp_path / "online.sqlite").write_bytes(b"no database, certainly" * 100)
    assert make().find("Sudzha")
    assert (tmp_path / "online.damaged").exists()


def test_requests_keep_their_distance(make, server):
    """Between the end of one request and the start of the next lies the delay."""
    online = make(min_delay_seconds=0.2)
    for number in range(3):
        online.find(f"Name {number}")
    gaps = [b.came - a.answered for a, b in itertools.pairwise(server.requests)]
    assert min(gaps) >= 0.199


def test_threads_take_turns(make, server):
    """Many at once still ask one at a time."""
    threads = [
        threading.Thread(target=make(min_delay_seconds=0.1).find, args=(f"N{n}",)) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(server.requests, key=lambda request: request.came)
    gaps = [b.came - a.came for a, b in itertools.pairwise(ordered)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.099


def test_the_same_question_at_once_is_asked_once(make, server):
    """Who waited for a turn looks into the cache again first."""
    server.replies.append(Reply(pause_seconds=0.2, body=json.dumps([SUDZHA]).encode()))
    threads = [threading.Thread(target=make().find, args=("Sudzha",)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(make, server, status):
    """Trouble that passes is waited for."""
    server.replies.append(Reply(status=status, body=b"busy"))
    assert make().find("Sudzha")[0].name == "Sudzha"
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(make, server, status):
    """A server that says when to come back is obeyed."""
    server.replies.append(Reply(status=status, headers={"Retry-After": "1"}))
    make().find("Sudzha")
    first, second = server.requests
    assert second.came - first.answered >= 0.99


def test_a_long_wish_to_be_left_alone_holds_for_all(make, server):
    """Nobody asks again before the time is over, in any process; the message says so."""
    server.replies.append(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(ServiceError, match=r"left alone for 3600 s.*answers so far are kept"):
        make().find("Sudzha")
    with pytest.raises(ServiceError, match="left alone for"):
        make().find("Other")
    assert len(server.requests) == 1


def test_a_server_that_stays_busy_is_given_up(make, server):
    """After the last attempt there is one clear message."""
    server.replies.extend([Reply(status=503)] * 3)
    with pytest.raises(ServiceError, match=r"HTTP 503.*answers so far are kept"):
        make().find("Sudzha")
    assert len(server.requests) == 3


def test_pauses_grow(make, server):
    """Each pause is longer than the one before."""
    server.replies.extend([Reply(status=503)] * 2)
    make(patience=replace(QUICK, first_pause_seconds=0.4)).find("Sudzha")
    first, second, third = (request.came for request in server.requests)
    assert third - second > second - first


def test_a_refusal_stops_at_once(make, server):
    """403 is an answer: asking again makes it worse."""
    server.replies.append(Reply(status=403, body=b"<h1>Access blocked</h1>"))
    with pytest.raises(ServiceError, match=r"403 \(refused\).*Access blocked.*user-agent"):
        make().find("Sudzha")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "reply", [Reply(pause_seconds=60), Reply(body=b"[      ]" + b" " * 99, drip_seconds=0.4)]
)
def test_a_slow_server_is_given_time_and_asked_again(make, server, reply):
    """A time-out, in the head or in the body, counts as busy."""
    server.replies.append(reply)
    start = time.monotonic()
    assert make(patience=replace(QUICK, timeout_seconds=1)).find("Sudzha")
    assert time.monotonic() - start < 20
    assert len(server.requests) == 2


def test_an_answer_cut_short_is_asked_again(make, server):
    """Half an answer is none."""
    server.replies.append(Reply(body=json.dumps([SUDZHA]).encode(), cut=0.5))
    assert make().find("Sudzha")
    assert len(server.requests) == 2


BAD_ANSWERS = {
    "html": b"<html>maintenance</html>",
    "null": b"null",
    "object": b"{}",
    "error object": b'{"error": "no"}',
    "list of numbers": b"[1, 2]",
    "half a json": b'[{"lat": "1"',
    "latitude in words": json.dumps([{**SUDZHA, "lat": "north"}]).encode(),
    "off the globe": json.dumps([{**SUDZHA, "lat": "91"}]).encode(),
    "not a number": json.dumps([{**SUDZHA, "lon": "nan"}]).encode(),
    "no id": json.dumps([{k: v for k, v in SUDZHA.items() if k != "osm_id"}]).encode(),
    "bad outline": json.dumps([{**DISTRICT, "geojson": {"type": "Polygon"}}]).encode(),
    "address is a list": json.dumps([{**SUDZHA, "address": [1]}]).encode(),
    "names are a text": json.dumps([{**SUDZHA, "namedetails": "x"}]).encode(),
    "box too short": json.dumps([{**SUDZHA, "boundingbox": ["1"]}]).encode(),
    "not utf-8": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("body", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
@pytest.mark.parametrize("service", ["nominatim", "photon"])
def test_a_malformed_answer_is_an_error_and_not_kept(make, server, service, body):
    """Nonsense is neither a place nor a "nothing found": the next run asks again."""
    server.replies.append(Reply(body=body))
    with pytest.raises(ServiceError, match="expected places from"):
        make(service).find("Sudzha")
    assert make(service).find("Sudzha")[0].name == "Sudzha"
    assert len(server.requests) == 2


def members(value, path=()):
    """Yield the path of every member of an answer."""
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from members(child, (*path, key))


JUNK = st.sampled_from([None, -1, 1e9, "", "x", "nan", "inf", "999", [], {}, [None], {"type": "?"}])


@given(data=st.data(), base=st.sampled_from([SUDZHA, DISTRICT, PHOTON_SUDZHA]), junk=JUNK)
def test_any_member_may_be_nonsense(data, base, junk):
    """What comes of it is a location that is whole, or an error: never a crash, never a bad figure."""
    path = data.draw(st.sampled_from(list(members(base))))
    answer = json.loads(json.dumps(base))
    node = answer
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = junk
    service = "photon" if base is PHOTON_SUDZHA else "nominatim"
    try:
        found = location_of("Sudzha", read_answer(service, [answer], "Sudzha"), service, "host")
    except ServiceError:
        return
    assert abs(found.lon) <= 180
    assert abs(found.lat) <= 90
    assert not found.geometry.is_empty
    assert 0 < found.uncertainty_m < 2.1e7
    assert found.country is None or re.fullmatch("[A-Z]{2}", found.country)
    assert found.admin1 is None or re.fullmatch("[A-Z]{2}-[A-Z0-9]{1,3}", found.admin1)


def test_an_answer_too_large_is_refused(make, server, monkeypatch):
    """No server fills our memory."""
    monkeypatch.setattr("dateline.geo._online_service._MAX_BYTES", 1000)
    server.replies.extend([Reply(body=b"[" + b" " * 2000 + b"]")] * 3)
    with pytest.raises(ServiceError, match="at most 1,000 bytes"):
        make().find("Sudzha")


def test_what_cannot_help_is_not_tried_again(make, server, monkeypatch):
    """An answer too large, or an address that is none, will be the same next time."""
    monkeypatch.setattr("dateline.geo._online_service._MAX_BYTES", 1000)
    server.replies.append(Reply(body=b"[" + b" " * 2000 + b"]"))
    with pytest.raises(ServiceError):
        make().find("Sudzha")
    with pytest.raises(ServiceError, match="without user name and password"):
        make(url="http://me:secret@127.0.0.1:9").find("Sudzha")
    assert len(server.requests) == 1


def test_a_damaged_answer_is_asked_for_again(make, server, tmp_path):
    """One bad row does not stop a run."""
    make().find("Sudzha")
    with sqlite3.connect(tmp_path / "online.sqlite") as connection:
        connection.execute("UPDATE answers SET answer = x'00'")
    connection.close()
    assert make().find("Sudzha")
    assert len(server.requests) == 2


def test_a_cache_that_cannot_be_written_is_named(make, tmp_path):
    """A file where a folder should be: which, and what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(GazetteerError, match=r"online\.sqlite.*DATELINE_CACHE"):
        make(cache_dir=tmp_path / "file")


def test_no_server_is_one_clear_message(make):
    """Nobody listening, nobody known: no traceback."""
    with pytest.raises(ServiceError, match="expected an answer from"):
        make(url="http://127.0.0.1:9").find("Sudzha")


def test_an_absurd_name_is_not_sent(make, server):
    """A paragraph is no place name."""
    with pytest.raises(InputError, match="1 to 200 characters"):
        make().find("x" * 201)
    assert server.requests == []


def test_the_user_is_told_once_whom_names_are_sent_to(make, caplog):
    """Names of a report not yet published leave the machine: that is said."""
    online = make()
    with caplog.at_level("WARNING", "dateline"):
        online.find("Sudzha")
        online.find("Nowhereville")
    assert [r.message for r in caplog.records if "are sent to 127.0.0.1" in r.message]
    assert len(caplog.records) == 1


def test_progress_is_reported_for_each_name(make):
    """A long run shows how far it is."""
    shares = []
    make().find_many(["Sudzha", "B", "Sudzha"], progress=lambda share, _: shares.append(share))
    assert shares == [0.5, 1.0]


SCRIPT = """
import sys
from pathlib import Path
from dateline.geo._online_answers import read_answer
from dateline.geo._online_location import location_of
from dateline.geo.online import Online
online = Online(user_agent="dateline-tests/1.0 (desk@example.org)", cache_dir=Path(sys.argv[1]),
                url=sys.argv[2], min_delay_seconds=0.1)
for name in sys.argv[3:]:
    online.find(name)
"""


def start(server, tmp_path, names):
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), server.url, *names])


def test_a_killed_run_goes_on_where_it_stopped(server, tmp_path):
    """What was answered before the kill is not asked again."""
    names = [f"Name{n}" for n in range(8)]
    first = start(server, tmp_path, names)
    while len(server.requests) < 4:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert start(server, tmp_path, names).wait() == 0
    asked = names_asked(server)
    assert sorted(set(asked)) == names
    assert len(asked) <= len(names) + 1  # the one in flight at the kill may be asked twice


def test_processes_share_one_pace(server, tmp_path):
    """Two processes together keep the distance that one has to keep."""
    runs = [start(server, tmp_path, [f"{letter}{n}" for n in range(4)]) for letter in "ab"]
    assert [run.wait() for run in runs] == [0, 0]
    came = sorted(request.came for request in server.requests)
    assert len(came) == 8
    assert min(b - a for a, b in itertools.pairwise(came)) >= 0.099
