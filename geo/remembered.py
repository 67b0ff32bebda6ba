"""What is found out about a word once, and remembered: texts are made of the same words again and again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Remembered", "Remembering"]

Asked = TypeVar("Asked")
Made = TypeVar("Made")

_KEPT = 1 << 16


class Remembered(dict[Asked, Made]):
    """What a function gives for each word, or pair of words, made when first asked; all is forgotten when it is too much.

    Parameters
    ----------
    make
        Gives the value of a word.
    """

    def __init__(self, make: Callable[[Asked], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: Asked) -> Made:
        """Make and remember the value of a word."""
        if len(self) >= _KEPT:
            self.clear()
        made = self[word] = self._make(word)
        return made


class Remembering(Generic[Asked, Made]):
    """Decorator of a method that tells something of one word: each object remembers what it told.

    Parameters
    ----------
    make
        The method. Its object must not change what it tells.
    """

    def __init__(self, make: Callable[[Any, Asked], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, owner: object, kind: type | None = None) -> Callable[[Asked], Made]:
        told = Remembered(partial(self._make, owner)).__getitem__
        owner.__dict__[self._name] = (
            told  # found there from now on: no call in Python for a word met before
        )
        return told
