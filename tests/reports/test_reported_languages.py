"""Events in many languages: what a report tells now, what it counts since, where people only spoke."""

from dataclasses import replace

import pytest
from shapely.geometry import Point

from dateline.geo.location import Location
from dateline.reports.annotation import annotate
from dateline.reports.events import events_of
from dateline.reports.report import Report


class Towns:
    """A geocoder that knows the towns it is given."""

    def __init__(self, *names):
        self.names = names

    def find(self, text, language=None, context=None):
        """Return the towns in the order of the text."""
        del language, context
        found = []
        for number, name in enumerate(self.names):
            start = text.find(name)
            while start >= 0:
                point = Point(30.0 + number, 40.0)
                location = Location(name, name, "settlement", point, point.x, 40.0, 5000.0)
                found.append(_Found(start, start + len(name), name, location))
                start = text.find(name, start + 1)
        return sorted(found, key=lambda item: item.start)


class _Found:
    """A place as a geocoder finds it."""

    kind = "settlement"

    def __init__(self, start, end, text, location):
        self.start, self.end, self.text, self.location = start, end, text, location


def annotated(language, text, *towns, published="2025-10-20"):
    """Return the annotation of a text."""
    return annotate(Report("test", text, language, published), Towns(*towns))


def events(language, text, *towns, published="2025-10-20"):
    """Return the events of a text."""
    found = annotated(language, text, *towns, published=published)
    return events_of(found.report, found)


TOTALS = {
    "en": "A strike killed five people in Gaza on Sunday. Since the ceasefire took effect, 97 people have been killed.",
    "de": "Ein Luftangriff tötete am Sonntag in Gaza fünf Menschen. Seit Beginn der Waffenruhe wurden 97 Menschen getötet.",
    "fr": "Une frappe a tué cinq personnes dimanche à Gaza. Depuis l'entrée en vigueur de la trêve, 97 personnes ont été tuées.",
    "es": "Un bombardeo mató a cinco personas el domingo en Gaza. Desde que entró en vigor el alto el fuego han muerto 97 personas.",
    "pt": "Um bombardeamento matou cinco pessoas no domingo em Gaza. Desde o início do cessar-fogo morreram 97 pessoas.",
    "it": "Un raid ha ucciso cinque persone domenica a Gaza. Dall'inizio della tregua sono state uccise 97 persone.",
    "nl": "Bij een luchtaanval kwamen zondag in Gaza vijf mensen om het leven. Sinds het begin van het bestand zijn 97 mensen gedood.",
    "sv": "Ett flyganfall dödade fem personer i Gaza på söndagen. Sedan vapenvilan trädde i kraft har 97 personer dödats.",
    "ru": "В воскресенье в Gaza при авиаударе погибли пять человек. С начала перемирия погибли 97 человек.",
    "uk": "У неділю в Gaza внаслідок авіаудару загинули п'ять людей. Від початку перемир'я загинули 97 людей.",
    "pl": "W niedzielę w Gaza w nalocie zginęło pięć osób. Od początku zawieszenia broni zginęło 97 osób.",
    "id": "Serangan udara menewaskan lima orang di Gaza pada Minggu. Sejak gencatan senjata berlaku, 97 orang tewas.",
    "tr": "Gaza kentine pazar günü düzenlenen hava saldırısında beş kişi öldü. Ateşkesin başlamasından bu yana 97 kişi öldü.",
    "ar": "قتل خمسة أشخاص الأحد في غارة على Gaza. منذ بدء وقف إطلاق النار قتل 97 شخصا.",
    "he": "חמישה אנשים נהרגו ביום ראשון בתקיפה על Gaza. מאז תחילת הפסקת האש נהרגו 97 אנשים.",
    "fa": "روز یکشنبه پنج نفر در حمله هوایی به Gaza کشته شدند. از زمان آغاز آتش‌بس ۹۷ نفر کشته شده‌اند.",
}


@pytest.mark.parametrize("language", TOTALS)
def test_a_total_since_a_truce_is_not_the_event_s_own_dead(language):
    """It is a mention, and no figure of any event."""
    found = annotated(language, TOTALS[language], "Gaza")
    assert 97 in {item.min for item in found.casualties}
    (event,) = events_of(found.report, found)
    assert [item.min for item in event.casualties if item.kind == "killed"] == [5]


def test_a_total_in_the_sentence_of_the_event_is_left_out():
    """Only the nearest figure counts since the war began."""
    text = "A strike on Monday killed five people in Gaza, bringing to 97 the number killed since the war began."
    (event,) = events("en", text, "Gaza")
    assert [item.min for item in event.casualties] == [5]


CONTROL = {
    "de": "Die Armee hat am Sonntag das Dorf Nova erobert.",
    "fr": "Les forces russes se sont emparées dimanche de Nova.",
    "es": "Las fuerzas rusas tomaron el domingo la localidad de Nova.",
    "it": "Le forze russe hanno conquistato domenica il villaggio di Nova.",
    "pt": "As forças russas tomaram no domingo a aldeia de Nova.",
    "nl": "Russische troepen hebben zondag het dorp Nova veroverd.",
    "sv": "Ryska styrkor har på söndagen intagit byn Nova.",
    "pl": "Siły rosyjskie zajęły w niedzielę wieś Nova.",
    "cs": "Ruské síly v neděli obsadily vesnici Nova.",
    "ar": "سيطرت القوات الروسية الأحد على قرية Nova.",
    "hu": "Az orosz erők vasárnap elfoglalták Nova falut.",
    "ro": "Forțele ruse au cucerit duminică satul Nova.",
    "fi": "Venäjän joukot valtasivat sunnuntaina kylän Nova.",
    "lv": "Krievijas spēki svētdien ieņēma ciemu Nova.",
    "vi": "Quân Nga hôm Chủ nhật đã chiếm được làng Nova.",
    "ms": "Tentera Rusia menawan kampung Nova pada Ahad.",
}


@pytest.mark.parametrize("language", CONTROL)
def test_a_capture_is_territory_gained(language):
    """In every language, at its place and day."""
    (event,) = events(language, CONTROL[language], "Nova")
    assert "territory" in event.event_type
    assert (event.place, event.date_start) == ("Nova", "2025-10-19")


HOLDS = {
    "de": "Die russischen Truppen kontrollieren die Stadt Nova.",
    "fr": "Les forces russes contrôlent la ville de Nova.",
    "es": "Las fuerzas rusas controlan la ciudad de Nova.",
    "it": "Le forze russe controllano la città di Nova.",
    "pt": "As forças russas controlam a cidade de Nova.",
    "nl": "Russische troepen controleren de stad Nova.",
    "sv": "Ryska styrkor kontrollerar staden Nova.",
    "cs": "Ruské síly kontrolují město Nova.",
    "tr": "Nova kenti Rus güçlerinin kontrolü altında.",
    "ro": "Forțele ruse controlează orașul Nova.",
    "hu": "Az orosz erők ellenőrzik Nova városát.",
}


@pytest.mark.parametrize("language", HOLDS)
def test_who_holds_a_town_is_a_statement_of_control(language):
    """Nothing happened there; somebody holds it."""
    found = annotated(language, HOLDS[language], "Nova")
    assert found.types == ["Statement of control"]


ROLES = {
    "de": (
        "Bei einem Luftangriff auf Nova starben fünf Menschen, teilte das Ministerium in Kapital mit.",
        "statement",
    ),
    "fr": ("Une frappe sur Nova a tué cinq personnes, selon Kapital.", "institution"),
    "es": ("Un misil disparado desde Kapital mató a cinco personas en Nova.", "origin"),
    "it": ("Missili lanciati da Kapital hanno ucciso cinque persone a Nova.", "origin"),
    "nl": ("De raket die vijf mensen doodde in Nova werd afgevuurd vanuit Kapital.", "origin"),
    "sv": ("En robot avfyrad från Kapital dödade fem personer i Nova.", "origin"),
    "pt": ("Um ataque matou cinco pessoas em Nova, segundo Kapital.", "institution"),
    "en": ("A strike on Nova killed five people, Kapital said.", "institution"),
}


@pytest.mark.parametrize("language", ROLES)
def test_where_it_happened_is_told_from_where_people_spoke_and_missiles_rose(language):
    """Only the one place is an event location."""
    text, role = ROLES[language]
    found = {
        place.text: place.role for place in annotated(language, text, "Nova", "Kapital").places
    }
    assert found == {"Nova": "event", "Kapital": role}


DATELINES = [
    ("en", "NOVA, Oct. 20 (Agency) — Missiles struck Harbour on Sunday, killing two people."),
    ("fr", "Nova, 20 oct. - Des missiles ont frappé Harbour dimanche, tuant deux personnes."),
    ("es", "NOVA (Agencia).- Misiles impactaron en Harbour el domingo y mataron a dos personas."),
    ("de", "NOVA. Raketen schlugen am Sonntag in Harbour ein und töteten zwei Menschen."),
    ("ar", "Nova: قتل شخصان الأحد في قصف على Harbour. وقال الجيش إنه يحقق."),
    ("ar", "Nova، 20 أكتوبر 2025 - قتل شخصان الأحد في قصف على Harbour."),
    ("ar", "Nova 20 أكتوبر (وكالة) - قتل شخصان الأحد في قصف على Harbour."),
    ("fa", "Nova، ۲۸ مهر ۱۴۰۴ - دو نفر روز یکشنبه در حمله به Harbour کشته شدند."),
    ("hi", "Nova, 20 अक्टूबर 2025: Harbour में रविवार को हमले में दो लोग मारे गए।"),
    ("zh", "新华社Nova10月20日电（记者某某）星期日，Harbour遭炮击，两人死亡。"),
    ("pt", "Nova, 20 out (Redação) - Mísseis atingiram Harbour no domingo, matando duas pessoas."),
]


@pytest.mark.parametrize(("language", "text"), DATELINES)
def test_a_dateline_is_neither_the_place_nor_the_day(language, text):
    """The event is where and when the sentence says."""
    towns = ("NOVA", "Nova", "Harbour")
    assert {place.role for place in annotated(language, text, *towns).places} == {
        "dateline",
        "event",
    }
    (event,) = events(language, text, *towns)
    assert (event.place.split()[-1], event.date_start) == ("Harbour", "2025-10-19")
    assert not event.title.lower().startswith("nova")


def test_old_events_are_background():
    """What was months ago is no event of today's report, and no event location."""
    text = "Missiles struck Nova on Sunday. They came at night. In April 35 people were killed in Harbour."
    assert [event.place for event in events("en", text, "Nova", "Harbour")] == ["Nova"]
    roles = {place.text: place.role for place in annotated("en", text, "Nova", "Harbour").places}
    assert roles == {"Nova": "event", "Harbour": "context"}


def test_a_deed_and_its_dead_may_stand_in_two_sentences():
    """Even where no word for the deed is known."""
    text = "Troops rolled through a camp in Nova on Sunday. At least ten people were killed."
    (event,) = events("en", text, "Nova")
    assert (event.place, event.date_start, event.casualties[0].min) == ("Nova", "2025-10-19", 10)


def test_who_says_so_stays_with_the_event():
    """Claims are attributed."""
    (event,) = events(
        "en", "The Russian army claimed that a strike on Nova killed five people.", "Nova"
    )
    assert (event.status, event.extra) == ("claimed", {"claimed_by": ["Russian army"]})


def test_identifiers_come_from_what_was_written_not_from_where_the_file_lies():
    """Another working folder gives the same."""
    text = "Missiles struck Nova on Sunday."
    ids = set()
    for file in ("a/report.txt", "b/copy.txt"):
        report = Report(file, text, "en", "2025-10-20")
        ids |= {event.id for event in events_of(report, annotate(report, Towns("Nova")))}
    assert len(ids) == 1


def test_a_figure_told_twice_counts_once():
    """Headline and lead mean the same dead."""
    text = (
        "Two soldiers killed in Nova\nAt least two Israeli soldiers were killed in Nova on Sunday."
    )
    (event,) = events("en", text, "Nova")
    assert [(item.min, item.max, item.side) for item in event.casualties] == [(2, None, "ISR")]


def test_what_one_party_denies_and_others_tell_is_disputed():
    """Never silently denied, never silently true."""
    text = "A strike on Nova killed five people, the ministry said. Russia denied hitting Nova in the attack."
    (event,) = events("en", text, "Nova")
    assert event.status == "disputed"


def test_governments_that_judge_are_no_event_locations():
    """Spanish puts them after the verb."""
    text = "Un misil impactó en Nova y causó daños que condenaron Kapital y Harbour."
    roles = {
        item.text: item.role for item in annotated("es", text, "Nova", "Kapital", "Harbour").places
    }
    assert roles == {"Nova": "event", "Kapital": "institution", "Harbour": "institution"}


def test_a_place_before_a_colon_is_where_it_happened_unless_another_is_named():
    """As headlines and channels write."""
    (event,) = events(
        "fr", "Nova: une frappe a tué douze personnes lundi. L'armée enquête.", "Nova"
    )
    assert event.place == "Nova"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A strike on Nova killed five people, health officials in Kapital said."),
        ("sv", "Polisen i Kapital bekräftade attacken mot Nova, där fem personer dödades."),
        ("ru", "Минобороны в Kapital утверждает, что удар по Nova убил пять человек."),
        ("fr", "Cinq personnes ont été tuées à Nova, a déclaré le ministère à Kapital."),
        ("de", "Das Ministerium in Kapital teilte mit, dass in Nova fünf Menschen getötet wurden."),
    ],
)
def test_where_who_speaks_sits_is_no_event_location(language, text):
    """Beside the speaker, before or after the verb."""
    roles = {
        place.text: place.role for place in annotated(language, text, "Nova", "Kapital").places
    }
    assert roles == {"Nova": "event", "Kapital": "statement"}


def test_the_hospital_s_town_is_a_destination():
    """The wounded were taken there."""
    text = "Une frappe a tué cinq personnes à Nova et les blessés ont été transportés à l'hôpital de Harbour."
    roles = {place.text: place.role for place in annotated("fr", text, "Nova", "Harbour").places}
    assert roles == {"Nova": "event", "Harbour": "destination"}


def test_a_doubtful_word_of_a_longer_name_is_no_place():
    """A newspaper's title holds the name of a village."""
    text = "Missiles struck Harbour on Sunday. The paper, Ukrainska Nova, reported five dead."
    towns = Towns("Harbour", "Nova")
    found = towns.find(text)
    for item in found:
        item.location = replace(item.location, confidence=0.3 if item.text == "Nova" else 0.9)
    towns.find = lambda *_, **__: found
    places = annotate(Report("test", text, "en", "2025-10-20"), towns).places
    assert [place.text for place in places] == ["Harbour"]
