"""Floors of accuracy on public corpora, where somebody has put them beside the checkout: they are not ours to copy.

The sample is every few documents; `benchmarks/geocoding.py` measures on all. A floor is raised when the figure has
risen for good, and lowered only with a reason in the commit's message.
"""

import hashlib
import importlib.util
import sys

import numpy as np
import pytest
from reports_at_hand import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
LGL_EVERY, TRNEWS_EVERY, OFFSETS_EVERY = 6, 2, 1
EDITIONS = {
    "lgl": "7701a593bc1a9a63",
    "trnews": "edf80d8f5e5e528c",
    "offsets_dev": "38a3349196bee43d",
}

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not ours to copy, and are not beside the checkout"
)


@pytest.fixture(scope="module")
def benchmark():
    """Load the benchmark, whose measures these are."""
    spec = importlib.util.spec_from_file_location("geocoding", ROOT / "benchmarks" / "geocoding.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def corpora(benchmark):
    """Read the samples, of the editions that the floors are of."""
    found = {}
    for name, every in (
        ("lgl", LGL_EVERY),
        ("trnews", TRNEWS_EVERY),
        ("offsets_dev", OFFSETS_EVERY),
    ):
        path = CORPORA / f"{name}.jsonl"
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] == EDITIONS[name]
        found[name] = benchmark.documents(path)[::every]
    return found


@pytest.fixture(scope="module")
def given(benchmark, corpora, geocoder):
    """Resolve the names given in both corpora: shares within 161 km, and each confidence with its outcome."""
    shares, outcomes = {}, []
    for name in ("lgl", "trnews"):
        found, answers = benchmark.given(geocoder, corpora[name])
        shares[name] = found[161.0]
        outcomes += answers
    return shares, np.array(outcomes, dtype=float)


def test_given_names_are_put_where_they_are(given):
    """Of names given with their document, so many are within 161 km."""
    shares, _ = given
    assert shares["lgl"] >= 0.81
    assert shares["trnews"] >= 0.82


def test_confidence_means_something(given):
    """Answers at 0.9 or more are at least half of all, and nine in ten of them are right."""
    _, outcomes = given
    sure = outcomes[:, 0] >= 0.9
    assert sure.mean() >= 0.5
    assert outcomes[sure, 1].mean() >= 0.9


def test_places_are_found_in_raw_text(benchmark, corpora, geocoder):
    """Of all places marked in a text, so many are found and put within 161 km."""
    lgl = benchmark.end_to_end(geocoder, corpora["lgl"])
    trnews = benchmark.end_to_end(geocoder, corpora["trnews"])
    assert lgl["end to end within 161 km"] >= 0.71
    assert trnews["end to end within 161 km"] >= 0.77


def test_offsets_err_little_and_say_how_much(benchmark, corpora, geocoder):
    """Phrases of distance and direction: a small error, and a radius that holds the truth and is no larger than need be."""
    figures = benchmark.offsets(geocoder, corpora["offsets_dev"])
    assert figures["offsets median error km"] <= 13.5
    assert 0.90 <= figures["offsets coverage"] <= 0.97
    assert figures["offsets median radius km"] <= 40.0
