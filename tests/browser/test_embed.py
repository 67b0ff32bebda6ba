"""Snippets in an article of another origin, in a real browser."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import shapely
from driving import until

from dateline.event import Event
from dateline.exports.embed import component, demo_page, embed_snippet
from dateline.layers.page import draw
from dateline.table import from_events

pytestmark = pytest.mark.browser

FIXED = "<!DOCTYPE html><meta charset=utf-8><script>{script}</script>"
DATAWRAPPER = 'parent.postMessage({"datawrapper-height": {"x": 333}}, "*")'
PYM = 'parent.postMessage("pymxPYMxabcxPYMxheightxPYMx444", "*")'
HUGE = 'parent.postMessage({"datawrapper-height": {"x": 1e9}}, "*")'


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def serve():
    """Serve folders, each at an origin of its own."""
    servers = []

    def _serve(folder):
        handler = functools.partial(_Quiet, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield _serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def article(tmp_path, serve, browser):
    """Open an article with snippets of pages that stand at another origin."""
    maps, site = tmp_path / "maps", tmp_path / "site"
    maps.mkdir()
    site.mkdir()
    origin = serve(maps)
    events = from_events(
        [Event(id="a", title="A", geometry=shapely.Point(35, 51), date_start="2024-12-14")]
    )
    draw(events, title="Kursk").save(str(maps / "map.html"))
    for name, script in (("datawrapper", DATAWRAPPER), ("pym", PYM), ("huge", HUGE)):
        (maps / f"{name}.html").write_text(FIXED.format(script=script), "utf-8")
    pages = []

    def _article(*makers, width=900):
        snippets = [make(maps / "map.html", url=f"{origin}/{name}.html") for make, name in makers]
        (site / "index.html").write_text(demo_page(snippets, title="Article"), "utf-8")
        page = browser.new_page(viewport={"width": width, "height": 2400})
        pages.append(page)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(f"{serve(site)}/index.html")
        return page

    yield _article
    for page in pages:
        page.close()


def _heights(page, expected):
    """Wait for the frames to have the expected heights; return those they have."""
    script = "() => [...document.querySelectorAll('iframe')].map((frame) => frame.offsetHeight)"
    for _ in range(150):
        found = page.evaluate(script)
        if expected in (found, None):
            break
        page.wait_for_timeout(100)
    return found


def test_two_frames_on_a_page_do_not_clash(article):
    """Each gets the height that it asked for, by either protocol."""
    page = article((embed_snippet, "datawrapper"), (embed_snippet, "pym"))
    assert _heights(page, [333, 444]) == [333, 444]
    assert page.problems == []


def test_the_component_resizes_as_the_frame_does(article):
    """Both variants may stand on one page."""
    page = article((component, "datawrapper"), (embed_snippet, "pym"))
    assert _heights(page, [333, 444]) == [333, 444]
    assert page.problems == []


def test_a_height_out_of_all_proportion_is_limited(article):
    """A page cannot bury the article."""
    assert _heights(article((embed_snippet, "huge")), [4000]) == [4000]


@pytest.mark.parametrize("width", [900, 360])
def test_a_real_map_fits_itself_to_the_article(article, width):
    """The frame has the height the page asks for at its width, and no scroll bar of its own."""
    page = article((embed_snippet, "map"), width=width)
    frame = page.frame_locator("iframe").locator("#dl")
    frame.wait_for()
    until(page, "document.querySelector('iframe').style.aspectRatio === 'auto'")
    page.wait_for_timeout(800)  # a second message would come by now
    inner = page.frames[1].evaluate(
        "() => [document.documentElement.scrollHeight, innerHeight, scrollX]"
    )
    box = page.locator("iframe").bounding_box()
    assert inner[0] <= inner[1] == box["height"]
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.problems == []


def test_a_frame_keeps_its_shape_where_the_script_is_stripped(article):
    """A CMS that takes scripts out still shows a map."""
    page = article(
        (lambda *args, **named: embed_snippet(*args, **named).split("<script>")[0], "pym")
    )
    page.wait_for_timeout(300)
    assert _heights(page, None)[0] >= 420


def test_the_article_cannot_be_reached_from_the_frame(article):
    """The sandbox gives the page an origin of its own."""
    page = article((embed_snippet, "map"))
    page.frame_locator("iframe").locator("#dl").wait_for()
    assert page.frames[1].evaluate("() => self.origin") == "null"
