"""Fetching articles: polite, and never from the user's own network unasked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import SourceError
from dateline.reports.web import fetch

PAGES = {
    "/robots.txt": b"User-agent: *\nDisallow: /private/\n",
    "/open.html": b"<html>open</html>",
    "/private/a.html": b"<html>closed</html>",
}


class _Handler(BaseHTTPRequestHandler):
    """Serves `PAGES`."""

    def do_GET(self):
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="module")
def site():
    """Serve a small site on the loopback address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


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
