"""What candidates of a name are judged by, and how much each counts: `data/resolution.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from dateline.geo.tables import read_tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CALIBRATION", "COLUMN", "FEATURES", "KINDS", "Weights", "weights"]

FEATURES = (
    "population",
    "largest",
    "capital",
    "country",
    "region",
    "region_of_town",
    "district",
    "water",
    "facility",
    "main_name",
    "inexact",
    "fuzzy",
    "noun_agrees",
    "noun_differs",
    "inside_named",
    "country_share",
    "country_named",
    "admin1_share",
    "admin1_named",
    "nearness",
    "given_country",
    "given_near",
    "conflict",
    "front",
    "town_at_war",
    "seat",
)
"""What a candidate is judged by; all between about 0 and 1."""

COLUMN = {name: number for number, name in enumerate(FEATURES)}
"""Where each feature stands."""

KINDS = {
    kind: COLUMN[kind]
    for kind in ("country", "region", "region_of_town", "district", "water", "facility")
}
"""Where the feature of each kind of place stands."""

CALIBRATION = ("bias", "logit", "population", "support", "inexact", "fuzzy", "alone", "area")
"""What the confidence in the first candidate is worked out from."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features and of the calibration of the confidence."""

    features: NDArray[Any]
    calibration: NDArray[Any]
    origin: dict[str, Any] = field(default_factory=dict)


@cache
def weights() -> Weights:
    """Return the weights of `data/resolution.toml`."""
    table = read_tables("resolution.toml")
    return Weights(
        np.array([table["features"][name] for name in FEATURES], dtype=np.float32),
        np.array([table["calibration"][name] for name in CALIBRATION]),
        table["origin"],
    )
