"""Reading articles: encodings, formats, sentences, language and day of publication."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, SourceError
from dateline.reports.article import decode, read_article
from dateline.reports.language import detect_language
from dateline.reports.sentences import split

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
