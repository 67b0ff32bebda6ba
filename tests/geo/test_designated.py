"""Names that the word beside them says to be places, whether a gazetteer has them or not."""

import pytest

from dateline.geo.designated import designated
from dateline.geo.running_text import RunningText
from dateline.reports.annotation import annotate
from dateline.reports.events import events_of
from dateline.reports.report import Report


def names(text, language, taken=()):
    """Return the names found and what they are said to be."""
    return [
        (text[each.start : each.end], each.kind)
        for each in designated(RunningText(text), language, taken)
    ]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Gunmen entered the village of Qorbemi at dawn.", "en", "Qorbemi"),
        ("Gunmen were seen in Qorbemi village at dawn.", "en", "Qorbemi"),
        ("The village of Wad al-Qorbem was burnt.", "en", "Wad al-Qorbem"),
        ("Le village de Qorbemi a été incendié.", "fr", "Qorbemi"),
        ("Im Dorf Qorbemi brannten Häuser.", "de", "Qorbemi"),
        ("Под контроль взят населённый пункт Корбемское.", "ru", "Корбемское"),
        ("У селі Золотий Корбень горять хати.", "uk", "Золотий Корбень"),
        ("Qorbemi köyünde çatışma çıktı.", "tr", "Qorbemi"),
        ("Korbemin kylä paloi.", "fi", "Korbemin"),
        ("قصف الجيش قرية كوربمي أمس.", "ar", "كوربمي"),
        ("Quân đội chiếm thị trấn Qorbemi hôm qua.", "vi", "Qorbemi"),
        ("Warga desa Qorbemi mengungsi.", "id", "Qorbemi"),
    ],
)
def test_a_generic_word_designates_a_place(text, language, name):
    """Before or after it, as the language has it."""
    assert [found for found, _ in names(text, language)] == [name]


def test_a_list_goes_on_to_its_last_member():
    """But not over a comma that begins something else."""
    text = "The villages of Qorbemi, Tuvasko and Lenzhari were taken, Marvano said."
    assert [name for name, _ in names(text, "en")] == ["Qorbemi", "Tuvasko", "Lenzhari"]
    text = "They took the village of Qorbemi, Marvano said."
    assert [name for name, _ in names(text, "en")] == ["Qorbemi"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Barren County Sheriff said the town was quiet.", "en"),
        ("She belongs to a Facebook community.", "en"),
        ("In der Stadt Menschen zu finden war schwer.", "de"),
        ("They left the village of their fathers.", "en"),
        ("He rules from the capital of Qorbemi.", "en"),
        ("قصف الجيش قرية صغيرة أمس.", "ar"),
    ],
)
def test_ordinary_words_beside_it_are_no_names(text, language):
    """Nor is a name that is a place already, nor what only describes one."""
    assert names(text, language) == []


def test_what_is_a_place_already_is_not_found_again():
    """Its stretch is taken."""
    text = "in the village of Qorbemi"
    assert names(text, "en", [(text.index("Qorbemi"), len(text))]) == []


def test_a_place_on_no_map_is_told_without_a_location(geocoder):
    """The editor sees the name; the region it is said to lie in is found as ever."""
    text = "Seven people died in the village of Qorbemi in Borno State on Monday."
    first, second = geocoder.find(text, "en")
    assert (first.text, first.kind, first.location.lon) == ("Qorbemi", "settlement", None)
    assert second.location.admin1 == "NG-BO"


def test_an_event_there_is_located_in_the_region_and_keeps_the_name(geocoder):
    """The map shows the state; the table says which village it was."""
    text = "Seven people died in the village of Qorbemi in Borno State on Monday."
    report = Report("test", text, "en", "2025-04-30")
    annotation = annotate(report, geocoder)
    (event,) = events_of(report, annotation)
    assert (event.place, event.admin1) == ("Qorbemi in Borno State", "NG-BO")
    told = annotation.to_json()
    assert [place["text"] for place in told["unplaced"]] == ["Qorbemi"]
    assert all(place["lon"] is not None for place in told["places"])


def test_a_listed_name_is_a_place_where_the_word_beside_it_says_so(geocoder):
    """Though it alone would not have been taken for one, in letters of another language."""
    (found,) = geocoder.find("wojska zajęły wieś Olhiwśke", "pl")
    assert found.location.country == "UA"
