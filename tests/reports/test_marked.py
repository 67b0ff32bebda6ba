"""The marked text for an editor's review."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reports.marked import marked_page, marked_pages
from dateline.reports.noted import note

SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Reader(HTMLParser):
    """Collects the text of the article and the elements that a page has."""

    def __init__(self, page):
        super().__init__()
        self.article = ""
        self.elements = []
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.inside |= tag == "article"

    def handle_endtag(self, tag):
        self.inside &= tag != "article"

    def handle_data(self, data):
        self.article += data if self.inside else ""


def spans(text):
    """Return a strategy of mentions anywhere in `text`, overlapping too."""
    offset = st.integers(0, len(text))
    pair = st.tuples(offset, offset).map(sorted)
    return st.lists(pair.map(lambda p: {"start": p[0], "end": p[1], "kind": "border"}), max_size=6)


@given(
    st.text(max_size=40).flatmap(lambda text: st.tuples(st.just(text), spans(text), spans(text)))
)
def test_the_text_is_shown_whole_whatever_is_marked(given_):
    """Marks add to the text and take nothing away, in any overlap; signs to obey are shown instead."""
    text, places, dates = given_
    page = marked_page({"file": "a", "lang": "en", "places": places, "dates": dates}, text)
    assert _Reader(page).article == SIGNS.sub(lambda sign: f"U+{ord(sign[0]):04X}", text)
    assert page.encode()


def test_hostile_text_stays_text():
    """Nothing of a report becomes an element, an attribute or a script."""
    text = '<script>alert(1)</script>" onmouseover="x\u202e\ud800'
    mention = {"start": 0, "end": len(text), "name": text, "side": '"><img src=x>'}
    page = marked_page({"file": text, "lang": '"><b>', "units": [mention]}, text)
    elements = _Reader(page).elements
    assert not {"script", "img", "b", "form", "a:script"} & {tag for tag, _ in elements}
    known = {"class", "id", "tabindex", "aria-describedby", "data-note"}
    assert all(set(attrs) <= known for tag, attrs in elements if tag == "mark")
    assert all(attrs["href"].startswith("#m") for tag, attrs in elements if tag == "a")
    assert "\u202e" not in page
    assert page.encode()


def test_event_locations_stand_out():
    """The place where it happened is marked more strongly than one merely named."""
    place = {"start": 0, "end": 6, "kind": "settlement", "role": "event", "is_event_location": True}
    elements = _Reader(marked_page({"places": [place]}, "Sudzha burned")).elements
    assert ("places event", "0") in [
        (attrs["class"], attrs.get("tabindex")) for tag, attrs in elements if tag == "mark"
    ]


def test_each_mark_is_described_by_a_row_that_leads_back_to_it():
    """Who does not point with a mouse finds the same words in the table; two reports do not mix."""
    report = (
        {"dates": [{"start": 0, "end": 6, "from": "2024-05-18", "to": "2024-05-18"}]},
        "May 18",
    )
    elements = _Reader(marked_pages([report, report])).elements
    marks = [attrs for tag, attrs in elements if tag == "mark" and "id" in attrs]
    rows = {attrs.get("id") for tag, attrs in elements if tag == "td"}
    links = [attrs["href"] for tag, attrs in elements if tag == "a"]
    assert len({mark["id"] for mark in marks}) == 2
    assert {mark["aria-describedby"] for mark in marks} <= rows
    assert links == [f"#{mark['id']}" for mark in marks]


@pytest.mark.parametrize(
    ("kind", "mention", "words"),
    [
        ("places", {"kind": "part_of_region", "role": "event", "name": "Kursk, west", "admin1": "RU-KRS",
                    "lon": 35.2, "lat": 51.6, "uncertainty_m": 76_700.0, "confidence": 0.98},
         "part of region · role: event\nKursk, west, RU-KRS\n51.6000, 35.2000 · within 77 km · confidence 0.98"),
        ("places", {"kind": "settlement", "lon": None}, "settlement\nnot found in any gazetteer"),
        ("dates", {"from": None, "to": None}, "date\ncannot be dated"),
        ("dates", {"from": "2024-05-18", "to": "2024-05-19", "precision": "days"},
         "date · days\n2024-05-18 to 2024-05-19"),
        ("units", {"name": "95th", "side": None, "id": None}, "unit · side unknown\n95th · not in the registry"),
        ("casualties", {"kind": "killed", "min": 30, "max": None, "claimed_by": "a governor"},
         "killed: at least 30\nclaimed by a governor"),
        ("casualties", {"kind": "wounded", "min": None, "max": 5}, "wounded: 0 to 5"),
        ("actors", {"side": "UKR"}, "actor · side UKR"),
    ],
)  # fmt: skip
def test_notes_say_what_is_known_and_what_is_not(kind, mention, words):
    """Unknown is said in words, not left out or made up."""
    assert note(kind, mention) == words
