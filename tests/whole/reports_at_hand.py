"""Reports that the tests of whole commands read."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BESIDE = ROOT.parent / "shared" / "examples"
"""Reports that may be read but not copied, where somebody has put them beside the checkout."""

FIRST_REPORT = next(iter(BESIDE.glob("kursk_article_id.txt")), None) if BESIDE.is_dir() else None
