"""Where pages stand, in a real Chromium: in frames of articles, in notebooks, with layers of others."""

import pytest
from driving import shown, until
from page_events import events

from dateline.layers.page import draw

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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
