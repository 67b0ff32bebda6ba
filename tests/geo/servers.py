"""Local servers that behave like those on the web, also when those misbehave."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

SUDZHA = {
    "place_id": 1,
    "osm_type": "node",
    "osm_id": 191,
    "lat": "51.1978",
    "lon": "35.2672",
    "class": "place",
    "type": "town",
    "addresstype": "town",
    "name": "Суджа",
    "display_name": "Sudzha, Sudzhansky District, Kursk Oblast, Russia",
    "importance": 0.45,
    "boundingbox": ["51.16", "51.23", "35.22", "35.31"],
    "address": {
        "town": "Sudzha",
        "county": "Sudzhansky District",
        "state": "Kursk Oblast",
        "ISO3166-2-lvl4": "RU-KRS",
        "country_code": "ru",
    },
    "namedetails": {"name": "Суджа", "name:en": "Sudzha", "name:uk": "Суджа"},
}
DISTRICT = {
    "place_id": 2,
    "osm_type": "relation",
    "osm_id": 1831,
    "lat": "51.2",
    "lon": "35.3",
    "class": "boundary",
    "type": "administrative",
    "addresstype": "county",
    "name": "Суджанский район",
    "display_name": "Sudzhansky District, Kursk Oblast, Russia",
    "importance": 0.4,
    "boundingbox": ["51.0", "51.4", "35.0", "35.6"],
    "address": {
        "county": "Sudzhansky District",
        "ISO3166-2-lvl4": "RU-KRS",
        "country_code": "ru",
    },
    "namedetails": {"name": "Суджанский район", "name:en": "Sudzhansky District"},
    "geojson": {
        "type": "Polygon",
        "coordinates": [[[35.0, 51.0], [35.6, 51.0], [35.6, 51.4], [35.0, 51.4], [35.0, 51.0]]],
    },
}
NAMESAKES = [
    {**SUDZHA, "osm_id": 20 + n, "lon": str(30 + 2 * n), "importance": 0.1} for n in range(3)
]
PHOTON_SUDZHA = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [35.2672, 51.1978]},
    "properties": {
        "osm_type": "N",
        "osm_id": 191,
        "osm_key": "place",
        "osm_value": "town",
        "type": "city",
        "name": "Sudzha",
        "county": "Sudzhansky District",
        "state": "Kursk Oblast",
        "country": "Russia",
        "countrycode": "RU",
        "extent": [35.22, 51.23, 35.31, 51.16],
    },
}


@dataclass
class Reply:
    """One answer a server gives instead of its usual one.

    Attributes
    ----------
    pause_seconds
        Wait before the first byte.
    drip_seconds
        Wait between bytes of the body.
    drip_head
        Let the head drip instead, for ever.
    cut
        Announce the whole body, send this share of it, then hang up.
    """

    status: int = 200
    body: bytes = b"[]"
    headers: Mapping[str, str] = field(default_factory=dict)
    pause_seconds: float = 0.0
    drip_seconds: float = 0.0
    drip_head: bool = False
    cut: float = 1.0


@dataclass
class Request:
    """What a server was asked, and when (monotonic seconds) the request came and was answered."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    came: float
    answered: float = 0.0


class LocalServer:
    """An HTTP server on a free port of this machine; a context manager."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.replies: deque[Reply] = deque()
        self._stopping = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                owner.handle(self)

            def log_message(self, *_: object) -> None:
                """Keep the tests' output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # clients that hang up are part of the tests
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, request: Request) -> Reply:
        """Return the usual answer."""
        raise NotImplementedError

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request: with the next special reply, else as usual."""
        parts = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        headers = {name.lower(): value for name, value in handler.headers.items()}
        request = Request(parts.path, query, headers, time.monotonic())
        self.requests.append(request)
        self._send(handler, self.replies.popleft() if self.replies else self.answer(request))
        request.answered = time.monotonic()

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        """Send a reply with all its bad manners."""
        self._stopping.wait(reply.pause_seconds)
        if reply.drip_head:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            while not self._stopping.wait(reply.drip_seconds):
                handler.wfile.write(b"x")
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        if "Content-Length" not in reply.headers:
            handler.send_header("Content-Length", str(len(reply.body)))
        handler.send_header("Connection", "close")
        handler.end_headers()
        body = reply.body[: int(len(reply.body) * reply.cut)]
        if reply.drip_seconds:
            for byte in body:
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                if self._stopping.wait(reply.drip_seconds):
                    return
        else:
            handler.wfile.write(body)
        handler.close_connection = True


class GeocoderServer(LocalServer):
    """A server that behaves like Nominatim (`/search`) and Photon (`/api`)."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, list[dict[str, Any]]] = {
            "sudzha": [SUDZHA],
            "суджа": [SUDZHA],
            "sudzhansky district": [DISTRICT],
            "manyplace": NAMESAKES,
        }

    def answer(self, request: Request) -> Reply:
        """Return the places of the name asked for."""
        name = request.query["q"].casefold()
        if request.path.endswith("/api"):
            features = [PHOTON_SUDZHA] if name == "sudzha" else []
            value: Any = {"type": "FeatureCollection", "features": features}
        else:
            wanted = request.query.get("countrycodes")
            value = [
                place
                for place in self.places.get(name, [])
                if wanted in (None, place["address"]["country_code"])
            ]
        body = json.dumps(value, ensure_ascii=False).encode()
        return Reply(body=body, headers={"Content-Type": "application/json; charset=utf-8"})


class FileServer(LocalServer):
    """A server of files by path that resumes downloads (Range, If-Range, ETag)."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__()
        self.files = files
        self.etag = '"v1"'

    def answer(self, request: Request) -> Reply:
        """Return a file, or the rest of it."""
        content = self.files.get(request.path)
        if content is None:
            return Reply(status=404, body=b"not here")
        headers = {"ETag": self.etag, "Accept-Ranges": "bytes"}
        wanted = re.fullmatch(r"bytes=(\d+)-", request.headers.get("range", ""))
        if wanted is None or request.headers.get("if-range", self.etag) != self.etag:
            return Reply(body=content, headers=headers)
        start = int(wanted[1])
        if start >= len(content):
            headers["Content-Range"] = f"bytes */{len(content)}"
            return Reply(status=416, body=b"", headers=headers)
        headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return Reply(status=206, body=content[start:], headers=headers)
