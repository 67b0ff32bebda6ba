"""What is made when it is first asked for: running text mostly needs a point and a radius alone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Deferred", "made_when_asked"]

_T = TypeVar("_T")


class Deferred:
    """A geometry, or another value, that is not made yet.

    Parameters
    ----------
    make
        Gives it; called once at most.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def value(self) -> Any:
        """The value, made now if it was not yet."""
        return self._make()


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


def made_when_asked(*names: str) -> Callable[[type[_T]], type[_T]]:
    """Return the decorator that lets a dataclass with slots hold deferred values in some attributes."""

    def decorate(kind: type[_T]) -> type[_T]:
        for name in names:
            setattr(kind, name, _Made(kind.__dict__[name]))
        return kind

    return decorate
