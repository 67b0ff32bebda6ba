"""Promises about larger places named beside a name, in running text."""

from __future__ import annotations

import pytest


def regions(geocoder, text, language):
    """Return the regions, ISO 3166-2, of the places found in a text, by their words."""
    return {found.text: found.location.admin1 for found in geocoder.find(text, language)}


@pytest.mark.parametrize(
    ("language", "text", "words", "region"),
    [
        ("ru", "Обстрелян поселок Октябрьский в Курской области.", "поселок Октябрьский", "RU-KRS"),
        ("ru", "Обстрелян поселок Октябрьский в Белгородской области.", "поселок Октябрьский", "RU-BEL"),
        ("ru", "Снаряд попал в поселок Октябрьский Курской области.", "в поселок Октябрьский", "RU-KRS"),
        ("en", "Drones hit Oleksandrivka in the Kharkiv region.", "Oleksandrivka", "UA-63"),
        ("en", "Drones hit Novoselivka in Sumy Oblast.", "Novoselivka", "UA-59"),
        ("en", "Gunmen raided Santa Rosa in northern Guatemala.", "Santa Rosa", "GT-06"),
        ("uk", "У Сумській області в селі Покровка чули вибухи.", "в селі Покровка", "UA-59"),
        ("de", "Kämpfe gab es beim Dorf Machnowka in der Region Kursk.", "Dorf Machnowka", "RU-KRS"),
        ("pl", "Ostrzelano wieś Nikołajewka w obwodzie biełgorodzkim.", "wieś Nikołajewka", "RU-BEL"),
    ],
)  # fmt: skip
def test_a_name_lies_in_the_area_said_to_hold_it(geocoder, language, text, words, region):
    """Whichever namesake is larger or nearer a front."""
    assert regions(geocoder, text, language)[words] == region


def test_what_was_said_once_holds_for_the_whole_report(geocoder):
    """A later mention of the name alone means the same place."""
    text = "Drones hit Oleksandrivka in the Kharkiv region. Two were hurt in Oleksandrivka."
    places = [found.location for found in geocoder.find(text, "en") if "Oleks" in found.text]
    assert {place.admin1 for place in places} == {"UA-63"}


@pytest.mark.parametrize(
    "text",
    [
        "Troops from Kharkiv region reached Oleksandrivka.",
        "Troops left Oleksandrivka for Kharkiv region.",
        "Kharkiv region was hit. Oleksandrivka was not.",
    ],
)
def test_an_area_elsewhere_in_the_sentence_holds_nothing(geocoder, text):
    """Only what stands beside a name with a word for "in" does."""
    alone = regions(geocoder, "Oleksandrivka was not hit, unlike Kharkiv region.", "en")
    assert regions(geocoder, text, "en")["Oleksandrivka"] == alone["Oleksandrivka"]


@pytest.mark.parametrize("text", ["Pasukan Rusia. Rusia Rusia menang.", "Di Kursk Rusia kalah."])
def test_a_country_lies_in_nothing(geocoder, text):
    """Nor does a name lie in itself."""
    assert {
        found.location.kind for found in geocoder.find(text, "id") if found.text == "Rusia"
    } == {"country"}


@pytest.mark.parametrize(
    ("language", "text", "words", "region"),
    [
        ("uk", "Жителі Сумської області та Харківської області.", "Харківської області", "UA-63"),
        ("uk", "Жителі Сумської області.", "Сумської області", "UA-59"),
        ("ru", "Глава Белгородской области сообщил об атаке.", "Белгородской области", "RU-BEL"),
        ("cs", "Útok v Sumské oblasti.", "v Sumské oblasti", "UA-59"),
        ("be", "Абстраляна вёска Сумскай вобласці.", "Сумскай вобласці", "UA-59"),
    ],
)
def test_an_adjective_beside_the_word_for_a_region_is_its_name(
    geocoder, language, text, words, region
):
    """In every case, at the head of a sentence too."""
    assert regions(geocoder, text, language)[words] == region


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "В каждом районе области и в соседнем районе."),
        ("pl", "W sąsiednim obwodzie i w drugim rejonie."),
    ],
)
def test_other_adjectives_beside_it_are_none(geocoder, language, text):
    """Every, neighbouring and second are no regions."""
    assert geocoder.find(text, language) == []
