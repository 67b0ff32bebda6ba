"""A choice of words that branches letter by letter matches what a plain one would."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.geo.choice import choice
from dateline.geo.grammar import place_languages
from dateline.geo.tokens import fold
from dateline.geo.vocabulary import Words

GAP = r"\s+"
WORDS = st.lists(st.text("ab ", min_size=1, max_size=5).map(str.strip).filter(bool), min_size=1)


def plain(words: list[str]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word.rstrip("*")), word))
    return "|".join(
        GAP.join(map(re.escape, word.split())).replace(r"\*", r"\w*") for word in ordered
    )


@given(words=WORDS, stems=WORDS, text=st.text("ab ", max_size=12))
def test_matches_the_same_stretches_as_the_plain_choice_longest_first(words, stems, text):
    """Alone and where what follows makes it try shorter words."""
    every = [" ".join(word.split()) for word in [*words, *(f"{stem}*" for stem in stems)]]
    for behind in ("", "a", "b", r"\s", r"(?!\w)"):
        one = re.compile(f"(?:{plain(every)}){behind}")
        other = re.compile(f"(?:{choice(every, GAP)}){behind}")
        assert [m.span() for m in one.finditer(text)] == [m.span() for m in other.finditer(text)]


@pytest.mark.parametrize("language", place_languages())
def test_every_word_of_a_lexicon_is_in_the_choice_of_its_list(language):
    """Each list of each language."""
    words = Words(language)
    for members in words.lists.values():
        pattern = re.compile(words.any_of(members))
        assert [
            word for word in members if not pattern.fullmatch(fold(word.replace("*", "")))
        ] == []
