"""Entries: what is approved, for the feeds; and what the feeds carry."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from yibao.desk import house, models
from yibao.desk.border import at_border, in_transaction
from yibao.desk.journal import log
from yibao.desk.models import EventKind
from yibao.feeds import Entry

Notes = Sequence[tuple[datetime, str]]
"""What readers were told: when, and the text; oldest first."""


@at_border
def approved_entries(language: str) -> list[Entry]:
    """What the feeds of a language ought to carry, newest first.

    Withdrawn entries are among them if they may ever have been out, so that subscribers learn of
    it. Every value comes from the approved revision or from the moment of a person's decision:
    the same approvals give the same entries at any time.
    """
    rows = (
        models.Publication.objects.filter(language=language)
        .exclude(withdrawn__isnull=False, handed_out=False)
        .select_related("approved__source", "translation__article")
        .order_by("-first_published", "entry")
    )
    told = notes(translation__language=language)
    return [entry_of(row, told[row.translation_id]) for row in rows]


@in_transaction
def hand_out(entries: Iterable[Entry]) -> None:
    """Note that entries are about to be written to the feeds.

    From then on they may be out, whatever becomes of the process: one that is withdrawn after a
    crash leaves a notice.
    """
    given = {(UUID(entry.uuid), entry.language) for entry in entries}
    fresh = models.Publication.objects.filter(
        language__in={language for _, language in given}, handed_out=False
    )
    out = [row.pk for row in fresh if (row.entry, row.language) in given]
    models.Publication.objects.filter(pk__in=out).update(handed_out=True)


@in_transaction
def record_publication(entries: Iterable[Entry]) -> None:
    """Note what the feeds now carry.

    An approval or withdrawal that came after the entries were read is not taken for published.
    """
    entries = list(entries)
    rows = (
        models.Publication.objects.filter(language__in={entry.language for entry in entries})
        .select_related("live", "translation__article")
        .select_for_update(of=("self",), no_key=True)
    )
    known = {(str(row.entry), row.language): row for row in rows}
    for entry in entries:
        row = known.get((entry.uuid, entry.language))
        if row is not None:
            _record(row, entry)


def notes(**of: object) -> defaultdict[UUID, Notes]:
    """What readers were told of corrections and restorations, by translation.

    Args:
        of: which approved revisions, as Django's `filter` takes it.
    """
    said = models.ApprovedRevision.objects.filter(**of).exclude(note="").order_by("number")
    found: defaultdict[UUID, Notes] = defaultdict(tuple)
    for translation, when, note in said.values_list("translation", "approved", "note"):
        found[translation] = (*found[translation], (when, note))
    return found


def entry_of(row: models.Publication, told: Notes) -> Entry:
    """The entry of a publication, stored or not; `told` is what readers were told of it."""
    approved, newsroom = row.approved, house.newsroom()
    source = approved.source.value
    withdrawn = row.withdrawn is not None
    if withdrawn:
        told = (*told, (row.withdrawn, row.note))
    zone = newsroom.newsroom.zone
    return Entry(
        uuid=str(row.entry),
        language=row.language,
        article=approved.value,
        source_language=source.language,
        source_url=source.url,
        source_title=source.title,
        source_name=source.source or row.translation.article.source,
        section=row.section if row.section in newsroom.sections else "",
        published=row.first_published,
        updated=row.updated,
        translator=", ".join(approved.translators),
        reviewer=approved.reviewer,
        machine_assisted=approved.machine_assisted,
        correction="\n".join(f"{when.astimezone(zone):%Y-%m-%d}: {note}" for when, note in told),
        withdrawn=withdrawn,
    )


def _record(row: models.Publication, entry: Entry) -> None:
    if entry.withdrawn:
        if row.withdrawn == entry.updated and not row.live_withdrawn:
            row.live_withdrawn = True
            row.save(update_fields=["live_withdrawn"])
            log(EventKind.PUBLISHED, None, row.translation, text="withdrawal")
        return
    # An entry's `updated` is the time of its approval, which names the revision.
    if row.live is not None and row.live.approved == entry.updated:
        return
    out = row.translation.approvals.filter(approved=entry.updated).first()
    if out is not None:
        row.live, row.handed_out = out, True
        row.save(update_fields=["live", "handed_out"])
        log(EventKind.PUBLISHED, None, row.translation, text=f"approval {out.number}")
