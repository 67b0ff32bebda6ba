"""Garbage: how often Python looks for objects that only hold each other."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["seldom_collected"]

_NEW = 50_000
"""Objects made since, after which is looked: Python's 700 means hundreds of times an article, for a tenth of its time."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let Python look for circular garbage seldom: what reports are read with stays, and what they give has no circles."""
    before = gc.get_threshold()
    if not 0 < before[0] < _NEW:  # the caller has switched it off, or made it rarer
        yield
        return
    gc.set_threshold(_NEW, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
