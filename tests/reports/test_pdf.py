"""Articles in PDF."""

import pytest

from dateline.errors import SourceError
from dateline.reports.article import read_article
from dateline.reports.pdf import reflowed

LINES = [
    "Shells hit the village of Borova on Saturday, the governor said. Two peo-",
    "ple were killed and three were wounded, according to the emergency service",
    "of the region.",
    "The army did not comment. The claim could not be independently verified by",
    "the agency.",
]


def pdf(lines, extra=b""):
    """Return a PDF of one page with these lines of text."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content = f"BT /F1 11 Tf 50 780 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Two killed in Borova) >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        body
        + b"xref\n0 7\n0000000000 65535 f \n" + table
        + b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R " + extra + b">>\n"
        + b"startxref\n%d\n%%%%EOF" % len(body)
    )  # fmt: skip


def test_the_text_of_a_pdf_is_read_as_paragraphs(tmp_path):
    """Lines of the page end no sentence, words parted at their ends are whole."""
    path = tmp_path / "article.pdf"
    path.write_bytes(pdf(LINES))
    report = read_article(path, published="2024-11-25")
    assert report.extracted
    assert (report.title, report.language) == ("Two killed in Borova", "en")
    assert report.text.splitlines() == [
        (
            "Shells hit the village of Borova on Saturday, the governor said. Two people were killed and"
            " three were wounded, according to the emergency service of the region."
        ),
        "The army did not comment. The claim could not be independently verified by the agency.",
    ]


def test_a_heading_stays_apart():
    """A short line with an empty one after it is a paragraph of its own."""
    assert reflowed(f"Two killed\n\n{LINES[1]}\nof the region.").splitlines()[0] == "Two killed"


@pytest.mark.parametrize("data", [b"%PDF-1.4\nnothing", pdf(LINES)[:200], pdf([])])
def test_damaged_and_empty_files_are_refused_in_words(tmp_path, data):
    """The error names the file and what to do."""
    path = tmp_path / "article.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"article\.pdf"):
        read_article(path)
