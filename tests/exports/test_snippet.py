"""What is pasted into an article: valid, harmless, described."""

import json
from html.parser import HTMLParser

import pytest
import shapely

from dateline.errors import InputError, SourceError
from dateline.event import Event
from dateline.exports.describe import describe
from dateline.exports.embed import amp, component, demo_page, embed_snippet, oembed, page_facts
from dateline.table import from_events

HEAD = (
    '<!DOCTYPE html><html lang="uk"><head><meta name="generator" content="Dateline">'
    "<title>{title}</title>"
    '<meta name="description" content="2 events">'
    '<link rel="canonical" href="https://example.org/map.html"></head>'
)


@pytest.fixture
def page(tmp_path):
    """Give the head of a saved page whose title tries to break out."""
    path = tmp_path / "map.html"
    path.write_text(
        HEAD.format(title="Курщина &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "utf-8"
    )
    return path


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def _tags(html):
    parser = _Tags()
    parser.feed(html)
    return parser.found


def test_a_page_tells_its_facts(page):
    """Title, language, description and address are read out of the saved file."""
    facts = page_facts(page)
    assert (facts.title, facts.language) == ('Курщина "><script>alert(1)</script>', "uk")
    assert (facts.description, facts.url) == ("2 events", "https://example.org/map.html")


def test_the_frame_is_lazy_sandboxed_and_named(page):
    """An editor's accessibility check passes, and the page cannot reach the article."""
    frame = next(attrs for tag, attrs in _tags(embed_snippet(page)) if tag == "iframe")
    assert frame["loading"] == "lazy"
    assert "allow-same-origin" not in frame["sandbox"]
    assert frame["title"] == 'Курщина "><script>alert(1)</script>'
    assert "aspect-ratio:16 / 10" in frame["style"]


@pytest.mark.parametrize("variant", [embed_snippet, component, amp])
def test_a_hostile_title_stays_text(page, variant):
    """Only our own script is in the snippet."""
    html = variant(page, alt='"><img src=x onerror=alert(1)>')
    assert "alert(1)</script>" not in html
    assert [tag for tag, _ in _tags(html)].count("script") <= 1
    assert not [attrs for _, attrs in _tags(html) if "onerror" in attrs]


def test_the_script_is_fifteen_lines_at_most(page):
    """An editor can read what is pasted."""
    script = embed_snippet(page).split("<script>")[1].split("</script>")[0]
    assert len(script.strip().splitlines()) <= 15


def test_a_picture_stands_in_without_javascript(page):
    """Its alternative text says what the map shows."""
    html = embed_snippet(page, picture="https://example.org/map.png", alt="Map: 2 events.")
    image = next(attrs for tag, attrs in _tags(html) if tag == "img")
    assert (image["src"], image["alt"]) == ("https://example.org/map.png", "Map: 2 events.")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:alert(1)".strip()]
)
def test_an_address_that_would_run_is_refused(page, url):
    """Neither the frame nor the picture takes one."""
    with pytest.raises(InputError):
        embed_snippet(page, url=url)
    with pytest.raises(InputError):
        embed_snippet(page, picture=url)


def test_oembed_has_what_the_standard_asks_for(page):
    """Type rich needs html, width and height; the three thumbnail members go together."""
    answer = json.loads(json.dumps(oembed(page, picture="https://example.org/map.png")))
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert {
        "html",
        "width",
        "height",
        "thumbnail_url",
        "thumbnail_width",
        "thumbnail_height",
    } <= set(answer)


def test_amp_asks_for_https(page):
    """AMP articles refuse other frames."""
    assert "<amp-iframe" in amp(page)
    with pytest.raises(InputError, match="https"):
        amp(page, url="map.html")


def test_a_file_that_is_no_page_of_ours_is_refused(tmp_path):
    """A wrong file name does not make a snippet."""
    path = tmp_path / "other.html"
    path.write_text("<title>x</title>", "utf-8")
    with pytest.raises(SourceError, match="dateline map"):
        embed_snippet(path)


def test_the_demo_page_holds_every_snippet(page):
    """Two embeds can be looked at side by side."""
    html = demo_page([embed_snippet(page), component(page)], title="Demo")
    assert html.count("data-dateline src") == 1
    assert "<dateline-map" in html


def test_a_map_is_described_from_its_data():
    """Number, places, days and sides, in words."""
    events = from_events(
        [
            Event(id="1", place="Kursk border", date_start="2024-12-14", sides=["PRK", "UKR"]),
            Event(
                id="2",
                place="Sudzha",
                date_start="2024-11-01",
                geometry=shapely.Point(35, 51),
                sides=["UKR"],
            ),
        ]
    )
    expected = (
        "Map: 2 events. Kursk border, Sudzha. 1 Nov\u2009–\u200914 Dec 2024. Ukraine, North Korea."
    )
    assert expected == describe(events)


def test_what_is_not_known_is_left_out_of_the_description():
    """No date is made up for a map without dates."""
    assert describe(from_events([Event(id="1")])) == "Map: 1 event."
