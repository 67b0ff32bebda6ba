"""What is found out about a word is found out once."""

from dateline.geo import remembered
from dateline.geo.remembered import Remembered, Remembering


class Lengths:
    def __init__(self, more):
        self.more = more
        self.asked = []

    @Remembering
    def of(self, word):
        """Return the length of a word."""
        self.asked.append(word)
        return len(word) + self.more


def test_a_word_is_asked_once_by_each_object():
    """Two objects do not share what they tell."""
    one, other = Lengths(0), Lengths(10)
    assert [one.of("ab"), one.of("abc"), one.of("ab")] == [2, 3, 2]
    assert other.of("ab") == 12
    assert one.asked == ["ab", "abc"]
    assert other.asked == ["ab"]


def test_what_is_too_much_is_forgotten(monkeypatch):
    """Never more than the bound is kept, and the answers stay right."""
    monkeypatch.setattr(remembered, "_KEPT", 3)
    lengths = Remembered(len)
    assert list(range(1, 9)) == [lengths["a" * size] for size in range(1, 9)]
    assert len(lengths) <= 3
