"""Entries: what is approved, for the feeds; and what the feeds carry."""

from collections.abc import Iterable

from yibao.desk import house, models
from yibao.desk.border import at_border, in_transaction
from yibao.desk.journal import log
from yibao.desk.models import EventKind
from yibao.feeds import Entry


@at_border
def approved_entries(language: str) -> list[Entry]:
    """What the feeds of a language ought to carry, newest first.

    Withdrawn entries are among them if they were ever out, so that subscribers learn of it.
    Every value comes from the approved revision or from the moment of a person's decision: the
    same approvals give the same entries at any time.
    """
    rows = (
        models.Publication.objects.filter(language=language)
        .exclude(withdrawn__isnull=False, live=None)
        .select_related("approved__source", "translation__article")
        .order_by("-first_published", "entry")
    )
    sections = {name: source.section for name, source in house.newsroom().sources.items()}
    return [_entry(row, sections.get(row.translation.article.source, "")) for row in rows]


@in_transaction
def record_publication(entries: Iterable[Entry]) -> None:
    """Note what the feeds now carry.

    An approval or withdrawal that came after the entries were read is not taken for published.
    """
    entries = list(entries)
    rows = (
        models.Publication.objects.filter(language__in={entry.language for entry in entries})
        .select_related("live", "translation__article")
        .select_for_update(of=("self",))
    )
    known = {(str(row.entry), row.language): row for row in rows}
    for entry in entries:
        row = known.get((entry.uuid, entry.language))
        if row is not None:
            _record(row, entry)


def _entry(row: models.Publication, section: str) -> Entry:
    approved = row.approved
    source = approved.source.value
    withdrawn = row.withdrawn is not None
    return Entry(
        uuid=str(row.entry),
        language=row.language,
        article=approved.value,
        source_language=source.language,
        source_url=source.url,
        source_title=source.title,
        source_name=source.source or row.translation.article.source,
        section=section,
        published=row.first_published,
        updated=row.updated,
        translator=next(iter(approved.translators), ""),
        reviewer=approved.reviewer,
        machine_assisted=approved.machine_assisted,
        correction=row.note if withdrawn else approved.note,
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
        row.live = out
        row.save(update_fields=["live"])
        log(EventKind.PUBLISHED, None, row.translation, text=f"approval {out.number}")
