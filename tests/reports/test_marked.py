"""The marked text for an editor's review."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dateline.reports.marked import marked_page


class _Reader(HTMLParser):
    """Collects the text of the body and the elements that a page has."""

    def __init__(self):
        super().__init__()
        self.body = ""
        self.elements = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.body += data


def spans(text):
    """Return a strategy of mentions anywhere in `text`, overlapping too."""
    offset = st.integers(0, len(text))
    pair = st.tuples(offset, offset).map(sorted)
    return st.lists(pair.map(lambda p: {"start": p[0], "end": p[1], "kind": "border"}), max_size=6)


@given(
    st.text(max_size=40).flatmap(lambda text: st.tuples(st.just(text), spans(text), spans(text)))
)
def test_the_text_is_shown_whole_whatever_is_marked(given_):
    """Marks add to the text and take nothing away, in any overlap."""
    text, places, dates = given_
    page = marked_page({"file": "a", "lang": "en", "places": places, "dates": dates}, text)
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.body.endswith(text + "\n")


def test_hostile_text_stays_text():
    """Nothing of a report becomes an element, an attribute or a script."""
    text = '<script>alert(1)</script>" onmouseover="x'
    mention = {"start": 0, "end": len(text), "name": text, "side": '"><img src=x>'}
    reader = _Reader()
    reader.feed(marked_page({"file": text, "lang": '"><b>', "units": [mention]}, text))
    names = {tag for tag, _ in reader.elements}
    assert names <= {"html", "head", "meta", "title", "style", "body", "h1", "ul", "li", "mark"}
    assert all(set(attrs) <= {"class", "title"} for tag, attrs in reader.elements if tag == "mark")


def test_event_locations_stand_out():
    """The place where it happened is marked more strongly than one merely named."""
    place = {"start": 0, "end": 6, "kind": "settlement", "role": "event", "is_event_location": True}
    page = marked_page({"file": "a", "lang": "en", "places": [place]}, "Sudzha burned")
    assert '<mark class="places event" title="places: kind settlement, role event">Sudzha<' in page
