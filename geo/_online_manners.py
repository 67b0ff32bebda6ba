"""What online geocoders ask of those who ask them: a name, and patience."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dateline.errors import InputError
from dateline.geo._online_service import PUBLIC_URLS

__all__ = ["MIN_DELAY_SECONDS", "check_delay", "checked_agent"]

MIN_DELAY_SECONDS = 1.0  # Nominatim's usage policy; Photon asks for fairness only
_GENERIC_AGENT = re.compile(
    r"^(geopy|python|requests|urllib|curl|wget|mozilla|my[-_ ]?app|my[-_ ]?application|test|example|"
    r"dateline|dateline-map|user[-_ ]?agent|application|specify)\b(?!.*(@|://)).*$",
    re.IGNORECASE,
)


def checked_agent(user_agent: str | None) -> str:
    """Return a user-agent that names its user.

    Raises
    ------
    InputError
        If it is missing, or names a program and nobody to write to.
    """
    agent = (user_agent or "").strip()
    if not agent or not agent.isprintable() or not agent.isascii() or _GENERIC_AGENT.match(agent):
        raise InputError(
            "a user-agent that names you and how to reach you",
            user_agent,
            'e.g. "example-news-map/1.0 (desk@example.org)": the services block the anonymous',
        )
    return agent


def check_delay(host: str, seconds: float) -> None:
    """Refuse to hurry a public server.

    Raises
    ------
    InputError
        If the delay is shorter than the host's policy has it.
    """
    public = {urlsplit(url).hostname for url in PUBLIC_URLS.values()}
    least = MIN_DELAY_SECONDS if host.lower().partition(":")[0] in public else 0.0
    if not seconds >= least:
        raise InputError(
            f"a delay of at least {least:g} s at {host}", seconds, "or your own server"
        )
