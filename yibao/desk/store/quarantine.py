"""Pages that could not be read: set aside, counted, shown to the operator."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from yibao.desk import models
from yibao.desk.border import at_border
from yibao.desk.store import raw
from yibao.errors import YibaoError


@at_border
def quarantine(source: str, url: str, error: YibaoError, pages: Sequence[raw.RawPage] = ()) -> None:
    """Set a page aside; one that is there already is counted again.

    Args:
        source: name of the source it counts to.
        url: the page's address.
        error: why it cannot be used.
        pages: what was fetched, if anything was.

    Raises:
        DeskError: the raw page cannot be written.
    """
    digests = raw.keep_files(pages)
    with transaction.atomic():
        rows = raw.keep_rows(pages, digests)
        now = timezone.now()
        row, _ = models.Quarantine.objects.select_for_update().get_or_create(
            source=source,
            url=url[: raw.MAX_URL],
            defaults={"first_seen": now, "last_seen": now, "count": 0},
        )
        row.error, row.message = type(error).__name__, str(error)
        row.page = rows[0] if rows else row.page
        row.last_seen, row.resolved = now, None
        row.count += 1
        row.save()


def resolve(url: str) -> None:
    """Note that a page could be read after all."""
    models.Quarantine.objects.filter(url=url, resolved=None).update(resolved=timezone.now())
