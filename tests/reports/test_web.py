"""Fetching articles: polite, and never from the user's own network unasked."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import SourceError
from dateline.reports.article import read_article
from dateline.reports.web import fetch

PAGES = {
    "/robots.txt": b"User-agent: *\nDisallow: /private/\n",
    "/open.html": b"<html>open</html>",
    "/private/a.html": b"<html>closed</html>",
    "/old.html": "<html><body><p>Обстріл села, двоє загинули.</p></body></html>".encode("cp1251"),
    "/moved.html": b"see there",
    "/large.html": b"<html>" + b"x" * 21_000_000,
}
HEADERS = {"/old.html": {"Content-Type": "text/html; charset=windows-1251"}}


class _Handler(BaseHTTPRequestHandler):
    """Serves `PAGES`."""

    def do_GET(self):
        body = PAGES.get(self.path)
        moved = self.path == "/moved.html"
        self.send_response(302 if moved else 200 if body else 404)
        for name, value in HEADERS.get(self.path, {}).items():
            self.send_header(name, value)
        if moved:
            self.send_header("Location", self.server.onward)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        """Say nothing."""


class _Broken(_Handler):
    """Serves pages, but its robots.txt cannot be had."""

    def do_GET(self):
        if self.path != "/robots.txt":
            super().do_GET()
            return
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def served(handler, onward=""):
    """Serve a small site on the loopback address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.onward = onward
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def site():
    """Serve a site that answers."""
    with served(_Handler) as address:
        yield address


def test_what_robots_allow_is_read(site):
    """The bytes come as they are."""
    assert fetch(f"{site}/open.html", allow_local=True) == b"<html>open</html>"


def test_what_robots_forbid_is_left(site):
    """The user is told to save the page."""
    with pytest.raises(SourceError, match="robots"):
        fetch(f"{site}/private/a.html", allow_local=True)


def test_a_page_that_is_not_there_is_an_error(site):
    """An error page is no article."""
    with pytest.raises(SourceError, match="404"):
        fetch(f"{site}/gone.html", allow_local=True)


def test_the_users_own_network_is_not_asked(site):
    """An address in a list of sources must not reach what only this machine can see."""
    with pytest.raises(SourceError):
        fetch(f"{site}/open.html")


def test_a_page_in_the_encoding_that_its_server_names_is_read(site):
    """The page itself says nothing of it."""
    report = read_article(f"{site}/old.html", allow_local=True)
    assert "Обстріл села, двоє загинули." in report.text
    assert report.language == "uk"


def test_a_page_beyond_the_limit_is_refused(site):
    """No article has twenty megabytes."""
    with pytest.raises(SourceError, match="at most 20,000,000 bytes"):
        fetch(f"{site}/large.html", allow_local=True)


def test_robots_of_the_site_that_a_redirect_leads_to_count(site):
    """What that forbids is not read by another's link."""
    forbidden = served(_Handler, onward=f"{site}/private/a.html")
    with forbidden as other, pytest.raises(SourceError, match="robots"):
        fetch(f"{other}/moved.html", allow_local=True)
    with served(_Handler, onward=f"{site}/open.html") as other:
        assert fetch(f"{other}/moved.html", allow_local=True) == b"<html>open</html>"


def test_a_site_whose_robots_cannot_be_had_is_left():
    """It may forbid what is asked."""
    with served(_Broken) as site, pytest.raises(SourceError, match="robots"):
        fetch(f"{site}/open.html", allow_local=True)
