"""Names in other scripts are heard as the names that they sound like."""

import pytest

from dateline.geo.sound import Sounds

_TOWNS = {
    "IN": ["Pulwāma", "Bāndipur", "Srīnagar", "Rājkot", "Rājgarh"],
    "SD": ["El Fasher", "Khartoum", "Port Sudan", "Kassala"],
    "MM": ["Mandalay", "Sagaing", "Meiktila", "Myitkyina"],
    "UA": ["Pokrovsk", "Kupiansk", "Chasiv Yar", "Velykyi Burluk"],
}


@pytest.mark.parametrize(
    ("asked", "country", "expected"),
    [
        ("पुलवामा", "IN", "Pulwāma"),
        ("राजगढ़", "IN", "Rājgarh"),
        ("エルファッシャー", "SD", "El Fasher"),
        ("マンダレー", "MM", "Mandalay"),
        ("사가잉", "MM", "Sagaing"),
        ("포크로우스크", "UA", "Pokrovsk"),
        ("الفاشر", "SD", "El Fasher"),
        ("Эль-Фашир", "SD", "El Fasher"),
    ],
)
def test_a_name_is_heard_in_its_country(asked, country, expected):
    """Vowels and letters that one script lacks do not keep a name from being heard."""
    heard = Sounds((name, 20_000) for name in _TOWNS[country]).closest(asked)
    assert heard is not None
    assert heard.name == expected


@pytest.mark.parametrize("asked", ["", "東", "ミサイル", "सरकार", "1234", "()"])
def test_other_words_are_heard_as_no_town(asked):
    """A word that sounds like no town of the country is none."""
    assert Sounds((name, 20_000) for name in _TOWNS["MM"]).closest(asked) is None
