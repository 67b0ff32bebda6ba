"""Hosts: which addresses of the web may be asked, and connections that are only made to those.

Addresses come from reports, tables and the command line. One that leads into the user's own network
could make Dateline read what only that network may see, so only public hosts are asked unless the
caller says otherwise. The check is of the very address that is connected to, so that a host name
cannot change its mind between check and connection.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from dateline.errors import SourceError

__all__ = ["Checked", "CheckedTLS", "host_of", "port_of", "refuse_local_name", "split"]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_REMEDY = "only public hosts are asked; allow local hosts explicitly if this is meant"


def split(url: str) -> SplitResult:
    """Return the parts of an address that can be asked."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SourceError("an http or https address", url, "give it with its host")
    if parts.username or parts.password:
        raise SourceError("an address without user name and password", parts.hostname, "drop them")
    return parts


def host_of(parts: SplitResult) -> str:
    """Return the host of an address in the letters that name servers know."""
    host = parts.hostname or ""
    try:
        return host if ":" in host else host.encode("idna").decode()
    except UnicodeError as error:
        raise SourceError("a host name", host, "check the address") from error


def port_of(parts: SplitResult) -> int:
    """Return the port of an address."""
    return parts.port or (443 if parts.scheme == "https" else 80)


def refuse_local_name(host: str, url: str, allow_local: bool) -> None:
    """Raise where the host's own letters say that it is local (also where a proxy would resolve it)."""
    bare = host.rstrip(".").lower()
    local = bare == "localhost" or bare.endswith((".localhost", ".local", ".internal"))
    with contextlib.suppress(ValueError):  # a name is checked when it is resolved
        local = local or not _is_public(bare)
    if local and not allow_local:
        raise SourceError("a public host", url, _LOCAL_REMEDY)


def _is_public(address: str) -> bool:
    """Tell whether an IP address is one that all the world can reach, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _dial(host: str, port: int, timeout: float, allow_local: bool) -> socket.socket:
    """Return a socket to the first address of a host that answers, each checked beforehand."""
    failure: OSError = OSError(f"no address for {host}")
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for address in dict.fromkeys(str(entry[4][0]) for entry in found):
        if not allow_local and not _is_public(address):
            raise SourceError("a public host", f"{host} ({address})", _LOCAL_REMEDY)
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            failure = error
    raise failure


class Checked(http.client.HTTPConnection):
    """A connection that is only made to an address that was checked."""

    def __init__(self, host: str, port: int, timeout: float, *, allow_local: bool) -> None:
        super().__init__(host, port, timeout=timeout)
        self._dialled = (host, port, timeout, allow_local)

    def connect(self) -> None:
        """Open the connection."""
        self.sock = _dial(*self._dialled)


class CheckedTLS(http.client.HTTPSConnection):
    """The same, encrypted; the certificate must be the host's."""

    def __init__(self, host: str, port: int, timeout: float, *, allow_local: bool) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=timeout, context=self._tls)
        self._dialled = (host, port, timeout, allow_local)

    def connect(self) -> None:
        """Open the connection."""
        self.sock = self._tls.wrap_socket(_dial(*self._dialled), server_hostname=self.host)
