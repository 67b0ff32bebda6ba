"""A real Chromium for the tests of the page."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Error, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent / "layers"))  # the events of its tests

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


@pytest.fixture
def visit(browser):
    """Open pages; whatever they ask for or complain about fails the test at its end."""
    heard, contexts = [], []

    def open_page(path, fragment="", **options):
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                heard.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                heard.append(asked.url)
                if not asked.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )
        page.goto(path.as_uri() + fragment)
        page.evaluate("dateline.ready.then(() => 1)")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert heard == []


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """Save the page of forty made-up events."""
    from page_events import events

    from dateline.layers.page import draw

    path = tmp_path_factory.mktemp("page") / "map.html"
    draw(events(), title="Hillshire", byline="The desk", built="2024-04-01").save(path)
    return path
