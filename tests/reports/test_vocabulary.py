"""Every language's lexicon of reports keeps one contract."""

import re

import pytest

from dateline.lexicon import languages, lexicon
from dateline.reports import tokens
from dateline.reports.vocabulary import vocabulary

LANGUAGES = languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_is_whole(language):
    """Seven weekdays, and twelve months or the sign that follows a month's number."""
    dates = lexicon(language)["dates"]
    assert len(dates["weekdays"]) == 7
    assert len(dates.get("months", ())) == 12 or dates["month_mark"]


def test_the_table_of_letters_holds_letters_only():
    """What is found in the table is what is found without it."""
    table = re.compile(f"[{tokens._COMMON}]")
    letter = re.compile(rf"[^\W\d_{tokens._SYLLABLES}]")
    every = map(chr, range(0x110000))
    assert [sign for sign in every if table.match(sign) and not letter.match(sign)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_word_is_there(language):
    """Killed, wounded, said, brigade, strike and deployment have words in every language."""
    tables = lexicon(language)
    for table, key in (
        ("casualties", "killed"), ("casualties", "wounded"), ("casualties", "people"),
        ("attribution", "say"), ("attribution", "officials"), ("actors", "forces"),
        ("events", "future"), ("events", "hypothetical"),
    ):  # fmt: skip
        assert tables[table][key], (table, key)
    assert tables["units"]["echelons"]["brigade"]
    assert tables["events"]["types"]["Deployment"]
    assert tables["numbers"]["bounds"]


@pytest.mark.parametrize("language", ["en", "uk", "zh", "he"])
def test_phrases_point_into_the_text(language):
    """The end of a phrase is after its start and inside the text."""
    words = vocabulary(language)
    for text in (
        "Killed on Saturday, 14 Dec.",
        "загинули у суботу",
        "周六有三人死亡",
        "נהרגו בשבת",
    ):
        letters = [word for _, _, word in words.words(text)]
        for phrases in words.phrases(letters).values():
            for index, (end, _) in phrases.items():
                assert index < end <= len(letters)


@pytest.mark.parametrize(
    ("word", "happened"), [("міністри", False), ("міністерство", False), ("міни", True)]
)
def test_a_mine_is_no_minister(word, happened):
    """A short stem does not reach into longer words that happen to begin with it."""
    words = vocabulary("uk")
    assert ("events.types" in words.phrases([word])) == happened


@pytest.mark.parametrize(
    ("stem", "word", "fits"), [("мін", "мінами", True), ("мін", "міністри", False)]
)
def test_short_stems_take_short_endings(stem, word, fits):
    """Four letters at most may follow three."""
    assert vocabulary("uk")._fits(f"{stem}*", word) == fits
