"""Promises about parsing place expressions."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.geo.expression import (
    Along,
    Bearing,
    Between,
    Border,
    Distance,
    Name,
    Near,
    Offset,
    Part,
    Road,
    Several,
    names_of,
)
from dateline.geo.grammar import KINDS, grammar, place_languages
from dateline.geo.parser import parse
from dateline.geo.tokens import fold
from dateline.lexicon import languages, lexicon

TREES = [
    ("en", "western part of Kursk region", Part),
    ("en", "western Kursk", Part),
    ("en", "Kursk border", Border),
    ("en", "the border between Russia and Ukraine", Border),
    ("en", "5 km north of Sudzha", Offset),
    ("en", "north of Sudzha", Bearing),
    ("en", "within 10 km of Sudzha", Distance),
    ("en", "about 12 miles from Sudzha", Distance),
    ("en", "between Sudzha and Korenevo", Between),
    ("en", "near Sudzha", Near),
    ("en", "outskirts of Sudzha", Near),
    ("en", "along the Seym river", Along),
    ("en", "on the Sudzha-Kursk road", Road),
    ("en", "the villages of Pogrebki, Orlovka and Plekhovo", Several),
    ("id", "di bagian barat Kursk", Part),
    ("id", "Kursk bagian barat", Part),
    ("id", "perbatasan Kursk", Border),
    ("id", "5 km utara Sudzha", Offset),
    ("id", "antara Sudzha dan Korenevo", Between),
    ("uk", "на захід від Суджі", Bearing),
    ("uk", "на заході Курської області", Part),
    ("uk", "15 км на північ від Суджі", Offset),
    ("uk", "на околицях Суджі", Near),
    ("ru", "на западе Курской области", Part),
    ("ru", "в 5 км к северу от Суджи", Offset),
    ("ru", "северо-восточнее Суджи", Bearing),
    ("ru", "граница Курской области", Border),
    ("be", "5 км на поўнач ад Суджы", Offset),
    ("ms", "sempadan Kursk", Border),
    ("de", "5 km nördlich von Sudscha", Offset),
    ("de", "im Westen der Region Kursk", Part),
    ("fr", "à 20 km à l'est d'Alep", Offset),
    ("fr", "dans l'ouest de la région de Koursk", Part),
    ("es", "a 5 km al norte de Sudzha", Offset),
    ("pt", "perto de Sudzha", Near),
    ("it", "tra Sudzha e Kursk", Between),
    ("nl", "5 km ten noorden van Soedzja", Offset),
    ("pl", "w zachodniej części obwodu kurskiego", Part),
    ("cs", "5 km severně od Sudži", Offset),
    ("ro", "lângă Sudja", Near),
    ("tr", "Sudzha'nın 5 km kuzeyinde", Offset),
    ("tr", "Rusya-Ukrayna sınırı", Border),
    ("ar", "حدود كورسك", Border),
    ("fa", "مرز کورسک", Border),
    ("he", "גבול קורסק", Border),
    ("hi", "कुर्स्क सीमा", Border),
    ("zh", "在苏贾以北5公里", Offset),
    ("zh", "库尔斯克州西部", Part),
    ("ja", "スジャの北5キロ", Offset),
    ("ko", "쿠르스크에서 북쪽으로 5km", Offset),
    ("vi", "5 km về phía bắc Kursk", Offset),
    ("fi", "5 kilometriä Kurskista pohjoiseen", Offset),
    ("lv", "netālu no Kurskas", Near),
    ("sv", "5 km norr om Kursk", Offset),
    ("hu", "Kurszk közelében", Near),
]


@pytest.mark.parametrize(("language", "text", "node"), TREES)
def test_each_kind_is_read_in_each_language(language, text, node):
    """The first reading of an expression is of the kind its words say."""
    assert node is type(parse(text, language)[0].expression)


@pytest.mark.parametrize(
    ("text", "metres", "bearing"),
    [
        ("5 km north of X", 5000.0, 0.0),
        ("120 miles (190 km) northwest of X", 193121.28, 315.0),
        ("14.3 miles west south west of X", 23013.6192, 247.5),
        ("5 km NNW of X", 5000.0, 337.5),
        ("4 miles North East of X", 6437.376, 45.0),
        ("2 to 4 km south-east of X", 3000.0, 135.0),
        ("1,500 metres east of X", 1500.0, 90.0),
        ("ten kilometres to the south of the town of X", 10000.0, 180.0),
    ],
)
def test_offsets_are_read_exactly(text, metres, bearing):
    """Numbers, units and the sixteen winds become metres and degrees."""
    offset = parse(text, "en")[0].expression
    assert (metres, bearing) == (pytest.approx(offset.metres), offset.bearing)


def test_generic_words_are_kept_as_what_the_place_is():
    """A generic word says what kind of place a name means, and goes from the name."""
    name = parse("Sudzha district", "en")[0].expression
    assert (name.text, name.noun) == ("Sudzha", "district")


def test_a_list_shares_its_generic_word():
    """In "the villages of A, B and C" all are villages."""
    several = parse("the villages of Pogrebki, Orlovka and Plekhovo", "en")[0].expression
    assert [name.noun for name in names_of(several)] == ["settlement"] * 3


def test_the_larger_place_named_after_is_kept():
    """In "Alexandria, Louisiana" the state says which Alexandria."""
    name = parse("Alexandria, Louisiana", "en")[0].expression
    assert Name("Alexandria", "Alexandria", None, ("Louisiana",)) == name


def test_without_a_language_the_words_tell_it():
    """An expression is read by the lexicon that has its words."""
    assert isinstance(parse("perbatasan Kursk")[0].expression, Border)


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_parser(text):
    """Any text gives readings or none; only impossible coordinates are refused."""
    for language in ("en", None):
        with contextlib.suppress(InputError):
            assert all(reading.expression for reading in parse(text, language))


@given(st.text(max_size=80))
def test_folding_keeps_every_character_in_its_place(text):
    """Offsets in folded text are those of the original."""
    assert len(text) == len(fold(text))


def test_every_lexicon_names_places():
    """Each language can read place expressions."""
    assert set(languages()) == set(place_languages())


@pytest.mark.parametrize("language", place_languages())
def test_each_places_table_keeps_to_the_schema(language):
    """A lexicon's [places] has the tables that en.toml explains, and its patterns compile."""
    table = lexicon(language)["places"]
    assert {"spaces", "capitals", "decimal", "articles", "glue", "prefixes", "suffixes"} <= set(
        table
    )
    assert {"n", "e", "s", "w"} <= set(table["directions"])
    assert {"settlement", "region", "district", "country", "water", "road"} <= set(table["nouns"])
    assert {"and", "about", "range", "border", "near"} <= set(table["words"])
    assert {"offset", "border", "near", "between", "part", "named"} <= set(table["patterns"])
    assert set(table["patterns"]) <= set(KINDS)
    assert grammar(language).words.spaces is table["spaces"]


@pytest.mark.parametrize("language", place_languages())
def test_each_language_knows_its_directions(language):
    """Every listed direction word means the bearing of its key."""
    degrees = {"n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "w": 270, "nw": 315}
    words = grammar(language).words
    for key, listed in lexicon(language)["places"]["directions"].items():
        for word in listed:
            expected = degrees.get(key)
            assert expected == words.bearing(fold(word.rstrip("*"))), (language, word)
