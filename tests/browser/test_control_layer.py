"""Areas of control in a real Chromium: they follow the dates, say whose word they are, and can be put away."""

from pathlib import Path

import geopandas as gpd
import pytest
from driving import until
from page_events import event, events
from shapely.geometry import box

from dateline.layers.page import draw

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="session")
def controlled(tmp_path_factory):
    """Save a page with three pictures of one source, and one of another that is not dated."""
    area = {"source": "Map Desk", "credit": "Map Desk"}
    rows = [
        {**area, "date": "2024-03-02", "side": "AAA", "geometry": box(35, 51, 35.3, 51.5)},
        {**area, "date": "2024-03-12", "side": "AAA", "geometry": box(35, 51, 35.6, 51.5)},
        {**area, "date": "2024-04-05", "side": "BBB", "geometry": box(35, 51, 35.2, 51.5)},
        {"source": "Old Atlas", "date": None, "side": None, "geometry": box(34, 51, 35, 52)},
    ]
    path = tmp_path_factory.mktemp("control") / "map.html"
    control = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326)
    draw(events(), control=control, built="2024-04-01").save(path)
    return path


def pictures(page):
    """Return what each source is shown to say: its name, its day, the sides that hold something."""
    return page.evaluate(
        """dateline.app.control.pictures().map(({ source, day, areas }) => [
            source, day < -1e6 ? null : new Date(day * 864e5).toISOString().slice(0, 10),
            areas.map((area) => area.side)])"""
    )


def test_the_latest_picture_not_after_the_dates_is_shown(visit, controlled):
    """The end of the range decides; what is not dated stays."""
    page = visit(controlled)
    atlas = ["Old Atlas", None, [""]]
    assert pictures(page) == [["Map Desk", "2024-04-05", ["BBB"]], atlas]
    for last, expected in (("2024-03-11", "2024-03-02"), ("2024-03-12", "2024-03-12")):
        page.evaluate(f"dateline.filter({{from: '2024-03-01', to: '{last}'}})")
        assert pictures(page) == [["Map Desk", expected, ["AAA"]], atlas]
    page.evaluate("dateline.filter({from: '2024-02-01', to: '2024-03-01'})")
    assert pictures(page) == [atlas]


def test_the_slider_reaches_the_last_picture(visit, controlled):
    """Though no event is as late."""
    page = visit(controlled)
    high = page.get_by_role("slider", name="Last day")
    assert high.get_attribute("aria-valuetext") == "Apr 5, 2024"
    high.focus()
    page.keyboard.press("ArrowLeft")
    assert pictures(page)[0] == ["Map Desk", "2024-03-12", ["AAA"]]


def test_the_key_says_who_says_so_as_of_when(visit, controlled):
    """And who holds what is striped how."""
    page = visit(controlled)
    key = page.get_by_role("group", name="Legend", exact=True)
    assert "Map Desk, as of Apr 5, 2024" in key.inner_text()
    assert "Held by BBB" in key.inner_text()
    page.evaluate("dateline.filter({to: '2024-03-20'})")
    key.get_by_text("Map Desk, as of Mar 12, 2024").wait_for(timeout=15_000)
    assert "Held by AAA" in key.inner_text()


def test_a_layer_put_away_stays_away_when_the_link_is_opened_again(visit, controlled):
    """Layers are part of the state in the address."""
    page = visit(controlled)
    page.get_by_role("button", name="Layers").click()
    page.get_by_label("Control of territory: Map Desk").uncheck()
    until(page, "location.hash.includes('layers=')")
    again = visit(controlled, page.evaluate("location.hash"))
    assert [one[0] for one in pictures(again)] == ["Old Atlas"]
    again.get_by_role("button", name="Layers").click()
    assert not again.get_by_label("Control of territory: Map Desk").is_checked()


def test_downloads_leave_out_what_may_not_be_handed_on(visit, tmp_path):
    """And say so."""
    barred = event(1, sources=[{"publisher": "X", "licence": "map only"}], title="Not to go")
    rows = gpd.GeoDataFrame([barred, event(2)], geometry="geometry", crs=4326)
    path = tmp_path / "map.html"
    draw(rows, withheld=["map only"], built="2024-04-01").save(path)
    page = visit(path)
    page.get_by_role("tab", name="Legend").click()
    assert page.get_by_text("1 event is left out").is_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV table").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert "Event number 2" in text
    assert "Not to go" not in text
