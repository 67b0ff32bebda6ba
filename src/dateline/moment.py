"""The time of writing: now, or SOURCE_DATE_EPOCH, by which builds are reproducible."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from dateline.errors import ConfigError

__all__ = ["given_moment", "moment"]

NAME = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 (reproducible-builds.org/specs/source-date-epoch)."""


def given_moment() -> datetime | None:
    """Return the time that SOURCE_DATE_EPOCH gives, in UTC; null where it is not set.

    Raises
    ------
    ConfigError
        If it is no time.
    """
    epoch = os.environ.get(NAME)
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ConfigError(
            f"{NAME}: expected seconds since 1970, got {epoch!r}; unset it or mend it"
        ) from error


def moment() -> datetime:
    """Return the time of writing in UTC; see `given_moment` for errors."""
    return given_moment() or datetime.now(UTC)
