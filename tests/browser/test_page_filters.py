"""Filters, search and the address that keeps them, in a real Chromium: by mouse, by keyboard, by link."""

import itertools
import json

import pytest
from driving import shown, tab_to, until
from page_events import event

from dateline.layers.page import draw

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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
