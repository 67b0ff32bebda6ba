"""Names that a text has in a script the gazetteer lacks are found where the text says that a place is named."""

import pytest


@pytest.mark.parametrize(
    ("text", "language", "words", "name"),
    [
        ("जम्मू-कश्मीर के पुलवामा जिले में मुठभेड़ हुई।", "hi", "पुलवामा जिले", "Pulwama"),
        ("미얀마 몽유와 지역에서 공습이 있었다.", "ko", "몽유와", "Monywa"),
        ("בלבנון הותקפו מטרות בעיר בעלבק.", "he", "בעלבק", "Baalbek"),
        ("Ва Украіне пад ударам Ваўчанск, Ізюм і Харкаў.", "be", "Ваўчанск", "Vovchansk"),
        ("スーダンのババヌーサの街で攻撃があった。", "ja", "ババヌーサ", "Babanūsah"),
    ],
)
def test_names_are_heard_in_running_text(geocoder, text, language, words, name):
    """The place is found, with what it was read as."""
    found = next(each for each in geocoder.find(text, language) if words in each.text)
    assert found.location.name == name
    assert "by its sound" in found.location.explanation


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("सूडान में सरकार ने बयान जारी किया।", "hi"),
        ("スーダンでドローンが使われた。", "ja"),
        ("수단에서 정부가 성명을 냈다.", "ko"),
        ("У Судані уряд Хартума зробив заяву.", "uk"),
    ],
)
def test_other_words_are_not_heard(geocoder, text, language):
    """Only what the gazetteer has is named."""
    assert {each.location.country for each in geocoder.find(text, language)} == {"SD"}
    assert all(
        "by its sound" not in each.location.explanation for each in geocoder.find(text, language)
    )


def test_a_name_is_heard_where_the_country_is_given(geocoder):
    """`--country` tells where to listen."""
    from dateline.geo.geocoder import Context

    (found,) = geocoder.locate(["किश्तवाड़"], Context(language="hi", country="IN"))
    assert found.name == "Kishtwār"
    assert found.confidence < 0.9
