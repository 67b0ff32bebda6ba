"""What is made when it is first asked for: running text mostly needs a point and a radius alone."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, TypeVar

from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Deferred", "made_unkept", "made_when_asked"]

_T = TypeVar("_T")


class Deferred:
    """A geometry, or another value, that is not made yet.

    A geometry is shared by all who ask as long as one of them holds it, and made anew after that: nobody knows how
    many large ones a run will ask for.

    Parameters
    ----------
    make
        Gives it.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._shared: weakref.ref[BaseGeometry] | None = None

    @property
    def value(self) -> Any:
        """The value, made now if nobody holds it."""
        value = self._shared() if self._shared is not None else None
        if value is None:
            value = self._make()
            if isinstance(value, BaseGeometry):
                self._shared = weakref.ref(value)
        return value


class _Made:
    """An attribute that gives a deferred value made."""

    def __init__(self, slot: Any) -> None:
        self._slot = slot

    def __get__(self, owner: object | None, kind: type | None = None) -> Any:
        if owner is None:
            return self._slot
        value = self._slot.__get__(owner, kind)
        if isinstance(value, Deferred):
            value = value.value
            self._slot.__set__(owner, value)
        return value

    def __set__(self, owner: object, value: Any) -> None:
        self._slot.__set__(owner, value)


def made_unkept(owner: object, name: str) -> Any:
    """Return an attribute that may hold a deferred value: made, and left deferred."""
    value = getattr(type(owner), name).__get__(owner)
    return value.value if isinstance(value, Deferred) else value


def made_when_asked(*names: str) -> Callable[[type[_T]], type[_T]]:
    """Return the decorator that lets a dataclass with slots hold deferred values in some attributes."""

    def decorate(kind: type[_T]) -> type[_T]:
        for name in names:
            setattr(kind, name, _Made(kind.__dict__[name]))
        return kind

    return decorate
