"""Open a map page in headless Chromium without network and tell how long readers wait."""

from __future__ import annotations

import importlib
import shutil
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright, Route

FRAME_MS = 1000 / 60
LIMIT_S = 300
FILTERS = [
    "dateline.filter({from: '2024-11-01', to: '2024-12-31', sides: ['RUS']})",
    "dateline.filter({from: '2024-11-01', to: '2024-12-31', sides: ['UKR']})",
]
# The last moment before 700 ms of calm at which the page was too busy to draw frames.
CALM = """(() => {
  const seen = window.seen = {last: performance.now(), busy: 0, keys: []};
  const beat = () => { const now = performance.now(); if (now - seen.last > 80) seen.busy = now; seen.last = now; requestAnimationFrame(beat); };
  requestAnimationFrame(beat);
  new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.busy = Math.max(seen.busy, one.startTime + one.duration); }).observe({type: 'longtask', buffered: true});
  new PerformanceObserver((list) => { for (const one of list.getEntries()) if (one.name === 'keydown') seen.keys.push(one.duration); }).observe({type: 'event', durationThreshold: 16});
  addEventListener('keydown', (event) => { if (event.key === 'F8' && seen.task) seen.task(); });
  addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => { seen.shown = performance.now(); })));
})()"""
PAINTED = "seen.shown && performance.now() - Math.max(seen.busy, seen.shown) > 700 ? Math.max(seen.busy, seen.shown) : 0"


def _serve(route: Route) -> None:
    """Answer what peers' pages ask delivery networks for, from installed packages; refuse all else."""
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    name = "jquery.min.js" if name.startswith("jquery") else name
    for package in ("leaflet", "jquery", "leaflet_markercluster"):
        try:
            folder = Path(importlib.import_module(f"xstatic.pkg.{package}").BASE_DIR)
        except ImportError:
            continue
        for file in (folder / name, folder / "images" / name):
            if file.is_file():
                route.fulfill(path=file)
                return
    route.abort()


def _open(playwright: Playwright, path: Path) -> tuple[Any, Page, float]:
    """Return the browser, the page and milliseconds from the start until it was painted."""
    chromium = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
    )
    context = chromium.new_context(viewport={"width": 1000, "height": 700}, service_workers="block")
    context.route(lambda url: url.startswith("http"), _serve)
    page = context.new_page()
    page.set_default_timeout(LIMIT_S * 1000)
    page.add_init_script(CALM)
    page.goto(path.as_uri(), wait_until="commit")
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:  # a page that is too busy to answer is asked until it does
        if painted := page.evaluate(PAINTED):
            return chromium, page, painted
        page.wait_for_timeout(200)
    chromium.close()
    raise TimeoutError(f"expected {path.name} to be painted within {LIMIT_S} s")


def _presented(page: Page, tasks: list[str], presses: int = 12) -> float:
    """Return milliseconds from a key press that starts the tasks in turn to the frame on the screen.

    The browser's own Event Timing tells it, in steps of 8 ms; the median of some presses.
    """
    steps = ", ".join(f"() => {{ {task} }}" for task in tasks)
    page.evaluate(
        f"() => {{ const tasks = [{steps}]; let turn = 0; seen.task = () => tasks[turn++ % tasks.length](); }}"
    )
    found = []
    for _ in range(presses):
        page.evaluate("() => { seen.keys.length = 0; }")
        page.keyboard.press("F8")
        page.wait_for_timeout(350)
        found.append(page.evaluate("seen.keys[0] ?? 8"))  # what took less than 16 ms is not told
    return statistics.median(found)


def painted(path: Path, runs: int) -> dict[str, float]:
    """Return the median milliseconds until any page is painted."""
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        for _ in range(runs):
            chromium, _page, moment = _open(playwright, path)
            chromium.close()
            found.append(moment)
    return {"painted_ms": round(statistics.median(found))}


def watched(path: Path, runs: int) -> dict[str, float]:
    """Return what a page of ours takes: milliseconds, frames of a 60 Hz screen and megabytes, medians."""
    from playwright.sync_api import sync_playwright

    found: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        for _ in range(runs):
            chromium, page, moment = _open(playwright, path)
            script = page.evaluate(
                f"(() => {{ const start = performance.now(); {FILTERS[0]}; return performance.now() - start; }})()"
            )
            session = page.context.new_cdp_session(page)
            session.send("HeapProfiler.enable")
            session.send("HeapProfiler.collectGarbage")
            heap = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
            nothing = _presented(page, ["document.title = Math.random()"])
            refilter = _presented(page, FILTERS)
            reset = _presented(page, ["dateline.reset()", FILTERS[0]])
            chromium.close()
            found.append(
                {
                    "painted_ms": round(moment),
                    "filter_script_ms": script,
                    "nothing_shown_ms": nothing,
                    "filter_shown_ms": refilter,
                    "reset_shown_ms": reset,
                    "filter_frames": refilter / FRAME_MS,
                    "reset_frames": reset / FRAME_MS,
                    "heap_mb": heap,
                }
            )
    return {key: round(statistics.median(one[key] for one in found), 2) for key in found[0]}
