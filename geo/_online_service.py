"""The online geocoders, asked through geopy; every way in which they fail becomes one of two errors."""

from __future__ import annotations

import json
import ssl
import warnings
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import (
    GeocoderParseError,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.geocoders import Nominatim, Photon

from dateline.errors import AnswerError, InputError, ServiceError, SourceError
from dateline.web import fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["PUBLIC_URLS", "SERVICES", "BusyError", "Service", "make_service"]

PUBLIC_URLS = {
    # Policy: https://operations.osmfoundation.org/policies/nominatim/ - at most one request a second
    # over all users of an application, one thread, a user-agent that names the application, results
    # kept by the asker, OpenStreetMap credited (ODbL), no bulk work that a copy of one's own could do.
    "nominatim": "https://nominatim.openstreetmap.org",
    # https://photon.komoot.io: free for fair use, "extensive usage will be throttled", no promises.
    "photon": "https://photon.komoot.io",
}
SERVICES = tuple(PUBLIC_URLS)
_LIMIT = 5  # answers a question: enough to see that a name is ambiguous
_POLYGON_TOLERANCE_DEGREES = 0.001  # some 100 m: an outline of megabytes helps nobody
_MAX_BYTES = 50_000_000
_SERVER_ERROR = 500
_BUSY_CODES = frozenset({408, 425, 429})
_REFUSED_CODES = frozenset({401, 402, 403, 407})
_SHOWN_CHARACTERS = 160


class BusyError(ServiceError):
    """The service may well answer later.

    Attributes
    ----------
    retry_after_seconds
        How long it asks us to wait, null where it does not say.
    """

    def __init__(self, message: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Service(Protocol):
    """An online geocoder."""

    def ask(self, name: str, country: str | None) -> list[dict[str, Any]]:
        """Return what the service knows by a name, best first, in its own words."""


def make_service(name: str, *, user_agent: str, url: str | None, timeout_seconds: float) -> Service:
    """Return the geocoder of a name.

    Parameters
    ----------
    name
        One of `SERVICES`.
    user_agent
        What the asker is called.
    url
        Address of a server of one's own, with its path if it has one; the public one where null.
    timeout_seconds
        How long an answer may take.
    """
    makers: dict[str, Callable[..., Service]] = {"nominatim": _Nominatim, "photon": _Photon}
    if name not in makers:
        raise InputError(f"one of the services {', '.join(makers)}", name)
    parts = urlsplit(url or PUBLIC_URLS[name])
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError(f"the http or https address of a {name} server", url)
    return makers[name](
        scheme=parts.scheme,
        domain=(parts.netloc + parts.path).rstrip("/"),
        user_agent=user_agent,
        timeout=timeout_seconds,
        # a server that the user names may stand in the user's own network
        adapter_factory=_adapter_factory(allow_local=url is not None),
    )


class _Nominatim:
    """Nominatim, or a server that behaves like it, with the outlines of areas."""

    def __init__(self, **options: Any) -> None:
        self._geocoder = _SparseNominatim(**options)

    def ask(self, name: str, country: str | None) -> list[dict[str, Any]]:
        """Return places in Nominatim's JSON, best first."""
        found = _call(
            "nominatim",
            lambda: self._geocoder.geocode(
                name,
                exactly_one=False,
                limit=_LIMIT,
                addressdetails=True,
                namedetails=True,
                geometry="geojson",
                language="en",
                country_codes=country.lower() if country else None,
            ),
        )
        return [place.raw for place in found or ()]


class _Photon:
    """Photon, or a server that behaves like it; it gives boxes and no outlines."""

    def __init__(self, **options: Any) -> None:
        self._geocoder = Photon(**options)

    def ask(self, name: str, country: str | None) -> list[dict[str, Any]]:
        """Return places in Photon's JSON, best first; Photon cannot be told the country."""
        found = _call(
            "photon",
            lambda: self._geocoder.geocode(name, exactly_one=False, limit=_LIMIT, language="en"),
        )
        places: list[dict[str, Any]] = [place.raw for place in found or ()]
        if country is None:
            return places
        return [p for p in places if p["properties"].get("countrycode", country) == country]


class _SparseNominatim(Nominatim):  # type: ignore[misc]
    """Nominatim that asks for outlines with no more corners than are of use."""

    def _construct_url(self, base_api: str, params: dict[str, Any]) -> str:
        simpler = {**params, "polygon_threshold": _POLYGON_TOLERANCE_DEGREES}
        return str(super()._construct_url(base_api, simpler))


class _Adapter(BaseSyncAdapter):  # type: ignore[misc]
    """How geopy gets its answers: with a limit to their size and time, and checked to be answers."""

    def __init__(self, *, proxies: object, ssl_context: object, allow_local: bool) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._allow_local = allow_local

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Return the body of a successful answer."""
        try:
            answer = fetch(
                url,
                headers=headers,
                allow_local=self._allow_local,
                timeout_seconds=timeout,
                max_bytes=_MAX_BYTES,
            )
        except SourceError as error:
            cause = error.__cause__
            if cause is None or isinstance(cause, ssl.SSLCertVerificationError):
                raise GeocoderServiceError(str(error)) from error  # asking again will not help
            kind = GeocoderTimedOut if isinstance(cause, TimeoutError) else GeocoderUnavailable
            raise kind(str(error)) from error
        text = answer.body.decode("utf-8", "replace")
        if answer.status >= 400:  # noqa: PLR2004 (HTTP's own border between success and failure)
            raise AdapterHTTPError(
                str(answer.status), status_code=answer.status, headers=answer.headers, text=text
            )
        return text

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Return the JSON of a successful answer: a list of objects, or a feature collection."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            value = json.loads(text)
        except ValueError as error:
            raise GeocoderParseError(text[:_SHOWN_CHARACTERS]) from error
        places = value.get("features") if isinstance(value, dict) else value
        if not isinstance(places, list) or not all(isinstance(place, dict) for place in places):
            raise GeocoderParseError(text[:_SHOWN_CHARACTERS])
        return value


def _adapter_factory(*, allow_local: bool) -> Callable[..., _Adapter]:
    """Return what geopy makes its adapter with."""

    def make(*, proxies: object, ssl_context: object) -> _Adapter:
        return _Adapter(proxies=proxies, ssl_context=ssl_context, allow_local=allow_local)

    return make


def _call(service: str, ask: Callable[[], Any]) -> Any:
    """Return what `ask` gives; geopy's errors become ours.

    Raises
    ------
    BusyError
        If asking again later may help.
    ServiceError
        If the service refuses us or answers what is no answer.
    """
    try:
        with warnings.catch_warnings():
            # geopy warns of coordinates off the globe; whoever reads the answer refuses them
            warnings.simplefilter("ignore", UserWarning)
            return ask()
    except (GeocoderTimedOut, GeocoderUnavailable) as error:
        if not isinstance(error.__cause__, AdapterHTTPError):
            message = f"expected an answer from {service}, got {str(error)!r}"
            raise BusyError(message) from error
        raise _refusal(service, error.__cause__) from error
    except GeopyError as error:
        if isinstance(error.__cause__, AdapterHTTPError):
            raise _refusal(service, error.__cause__) from error
        if isinstance(error.__cause__, SourceError):
            message = f"{service}: {error}"
            raise ServiceError(message) from error
        raise _nonsense(service, error) from error
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        # geopy trusts the members of an answer to be what they should be
        raise _nonsense(service, error) from error


def _refusal(service: str, error: AdapterHTTPError) -> ServiceError:
    """Return what an HTTP status of failure means to us."""
    code = error.status_code
    said = " ".join((error.text or "").split())[:_SHOWN_CHARACTERS]
    if code in _BUSY_CODES or code >= _SERVER_ERROR:
        return BusyError(
            f"expected an answer from {service}, got HTTP {code}", get_retry_after(error.headers)
        )
    if code in _REFUSED_CODES:
        return ServiceError(
            f"expected {service} to answer, got HTTP {code} (refused): {said!r}; check that the "
            "user-agent names you and how to reach you, ask less often, or name a server of your own"
        )
    return ServiceError(f"expected an answer from {service}, got HTTP {code}: {said!r}")


def _nonsense(service: str, error: Exception) -> AnswerError:
    """Return the error for an answer that is none."""
    lacks = isinstance(error, KeyError)
    wrong = (
        f"without {error}" if lacks else f"that is malformed ({str(error)[:_SHOWN_CHARACTERS]!r})"
    )
    return AnswerError(
        f"expected places from {service}, got an answer {wrong}; try again later or name another server"
    )
