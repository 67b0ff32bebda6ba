"""The page in a real Chromium: asks nobody, filters together, keeps its state in the address."""

import itertools
import json
from pathlib import Path

import pytest
from page_events import event, events
from waiting import until

from dateline.layers.page import draw

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="session")
def saved(tmp_path_factory):
    """Save the page of forty made-up events."""
    path = tmp_path_factory.mktemp("page") / "map.html"
    draw(events(), title="Hillshire", byline="The desk", built="2024-04-01").save(path)
    return path


def shown(page):
    """Return the line that counts the events shown."""
    return page.locator(".dl-total").inner_text()


def test_the_page_opens_from_a_file_and_asks_nobody(visit, saved):
    """No request, no console error, no breach of the policy."""
    page = visit(saved)
    assert shown(page) == "40 events"
    assert page.locator(".dl-row").count() > 5
    assert (
        "1 event without a place · 1 event without a date" in page.locator(".dl-note").inner_text()
    )


def test_filters_work_together(visit, saved):
    """Each narrows what the others leave; the number returned is the number shown."""
    page = visit(saved)
    assert page.evaluate("dateline.filter({from: '2024-03-10', to: '2024-03-20'})") == 14
    both = page.evaluate("dateline.filter({from: '2024-03-10', to: '2024-03-20', sides: ['BBB']})")
    one = page.evaluate(
        "dateline.filter({from: '2024-03-10', to: '2024-03-20', units: ['2nd Tank Regiment']})"
    )
    assert both == one == 5
    assert page.evaluate("dateline.filter({q: 'ambush mill'})") == 1
    assert page.evaluate("dateline.filter({q: 'ambush', sides: ['BBB']})") == 0
    assert page.evaluate("dateline.filter({status: 'claimed'})") == 1
    assert (
        page.evaluate(
            "dateline.filter({sources: ['The Gazette'], types: ['Battles: Armed clash']})"
        )
        == 39
    )
    assert page.evaluate("dateline.filter({sides: ['nobody']})") == 0
    assert page.evaluate("dateline.reset()") == 40
    assert page.evaluate("dateline.state()") == {}


def test_a_filter_replaces_the_whole_filter(visit, saved):
    """What is not named is not filtered by."""
    page = visit(saved)
    page.evaluate("dateline.filter({sides: ['BBB'], from: '2024-03-10'})")
    page.evaluate("dateline.filter({q: 'event'})")
    assert page.evaluate("dateline.state()") == {"q": "event"}


def test_undated_events_hide_under_a_date_filter_and_stay_counted(visit, saved):
    """Thirty-nine of forty have a date."""
    page = visit(saved)
    assert page.evaluate("dateline.filter({from: '1900-01-01'})") == 39
    until(
        page,
        "document.querySelector('.dl-note').textContent.includes('hidden while dates are chosen')",
    )


def test_counts_and_histogram_follow_the_other_filters(visit, saved):
    """A side's own count does not heed the sides chosen, the others' do."""
    page = visit(saved)
    page.evaluate("dateline.filter({sides: ['BBB']})")
    counts = page.evaluate("[...dateline.app.filters.counts('sides')]")
    assert sum(counts) > page.evaluate("dateline.app.filters.shown")
    units = page.evaluate("[...dateline.app.filters.counts('units')]")
    assert sum(units) == page.evaluate("dateline.app.filters.shown") + 0
    page.evaluate("dateline.filter({q: 'ambush'})")
    assert sum(page.evaluate("[...dateline.app.filters.counts('sides')]")) == 1


def test_changes_are_told_to_the_article(visit, saved):
    """The event carries the number shown and the state."""
    page = visit(saved)
    heard = page.evaluate(
        "new Promise((tell) => { addEventListener('dateline:change', (e) => tell(e.detail)); dateline.filter({q: 'mill'}); })"
    )
    assert heard == {"shown": 1, "state": {"q": "mill"}}


def test_a_link_reopens_the_same_view(visit, saved):
    """Filter, place and zoom, and the chosen event."""
    page = visit(saved)
    page.evaluate("dateline.filter({sides: ['BBB'], from: '2024-03-02', q: 'event'})")
    page.mouse.move(800, 300)
    page.mouse.wheel(0, -300)
    until(page, "location.hash.includes('map=')")
    page.locator(".dl-row").first.click()
    until(page, "location.hash.includes('event=')")
    again = visit(saved, page.evaluate("location.hash"))
    assert again.evaluate("dateline.state()") == page.evaluate("dateline.state()")
    assert again.evaluate("dateline.app.map.getZoom()") == page.evaluate(
        "dateline.app.map.getZoom()"
    )
    assert again.locator(".dl-card h2").inner_text() == page.locator(".dl-card h2").inner_text()


def tab_to(page, selector):
    """Press Tab until the focus is on an element."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    pytest.fail(f"expected Tab to reach {selector}")


def test_everything_is_done_by_keyboard(visit, saved):
    """Date, unit and text over clustered points, then the list, an event, and back: Tab, arrows, Enter, Space, Escape."""
    page = visit(saved)
    assert page.evaluate("dateline.app.layer.groups.some((group) => group.events.length > 1)")
    tab_to(page, ".dl-search")
    page.keyboard.type("event")
    page.keyboard.press("Enter")
    until(page, "dateline.state().q === 'event'")
    tab_to(page, "#dl-tab-list")
    page.keyboard.press("ArrowRight")
    tab_to(page, ".dl-expand")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "[role=slider]")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    state = page.evaluate("dateline.state()")
    assert set(state) == {"q", "units", "from", "to"}
    tab_to(page, "#dl-tab-filters")
    page.keyboard.press("ArrowLeft")
    tab_to(page, ".dl-list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(".dl-card h2").is_visible()
    page.keyboard.press("Escape")
    assert page.locator(".dl-detail").is_hidden()
    shown_before = shown(page)
    tab_to(page, ".dl-bar button")
    page.keyboard.press("Enter")
    link = page.locator("dialog input").input_value()
    page.keyboard.press("Escape")
    assert page.locator("dialog").is_hidden()
    assert "#" in link
    until(page, f"location.href === {json.dumps(link)}")
    again = visit(saved, "#" + link.partition("#")[2])
    assert again.evaluate("dateline.state()") == state
    assert shown(again) == shown_before


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


def test_hosts_are_told_the_height(visit, saved, tmp_path):
    """As Datawrapper's and pym.js's embeds tell it; the map is one of two on the page."""
    host = tmp_path / "host.html"
    host.write_text(
        "<title>An article</title><script>window.heard = []; addEventListener('message', (e) => heard.push(e.data))</script>"
        f'<iframe src="{saved.as_uri()}" width="600" height="400"></iframe><iframe src="{saved.as_uri()}" width="300" height="400"></iframe>',
        "utf-8",
    )
    context = visit(saved).context
    page = context.new_page()
    page.goto(host.as_uri())
    until(page, "heard.filter((m) => m['datawrapper-height']).length >= 2")
    assert any(isinstance(m, str) and m.startswith("pymxPYMx") for m in page.evaluate("heard"))


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


def test_the_page_works_in_a_sandboxed_frame(visit, saved, tmp_path):
    """Inside a notebook or a content system that gives the frame no origin of its own."""
    host = tmp_path / "host.html"
    text = saved.read_text("utf-8").replace("&", "&amp;").replace('"', "&quot;")
    host.write_text(
        f'<title>x</title><iframe sandbox="allow-scripts" srcdoc="{text}" width="900" height="600"></iframe>',
        "utf-8",
    )
    page = visit(saved).context.new_page()
    page.goto(host.as_uri())
    frame = page.frame_locator("iframe")
    assert frame.locator(".dl-row").first.is_visible() or frame.locator(".dl-total").inner_text()
    frame.locator(".dl-row").first.click()
    assert frame.locator(".dl-card h2").is_visible()


def test_the_wheel_scrolls_the_article_unless_ctrl_is_held(visit, saved, tmp_path):
    """In a frame a bare wheel leaves the map alone, and says how to zoom."""
    host = tmp_path / "host.html"
    host.write_text(
        f'<title>x</title><iframe src="{saved.as_uri()}" width="1000" height="600"></iframe>',
        "utf-8",
    )
    page = visit(saved).context.new_page()
    page.goto(host.as_uri())
    frame = page.frames[1]
    frame.evaluate("dateline.ready.then(() => 1)")
    zoom = frame.evaluate("dateline.app.map.getZoom()")
    page.mouse.move(700, 250)
    page.mouse.wheel(0, -200)
    hint = "document.querySelector('.dl-hint').textContent"
    until(frame, f"{hint} === 'Hold Ctrl and scroll to zoom the map'")
    assert frame.evaluate("dateline.app.map.getZoom()") == zoom
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    until(frame, f"dateline.app.map.getZoom() > {zoom}")


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


@pytest.mark.parametrize(
    ("last", "width", "first_marks"),
    [
        ("2024-03-10", 1280, ["Mar 1", "Mar 2"]),
        ("2024-03-14", 390, ["Mar 1", "Mar 6"]),
        ("2024-11-28", 1280, ["Mar", "Apr"]),
        ("2024-11-28", 390, ["Apr", "Jul"]),
        ("2031-01-01", 1280, ["2025", "2026"]),
    ],
)
def test_dates_below_the_histogram_have_room(visit, tmp_path, last, width, first_marks):
    """Days, months or years, as many as fit without touching."""
    import geopandas as gpd

    rows = [event(1, date_start="2024-03-01", date_end="2024-03-01")]
    rows.append(event(2, date_start=last, date_end=last))
    path = tmp_path / "map.html"
    draw(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), built="2024-04-01").save(path)
    page = visit(path, viewport={"width": width, "height": 844})
    until(page, "document.querySelectorAll('.dl-ticks span').length > 1")
    marks = page.evaluate(
        "[...document.querySelectorAll('.dl-ticks span')].map((mark) => { const box = mark.getBoundingClientRect(); return [mark.textContent, box.left, box.right]; })"
    )
    assert [text for text, _, _ in marks[:2]] == first_marks
    assert all(one[2] + 4 < other[1] for one, other in itertools.pairwise(marks))


def test_a_handle_is_dragged_without_a_jump(visit, saved):
    """Taking hold of a handle changes nothing; moving it by a day's width moves it by a day."""
    page = visit(saved)
    box = page.locator(".dl-handle-to_date").bounding_box()
    track = page.locator(".dl-track").bounding_box()
    x, y = box["x"] + 8, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 1, y)
    assert page.evaluate("dateline.state()") == {}
    page.mouse.move(x - track["width"] / 28 * 3, y)
    page.mouse.up()
    assert page.evaluate("dateline.state()") == {"from": "2024-03-01", "to": "2024-03-25"}


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


def test_letters_come_out_right_whatever_encoding_is_claimed(browser, tmp_path):
    """A server that calls all its pages Latin-1 neither garbles words nor stops the scripts."""
    path = tmp_path / "map.html"
    table = events().assign(title=lambda rows: rows["title"] + " – «Суджа» 🏥")
    draw(table, title="Карта: «подій» 🏥", language="uk", built="2024-04-01").save(path)
    page = browser.new_page()
    page.route(
        "http://maps.test/",
        lambda asked: asked.fulfill(
            body=path.read_bytes(), content_type="text/html; charset=iso-8859-1"
        ),
    )
    page.goto("http://maps.test/")
    page.evaluate("dateline.ready.then(() => 1)")
    assert page.title() == page.locator("h1").inner_text() == "Карта: «подій» 🏥"
    assert shown(page) == "40 подій"
    assert "«Суджа» 🏥" in page.locator(".dl-row").first.inner_text()
    page.close()


def test_maps_stand_in_a_notebook(browser):
    """Two maps of one cell's output each filter for themselves, in the frames that notebooks put them in."""
    cells = [draw(events(count), built="2024-04-01")._repr_html_() for count in (40, 20)]
    page = browser.new_page(viewport={"width": 1000, "height": 1300})
    page.set_content(f"<meta charset='utf-8'>{''.join(cells)}")
    frames = page.frames[1:]
    counts = [
        frame.evaluate("dateline.ready.then(() => dateline.filter({sides: ['AAA']}))")
        for frame in frames
    ]
    assert counts[0] > counts[1] > 0
    assert frames[0].evaluate("dateline.reset()") == 40
    assert frames[1].evaluate("dateline.state()") == {"sides": ["AAA"]}
    page.close()


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


def test_a_link_with_a_search_waits_for_its_index(visit, saved):
    """The page is ready when the search of its address is done; the address keeps it meanwhile."""
    page = visit(saved, "#q=ambush&sides=AAA")
    assert page.evaluate("dateline.state()") == {"q": "ambush", "sides": ["AAA"]}
    assert shown(page) == "1 of 40 events"
    page.wait_for_timeout(300)
    assert "q=ambush" in page.evaluate("location.hash")


def test_words_are_found_in_any_script_and_every_column(visit, tmp_path):
    """Case, accents and signs do not matter; titles, summaries, places and sources are searched."""
    import geopandas as gpd

    rows = [
        event(1, title="Обстрел Суджи; ŻÓŁW", place="Суджа"),
        event(2, title="空爆がスジャを襲う", summary="Déjà vu"),
        event(3, sources=[{"publisher": "P", "title": "Über die Brücke", "excerpt": "a\x1fb"}]),
    ]
    path = tmp_path / "map.html"
    draw(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), built="2024-04-01").save(path)
    page = visit(path)
    for words, count in (
        ("ОБСТРЕЛ", 1),
        ("zołw", 1),
        ("судж", 1),
        ("スジャ", 1),
        ("deja", 1),
        ("uber brucke", 1),
        ("hillford", 2),
        ("e2", 1),
        ("nothing", 0),
    ):
        assert (words, page.evaluate(f"dateline.filter({{q: {words!r}}})")) == (words, count)


def test_foliums_own_layers_join_the_map(visit, tmp_path):
    """Pins, coloured pins, popups, tooltips, groups: nothing is fetched for them, nothing goes wrong."""
    import folium

    chart = draw(events(), built="2024-04-01")
    popup = folium.Popup("Water <b>tower</b>")
    folium.Marker([51.2, 35.3], popup=popup, tooltip="Tower").add_to(chart)
    folium.Marker([51.3, 35.3], icon=folium.Icon(color="green")).add_to(chart)
    folium.Marker([51.4, 35.3], icon=folium.DivIcon("<i>here</i>")).add_to(chart)
    front = folium.FeatureGroup("Front").add_to(chart)
    folium.PolyLine([[51, 35], [51.5, 36]], popup="The line").add_to(front)
    folium.GeoJson(events().iloc[[0]][["title", "geometry"]], name="Mine").add_to(chart)
    path = tmp_path / "map.html"
    chart.save(path)
    page = visit(path)
    pin = page.locator("img.leaflet-marker-icon")
    assert pin.get_attribute("src").startswith("data:image/png;base64,")
    assert pin.evaluate("(image) => image.naturalWidth") == 25
    assert page.locator(".dl-pin path").get_attribute("fill") == "green"
    assert page.locator("i", has_text="here").count() == 1
    pin.dispatch_event("click")
    until(page, "document.querySelector('.leaflet-popup') !== null")
    assert page.locator(".leaflet-popup b").inner_text() == "tower"
    page.get_by_role("button", name="Layers").click()
    assert page.locator(".dl-menu").get_by_text("Mine").count() == 1
