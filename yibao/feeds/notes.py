"""What readers must know of an entry's history: its corrections, and why it was withdrawn.

The store gives all notes as one text, a line each, oldest first, each beginning with its date
("2026-11-22: …"); the last one of a withdrawn entry is the reason.
"""

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from yibao.feeds.entry import Entry
from yibao.languages import language

DATED = re.compile(r"(\d{4}-\d\d-\d\d)\s*[:：]\s*(.*)")


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its day in the newsroom's zone, and what it says."""

    day: date
    text: str

    def __str__(self) -> str:
        """As the store and JSON write it."""
        return f"{self.day.isoformat()}: {self.text}"


def corrections(entry: Entry, zone: ZoneInfo) -> tuple[Note, ...]:
    """What was corrected, oldest first."""
    return _notes(entry, zone)[:-1] if entry.withdrawn else _notes(entry, zone)


def withdrawal(entry: Entry, zone: ZoneInfo) -> str:
    """Why a withdrawn entry was withdrawn; empty where no reason is given, or none is due."""
    notes = _notes(entry, zone) if entry.withdrawn else ()
    return notes[-1].text if notes else ""


def _notes(entry: Entry, zone: ZoneInfo) -> tuple[Note, ...]:
    """The notes; a line without a date goes on the one before it, or is of the last change."""
    notes: list[Note] = []
    for line in filter(None, map(str.strip, entry.correction.splitlines())):
        dated = _dated(line)
        if dated:
            notes.append(dated)
        elif notes:
            joiner = language(entry.language).joiner
            notes[-1] = Note(notes[-1].day, f"{notes[-1].text}{joiner}{line}".strip())
        else:
            notes.append(Note(entry.updated.astimezone(zone).date(), line))
    return tuple(notes)


def _dated(line: str) -> Note | None:
    found = DATED.fullmatch(line)
    if not found:
        return None
    try:
        return Note(date.fromisoformat(found[1]), found[2])
    except ValueError:
        return None
