"""Take a picture of a saved page in headless Chromium, to look at what readers will see.

    python scripts/screenshot.py outputs/kursk.html docs/kursk.png
    python scripts/screenshot.py outputs/kursk.html phone.png --size 390x844 --dark

Needs the extra `test` and a Chromium on the path.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Open the page, wait until it is drawn, and save the picture."""
    parser = argparse.ArgumentParser(description="Take a picture of a saved page.")
    parser.add_argument("page", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--size", default="1280x800", help="width x height in CSS pixels")
    parser.add_argument("--dark", action="store_true")
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if given.dark else "light",
        )
        page.goto(given.page.resolve().as_uri())
        page.evaluate("async () => { await window.dateline.ready; }")
        page.wait_for_timeout(500)
        page.screenshot(path=given.picture)
        browser.close()


if __name__ == "__main__":
    main()
