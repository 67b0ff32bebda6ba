"""Fetching one article from the open web: polite, bounded, never from a local address."""

from __future__ import annotations

import ipaddress
import socket
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from dateline.errors import SourceError

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["fetch"]

_AGENT = "dateline (reads one article for its editor)"
_TIMEOUT_SECONDS = 20
_MAX_BYTES = 20_000_000


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects only to addresses that may be asked."""

    def redirect_request(
        self, req: urllib.request.Request, fp: object, code: int, msg: str, headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:  # fmt: skip
        """Return the next request, once its address has been checked."""
        _refuse_local(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def fetch(address: str) -> bytes:
    """Return the bytes at an http(s) address.

    Raises
    ------
    SourceError
        If the address is local, robots.txt forbids it, it is too large, or it cannot be read.
    """
    _refuse_local(address)
    _ask_robots(address)
    return _get(address)


def _get(address: str) -> bytes:
    """Return the bytes at a checked address."""
    request = urllib.request.Request(address, headers={"User-Agent": _AGENT})  # noqa: S310 (the scheme is checked above)
    opener = urllib.request.build_opener(_Redirects)
    try:
        with opener.open(request, timeout=_TIMEOUT_SECONDS) as answer:
            data: bytes = answer.read(_MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            f"an address that answers ({error})", address, "save the page and give the file"
        ) from error
    if len(data) > _MAX_BYTES:
        raise SourceError(f"an article of at most {_MAX_BYTES:,} bytes", address)
    return data


def _refuse_local(address: str) -> None:
    """Refuse addresses of this machine and its networks."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SourceError("an http or https address", address)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, proto=socket.IPPROTO_TCP)
    except OSError as error:
        raise SourceError(
            f"an address that exists ({error})", address, "save the page and give the file"
        ) from error
    for *_, place in found:
        if not ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global:
            raise SourceError("an address on the open web", address, "save the page, give the file")


def _ask_robots(address: str) -> None:
    """Refuse what the site's robots.txt forbids; a site without one forbids nothing."""
    parts = urlsplit(address)
    try:
        lines = _get(f"{parts.scheme}://{parts.netloc}/robots.txt").decode("utf-8", "replace")
    except SourceError:
        return
    rules = RobotFileParser()
    rules.parse(lines.splitlines())
    if not rules.can_fetch("dateline", address):
        raise SourceError("a page that robots.txt lets programs read", address, "save the page")
