"""Still pictures: readable, described, the same every time."""

import geopandas as gpd
import pytest
import shapely
from PIL import Image
from shapely.geometry import box

from dateline.errors import InputError
from dateline.event import Event
from dateline.layers import lettering, still
from dateline.table import from_events


@pytest.fixture(scope="module")
def events():
    """Give events with points, an area, all kinds of status, and hostile words."""
    area = shapely.box(34.2, 51.2, 34.9, 52.1)
    return from_events(
        [
            Event(
                id="1",
                place="western Kursk",
                geometry=area,
                status="claimed",
                sides=["PRK"],
                date_start="2024-11-01",
            ),
            Event(
                id="2",
                place="Sudzha",
                geometry=shapely.Point(35.27, 51.19),
                uncertainty_m=3600,
                sides=["UKR"],
            ),
            Event(
                id="3",
                place="$\\frac{1}{0}$",
                geometry=shapely.Point(35.2, 51.3),
                status="claimed",
                sides=["RUS"],
            ),
            Event(id="4", place="Several", geometry=shapely.MultiPoint([(35, 51), (35.1, 51.1)])),
            Event(
                id="5",
                place="Road",
                geometry=shapely.LineString([(35, 51), (35.4, 51.4)]),
                sides=["RUS"],
            ),
            Event(id="6", title="nowhere"),
        ]
    )


def test_a_social_card_has_the_size_that_networks_ask_for(events, tmp_path):
    """1200 by 630 pixels, and the sea is not the land."""
    still.save_picture(events, tmp_path / "card.png", title="$100 & <b>")
    with Image.open(tmp_path / "card.png") as image:
        assert image.size == (1200, 630)
        assert len(image.convert("RGB").getcolors(1 << 20)) > 100


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_events_give_the_same_bytes(events, tmp_path, suffix):
    """A build can be repeated, whatever the format."""
    for name in "ab":
        still.save_picture(
            events,
            tmp_path / f"{name}{suffix}",
            title="Курщина",
            language="uk",
            size=(600, 315),
            dpi=72,
        )
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()


def test_a_script_without_a_font_is_named(monkeypatch):
    """The user learns which font to install instead of finding boxes in the picture."""
    dejavu = {"DejaVu Sans": lettering.font_manager.findfont("DejaVu Sans")}
    monkeypatch.setattr(lettering, "_files", lambda: dejavu)
    families, missing = lettering.families_for(["Kursk", "कुर्स्क"])
    assert families == ["DejaVu Sans"]
    assert [sentence.split("(")[1].split(")")[0] for sentence in missing] == ["Devanagari"]


def test_labels_do_not_overlap(events, tmp_path, monkeypatch):
    """Every label has its own room, and stays off legend, locator and scale bar."""
    seen = []
    original = lettering.Labels._box

    def box(self, label):
        seen.append(self)
        return original(self, label)

    monkeypatch.setattr(lettering.Labels, "_box", box)
    still.save_picture(events, tmp_path / "card.png")
    labels = [text for text in seen[-1].axes.texts if text.get_text()]
    boxes = [text.get_window_extent() for text in labels]
    overlaps = [
        (labels[i].get_text(), labels[j].get_text())
        for i in range(len(boxes))
        for j in range(i)
        if boxes[i].overlaps(boxes[j])
    ]
    assert len(labels) > 8
    assert overlaps == []


def test_events_without_any_place_make_no_picture(tmp_path):
    """An empty map would be a claim that nothing happened."""
    with pytest.raises(InputError, match="place"):
        still.save_picture(from_events([Event(id="1")]), tmp_path / "card.png")


def test_an_unknown_format_is_refused(events, tmp_path):
    """The error lists what can be written."""
    with pytest.raises(InputError, match=r"\.png, \.svg, \.pdf"):
        still.save_picture(events, tmp_path / "card.bmp")


def test_events_across_the_antimeridian_are_drawn(tmp_path):
    """Fiji is one place, not two ends of the world."""
    table = from_events(
        [Event(id="1", place="Taveuni", geometry=shapely.Point(179.9, -16.8), uncertainty_m=90_000)]
    )
    still.save_picture(table, tmp_path / "card.png")
    assert (tmp_path / "card.png").stat().st_size > 10_000


def test_control_lies_under_the_events_and_in_the_legend(events, tmp_path, monkeypatch):
    """The last picture of a source is striped; the legend says who holds it, says whom, as of when."""
    control = gpd.GeoDataFrame(
        {"date": ["2024-03-01", "2024-03-09"], "side": ["RUS", "UKR"], "source": ["Desk", "Desk"]},
        geometry=[box(35, 51, 35.2, 51.2), box(35.1, 51.1, 35.4, 51.3)],
        crs=4326,
    )
    drawn, entries = [], []
    monkeypatch.setattr(still, "draw_held", lambda _axes, held, _look: drawn.extend(held.sides))
    real = still.held_entries
    monkeypatch.setattr(
        still, "held_entries", lambda *given: entries.extend(real(*given)) or entries
    )
    still.save_picture(events, tmp_path / "map.png", control=control)
    assert drawn == ["RUS", "UKR"]
    assert [entry.get_label() for entry in entries] == ["Held by Ukraine", "Desk, as of 2024-03-09"]


def test_stripes_are_drawn(events, tmp_path):
    """The picture with areas of control is another picture."""
    control = gpd.GeoDataFrame(
        {"date": ["2024-03-09"], "side": ["UKR"]}, geometry=[box(30, 45, 40, 60)], crs=4326
    )
    still.save_picture(events, tmp_path / "without.svg")
    still.save_picture(events, tmp_path / "with.svg", control=control)
    texts = [(tmp_path / name).read_text() for name in ("without.svg", "with.svg")]
    assert ["<pattern" in text for text in texts] == [False, True]
