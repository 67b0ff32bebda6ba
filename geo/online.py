"""Online geocoders, for the names that the gazetteers do not know; asked only when the user says so.

Every answer is kept, also that nothing was found, and is looked up before anybody is asked. All processes
that share a cache directory take turns, one request at a time and a pause after each. A run that is
killed goes on where it stopped.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from platformdirs import user_cache_path

from dateline.errors import AnswerError, InputError, ServiceError
from dateline.geo._online_answers import read_answer
from dateline.geo._online_cache import AnswerCache, Pace
from dateline.geo._online_location import CREDIT, location_of
from dateline.geo._online_manners import MIN_DELAY_SECONDS, check_delay, checked_agent
from dateline.geo._online_service import PUBLIC_URLS, SERVICES, BusyError, make_service
from dateline.geo.location import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from dateline.geo._online_answers import Known
    from dateline.geo.place import Place

__all__ = ["CREDIT", "SERVICES", "Online", "Patience"]

_log = logging.getLogger("dateline.geo.online")
_MAX_NAME_CHARACTERS = 200
_MANY = 100  # names; more are worth a word before they are asked for
_MOST_UNREAD = 5  # answers in a row that cannot be read: then the server is not what it should be


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a service is waited for, and how long its answers count.

    Attributes
    ----------
    timeout_seconds
        For one answer.
    attempts
        Requests for one name while the service is busy or does not answer.
    first_pause_seconds
        Before the second attempt; doubled for each further one.
    longest_pause_seconds
        A service that asks for more is left alone, with an error.
    keep_days, keep_misses_days
        How long answers count, and how long "nothing found" does.
    """

    timeout_seconds: float = 30.0
    attempts: int = 5
    first_pause_seconds: float = 2.0
    longest_pause_seconds: float = 120.0
    keep_days: float = 365.0
    keep_misses_days: float = 30.0


class Online:
    """An online geocoder behind a persistent cache and a limiter shared by all processes.

    Parameters
    ----------
    service
        "nominatim" or "photon".
    user_agent
        What you are called, with how to reach you: "example-news-map/1.0 (desk@example.org)". Both services
        block those who do not say who they are.
    cache_dir
        Where answers are kept; the user's cache directory where null.
    url
        Address of a server of your own; the public one where null.
    min_delay_seconds
        From the end of one request to the start of the next; at least 1 at the public servers.
    patience
        Time limits.

    Raises
    ------
    InputError
        If the service is not known, the user-agent does not name its user, or the delay is too short.
    """

    def __init__(
        self,
        service: str = "nominatim",
        *,
        user_agent: str | None,
        cache_dir: Path | None = None,
        url: str | None = None,
        min_delay_seconds: float = MIN_DELAY_SECONDS,
        patience: Patience | None = None,
    ) -> None:
        self.service = service
        self._patience = patience or Patience()
        self._asker = make_service(
            service,
            user_agent=checked_agent(user_agent),
            url=url,
            timeout_seconds=self._patience.timeout_seconds,
        )
        self._min_delay_seconds = min_delay_seconds
        self._url = url or PUBLIC_URLS[service]
        self._host = urlsplit(self._url).netloc
        check_delay(self._host, min_delay_seconds)
        file = (cache_dir or _cache_dir()) / "online.sqlite"
        self._cache = AnswerCache(
            file,
            keep_days=self._patience.keep_days,
            keep_misses_days=self._patience.keep_misses_days,
        )
        self._pace = Pace(
            file,
            self._host,
            min_delay_seconds=min_delay_seconds,
            longest_pause_seconds=self._patience.longest_pause_seconds,
        )
        self._outlines: dict[str, BaseGeometry] = {}
        self._unread: dict[tuple[str, str | None], AnswerError] = {}
        self._told = False

    def find(self, name: str, *, country: str | None = None) -> list[Place]:
        """Return the places of a name, the service's favourite first.

        Parameters
        ----------
        name
            A place name in any language; its surroundings may follow after commas.
        country
            ISO 3166-1 alpha-2 code of the country to prefer: asked first; all the world only where
            nothing is found there.

        Raises
        ------
        ServiceError
            If the service refuses us, stays away or answers nonsense.
        """
        return [known.place for known in self._known(name, country)]

    def find_many(
        self,
        names: Sequence[str],
        *,
        country: str | None = None,
        progress: Callable[[float, str], None] | None = None,
    ) -> dict[str, list[Place]]:
        """Return the places of each name; see `find`. One whose answer cannot be read has none, and the run goes on.

        Parameters
        ----------
        progress
            Called with the share done, 0 to 1, and a label, after each name.

        Raises
        ------
        ServiceError
            If the service refuses us or stays away, or if several answers in a row cannot be read.
        """
        wanted = list(dict.fromkeys(names))
        if len(wanted) > _MANY:
            seconds = len(wanted) * self._min_delay_seconds
            _log.warning(
                "%d names take up to %.0f minutes; a run that is stopped goes on where it was",
                len(wanted),
                seconds / 60,
            )
        found = {}
        in_row = 0
        for number, name in enumerate(wanted, start=1):
            try:
                found[name] = self.find(name, country=country)
                in_row = 0
            except AnswerError as error:
                in_row += 1
                if in_row == _MOST_UNREAD:
                    raise
                _log.warning("%r is left out: %s", name, error)
                found[name] = []
            if progress is not None:
                progress(number / len(wanted), f"asking {self._host}")
        return found

    def outline(self, place: Place) -> BaseGeometry | None:
        """Return the area or line, EPSG:4326, of a place that `find` gave; null where it is a point."""
        return self._outlines.get(place.id)

    def locate(
        self,
        texts: Sequence[str],
        *,
        country: str | None = None,
        progress: Callable[[float, str], None] | None = None,
    ) -> list[Location]:
        """Return where each named place is, as far as the service knows.

        Confidence is an estimate (how the name fits, shared with the namesakes by how well known each is)
        and is not calibrated: there is no truth to calibrate it on.

        Parameters
        ----------
        texts
            Names of places; a blank one has no location.
        country
            ISO 3166-1 alpha-2 code of the country to prefer.
        progress
            Called with the share done, 0 to 1, and a label, after each name.

        Returns
        -------
        list of Location
            One a text, in order; without geometry where nothing was found.
        """
        self.find_many([text for text in texts if text.strip()], country=country, progress=progress)
        return [self._located(text, country) for text in texts]

    def _located(self, text: str, country: str | None) -> Location:
        """Return where a named place is; of one whose answer could not be read, why it has no location."""
        try:
            known = self._known(text, country) if text.strip() else []
        except AnswerError as error:
            return Location(query=text, explanation=f"{error}.")
        return location_of(text, known, self.service, self._host)

    def _known(self, name: str, country: str | None) -> list[Known]:
        """Return what the service knows by a name, in the country first, then anywhere."""
        name = " ".join(name.split())
        if not name or len(name) > _MAX_NAME_CHARACTERS:
            raise InputError(f"a place name of 1 to {_MAX_NAME_CHARACTERS} characters", name)
        known: list[Known] = []
        for where in dict.fromkeys((country, None)):
            known = known or self._read(name, where)
        for place in known:
            if place.outline is not None:
                self._outlines[place.place.id] = place.outline
        return known

    def _read(self, name: str, country: str | None) -> list[Known]:
        """Return the places of one question; only an answer that can be read is kept, of others that they cannot."""
        question = json.dumps([self.service, self._url, name.casefold(), country])
        kept = self._kept(question, name)
        if kept is not None:
            return kept
        if (name, country) in self._unread:  # not asked again in one run
            raise self._unread[name, country]
        try:
            return self._ask(question, name, country)
        except AnswerError as error:
            self._unread[name, country] = error
            raise

    def _kept(self, question: str, name: str) -> list[Known] | None:
        """Return the places of an answer that is kept and can be read, null where there is none."""
        answer = self._cache.get(question)
        with contextlib.suppress(ServiceError):
            return None if answer is None else read_answer(self.service, answer, name)
        return None

    def _ask(self, question: str, name: str, country: str | None) -> list[Known]:
        """Ask the service, again and more slowly while it is busy."""
        self._tell()
        pause = self._patience.first_pause_seconds
        for attempt in range(1, self._patience.attempts + 1):
            with self._pace.turn():
                kept = self._kept(question, name)  # another process may have asked meanwhile
                if kept is not None:
                    return kept
                try:
                    answer = self._asker.ask(name, country)
                except BusyError as error:
                    self._back_off(error, pause, last=attempt == self._patience.attempts)
                    pause = min(2 * pause, self._patience.longest_pause_seconds)
                    continue
                known = read_answer(self.service, answer, name)
                self._cache.put(question, answer)
                return known
        raise AssertionError  # the last attempt returns or raises

    def _back_off(self, error: BusyError, pause: float, *, last: bool) -> None:
        """Have all processes leave a busy service alone for a while; give up at the last attempt."""
        asked = error.retry_after_seconds
        seconds = max(pause, asked or 0.0)
        self._pace.postpone(seconds)
        if last or seconds > self._patience.longest_pause_seconds:
            wish = f"asks to be left alone for {asked:.0f} s" if asked else "does not recover"
            message = (
                f"{error}; {self._host} {wish}: run the same command again later, "
                "answers so far are kept"
            )
            raise ServiceError(message) from error
        _log.warning("%s; next attempt in %.0f s", error, seconds)

    def _tell(self) -> None:
        """Say once that names leave this machine: they may come from a report not yet published."""
        if not self._told:
            _log.warning("place names that the gazetteers lack are sent to %s", self._host)
            self._told = True


def _cache_dir() -> Path:
    """Return the user's cache directory."""
    given = os.environ.get("DATELINE_CACHE")
    return Path(given) if given else user_cache_path("dateline")
