"""What was withheld is told in the page's language."""

import pytest
from page_events import events

from dateline.geo.disclosure import _note
from dateline.layers.page import draw
from dateline.layers.words import interface, notes_in
from dateline.lexicon import languages

KEYS = ("withheld", "coarsened", "terms")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_notes(language):
    """Three sentences, in English only where the page is."""
    notes = [_note(key) for key in KEYS]
    told = notes_in(notes, language)
    assert told == [interface(language)[f"note_{key}"] for key in KEYS]
    assert (told == notes) is (language == "en")


def test_a_page_tells_its_readers():
    """Ours in the language of the page, an editor's own note as it is."""
    table = events()
    table.attrs["notes"] = [_note("withheld"), "Checked by the desk."]
    html = draw(table, language="uk").get_root().render()
    told = interface("uk")["note_withheld"].encode("ascii", "backslashreplace").decode()
    assert told in html
    assert "Checked by the desk." in html
    assert _note("withheld") not in html
