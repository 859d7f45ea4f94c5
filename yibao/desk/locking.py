"""Rows taken for change inside a transaction.

PostgreSQL locks the row, though not its key: rows that name it can be added meanwhile, which
would be a deadlock where two transactions do both in turn. On SQLite the whole transaction is
IMMEDIATE: it is the only writer from its beginning.
"""

from uuid import UUID

from yibao.desk.models import Segment, Translation
from yibao.errors import NotFound, StaleEdit


def lock_translation(translation_id: str | UUID, version: int | None = None) -> Translation:
    """The translation, locked; with a version, only if it is still that one.

    Raises:
        NotFound: there is none.
        StaleEdit: it has changed.
    """
    key = as_uuid(translation_id)
    rows = Translation.objects.select_for_update(of=("self",), no_key=True).select_related(
        "article", "claimed_by"
    )
    translation: Translation | None = rows.filter(pk=key).first() if key else None
    if translation is None:
        raise NotFound(f"translation {translation_id}")
    if version is not None and version != translation.version:
        raise StaleEdit(
            f"translation {translation_id}",
            f"you saw version {version}, version {translation.version} stands now",
            "Load the page again.",
        )
    return translation


def lock_segment(segment_id: int) -> Segment:
    """A segment of the current source, locked with its translation.

    Raises:
        NotFound: there is none, or the source does not have it any more.
    """
    found = Segment.objects.filter(pk=segment_id, retired=None).first()
    if found is None:
        raise NotFound(f"segment {segment_id}", "the source may have changed")
    # Translation first, as everywhere: two orders would be a deadlock.
    translation = lock_translation(found.translation_id)
    rows = Segment.objects.select_for_update(no_key=True).filter(pk=segment_id, retired=None)
    segment: Segment | None = rows.first()
    if segment is None:
        raise NotFound(f"segment {segment_id}", "the source has just changed")
    segment.translation = translation
    return segment


def as_uuid(key: str | UUID) -> UUID | None:
    """A key from outside; None where it is no UUID at all."""
    if isinstance(key, UUID):
        return key
    try:
        return UUID(key)
    except (ValueError, AttributeError, TypeError):
        return None
