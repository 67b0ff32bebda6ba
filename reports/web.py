"""Fetching one article from the open web: only where the site's robots.txt lets programs read."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dateline.decoding import decode
from dateline.errors import SourceError
from dateline.web import fetch as ask

__all__ = ["fetch"]

_NAME = "dateline-map"
_SAVE = "save the page and give the file"


def fetch(address: str, *, allow_local: bool = False) -> bytes:
    """Return the bytes at an http(s) address; text that is not UTF-8 by the encoding its server names.

    Parameters
    ----------
    address
        Where the article stands.
    allow_local
        Also ask hosts of the user's own machine and network.

    Raises
    ------
    SourceError
        If the address is local, robots.txt forbids it, it is too large, or it cannot be read.
    """
    if not _may_read(address, allow_local=allow_local):
        raise SourceError("a page that robots.txt lets programs read", address, _SAVE)
    answer = ask(address, allow_local=allow_local)
    if answer.status != HTTPStatus.OK:
        raise SourceError(f"a page that answers 200, not {answer.status}", address, _SAVE)
    moved = urlsplit(answer.url)[:2] != urlsplit(address)[:2]
    if moved and not _may_read(answer.url, allow_local=allow_local):
        raise SourceError("a page that robots.txt lets programs read", answer.url, _SAVE)
    kind = Message()
    kind["content-type"] = answer.headers.get("content-type", "")
    encoding = kind.get_content_charset()
    if encoding is None or kind.get_content_maintype() != "text":
        return answer.body
    return decode(answer.body, address, declared=encoding)[0].encode()


def _may_read(address: str, *, allow_local: bool) -> bool:
    """Tell whether robots.txt allows a page; a site without one forbids nothing."""
    parts = urlsplit(address)
    robots = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
    answer = ask(robots, allow_local=allow_local)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return False  # what a site that cannot answer forbids is not known (RFC 9309, 2.3.1.4)
    if answer.status != HTTPStatus.OK:
        return True
    rules = RobotFileParser()
    rules.parse(answer.body.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(_NAME, address)
