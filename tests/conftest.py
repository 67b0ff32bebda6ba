"""What the tests of several rooms share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from platformdirs import user_cache_path

# machines differ in speed, so no test is timed; the gate tries the same examples in every run
settings.register_profile("dateline", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("dateline")


def pytest_collection_modifyitems(items):
    """Mark the tests of whole commands by their folder, so that the quick part leaves them out."""
    whole = Path(__file__).parent / "whole"
    for item in items:
        if whole in item.path.parents:
            item.add_marker("whole")


@pytest.fixture(scope="session", autouse=True)
def _own_data(tmp_path_factory):
    """Keep the places that a developer has added out of the tests, and the tests' out of them."""
    os.environ["DATELINE_DATA"] = str(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def cache_dir() -> Path:
    """Return where the place index is that all tests share; the first that needs it builds it."""
    given = os.environ.get("DATELINE_CACHE")
    return Path(given) if given else user_cache_path("dateline")


@pytest.fixture(scope="session")
def gazetteer(cache_dir):
    """Open the embedded gazetteer."""
    from dateline.geo.gazetteer import Gazetteer

    return Gazetteer.open(cache_dir)


@pytest.fixture(scope="session")
def regions(cache_dir):
    """Open countries, regions, districts and the borders between them."""
    from dateline.geo.region import Regions

    return Regions.open(cache_dir)


@pytest.fixture(scope="session")
def geocoder(gazetteer, regions):
    """Join both in a geocoder."""
    from dateline.geo.geocoder import Geocoder

    return Geocoder(gazetteer, regions)
