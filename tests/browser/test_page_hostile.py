"""Hostile text neither runs nor breaks the page; and the page is usable with assistive technology."""

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from shapely.geometry import Point, Polygon, box

sys.path.insert(0, str(Path(__file__).parent.parent / "layers"))
from page_events import event, events

from dateline.layers.page import draw

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TEXTS = [
    "<script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "<!--<script>",
    "]]></noscript><img src=x onerror='window.pwned=1'>",
    "<svg/onload=window.pwned=1>",
    "${window.pwned = 1}",
    "`${window.pwned = 1}`",
    "{{ 7 * 7 }}{% raw %}",
    '" onmouseover="window.pwned=1',
    "' autofocus onfocus='window.pwned=1",
    "javascript:window.pwned=1",
    "line\u2028separator\u2029paragraph",
    "\u202eevil\u2066 override\u2069",
    "null\x00byte\x1fseparators\x1e\x1d\x1c",
    "\\u003cscript\\u003e \\",
    "e\u0301" * 200,
    "\ud800 lone surrogate",
    "x" * 1_000_000,
    "مرحبا <b>שלום</b> 你好 🏳️‍🌈",
    '=HYPERLINK("javascript:window.pwned=1")',
]
COORDINATES = [
    (float("nan"), 1),
    (float("inf"), 2),
    (180, 0),
    (-180, 0),
    (179.99, 89.99),
    (0, -90),
    (0, 0),
    (540, 10),
]


def hostile():
    """Every hostile text in every field, every strange coordinate."""
    rows = []
    for number, text in enumerate(TEXTS):
        rows.append(
            event(
                number,
                id=f"{number}{text}",
                title=text,
                summary=text,
                place=text,
                explanation=text,
                method=text,
                event_type=text,
                status=text,
                date_precision=text,
                sides=[text],
                units=[{"name": text, "side": text, "sidc": text, "id": text}],
                casualties=[
                    {
                        "min": text,
                        "max": None,
                        "kind": text,
                        "who": text,
                        "side": text,
                        "claimed_by": text,
                    }
                ],
                sources=[
                    {
                        "publisher": text,
                        "url": text,
                        "published": text,
                        "title": text,
                        "excerpt": text,
                        "licence": text,
                    }
                ],
                geometry=Point(COORDINATES[number % len(COORDINATES)]),
            )
        )
    rows.append(
        event(
            98,
            date_start="not a date",
            date_end="9999-99-99",
            sources=[{"url": "javascript:window.pwned=1"}],
        )
    )
    rows.append(
        event(
            99,
            geometry=Polygon([(170, 50), (190, 50), (190, 60), (170, 60)]),
            date_start="0001-01-01",
            date_end="9999-12-31",
        )
    )
    return gpd.GeoDataFrame(pd.DataFrame(rows, dtype=object), geometry="geometry", crs=4326)


@pytest.mark.filterwarnings("ignore:.*invalid value.*:RuntimeWarning")
def test_hostile_text_neither_runs_nor_breaks_the_page(browser, tmp_path):
    """Opened, listed, searched, every card shown; nothing runs, nothing is asked for, nothing is said to be wrong."""
    path, heard = tmp_path / "map.html", []
    draw(
        hostile(),
        title=TEXTS[1],
        byline=TEXTS[3],
        contact=TEXTS[10],
        built="2024-04-01",
        url="https://x.example/'\"><b>",
    ).save(path)
    page = browser.new_page()
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda asked: (
            heard.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None
        ),
    )
    page.goto(path.as_uri())
    page.evaluate("dateline.ready.then(() => 1)")
    count = len(hostile())
    assert page.evaluate("dateline.app.store.n") == count
    for number in range(count):
        page.evaluate(f"dateline.app.select({number})")
    for tab in ("list", "filters", "about"):
        page.locator(f"#dl-tab-{tab}").click()
    page.evaluate("document.querySelectorAll('.dl-expand').forEach((button) => button.click())")
    assert page.evaluate("dateline.filter({q: 'hyperlink'})") == 1
    assert page.evaluate("dateline.reset()") == count
    page.locator(".dl-bar button").click()
    assert page.evaluate("window.pwned") is None
    assert page.evaluate(
        "[...document.querySelectorAll('a')].every((a) => /^(https?|blob):/.test(a.href))"
    )
    assert heard == []
    page.close()


@pytest.mark.filterwarnings("ignore:.*invalid value.*:RuntimeWarning")
@pytest.mark.parametrize("start", range(0, len(TEXTS), 4))
def test_hostile_captions_and_holders_are_words_only(visit, tmp_path, start):
    """Few enough to be captioned, one by one, in areas that hostile sources say hostile sides hold."""
    rows = hostile().iloc[start : start + 4].copy()
    rows["geometry"] = gpd.points_from_xy([30, 33, 36, 39], [50, 51, 50, 51])
    held = {"side": TEXTS[start], "source": TEXTS[start + 1], "credit": TEXTS[start + 2]}
    control = gpd.GeoDataFrame(
        pd.DataFrame([held], dtype=object), geometry=[box(29, 49, 40, 52)], crs=4326
    )
    path = tmp_path / "map.html"
    draw(rows, built="2024-04-01", control=control).save(path)
    page = visit(path)
    assert page.evaluate("dateline.app.layer.groups.length") == 4
    assert page.evaluate("dateline.app.layer.captions.length") > 0
    page.locator("#dl-tab-about").click()
    assert page.evaluate("window.pwned") is None


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Save the page of forty made-up events."""
    path = tmp_path_factory.mktemp("page") / "map.html"
    held = {
        "source": "Map Desk",
        "date": "2024-03-02",
        "side": "AAA",
        "geometry": box(35, 51, 36, 52),
    }
    control = gpd.GeoDataFrame([held], geometry="geometry", crs=4326)
    draw(events(), title="Hillshire", byline="The desk", control=control, built="2024-04-01").save(
        path
    )
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("view", ["list", "filters", "about", "card", "share", "layers"])
def test_axe_finds_nothing(browser, saved, scheme, size, view):
    """No violation of the rules of axe-core, whatever is open."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(saved.as_uri())
    page.evaluate("dateline.ready.then(() => 1)")
    tab = {"share": "filters", "card": "list", "layers": "list"}.get(view, view)
    page.locator(f"#dl-tab-{tab}").click()
    if view == "card":
        page.evaluate("dateline.app.select(dateline.app.store.find('e6'), {from: 'list'})")
    if view == "layers":
        page.get_by_role("button", name="Layers").click()
    if view == "share":
        page.locator(".dl-bar button").click()
    page.wait_for_timeout(120)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in found] == []
    context.close()
