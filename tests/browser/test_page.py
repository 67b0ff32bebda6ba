"""The page in a real Chromium: asks nobody, shows all events, and tells each in full."""

from pathlib import Path

import pytest
from driving import shown, until
from page_events import event, events

from dateline.layers.page import draw

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_the_page_opens_from_a_file_and_asks_nobody(visit, saved):
    """No request, no console error, no breach of the policy."""
    page = visit(saved)
    assert shown(page) == "40 events"
    assert page.locator(".dl-row").count() > 5
    assert (
        "1 event without a place · 1 event without a date" in page.locator(".dl-note").inner_text()
    )


def test_an_event_is_told_in_full(visit, saved):
    """Place and how well it is known, the claimant of a figure, the source with its date."""
    page = visit(saved)
    page.evaluate("dateline.app.select(dateline.app.store.find('e6'))")
    card = page.locator(".dl-card").inner_text()
    for words in (
        "Ambush at the old mill",
        "Hillford",
        "±2 km",
        "at least 30 killed",
        "according to the ministry",
        "The Gazette",
        "Mar 30, 2024",
    ):
        assert words in card
    link = page.locator(".dl-source")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://news.example/6",
        "noopener noreferrer",
    )
    page.evaluate("dateline.app.select(dateline.app.store.find('e0'))")
    assert "somewhere in this area" in page.locator(".dl-card").inner_text()


def test_downloads_hold_the_events_shown_and_no_formulas(visit, tmp_path):
    """A title that a spreadsheet would run is disarmed."""
    path = tmp_path / "map.html"
    table = events()
    table.loc[7, "title"] = '=HYPERLINK("https://evil.example")'
    draw(table, built="2024-04-01").save(path)
    page = visit(path)
    page.evaluate("dateline.filter({q: 'hyperlink'})")
    page.locator("#dl-tab-about").click()
    with page.expect_download() as file:
        page.get_by_role("button", name="CSV table").click()
    lines = Path(file.value.path()).read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert '"\'=HYPERLINK(""https://evil.example"")"' in lines[1]


def test_many_events_are_clicked_one_by_one(visit, tmp_path):
    """Events of one place fan out and are listed."""
    import geopandas as gpd
    from shapely.geometry import Point

    rows = [event(n, geometry=Point(35, 51)) for n in range(6)]
    path = tmp_path / "map.html"
    draw(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), built="2024-04-01").save(path)
    page = visit(path)
    spot = page.evaluate(
        "(() => { const g = dateline.app.layer.groups[0]; return [g.cx, g.cy, g.events.length]; })()"
    )
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    assert page.locator(".dl-several button").count() == spot[2] == 6
    until(page, "dateline.app.layer.fan && dateline.app.layer.fan.spots")
    fan = page.evaluate("dateline.app.layer.fan.spots[2]")
    page.mouse.click(box["x"] + fan["x"], box["y"] + fan["y"])
    assert page.locator(".dl-card h2").inner_text().startswith("Event number")


@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 568)])
def test_nothing_sticks_out_at_any_size(visit, saved, size):
    """No sideways scrolling, and the map is in sight."""
    page = visit(saved, viewport={"width": size[0], "height": size[1]})
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator(".folium-map").bounding_box()["height"] > 180


def test_readers_without_scripts_get_a_picture_and_a_table(browser, saved):
    """Counts and the latest events."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(saved.as_uri())
    assert page.locator(".dl-static svg").is_visible()
    assert page.locator(".dl-static tbody tr").count() == 39
    context.close()


def test_a_page_in_arabic_reads_from_right_to_left(visit, tmp_path):
    """The panel stands on the right."""
    path = tmp_path / "map.html"
    draw(events(), language="ar", built="2024-04-01").save(path)
    page = visit(path)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert page.locator("#dl-panel").bounding_box()["x"] > 600


def test_on_paper_all_events_are_listed_under_the_whole_map(visit, saved):
    """Not only the rows in sight, and no part of the map is cut off."""
    page = visit(saved)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".dl-row").count() == 40
    assert not page.locator(".dl-map-tools").is_visible()
    stage, chart = (page.locator(name).bounding_box() for name in (".dl-stage", ".folium-map"))
    assert chart["width"] <= 700
    assert chart["height"] <= stage["height"] + 1


def test_few_events_are_captioned_and_many_are_not(visit, tmp_path):
    """Place as reported and date beside each mark, inside the map; forty would be a thicket."""
    import geopandas as gpd
    from shapely.geometry import Point

    rows = [event(n, geometry=Point(35 + n / 2, 51), place=f"near Mill {n}") for n in range(3)]
    for name, count in (("few", 3), ("many", 40)):
        table = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326) if count == 3 else events()
        draw(table, built="2024-04-01").save(tmp_path / f"{name}.html")
    page = visit(tmp_path / "few.html")
    lines = page.evaluate(
        "dateline.app.layer.captions.map(({ lines }) => lines.map(({ text }) => text))"
    )
    assert lines == [[f"near Mill {n}", f"Mar {n + 1}, 2024"] for n in range(3)]
    boxes = page.evaluate("dateline.app.layer.captions.map(({ box }) => box)")
    width = page.locator(".folium-map").bounding_box()["width"]
    assert all(0 < west < east < width for west, _, east, _ in boxes)
    assert visit(tmp_path / "many.html").evaluate("dateline.app.layer.captions") == []


def test_the_list_tells_figures_with_their_claimant(visit, saved):
    """Readers see who claims what without opening the event."""
    page = visit(saved)
    page.evaluate("dateline.filter({q: 'ambush'})")
    until(page, "document.querySelectorAll('.dl-row').length === 1")
    assert "at least 30 killed according to the ministry" in page.locator(".dl-row").inner_text()
    page.evaluate("dateline.filter({status: 'claimed'})")
    until(page, "document.querySelectorAll('.dl-tag-claimed').length === 1")


def test_a_summary_does_not_repeat_its_title(visit, tmp_path):
    """The card goes on where its heading stops."""
    import geopandas as gpd

    told = [
        ("Shells fell on the mill", "Shells fell on the mill. Two died.", "Two died."),
        ("Shells fell on the …", "Shells fell on the old mill. Two died.", "… old mill. Two died."),
        ("Shells fell", "Shells fellow men shun.", "Shells fellow men shun."),
        ("Two died", "Shells fell on the mill.", "Shells fell on the mill."),
        ("Two died at the mill", "Two died at the mill", None),
    ]
    rows = [event(n, title=title, summary=summary) for n, (title, summary, _) in enumerate(told, 1)]
    path = tmp_path / "map.html"
    draw(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), built="2024-04-01").save(path)
    page = visit(path)
    for number, (_, _, expected) in enumerate(told, 1):
        page.evaluate(f"dateline.app.select(dateline.app.store.find('e{number}'))")
        assert page.locator(".dl-summary").all_inner_texts() == ([expected] if expected else [])


def test_circles_share_their_dots_among_colours(visit, saved):
    """Half of a circle is red and half blue, its rim fades out, and clearing leaves nothing."""
    counts = visit(saved).evaluate("""(() => {
      const picture = new dateline.app.layer.density.picture.constructor(), tally = () => {
        const dots = [0, 0, 0, 0];
        for (const dot of picture.dots) {
          if (!dot) continue;
          dots[3] += dot >>> 24 < 255 ? 1 : 0;
          if (dot >>> 24 === 255) dots[(dot & 0xff) === 0xff ? 0 : (dot >>> 16 & 0xff) === 0xff ? 1 : 2]++;
        }
        return dots;
      };
      const view = { width: 40, height: 40, ratio: 1 }, target = document.createElement("canvas").getContext("2d");
      picture.clear(view, ["#ff0000", "#0000ff"]);
      picture.circle(20, 20, 8, [3, 3], 0, 6);
      picture.show(target);
      const half = tally();
      picture.clear(view, ["#ff0000", "#0000ff"]);
      return [half, tally()];
    })()""")
    (red, blue, mixed, rim), empty = counts
    assert red > 60
    assert abs(red - blue) < 18
    assert 0 < mixed < 24
    assert rim > 10
    assert empty == [0, 0, 0, 0]


def test_dense_circles_hold_all_events_while_the_map_is_moved(visit, tmp_path):
    """The honeycomb stays on the ground: a drag counts nothing anew, and each circle opens what it shows."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    count = 3000
    spread = np.random.default_rng(3).normal(0, 0.2, (2, count))
    rows = pd.DataFrame({"title": [f"Event {n}" for n in range(count)], "date_start": "2024-03-01"})
    points = gpd.points_from_xy(35 + spread[0], 51 + spread[1])
    path = tmp_path / "map.html"
    draw(gpd.GeoDataFrame(rows, geometry=points, crs=4326), built="2024-04-01").save(path)
    page = visit(path)
    page.evaluate("window.density = dateline.app.layer.density; window.grid = density.grid")
    total = "density.totals.reduce((sum, one) => sum + one, 0)"
    assert page.evaluate(total) == count
    page.evaluate("dateline.app.map.panBy([60, -40], { animate: false })")
    page.wait_for_timeout(100)
    assert page.evaluate("density.grid === grid")
    box = page.locator(".folium-map").bounding_box()
    cell = page.evaluate(
        f"density.cellAt({{ x: {box['width'] / 2 - 60}, y: {box['height'] / 2 + 40} }}, dateline.app.layer.view)"
    )
    shown = page.evaluate(f"density.eventsIn({cell}, dateline.app.filters.fails).length")
    assert shown == page.evaluate(f"density.totals[{cell}]") > 1
    page.evaluate("dateline.filter({q: 'event 7'})")
    until(page, f"{total} === dateline.app.filters.shown || !dateline.app.layer.dense")
    page.evaluate("dateline.reset()")
    until(page, f"{total} === {count}")
    page.evaluate(f"dateline.app.map.panBy([{box['width']}, 0], {{ animate: false }})")
    until(page, "density.grid !== grid || !dateline.app.layer.dense")
