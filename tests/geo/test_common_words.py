"""Common words of a language are not taken for the places that share their letters."""

import pytest

from dateline.geo.common_words import commonness
from dateline.geo.running_text import RunningText
from dateline.geo.spotting import spot_names


@pytest.mark.parametrize(
    ("word", "language"),
    [("dabei", "de"), ("como", "es"), ("всего", "ru"), ("крім", "uk"), ("را", "fa"), ("पर", "hi")],
)
def test_common_words_outweigh_small_places(word, language):
    """A word of every second sentence is commoner than a village's name."""
    assert commonness(word, language, "settlement", 500, home=False) > 2


@pytest.mark.parametrize(
    ("name", "language", "population"),
    [("london", "en", 8_900_000), ("paris", "de", 2_100_000), ("киев", "ru", 2_900_000)],
)
def test_names_of_large_towns_are_no_common_words(name, language, population):
    """A metropolis is named as often as its size lets one expect."""
    assert commonness(name, language, "settlement", population, home=False) < 0.5


def test_languages_without_a_list_have_no_common_words():
    """Belarusian has no list of frequencies; nothing is held against a word there."""
    assert commonness("гэта", "be", "settlement", 500, home=False) == 0


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Dabei wurde nahe Goma ein Lager beschossen.", "de", ["Goma"]),
        ("Como resultado, Goma quedó sin luz.", "es", ["Goma"]),
        ("Кроме того, обстрелян Харьков.", "ru", ["Харьков"]),
        ("Крім того, обстріляно Харків.", "uk", ["Харків"]),
    ],
)
def test_sentences_begin_with_words(geocoder, text, language, expected):
    """The capital at the head of a sentence makes no place of a word."""
    found = spot_names(RunningText(text), language, geocoder.lookup)
    assert [name.text for name in found] == expected
