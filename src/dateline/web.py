"""The web, carefully: every host is checked before it is asked, every answer has a size and a time limit."""

from __future__ import annotations

import gzip
import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from base64 import b64encode
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from dateline.errors import DatelineError, SourceError
from dateline.hosts import Checked, CheckedTLS, host_of, port_of, refuse_local_name, split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Answer", "Opened", "fetch", "open_url", "user_agent"]

_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_BYTES = 20_000_000
_CHUNK = 65_536
_TOO_LARGE = "is it the right address?"
_ALLOWED_IN_PATH = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes
    ----------
    url
        Address of the answer, after redirects.
    status
        HTTP status code.
    headers
        Names in lower case.
    body
        Content, decompressed.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def user_agent() -> str:
    """Return the name under which Dateline asks for files."""
    return f"dateline-map/{version('dateline-map')}"


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    allow_local: bool = False,
    timeout_seconds: float = 30.0,
    max_bytes: int = _MAX_BYTES,
) -> Answer:
    """Return what is at an address, whatever its status.

    Parameters
    ----------
    url
        An http or https address.
    headers
        Headers to send; a user-agent of our own where there is none.
    allow_local
        Also ask hosts of the user's own machine and network.
    timeout_seconds
        For each step of the connection, and for the whole body.
    max_bytes
        Largest body accepted, before and after decompression.

    Raises
    ------
    SourceError
        If the address is not allowed or cannot be reached, or the body is too large, cut short or
        damaged. Its cause is a `TimeoutError` where time ran out.
    """
    sent = {"Accept-Encoding": "gzip", **(headers or {})}
    opened = open_url(url, headers=sent, allow_local=allow_local, timeout_seconds=timeout_seconds)
    with closing(opened):
        body = _read(opened, time.monotonic() + timeout_seconds, max_bytes)
        if opened.headers.get("content-encoding", "").lower() in {"gzip", "x-gzip"}:
            body = _gunzip(body, url, max_bytes)
        return Answer(opened.url, opened.status, opened.headers, body)


def open_url(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    allow_local: bool = False,
    timeout_seconds: float = 30.0,
) -> Opened:
    """Return the open answer at an address, redirects followed; close it after use.

    Parameters are those of `fetch`.

    Raises
    ------
    SourceError
        If the address is not allowed or cannot be reached; its cause is what the network said.
    """
    sent = {"User-Agent": user_agent(), "Accept-Encoding": "identity", **(headers or {})}
    for _ in range(_MAX_REDIRECTS + 1):
        opened = _ask(url, sent, allow_local, timeout_seconds)
        onward = opened.headers.get("location") if opened.status in _REDIRECTS else None
        if onward is None:
            return opened
        opened.close()
        url = _redirected(url, onward)
    raise SourceError(f"at most {_MAX_REDIRECTS} redirects", url, "give the address of the file")


def _ask(url: str, sent: Mapping[str, str], allow_local: bool, timeout_seconds: float) -> Opened:
    """Return the answer at one address, wherever it points."""
    connection, target = _connection(url, allow_local, timeout_seconds)
    try:
        with _as_source_errors(url), _deadline(connection, timeout_seconds):
            connection.request("GET", target, headers={**sent, **_proxy_headers(connection, url)})
            return Opened(url, connection, connection.getresponse())
    except SourceError:
        connection.close()
        raise


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Hang up when the block takes longer: a server that drips its headers is given no more time.

    The socket's own limit starts anew with each byte.
    """
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError, AttributeError):  # not yet connected, or gone by now
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if late.is_set():  # a head that breaks off reads like a short one
        raise TimeoutError


class Opened:
    """An answer whose body is still to be read.

    Attributes
    ----------
    url
        Address of the answer, after redirects.
    status
        HTTP status code.
    headers
        Names in lower case.
    length
        Bytes of the body, null where the server does not say.
    """

    def __init__(
        self, url: str, connection: http.client.HTTPConnection, response: http.client.HTTPResponse
    ) -> None:
        self.url = url
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self.length = response.length
        self._connection = connection
        self._response = response

    def read(self, most: int) -> bytes:
        """Return what comes next, at most so many bytes, without waiting for all of them; empty at the end.

        Raises
        ------
        SourceError
            If the connection fails; its cause is what the network said.
        """
        with _as_source_errors(self.url):
            return self._response.read1(most)

    def close(self) -> None:
        """Close the connection."""
        self._response.close()
        self._connection.close()


@contextmanager
def _as_source_errors(url: str) -> Iterator[None]:
    """Turn what can go wrong on a network into one kind of error."""
    remedy = "check the address and the connection, then try again"
    try:
        yield
    except DatelineError:
        raise
    except TimeoutError as error:
        raise SourceError(f"an answer from {url} in time", None, remedy) from error
    except ssl.SSLError as error:
        raise SourceError(f"a valid certificate at {url}", str(error), remedy) from error
    except (OSError, http.client.HTTPException) as error:
        raise SourceError(f"an answer from {url}", str(error) or repr(error), remedy) from error


def _redirected(url: str, onward: str) -> str:
    """Return where a redirect leads; from https it may not lead to http."""
    following = urljoin(url, onward)
    if urlsplit(url).scheme == "https" and urlsplit(following).scheme != "https":
        raise SourceError(f"an encrypted redirect from {url}", following, "use another address")
    return following


def _connection(
    url: str, allow_local: bool, timeout_seconds: float
) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection, not yet opened, for an address and the target to request on it."""
    parts = split(url)
    host = host_of(parts)
    refuse_local_name(host, url, allow_local)
    target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_ALLOWED_IN_PATH)
    secure = parts.scheme == "https"
    proxy = _proxy(parts.scheme, host)
    if proxy is None:
        kind = CheckedTLS if secure else Checked
        return kind(host, port_of(parts), timeout_seconds, allow_local=allow_local), target
    proxy_host, proxy_port = host_of(proxy), proxy.port or 8080
    if not secure:
        plain = http.client.HTTPConnection(proxy_host, proxy_port, timeout=timeout_seconds)
        return plain, f"http://{host}:{port_of(parts)}{target}"
    tunnel = http.client.HTTPSConnection(proxy_host, proxy_port, timeout=timeout_seconds)
    tunnel.set_tunnel(host, port_of(parts), _credentials(proxy))
    return tunnel, target


def _proxy(scheme: str, host: str) -> SplitResult | None:
    """Return the proxy that the user's system names for a host, if any."""
    address = getproxies().get(scheme)
    if not address or proxy_bypass(host):
        return None
    return urlsplit(address if "://" in address else f"http://{address}")


def _proxy_headers(connection: http.client.HTTPConnection, url: str) -> dict[str, str]:
    """Return what a proxy wants to see in a plain request that goes through it."""
    parts = urlsplit(url)
    if isinstance(connection, Checked | http.client.HTTPSConnection):
        return {}
    proxy = _proxy(parts.scheme, host_of(parts))
    return _credentials(proxy) if proxy else {}


def _credentials(proxy: SplitResult) -> dict[str, str]:
    """Return the header that carries the user name and password of a proxy's address."""
    if not proxy.username:
        return {}
    pair = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _read(opened: Opened, until: float, max_bytes: int) -> bytes:
    """Return the whole body; a server that drips it byte by byte runs out of time."""
    body = io.BytesIO()
    while part := opened.read(_CHUNK):
        body.write(part)
        if body.tell() > max_bytes:
            raise SourceError(f"at most {max_bytes:,} bytes from {opened.url}", None, _TOO_LARGE)
        if time.monotonic() > until:
            with _as_source_errors(opened.url):
                raise TimeoutError
    if opened.length is not None and body.tell() < opened.length:
        with _as_source_errors(opened.url):
            raise http.client.IncompleteRead(body.getvalue(), opened.length - body.tell())
    return body.getvalue()


def _gunzip(body: bytes, url: str, max_bytes: int) -> bytes:
    """Return a body decompressed, refusing one that swells beyond the limit."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as file:
            plain = file.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"a whole gzip body from {url}", str(error), "try again") from error
    if len(plain) > max_bytes:
        raise SourceError(f"at most {max_bytes:,} bytes from {url}", None, _TOO_LARGE)
    return plain
