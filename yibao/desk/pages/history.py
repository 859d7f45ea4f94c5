"""A translation's history: what was done to it, and what was changed in its text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge

from django.utils.translation import gettext as _

from yibao.desk.models import Event, EventKind, Reason, SegmentEdit, Translation
from yibao.desk.pages.wording import interpret
from yibao.text.diff import Piece, diff

AT_MOST = 500
"""Entries on the page; all of them stay in the store."""
PAUSE = timedelta(minutes=5)
"""The longest time between two saves of one sitting at a segment."""
SAID_BY_EDITS = (EventKind.SEGMENT_EDITED,)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened.

    Attributes:
        when: the moment.
        who: display name; empty for a flow or the command line.
        what: in words.
        place: number of the segment on the page; None where it is about the whole, or about a
            text that the source does not have any more.
        text: reason or note, as it was written.
        changes: of an edit.
    """

    when: datetime
    who: str
    what: str
    place: int | None = None
    text: str = ""
    changes: tuple[Piece, ...] = ()


def chronicle(translation: Translation) -> list[Entry]:
    """What happened, the newest first."""
    numbers = {
        key: number
        for number, key in enumerate(
            translation.segments.current().values_list("pk", flat=True), start=1
        )
    }
    entries = merge(
        _events(translation, numbers),
        _edits(translation, numbers),
        key=lambda entry: entry.when,
        reverse=True,
    )
    return [entry for entry, _number in zip(entries, range(AT_MOST), strict=False)]


def _events(translation: Translation, numbers: dict[int, int]) -> Iterator[Entry]:
    events = Event.objects.filter(translation=translation).exclude(kind__in=SAID_BY_EDITS)
    for event in events.select_related("actor", "person").order_by("-created", "-id")[:AT_MOST]:
        yield Entry(
            event.created,
            event.actor.display_name if event.actor else "",
            _what(event),
            numbers.get(event.segment_id),
            interpret(event.text) if event.kind == EventKind.PUBLISHED else event.text,
        )


def _edits(translation: Translation, numbers: dict[int, int]) -> Iterator[Entry]:
    edits = SegmentEdit.objects.filter(segment__translation=translation).select_related("person")
    for sitting in _sittings(edits.order_by("-created", "-id").iterator()):
        newest, oldest = sitting[0], sitting[-1]
        yield Entry(
            newest.created,
            newest.person.display_name,
            _("text changed"),
            numbers.get(newest.segment_id),
            changes=diff(oldest.old, newest.new),
        )


def _sittings(edits: Iterable[SegmentEdit]) -> Iterator[list[SegmentEdit]]:
    """Edits, newest first, put together where the desk saved by itself while somebody wrote."""
    sitting: list[SegmentEdit] = []
    for edit in edits:
        if sitting and not _goes_on(edit, sitting[-1]):
            yield sitting
            sitting = []
        sitting.append(edit)
    if sitting:
        yield sitting


def _goes_on(earlier: SegmentEdit, later: SegmentEdit) -> bool:
    same = (earlier.segment_id, earlier.person_id) == (later.segment_id, later.person_id)
    return same and earlier.new == later.old and later.created - earlier.created < PAUSE


def _what(event: Event) -> str:
    what = str(event.get_kind_display())
    if event.kind == EventKind.REJECTED:
        return f"{what}: {Reason(event.reason).label}"
    if event.kind == EventKind.TAKEN_OVER and event.person:
        return str(_("taken over from %(who)s") % {"who": event.person.display_name})
    return what
