"""Formations are found with their sides as reports of every language name them."""

import pytest

from dateline.reports.mentions.units import find_units
from dateline.reports.reading import read
from dateline.reports.report import Report

SENTENCES = [
    (
        "be",
        "Пра гэта заявіў лідар ХАМАС, а групоўка войскаў «Поўнач» адышла.",
        [("ХАМАС", "Hamas"), ("групоўка войскаў «Поўнач»", "RUS")],
    ),
    ("he", "הדיוויזיה השישית של צבא סודאן נסוגה.", [("הדיוויזיה השישית", "SDN")]),
    ("id", "Brigade Intervensi 7 Kamboja menarik diri.", [("Brigade Intervensi 7", "KHM")]),
    (
        "vi",
        "Quân đội Philippines cho biết Mặt trận Giải phóng Hồi giáo Moro đã nổ súng.",
        [("Mặt trận Giải phóng Hồi giáo Moro", "MILF")],
    ),
    (
        "uk",
        "Бійці 95 ОДШБр та 47 омбр відбили штурм, а 102-га бригада ТрО тримає оборону; підрозділи 3-ї ОШБр.",
        [
            ("95 ОДШБр", "UKR"),
            ("47 омбр", "UKR"),
            ("102-га бригада ТрО", "UKR"),
            ("3-ї ОШБр", "UKR"),
        ],
    ),
    (
        "uk",
        "Окупанти з 155 обрмп РФ та 76-ї десантно-штурмової дивізії наступали. 2-га армія РФ, 36-та бригада морпіхів ЗСУ",
        [
            ("155 обрмп", "RUS"),
            ("76-ї десантно-штурмової дивізії", "RUS"),
            ("36-та бригада", "UKR"),
        ],
    ),
    (
        "ru",
        "Штурмовики 155 обрмп и 40-й бригады морпехов, бойцы 90-й танковой дивизии и 36-й мотострелковой бригады",
        [
            ("155 обрмп", "RUS"),
            ("40-й бригады", "RUS"),
            ("90-й танковой дивизии", "RUS"),
            ("36-й мотострелковой бригады", "RUS"),
        ],
    ),
    (
        "ru",
        "украинская 47-я механизированная бригада и батальон «Айдар» ВСУ; спецназ «Ахмат»; 810-я бригада морпехов",
        [
            ("47-я механизированная бригада", "UKR"),
            ("батальон «Айдар»", "UKR"),
            ("Ахмат", "RUS"),
            ("810-я бригада", "RUS"),
        ],
    ),
    (
        "en",
        "The 810th Naval Infantry Brigade and the Ukrainian 3rd Assault Brigade clashed; the 1st Battalion of the 5th Marine Regiment, soldiers of Israel's 98th Division.",
        [
            ("810th Naval Infantry Brigade", "RUS"),
            ("3rd Assault Brigade", "UKR"),
            ("98th Division", "ISR"),
        ],
    ),
    (
        "en",
        "Ukraine's 82nd Air Assault Brigade; the Azov Corps; Russia's 76th Guards Air Assault Division; the Wagner Group; Khalid bin Walid Brigade",
        [
            ("82nd Air Assault Brigade", "UKR"),
            ("Azov Corps", "UKR"),
            ("76th Guards Air Assault Division", "RUS"),
            ("Wagner Group", "Wagner"),
        ],
    ),
    (
        "id",
        "Brigade Serangan Udara ke-95 Ukraina dan Brigade Infanteri Angkatan Laut ke-810 Rusia; Brigade Golani; Divisi Lapis Baja ke-90",
        [("Brigade Serangan Udara ke-95", "UKR"), ("ke-810", "RUS"), ("Brigade Golani", "ISR")],
    ),
    (
        "ms",
        "Briged Serangan Udara ke-82 Ukraine dan Briged Golani Israel; Briged Mekanisasi ke-47",
        [
            ("Briged Serangan Udara ke-82", "UKR"),
            ("Briged Golani", "ISR"),
            ("Briged Mekanisasi ke-47", "UKR"),
        ],
    ),
    (
        "de",
        "Soldaten der 3. Sturmbrigade und der 47. mechanisierten Brigade der Ukraine; die russische 155. Marineinfanteriebrigade; die Golani-Brigade; Brigade Givati",
        [
            ("3. Sturmbrigade", "UKR"),
            ("47. mechanisierten Brigade", "UKR"),
            ("155. Marineinfanteriebrigade", "RUS"),
            ("Golani-Brigade", "ISR"),
            ("Givati", "ISR"),
        ],
    ),
    (
        "fr",
        "la 155e brigade d’infanterie de marine russe et la 95ème brigade d'assaut aérien ukrainienne; la brigade Anne de Kiev; la 98e division de parachutistes; la brigade Golani",
        [
            ("155e brigade", "RUS"),
            ("95ème brigade d'assaut aérien", "UKR"),
            ("brigade Golani", "ISR"),
        ],
    ),
    (
        "es",
        "la 155.ª Brigada de Infantería de Marina rusa, la 3.ª Brigada de Asalto ucraniana, la 47ª brigada mecanizada, la brigada Golani",
        [
            ("155.ª Brigada de Infantería de Marina", "RUS"),
            ("3.ª Brigada de Asalto", "UKR"),
            ("47ª brigada mecanizada", "UKR"),
            ("brigada Golani", "ISR"),
        ],
    ),
    (
        "pt",
        "a 155.ª Brigada de Infantaria Naval russa e a 3ª Brigada de Assalto da Ucrânia; a brigada Golani; a 47.ª Brigada Mecanizada",
        [
            ("155.ª Brigada de Infantaria Naval", "RUS"),
            ("3ª Brigada de Assalto", "UKR"),
            ("brigada Golani", "ISR"),
            ("47.ª Brigada Mecanizada", "UKR"),
        ],
    ),
    (
        "it",
        "la 155ª brigata di fanteria di marina russa, la 3ª brigata d'assalto ucraina, la brigata Golani, la 47a brigata meccanizzata",
        [
            ("155ª brigata di fanteria di marina", "RUS"),
            ("3ª brigata d'assalto", "UKR"),
            ("brigata Golani", "ISR"),
            ("47a brigata meccanizzata", "UKR"),
        ],
    ),
    (
        "nl",
        "de Oekraïense 3e Aanvalsbrigade, de Russische 155e Marinebrigade, de 47e Gemechaniseerde Brigade van Oekraïne, de Golani-brigade",
        [
            ("3e Aanvalsbrigade", "UKR"),
            ("155e Marinebrigade", "RUS"),
            ("47e Gemechaniseerde Brigade", "UKR"),
            ("Golani-brigade", "ISR"),
        ],
    ),
    (
        "sv",
        "ukrainska 3:e stormbrigaden, ryska 155:e marininfanteribrigaden, den 47:e mekaniserade brigaden i Ukraina, Golanibrigaden, den 3. Sturmbrigade",
        [
            ("3:e stormbrigaden", "UKR"),
            ("155:e marininfanteribrigaden", "RUS"),
            ("47:e mekaniserade brigaden", "UKR"),
            ("Golanibrigaden", "ISR"),
        ],
    ),
    (
        "pl",
        "rosyjska 155. Brygada Piechoty Morskiej, ukraińska 3. Brygada Szturmowa, żołnierze 95. Brygady Desantowo-Szturmowej Ukrainy, 47 Brygada Zmechanizowana",
        [
            ("155. Brygada Piechoty Morskiej", "RUS"),
            ("3. Brygada Szturmowa", "UKR"),
            ("95. Brygady Desantowo-Szturmowej", "UKR"),
            ("47 Brygada Zmechanizowana", "UKR"),
        ],
    ),
    (
        "cs",
        "ruská 155. brigáda námořní pěchoty, ukrajinská 3. útočná brigáda, vojáci 95. výsadkové útočné brigády Ukrajiny, brigáda Golani",
        [
            ("155. brigáda námořní pěchoty", "RUS"),
            ("3. útočná brigáda", "UKR"),
            ("95. výsadkové útočné brigády", "UKR"),
            ("brigáda Golani", "ISR"),
        ],
    ),
    (
        "lv",
        "Krievijas 155. jūras kājnieku brigāde, Ukrainas 3. triecienbrigāde, 95. desanta triecienbrigādes karavīri, Golani brigāde",
        [
            ("155. jūras kājnieku brigāde", "RUS"),
            ("3. triecienbrigāde", "UKR"),
            ("95. desanta triecienbrigādes", "UKR"),
            ("Golani brigāde", "ISR"),
        ],
    ),
    (
        "hu",
        "az orosz 155. tengerészgyalogos-dandár, az ukrán 3. rohamdandár, a 47. gépesített dandár ukrán katonái, a Golani dandár",
        [
            ("155. tengerészgyalogos-dandár", "RUS"),
            ("3. rohamdandár", "UKR"),
            ("47. gépesített dandár", "UKR"),
            ("Golani dandár", "ISR"),
        ],
    ),
    (
        "fi",
        "Venäjän 155. merijalkaväkiprikaati, Ukrainan 3. rynnäkköprikaatin sotilaat, 47. mekanisoidun prikaatin joukot, Golanin prikaati",
        [
            ("155. merijalkaväkiprikaati", "RUS"),
            ("3. rynnäkköprikaatin", "UKR"),
            ("47. mekanisoidun prikaatin", "UKR"),
            ("Golanin prikaati", "ISR"),
        ],
    ),
    (
        "ro",
        "Brigada 155 de infanterie marină a Rusiei, Brigada 3 de asalt ucraineană, Brigada a 47-a mecanizată a Ucrainei, brigada Golani",
        [
            ("Brigada 155 de infanterie marină", "RUS"),
            ("Brigada 3 de asalt", "UKR"),
            ("Brigada a 47-a mecanizată", "UKR"),
            ("brigada Golani", "ISR"),
        ],
    ),
    (
        "be",
        "расійская 155-я брыгада марской пяхоты, украінская 3-я штурмавая брыгада, байцы 47-й механізаванай брыгады",
        [
            ("155-я брыгада марской пяхоты", "RUS"),
            ("3-я штурмавая брыгада", "UKR"),
            ("47-й механізаванай брыгады", "UKR"),
        ],
    ),
    (
        "tr",
        "Rus 155. Deniz Piyade Tugayı, Ukrayna'nın 3. Taarruz Tugayı, 47. Mekanize Tugay, Golani Tugayı askerleri",
        [
            ("155. Deniz Piyade Tugayı", "RUS"),
            ("3. Taarruz Tugayı", "UKR"),
            ("47. Mekanize Tugay", "UKR"),
            ("Golani Tugayı", "ISR"),
        ],
    ),
    (
        "vi",
        "Lữ đoàn Tấn công Đường không số 95 của Ukraine, Lữ đoàn cơ giới 47, Lữ đoàn Thủy quân lục chiến 155 của Nga, Lữ đoàn Golani",
        [("95", "UKR"), ("Lữ đoàn cơ giới 47", "UKR"), ("155", "RUS"), ("Lữ đoàn Golani", "ISR")],
    ),
    (
        "hi",
        "यूक्रेन की 95वीं एयर असॉल्ट ब्रिगेड और रूस की 155वीं नौसैनिक इन्फैंट्री ब्रिगेड, गोलानी ब्रिगेड",
        [("95वीं एयर असॉल्ट ब्रिगेड", "UKR"), ("155वीं", "RUS"), ("गोलानी ब्रिगेड", "ISR")],
    ),
    (
        "zh",
        "乌克兰第95空中突击旅和俄罗斯第155海军陆战旅交战，乌军第47机械化旅，戈兰尼旅士兵",
        [
            ("第95空中突击旅", "UKR"),
            ("第155海军陆战旅", "RUS"),
            ("第47机械化旅", "UKR"),
            ("戈兰尼旅", "ISR"),
        ],
    ),
    (
        "ja",
        "ウクライナ軍の第95空中強襲旅団とロシア軍の第155海軍歩兵旅団、第47機械化旅団、ゴラニ旅団",
        [
            ("第95空中強襲旅団", "UKR"),
            ("第155海軍歩兵旅団", "RUS"),
            ("第47機械化旅団", "UKR"),
            ("ゴラニ旅団", "ISR"),
        ],
    ),
    (
        "ko",
        "우크라이나 제95공수여단과 러시아 제155해군보병여단, 제47기계화여단, 골라니 여단",
        [
            ("제95공수여단", "UKR"),
            ("제155해군보병여단", "RUS"),
            ("제47기계화여단", "UKR"),
            ("골라니 여단", "ISR"),
        ],
    ),
    (
        "ar",
        "اللواء 95 اقتحام جوي الأوكراني ولواء المشاة البحرية 155 الروسي، اللواء الميكانيكي 47 الأوكراني، مقاتلو لواء غولاني ولواء غفعاتي",
        [
            ("اللواء 95", "UKR"),
            ("155", "RUS"),
            ("47", "UKR"),
            ("لواء غولاني", "ISR"),
            ("لواء غفعاتي", "ISR"),
        ],
    ),
    (
        "fa",
        "تیپ ۹۵ تهاجم هوایی اوکراین و تیپ ۱۵۵ تفنگداران دریایی روسیه، تیپ مکانیزه ۴۷ اوکراین، تیپ گولانی",
        [("۹۵", "UKR"), ("۱۵۵", "RUS"), ("۴۷", "UKR"), ("تیپ گولانی", "ISR")],
    ),
    (
        "he",
        'חטיבת גבעתי וחטיבת גולני, אוגדה 98, גדוד 51 של צה"ל, חטיבה 47 הממוכנת של אוקראינה',
        [("חטיבת גבעתי", "ISR"), ("חטיבת גולני", "ISR"), ("אוגדה 98", "ISR"), ("חטיבה 47", "UKR")],
    ),
]


def units(language, text):
    """Return words and side of the units of a text."""
    return [
        (unit.text, unit.side)
        for unit in find_units(read(Report("sentence", text, language, "2025-04-07")))
    ]


@pytest.mark.parametrize(("language", "text", "expected"), SENTENCES)
def test_formations_are_found_with_their_sides(language, text, expected):
    """Numbers before and after, abbreviations, compounds and names all lead to formation and side."""
    found = units(language, text)
    for words, side in expected:
        assert any(
            side == known and (words in named or named in words) for named, known in found
        ), (words, found)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("pl", "Siły Szybkiego Wsparcia (RSF) zaprzeczyły.", ["RSF", "RSF"]),
        ("en", "Hezbollah's fighters fled.", ["Hezbollah"]),
        ("fi", "Hamasin ja Hizbollahin taistelijat", ["Hamas", "Hezbollah"]),
        ("lv", "Husiešu raķetes", ["Houthis"]),
        ("cs", "útok hnutí Šabáb a Islámského státu", ["Al-Shabaab", "Islamic State"]),
        ("hu", "a Hamásznak és a Hezbollahnak", ["Hamas", "Hezbollah"]),
        ("ro", "liderii Hamasului", ["Hamas"]),
        ("hu", "A 95. légideszant-rohamdandár visszaverte az orosz csapatokat.", ["UKR"]),
        ("en", "The Third Brigade arrived.", [None]),
        (
            "en",
            "Mayor Robert Wagner spoke of the Zoning Division and its company's 13 offices.",
            [],
        ),
        ("en", "Fighters of the Wagner Group, and of M23 near Goma.", ["Wagner", "M23"]),
        ("en", "He needs 2AA batteries.", []),
        ("de", "Die Söldnertruppe Wagner zog ab.", ["Wagner"]),
        ("he", 'חיילי צה"ל מחטיבת גולני', ["ISR"]),
        ("hi", "गोलानी ब्रिगेड", ["ISR"]),
    ],
)
def test_sides_are_what_the_words_say(language, text, expected):
    """A group in brackets is a mention of its own; endings do not hide a name; no side is guessed."""
    assert [side for _, side in units(language, text)] == expected


def test_an_acronym_that_the_report_explains_is_known_from_there_on():
    """What stands in brackets after a group's name names the group in the rest of the report."""
    text = "L'Apparato di supporto alla stabilità (Ssa) ha aperto il fuoco. La Ssa nega."
    assert [side for words, side in units("it", text) if words == "Ssa"] == ["SSA"] * 2


def test_a_formation_is_of_the_only_state_whose_forces_are_named():
    """Where a report names the forces of one state, its battalion is that state's; else nobody's."""
    alone = read(Report("sentence", "The 3rd Battalion repelled the raid.", "en", "2025-04-07"))
    assert [unit.side for unit in find_units(alone)] == [None]
    assert [unit.side for unit in find_units(alone, "NGA")] == ["NGA"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("it", "I miliziani delle Rsf avanzano.", [("Rsf", "RSF")]),
        (
            "it",
            "Uccisi due uomini della 21esima brigata russa.",
            [("21esima brigata russa", "RUS")],
        ),
        (
            "es",
            "La Novena Zona Militar del Ejército ruso informó.",
            [("Novena Zona Militar", "RUS")],
        ),
    ],
)
def test_initials_as_words_and_ordinals_are_read(language, text, expected):
    """Italian writes initials as a word, and numbers of formations are words too."""
    found = find_units(read(Report("x", text, language, "2025-11-20")))
    assert [(unit.text, unit.side) for unit in found][: len(expected)] == expected
