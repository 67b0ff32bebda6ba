"""A real Chromium for the tests of the page."""

import os
import shutil

import pytest
from playwright.sync_api import Error, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser():
    """Run Chromium; where CI is set a missing one fails the tests, elsewhere it skips them."""
    path = (
        os.environ.get("DATELINE_CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
    )
    with sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as error:
            if os.environ.get("CI"):
                pytest.fail(f"expected a Chromium to test the page with: {error}")
            pytest.skip("no Chromium here; set DATELINE_CHROMIUM to its path")
        yield running
        running.close()
