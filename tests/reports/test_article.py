"""Reading articles: encodings, formats, sentences, language and day of publication."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, SourceError
from dateline.reports.article import decode, read_article
from dateline.reports.language import detect_language
from dateline.reports.sentences import split
from dateline.reports.vocabulary import vocabulary

ENGLISH = "Shells hit the village of Borova on Saturday, the governor said. Two people were killed."


def pieces(text, **options):
    """Return the sentences of a text as strings."""
    return [text[item.start : item.end] for item in split(text, **options)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_decoded_without_its_byte_order_mark(encoding):
    """Offsets count the text, not its wrapping."""
    assert decode("Суджа, 95-та".encode(encoding)) == "Суджа, 95-та"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Двоє людей загинули внаслідок обстрілу села Борова, повідомив голова області.", "cp1251"),
        ("В результате обстрела погибли два человека, сообщил губернатор области.", "koi8_r"),
        (
            "Zwei Menschen wurden getötet, sagte der Gouverneur; die Brücke wurde zerstört.",
            "cp1252",
        ),
        ("据州长称，周六炮弹击中该村，造成两人死亡，三人受伤。", "gb18030"),
    ],
)
def test_old_encodings_are_recognised(text, encoding):
    """Archives of newspapers are older than UTF-8."""
    assert decode(text.encode(encoding)) == text


def test_a_page_says_its_encoding():
    """What the page says goes before a guess, but not before the bytes."""
    page = '<html><meta charset="windows-1251"><p>Борова</p>'
    assert decode(page.encode("cp1251")) == page
    assert decode(page.encode()) == page
    assert "Borova" in decode(b'<meta charset="utf-16">Borova \xe9')


def test_a_stray_nul_is_a_blank_and_a_binary_file_no_article():
    """Offsets stay what they are in the file."""
    assert (
        decode(b"Two were" + b" killed" * 300 + b"\0 there")
        == "Two were" + " killed" * 300 + "  there"
    )
    with pytest.raises(SourceError, match="as text, Markdown, HTML or PDF"):
        decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" * 9)


def test_line_ends_stay_as_they_are(tmp_path):
    """Offsets of the file and of the report agree."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"One line.\r\nAnother line.\r\n")
    assert read_article(path, language="en").text == "One line.\r\nAnother line.\r\n"


def test_a_web_page_gives_its_main_text_day_and_title(tmp_path):
    """Menus and scripts are no report."""
    body = f"<p>{ENGLISH}</p><p>{ENGLISH} More was said about it later that day.</p>" * 3
    page = (
        '<!doctype html><html><head><title>Two killed</title><meta property="article:published_time"'
        f' content="2024-11-20T08:00:00Z"></head><body><nav>Home</nav><article>{body}</article></body></html>'
    )
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    report = read_article(path)
    assert report.extracted
    assert "Borova" in report.text
    assert "Home" not in report.text
    assert (report.published, report.published_method) == ("2024-11-20", "found")


def test_a_missing_file_is_one_clear_error(tmp_path):
    """The message names the file."""
    with pytest.raises(SourceError, match="missing"):
        read_article(tmp_path / "missing.txt")


def test_an_impossible_publication_day_is_refused(tmp_path):
    """No day is made up from a wrong one."""
    path = tmp_path / "a.txt"
    path.write_text(ENGLISH)
    with pytest.raises(InputError, match="publication day"):
        read_article(path, published="2024-13-45")


def test_a_weekday_with_day_and_month_infers_the_year(tmp_path):
    """Inferred, and marked as inferred."""
    path = tmp_path / "a.txt"
    path.write_text("Serangan terjadi di perbatasan pada Sabtu (14/12), kata militer.")
    report = read_article(path, language="id")
    assert report.published_method == "inferred"
    assert report.published in {"2024-12-14", "2019-12-14", "2030-12-14"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("上周六,无人机袭击了阿特巴拉的一座变电站,两名工人受伤。", "zh"),
        ("A drone hit a depot in Atbara late on Tuesday.", "en"),
    ],
)
def test_a_weekday_alone_infers_no_day(tmp_path, text, language):
    """Every week has one."""
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    report = read_article(path, language=language)
    assert (report.published, report.published_method) == (None, None)


@pytest.mark.parametrize(
    ("text", "options", "count"),
    [
        ("On Dec. 14 it rained. Then it stopped.", {"abbreviations": ["dec"]}, 2),
        ("Mereka tewas pada Sabtu (14/12). Lalu sepi.", {}, 2),
        ("Бійці 95-та бригади. Далі тиша.", {}, 2),
        ("俄军发动袭击。三人死亡。", {}, 2),
        ("قتل شخصان. هل انتهى؟ نعم.", {}, 3),
        ("terbaring begitu saja.di hamparan tanah.", {}, 1),
        ("Am 14. Dezember starben zwei.", {"ordinal_stop": True}, 1),
    ],
)
def test_sentences_survive_dates_and_scripts(text, options, count):
    """A full stop is not always an end."""
    assert len(pieces(text, **options)) == count


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "The U.S. Army said on Dec. 14 that Lt. Gen. J. Smith visited. Two died.", 2),
        (
            "en",
            "Shelling hit No. 5 school in St. Petersburg at 5 p.m. on Friday. Nobody was hurt.",
            2,
        ),
        ("en", "“We will fight.” He left the city.", 2),
        ("uk", "Удар стався 14 груд. близько 5.30 ранку у м. Суми. Загинули двоє.", 2),
        (
            "uk",
            "Бійці 95-ї бригади у с. Мала Локня просунулися на 2,5 тис. метрів. Про це повідомив Генштаб.",
            2,
        ),
        ("uk", "Про це заявив О. С. Сирський. Втрати уточнюються.", 2),
        ("ru", "В г. Суджа и с. Малая Локня погибли 5 чел. Об этом сообщил губернатор.", 2),
        ("ru", "Ущерб составил 3 млн руб. и 200 тыс. долларов. Пострадавших нет.", 2),
        (
            "ru",
            "Атака началась в 5.30 утра 14 дек. 2024 г. в районе ул. Ленина. Один человек ранен.",
            2,
        ),
        ("be", "Удар адбыўся ў г. Гомель на вул. Савецкай. Загінулі двое.", 2),
        ("pl", "Atak nastąpił 14 grudnia 2024 r. w pow. sumskim. Zginęły dwie osoby.", 2),
        (
            "pl",
            "Gen. dyw. Jan Kowalski, tzw. dowódca, potwierdził m.in. stratę 3 tys. żołnierzy. Walki trwają.",
            2,
        ),
        ("cs", "Útok přišel 14. prosince v 5.30 hod. ráno. Zemřeli dva lidé.", 2),
        ("cs", "Podle gen. Nováka padlo cca. 30 vojáků, tj. celá rota. Boje pokračují.", 2),
        ("de", "Am 14. Dezember griffen ca. 30 Soldaten der 95. Brigade an. Zwei starben.", 2),
        ("de", "Das teilte Dr. Müller mit, z. B. per Video. Die Kämpfe dauern an.", 2),
        (
            "fr",
            "M. Macron a reçu le gén. Dupont le 14 déc. à Paris. Deux personnes sont mortes.",
            2,
        ),
        ("fr", "Environ 3,5 km au nord, av. de la Gare, l'attaque a eu lieu. Rien d'autre.", 2),
        (
            "es",
            "El Sr. Pérez y la Dra. Gómez hablaron a las 5 p. m. del viernes. Murieron dos personas.",
            2,
        ),
        ("es", "¿Qué pasó? ¡Nadie lo sabe! El ataque dejó dos muertos.", 3),
        (
            "pt",
            "O Sr. Silva e a Dra. Costa falaram na Av. Central às 17h. Morreram duas pessoas.",
            2,
        ),
        ("it", "Il gen. Rossi e il dott. Bianchi sono arrivati il 14 dic. a Roma. Due i morti.", 2),
        ("ro", "Dl. Popescu a vorbit pe str. Unirii nr. 5 din Chișinău. Au murit doi oameni.", 2),
        (
            "nl",
            "Dhr. De Vries sprak op 14 dec. met o.a. gen. Jansen in Kiev. Twee doden vielen.",
            2,
        ),
        ("fi", "Hyökkäys tapahtui 14. joulukuuta klo 5.30 mm. Harkovassa. Kaksi kuoli.", 2),
        (
            "hu",
            "A támadás december 14-én, kb. 5.30-kor történt a 95. dandárnál. Ketten meghaltak.",
            2,
        ),
        ("hu", "2024. december 14. napján dr. Kovács beszélt. Ketten meghaltak.", 2),
        ("lv", "Uzbrukums notika 14. decembrī plkst. 5.30 Rīgas ielā. Gāja bojā divi cilvēki.", 2),
        ("lv", "2024. gada 14. decembrī u.c. vietās notika kaujas. Divi cilvēki gāja bojā.", 2),
        ("tr", "Saldırı 14. Tugay'a karşı 5.30'da oldu. Dr. Yılmaz doğruladı. İki kişi öldü.", 3),
        (
            "id",
            "Serangan terjadi pada Sabtu (14/12) pukul 05.30 di Jl. Merdeka No. 5. Dua orang tewas.",
            2,
        ),
        ("id", "Kata Letjen. H. Prabowo S.H. serangan dimulai. Belasan tewas.", 2),
        ("ms", "Serangan berlaku di Jln. Ampang kira-kira jam 5.30 pagi. Dua orang maut.", 2),
        ("vi", "Cuộc tấn công xảy ra lúc 5.30 tại TP. Hồ Chí Minh. Hai người chết.", 2),
        ("vi", "Theo ông Nguyễn V. Nam, PGS. TS. Trần đã tới. Hai người chết.", 2),
        ("ar", "قال العميد د. أحمد إن الهجوم وقع في 14.12.2024. قتل شخصان. هل انتهى؟ نعم.", 4),
        ("fa", "این حمله در ساعت ۵.۳۰ رخ داد. دو نفر کشته شدند. چه شد؟ هیچ.", 4),
        ("he", "ההתקפה אירעה בשעה 5.30 בבוקר. שני בני אדם נהרגו. ד״ר כהן אישר.", 3),
        ("hi", "हमला सुबह 5.30 बजे हुआ। दो लोग मारे गए। डॉ. शर्मा ने पुष्टि की।", 3),
        ("hi", "श्री ए. के. सिंह ने कहा कि 3.5 किमी दूर धमाका हुआ। जाँच जारी है।", 2),
        ("ja", "攻撃は午前5.30に始まった。2人が死亡した。「逃げろ!」と叫んだ。", 3),
        ("zh", "袭击发生在凌晨5.30。两人死亡!“快跑。”他说。", 4),
        ("ko", "공격은 오전 5.30에 시작됐다. 두 명이 숨졌다. 김 씨는 확인했다.", 3),
        (
            "sv",
            "Gen. Svensson talade bl.a. om ca. 30 soldater kl. 5.30 den 14 december. Två dog.",
            2,
        ),
        ("fr", "L'attaque a eu lieu à 17 h. Rien d'autre.", 2),
        ("he", 'הודעת דובר צה"ל. שני בני אדם נהרגו.', 2),
        ("en", "The 3.5-km convoy, approx. 40 vehicles, left. It stopped at No. 5.", 2),
    ],
)
def test_sentences_survive_the_abbreviations_of_every_language(language, text, count):
    """Titles, initials, streets, hours, quotations: sentences end where readers see them end."""
    words = vocabulary(language)
    found = pieces(text, abbreviations=words.abbreviations, ordinal_stop=words.ordinal_stop)
    assert len(found) == count, found


@given(st.text(alphabet=st.sampled_from("Ab. \n!?。«»\"'1"), max_size=60))
def test_sentences_are_in_order_and_lose_nothing(text):
    """All that is not in a sentence is white space."""
    end, kept = 0, []
    for item in split(text):
        assert end <= item.start < item.end
        kept.append(text[end : item.start])
        end = item.end
    assert not "".join([*kept, text[end:]]).strip()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Російські війська обстріляли місто, є загиблі та поранені, повідомили у поліції."),
        ("ru", "Российские войска обстреляли город, есть погибшие и раненые, сообщили в полиции."),
        (
            "id",
            "Pasukan itu menyerang kota pada Sabtu karena mereka bisa, kata juru bicara militer.",
        ),
        ("ja", "ロシア軍は14日、南部の都市を爆撃した。"),
        ("he", "שלושה אנשים נהרגו בתקיפה בדרום."),
    ],
)
def test_language_is_told_among_relatives(language, text):
    """Close relatives are told apart by letters and everyday words."""
    assert detect_language(text) == language
