"""Promises about finding place expressions in running text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def texts(geocoder, text, language):
    """Return the words of all expressions found."""
    return [found.text for found in geocoder.find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "id",
            "Belasan tentara tewas di perbatasan Kursk, kata militer Ukraina di Jakarta.",
            ["di perbatasan Kursk", "Ukraina", "Jakarta"],
        ),
        ("id", "Ribuan tentara disiagakan di bagian barat Kursk.", ["di bagian barat Kursk"]),
        (
            "en",
            "Troops advanced 5 km north of Sudzha and held the Kursk border.",
            ["5 km north of Sudzha", "the Kursk border"],
        ),
        (
            "uk",
            "Бої тривають на заході Курської області, за 10 км на північ від Суджі.",
            ["на заході Курської області", "за 10 км на північ від Суджі"],
        ),
        ("ru", "Взрывы прогремели в Курской области.", ["в Курской области"]),
        (
            "fr",
            "Une attaque a eu lieu à 20 km au nord de Gao, au Mali.",
            ["à 20 km au nord de Gao", "Mali"],
        ),
        ("ja", "ロシア軍はウクライナ南部を攻撃した。", ["ロシア", "ウクライナ南部"]),
        ("zh", "10日傍晚攻入南基伍省。", ["南基伍省"]),
        ("ko", "태국 육군은 부리람주에 포탄이 떨어졌다고 주장했다.", ["태국", "부리람주"]),
        ("ko", "우크라이나 남부를 공격했다.", ["우크라이나 남부"]),
        ("ko", "가자지구 남부로부터 철수했다.", ["가자지구 남부"]),
        ("he", "המורדים הגיעו אתמול לדמשק והפציצו באידליב.", ["לדמשק", "באידליב"]),
        ("ar", "قتل خمسة جنود أمس بغزة.", ["بغزة"]),
        (
            "pl",
            "Wojska zajęły wieś w obwodzie donieckim i weszły do rejonu pokrowskiego.",
            ["w obwodzie donieckim", "rejonu pokrowskiego"],
        ),
        ("hu", "Elfoglaltak egy falut a donyecki régióban.", ["a donyecki régióban"]),
        ("cs", "Úder zasáhl město v Charkovské oblasti.", ["v Charkovské oblasti"]),
        ("pl", "W Warszawie premier zwołał naradę.", ["Warszawie"]),
        ("lv", "Vašingtonā prezidents sacīja, ka tā nav.", ["Vašingtonā"]),
        (
            "fr",
            "Au Mali, des positions ont été attaquées à Kayes, Nioro du Sahel et Niono.",
            ["Mali", "Kayes", "Nioro du Sahel", "Niono"],
        ),
        ("pt", "Pemba, 17 nov 2025 (Agência) - Um grupo atacou duas aldeias.", ["Pemba"]),
    ],
)
def test_whole_expressions_are_found(geocoder, language, text, expected):
    """The words around a name that belong to the expression are part of it."""
    assert expected == texts(geocoder, text, language)


def test_offsets_are_those_of_the_text(geocoder):
    """Start and end cut the expression out of the text, in code points."""
    text = "🚀 Rockets hit Kharkiv and Odesa on Monday, officials in Kyiv said."
    for found in geocoder.find(text, "en"):
        assert found.text == text[found.start : found.end]


def test_expressions_do_not_overlap(geocoder):
    """Each stretch of text belongs to one expression at most."""
    text = (
        "Near the villages of Korenevo, Glushkovo and Sudzha, in western Kursk region, in Russia."
    )
    found = geocoder.find(text, "en")
    assert found
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_peoples_and_adjectives_are_no_places(geocoder):
    """An adjective of nationality names no place, but can be asked for."""
    text = "Russian forces and North Korean soldiers met Ukrainian drones."
    assert texts(geocoder, text, "en") == []
    peoples = geocoder.find(text, "en", peoples=True)
    assert [found.location.country for found in peoples] == ["RU", "KP", "UA"]
    assert all(found.people for found in peoples)


def test_persons_and_common_words_are_no_places(geocoder):
    """Titles, surnames and words that are also names of villages are left out."""
    text = (
        "Of course, Mr. Paris said that March sales were the same. He asked Mr. Nice for a reading."
    )
    assert texts(geocoder, text, "en") == []


def test_names_of_one_report_are_settled_together(geocoder):
    """Small places are found near the others that a report names."""
    text = "Police in London, Ontario, said the man drove from Windsor and Sarnia to Toronto."
    found = {item.text: item.location for item in geocoder.find(text, "en")}
    assert found["London"].country == found["Windsor"].country == "CA"


@given(st.text(max_size=200), st.sampled_from(["en", "uk", "zh", "ar", "id"]))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_breaks_the_finder(geocoder, text, language):
    """Any text can be searched."""
    for found in geocoder.find(text, language):
        assert found.text == text[found.start : found.end]


def test_empty_text_has_no_places(geocoder):
    """Nothing in, nothing out."""
    assert geocoder.find("", "en") == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Missiles hit the city centre of El-Fasher, the capital of North Darfur state.",
            {"the city centre of El-Fasher": "El Fasher", "the capital of North Darfur": "North Darfur"},
        ),
        ("en", "They hit Kharkiv, the second city of Ukraine.", {"Kharkiv": "Kharkiv", "city of Ukraine": "Ukraine"}),
        ("en", "He lives in the city of Luxembourg.", {"the city of Luxembourg": "Luxembourg"}),
        ("uk", "Ворог вдарив з РСЗВ по Сумщині.", {"Сумщині": "Sumy Oblast"}),
    ],
)  # fmt: skip
def test_what_stands_beside_a_name_does_not_make_it_another_place(
    geocoder, language, text, expected
):
    """Appositions are no lists, a country's city is no town of its name, abbreviations are not spelt otherwise."""
    found = {each.text: each.location.name for each in geocoder.find(text, language)}
    assert found == expected
