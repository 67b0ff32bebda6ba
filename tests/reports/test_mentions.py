"""Mentions: dates, units, actors, casualties and who says so, in many languages by one code."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from dateline.reports.annotation import annotate
from dateline.reports.report import Report


class NoPlaces:
    """A geocoder that knows no place."""

    def find(self, text, language=None, context=None):
        """Return no place."""
        del text, language, context
        return []


def read(text, language="en", published="2024-12-16"):
    """Return the annotation of a text as JSON."""
    return annotate(Report("test", text, language, published), NoPlaces()).to_json()


def days(text, language="en", published="2024-12-16"):
    """Return first and last day of each date."""
    return [(date["from"], date["to"]) for date in read(text, language, published)["dates"]]


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "It happened on Saturday.", "2024-12-14", "2024-12-14"),
        ("en", "It happened on Dec. 14.", "2024-12-14", "2024-12-14"),
        ("en", "It happened on Dec. 14-15, 2023.", "2023-12-14", "2023-12-15"),
        ("en", "It has gone on since August.", "2024-08-01", "2024-12-16"),
        ("en", "It happened last month.", "2024-11-01", "2024-11-30"),
        ("en", "It happened on May 18.", "2024-05-18", "2024-05-18"),
        ("en", "It happened between 3 May and 5 June.", "2024-05-03", "2024-06-05"),
        ("id", "Itu terjadi pada Sabtu (14/12).", "2024-12-14", "2024-12-14"),
        ("id", "Itu terjadi kemarin.", "2024-12-15", "2024-12-15"),
        ("id", "Mereka di sana sejak bulan lalu.", "2024-11-01", "2024-12-16"),
        ("uk", "Це сталося у ніч на 14 грудня.", "2024-12-13", "2024-12-14"),
        ("uk", "Це сталося 6-8 серпня.", "2024-08-06", "2024-08-08"),
        ("ru", "Это произошло 14 декабря 2024 года.", "2024-12-14", "2024-12-14"),
        ("de", "Das geschah am Samstag, dem 14. Dezember.", "2024-12-14", "2024-12-14"),
        ("es", "Ocurrió el 14 de diciembre de 2024.", "2024-12-14", "2024-12-14"),
        ("zh", "2024年12月14日发生袭击。", "2024-12-14", "2024-12-14"),
        ("ar", "حدث ذلك يوم 14 ديسمبر.", "2024-12-14", "2024-12-14"),
        ("fi", "Se tapahtui 14. joulukuuta.", "2024-12-14", "2024-12-14"),
        ("id", "Mereka bertempur pada 14-15/12/2024.", "2024-12-14", "2024-12-15"),
        ("id", "Sejak 7 Oktober tahun lalu.", "2023-10-07", "2024-12-16"),
        ("zh", "去年11月发生袭击。", "2023-11-01", "2023-11-30"),
        ("zh", "上周六发生袭击。", "2024-12-14", "2024-12-14"),
        ("ja", "令和5年3月に攻撃された。", "2023-03-01", "2023-03-31"),
        ("ja", "10月以降、攻撃された。", "2024-10-01", "2024-12-16"),
        ("ko", "작년 10월부터 공격했다.", "2023-10-01", "2024-12-16"),
        ("tr", "Şubat 2022'den beri sürüyor.", "2022-02-01", "2024-12-16"),
        ("hi", "मंगलवार देर रात हमला हुआ।", "2024-12-10", "2024-12-10"),
        ("fa", "در ۲۳ خرداد ۱۴۰۳ حمله کردند.", "2024-06-12", "2024-06-12"),
        ("fa", "در ۳۰ آذر حمله کردند.", "2024-12-20", "2024-12-20"),
        ("en", "It happened over the weekend.", "2024-12-14", "2024-12-15"),
    ],
)
def test_dates_become_intervals(language, text, first, last):
    """Relative words are counted from the day of publication."""
    assert days(text, language) == [(first, last)]


def relative_days():
    """Yield language, words, first and last day of the list of relative dates."""
    lines = (Path(__file__).parent / "dates.txt").read_text("utf-8").splitlines()
    for line in lines[1:]:
        language, words, steps = line.split("|")
        yield language, words, *(date(2025, 7, 16) + timedelta(int(step)) for step in steps.split())


_AFTER = {"zh": ",一架无人机被击落。", "ja": "、無人機が撃墜された。", "ko": " 무인기가 격추됐다."}


def test_relative_dates_are_read_in_every_language():
    """One date of the right days for each of some 450 ways to say when."""
    wrong = [
        (language, words, found)
        for language, words, first, last in relative_days()
        if (
            found := days(f"Kharkiv. {words}{_AFTER.get(language, ' xx.')}", language, "2025-07-16")
        )
        != [(first.isoformat(), last.isoformat())]
    ]
    assert not wrong


def test_a_date_without_publication_day_stays_open():
    """There is no default date."""
    assert days("It happened on Saturday.", published=None) == [(None, None)]


@pytest.mark.parametrize(
    ("language", "text", "second"),
    [
        ("en", "They met on December 3. The next day the town was shelled.", "2024-12-04"),
        ("en", "They met on December 3. Two days earlier the town was shelled.", "2024-12-01"),
        ("en", "It was hit on December 3, he said Thursday. That night it burned.", None),
        ("de", "Am 3. Dezember trafen sie sich. Tags darauf wurde geschossen.", "2024-12-04"),
        ("ru", "3 декабря они встретились. На следующий день начался обстрел.", "2024-12-04"),
        ("id", "Mereka bertemu 3 Desember. Keesokan harinya desa dibom.", "2024-12-04"),
        ("ja", "3日に会談した。翌日、空爆があった。", "2024-12-04"),
    ],
)
def test_the_following_day_counts_from_the_day_just_named(language, text, second):
    """The day of a statement is not the one that "the next day" follows."""
    found = days(text, language)
    if second is None:
        assert found[-1][0] == "2024-12-03"
    else:
        assert found[-1] == (second, second)


def test_the_following_day_of_no_day_stays_open():
    """Without a day before it nobody knows which day is meant."""
    assert days("The next day it was shelled.") == [(None, None)]


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        (
            "en",
            "A boy, 12, and 14 others were hurt; a 67-year-old woman was killed.",
            [(14, 14), (1, 1)],
        ),
        ("en", "At least two dozen people were injured.", [(24, None)]),
        ("en", "A hundred and twenty-three people were killed.", [(123, 123)]),
        ("en", "Four civilians, among them two children, were killed.", [(4, 4)]),
        ("ar", "قتل خمسة وثلاثون شخصا.", [(35, 35)]),
        ("ja", "警察官7人を含む10人が死亡した。", [(10, 10)]),
        ("ko", "5만8천 명이 숨졌다.", [(58000, 58000)]),
        ("id", "Sebanyak seratus dua puluh lima orang tewas.", [(125, 125)]),
        ("de", "Einundzwanzig Menschen wurden getötet.", [(21, 21)]),
        ("en", "Two people died; 40,000 people fled to the hills.", [(2, 2)]),
        ("tr", "Çatışmalarda 30 HDK mensubu öldürüldü.", [(30, 30)]),
    ],
)
def test_figures_of_people_are_read_in_words_and_digits(language, text, figures):
    """Ages are no figures of people, and some among others are not counted twice."""
    assert [(item["min"], item["max"]) for item in read(text, language)["casualties"]] == figures


def test_a_range_that_goes_backwards_is_two_dates():
    """The day of the dateline and the day of the event, with a dash between."""
    found = days("15 липня – Увечері 14 липня їх обстріляли.", "uk", "2025-07-15")
    assert found == [("2025-07-15", "2025-07-15"), ("2025-07-14", "2025-07-14")]


def test_a_day_in_no_calendar_stays_open():
    """31 April is nobody's date."""
    assert days("It happened on 31/04/2024.") == [(None, None)]


@pytest.mark.parametrize(
    ("language", "text", "name", "side"),
    [
        ("en", "The 810th Naval Infantry Brigade attacked.", "810th", "RUS"),
        ("id", "Prajurit Brigade Serangan Udara ke-95 Ukraina.", "95th Air Assault", "UKR"),
        ("uk", "Бійці 95 ОДШБр відбили атаку.", "95th Air Assault", "UKR"),
        ("ru", "155-я отдельная гвардейская бригада морской пехоты.", "155th", "RUS"),
        ("zh", "乌克兰第47机械化旅击退了进攻。", "47th Mechanized", "UKR"),
        ("ja", "ウクライナの第95空中強襲旅団。", "95th Air Assault", "UKR"),
        ("en", "Fighters of Hezbollah fired.", "Hezbollah", "Hezbollah"),
    ],
)
def test_units_are_linked_to_the_registry(language, text, name, side):
    """The same formation in every language."""
    units = read(text, language)["units"]
    assert [unit["side"] for unit in units] == [side]
    assert units[0]["name"].startswith(name)
    assert len(units[0]["sidc"]) == 20


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ukraine sent 12 brigades to the front."),
        ("vi", "Ukraine điều 12 lữ đoàn tới mặt trận."),
        ("ru", "Украина перебросила 12 бригад."),
    ],
)
def test_a_number_of_brigades_is_no_brigade(language, text):
    """What is counted has no number of its own."""
    assert read(text, language)["units"] == []


def test_an_adjective_of_a_border_speaks_for_nobody():
    """The last word before the verb is not who says so."""
    text = "Douze soldats ont été tués près de la frontière malienne, a-t-on appris."
    assert [item["claimed_by"] for item in read(text, "fr")["casualties"]] == [None]


def test_an_apposition_before_the_verb_is_not_what_was_said():
    """The media report, not the soldiers that they speak of."""
    text = "Media Ukraina, Ukrainska Pravda, melaporkan 12 tentara tewas."
    assert [item["claimed_by"] for item in read(text, "id")["casualties"]] == ["Media Ukraina"]


def test_the_day_before_a_unit_is_not_its_number():
    """A date before it belongs to the sentence: the brigade is the 80th, not the 13th."""
    (unit,) = read("On December 13 Ukraine's 80th Air Assault Brigade attacked.")["units"]
    assert unit["name"] == "80th Air Assault Brigade"


def test_an_unknown_formation_keeps_what_the_words_say():
    """No side is guessed; the symbol says brigade."""
    (unit,) = read("The 9876th Tank Brigade moved.")["units"]
    assert (unit["name"], unit["side"]) == ("9876th Tank Brigade", None)
    assert unit["sidc"][8:10] == "18"


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        (
            "en",
            "At least 30 people were killed and 50 wounded.",
            [(30, None, "killed"), (50, 50, "wounded")],
        ),
        ("en", "Between 20 and 30 soldiers were captured.", [(20, 30, "captured")]),
        ("id", "Belasan tentara Korea Utara tewas.", [(11, 19, "killed")]),
        ("uk", "Понад 200 солдатів загинули.", [(200, None, "killed")]),
        (
            "es",
            "Cuatro personas murieron y 12 resultaron heridas.",
            [(4, 4, "killed"), (12, 12, "wounded")],
        ),
        ("zh", "袭击造成至少27人死亡，117人受伤。", [(27, None, "killed"), (117, 117, "wounded")]),
        ("hi", "चार सैनिक मारे गए और दो घायल हो गए।", [(4, 4, "killed"), (2, 2, "wounded")]),
    ],
)
def test_casualties_have_their_range_and_kind(language, text, figures):
    """Open ends stay null."""
    found = read(text, language)["casualties"]
    assert [(item["min"], item["max"], item["kind"]) for item in found] == figures


def figures_of(text, language):
    """Return least, most and kind of each figure of people, sorted, as the list writes them."""
    return sorted(
        f"{'' if item['min'] is None else item['min']}-{'' if item['max'] is None else item['max']} {item['kind']}"
        for item in read(text, language)["casualties"]
    )


def test_figures_of_people_are_read_in_every_language():
    """Single persons, ages, losses, hundreds in one word and things that are no people, some 200 sentences."""
    lines = (Path(__file__).parent / "casualties.txt").read_text("utf-8").splitlines()
    wrong = [
        (language, sentence, found)
        for language, sentence, figures in (line.split("|") for line in lines[1:])
        if (found := figures_of(sentence, language)) != sorted(filter(None, figures.split(";")))
    ]
    assert not wrong


def test_deployed_troops_are_a_strength():
    """A deployment kills nobody."""
    (figure,) = read("11 ribu tentara Korut dikerahkan di sana.", "id")["casualties"]
    assert (figure["kind"], figure["min"], figure["side"]) == ("strength", 11000, "PRK")


def test_a_pronoun_speaks_for_the_last_speaker():
    """`He said` is whoever spoke before."""
    text = (
        "President Volodymyr Zelensky said the town was held. "
        "He said at least 40 Russian soldiers were killed."
    )
    assert read(text)["casualties"][0]["claimed_by"].endswith("Zelensky")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Ayşe Yılmaz (34) hayatını kaybetti, oğlu Mehmet yaralandı."),
        ("ko", "숨진 사람은 김영희(34)씨와 아들 박민수(5)군이다."),
        ("ja", "死亡したのは山田花子さん（34）と息子の太郎さん。"),
        ("id", "Korban tewas bernama Siti Rahma (34) dan anaknya Budi Santoso."),
    ],
)
def test_names_and_ages_of_victims_are_no_figures(language, text):
    """Who died is told by name and age in brackets: neither becomes data."""
    assert read(text, language)["casualties"] == []


def test_private_names_do_not_stand_as_speakers():
    """Only a name beside an office is given."""
    found = read("Two people were killed, Olena Petrenko said.")["casualties"]
    assert [item["claimed_by"] for item in found] == [None]


def test_sides_come_from_nationality_and_force():
    """A country's forces stand for its side."""
    actors = read("Pasukan Rusia dan tentara Korut bertempur.", "id")["actors"]
    assert [actor["side"] for actor in actors] == ["RUS", "PRK"]


@pytest.mark.parametrize(
    ("language", "text", "side"),
    [
        ("es", "Los hutíes lanzaron misiles.", "Houthis"),
        ("ru", "Ночью хуситы выпустили ракету.", "Houthis"),
        ("pl", "Wczoraj wagnerowcy zajęli miasto.", "Wagner"),
        ("es", "Ayer los talibanes atacaron la ciudad.", "Taliban"),
    ],
)
def test_names_written_small_are_found(language, text, side):
    """Where a language writes a group's name small, case is no test."""
    assert [unit["side"] for unit in read(text, language)["units"]] == [side]


@pytest.mark.parametrize(
    "text",
    [
        "A Magura V5 sea drone hit a ship.",
        "The Ford Motor Company hired 3 people.",
        "Canadian companies lost money.",
        "He plays Class AA baseball.",
        "Batteries of size AA were sold out.",
    ],
)
def test_equipment_firms_and_sizes_are_no_units(text):
    """A model, a firm and an unbacked acronym of two letters name no formation."""
    assert read(text)["units"] == []


@pytest.mark.parametrize(
    "text", ["Clashes with AA fighters went on.", "The Arakan Army (AA) left. The AA said so."]
)
def test_a_short_acronym_counts_where_words_of_war_or_the_full_name_back_it(text):
    """The AA of Myanmar is found."""
    assert {unit["id"] for unit in read(text)["units"]} == {"arakan-army"}


def test_a_number_beyond_counting_is_no_figure():
    """Hundreds of digits, and scale upon scale, are passed over."""
    for text in (
        f"{'9' * 400} soldiers were killed.",
        f"{'9' * 300} million million soldiers were killed.",
    ):
        assert not read(text)["casualties"]
