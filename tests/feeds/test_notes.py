"""Notes for readers: what the store's lines mean."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from yibao.feeds.notes import Note, corrections, withdrawal

ZONE = ZoneInfo("Asia/Shanghai")


def test_each_line_is_a_note_of_its_day(english):
    noted = replace(english, correction="2026-03-04: One.\n2026-03-05: Two: three.")
    assert corrections(noted, ZONE) == (
        Note(date(2026, 3, 4), "One."),
        Note(date(2026, 3, 5), "Two: three."),
    )
    assert withdrawal(noted, ZONE) == ""


def test_a_note_of_several_lines_stays_one(english):
    noted = replace(english, correction="2026-03-04: One\nand a half.\n\n2026-03-05: Two.")
    assert [note.text for note in corrections(noted, ZONE)] == ["One and a half.", "Two."]


def test_an_undated_note_is_of_the_last_change_in_the_houses_zone(chinese):
    late = chinese.published.replace(hour=20)
    noted = replace(chinese, correction="数字有误。", updated=late)
    assert corrections(noted, ZONE) == (Note(date(2026, 3, 3), "数字有误。"),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", ""),
        ("2026-03-05:", ""),
        ("2026-03-05: Taken back.", "Taken back."),
        ("Wrong.", "Wrong."),
    ],
)
def test_the_last_note_of_a_withdrawn_entry_is_the_reason(english, text, reason):
    gone = replace(english, correction=text, withdrawn=True)
    assert withdrawal(gone, ZONE) == reason
    assert corrections(gone, ZONE) == ()
    before = replace(gone, correction=f"2026-03-04: One.\n{text}" if text[:1].isdigit() else "")
    assert withdrawal(before, ZONE) == (reason if before.correction else "")
