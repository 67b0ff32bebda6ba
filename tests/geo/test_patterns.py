"""The words of a stretch tell which patterns it may match, and never leave out one that it does match."""

import re

import pytest

from dateline.geo.grammar import NAME
from dateline.geo.patterns import patterns
from dateline.geo.running_text import RunningText

NAMED = "\ue000\ue001\ue001"
TEXTS = {
    "en": [
        "some 5 km to the north-east of X, in the vicinity of the town of X and on the outskirts of X",
        "along the border between X and X; the X-X road; western X; within twenty kilometres of X",
        "the southern part of the X region, south-west of X's X district",
    ],
    "id": ["10 kilometer sebelah timur laut X, di dekat perbatasan X", "wilayah X bagian barat"],
    "ru": ["в 15 км к северо-востоку от X, на окраине X", "севернее города X, вблизи границы с X"],
    "ar": ["على بعد 5 كيلومترات شمال مدينة X", "قرب الحدود بين X وX"],
    "zh": ["X市以北10公里", "X与X边境附近"],
}


@pytest.mark.parametrize("language", TEXTS)
def test_what_no_word_opens_matches_nothing(language):
    """All patterns, tried on stretches with signs for names, match no more than those that their words open."""
    rules = patterns(language)
    assert re.fullmatch(NAME, NAMED)
    found = 0
    for text in TEXTS[language]:
        window = RunningText(text.replace("X", NAMED)).folded
        words = RunningText(text.replace("X", "Xyz")).words
        told = set(rules.matches(window, words))
        every = {
            (match.start(), match.end(), pattern.kind)
            for made in rules._by_gate.values()
            for pattern in made
            for match in pattern.search.finditer(window)
            if match.end() > match.start()
        }
        assert every == told
        found += len(told)
    assert found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dall'Iran e nell'Ituri", ["dall", "Iran", "e", "nell", "Ituri"]),
        ("L'Ukraine, d'Odessa", ["L", "Ukraine", "d", "Odessa"]),
        ("N'Djamena", ["N'Djamena"]),
    ],
)
def test_an_elided_article_is_no_part_of_a_name(text, words):
    """What loses its vowel before a name stands apart from it."""
    running = RunningText(text)
    assert [text[a:b] for a, b in zip(running.starts, running.ends, strict=True)] == words
