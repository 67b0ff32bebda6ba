"""What tests of the page do to it: wait without a fixed time, which a busy machine would outlast, read, press keys."""

import pytest


def until(page, expression):
    """Wait until an expression holds; the policy forbids Playwright's own way of waiting."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(30)
    pytest.fail(f"expected {expression} to hold within fifteen seconds")


def shown(page):
    """Return the line that counts the events shown."""
    return page.locator(".dl-total").inner_text()


def tab_to(page, selector):
    """Press Tab until the focus is on an element."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"expected Tab to reach {selector}")
