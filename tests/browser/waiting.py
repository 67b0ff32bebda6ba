"""Waiting for a page without a fixed time, which a busy machine would outlast."""

import pytest


def until(page, expression):
    """Wait until an expression holds; the policy forbids Playwright's own way of waiting."""
    for _ in range(500):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(30)
    pytest.fail(f"expected {expression} to hold within fifteen seconds")
