"""Pages that could not be read: set aside, counted, shown to the operator."""

from django.db import transaction
from django.utils import timezone

from yibao.desk import models
from yibao.desk.border import at_border
from yibao.desk.store import raw
from yibao.errors import SourceError, YibaoError


@at_border
def quarantine(source: str, url: str, error: YibaoError) -> None:
    """Set a page aside; one that is there already is counted again.

    Args:
        source: name of the source it counts to.
        url: the page's address, as it was asked for.
        error: why it cannot be used; the pages of a `SourceError` are kept.

    Raises:
        DeskError: the raw page cannot be written.
    """
    fetched = error.pages if isinstance(error, SourceError) else ()
    # An address that the store cannot hold may be the very error.
    pages = [page for page in fetched if len(page.url) <= raw.MAX_URL]
    digests = raw.keep_files(pages)
    with transaction.atomic():
        rows = raw.keep_rows(pages, digests)
        now = timezone.now()
        row, _ = models.Quarantine.objects.select_for_update(no_key=True).get_or_create(
            source=source,
            url=url[: raw.MAX_URL],
            defaults={"first_seen": now, "last_seen": now, "count": 0},
        )
        row.error, row.message = type(error).__name__, str(error)
        row.page = rows[-1] if rows else row.page  # the one at which it failed
        row.last_seen, row.resolved = now, None
        row.count += 1
        row.save()


def resolve(*urls: str) -> None:
    """Note that the page of these addresses could be read after all."""
    cut = [url[: raw.MAX_URL] for url in urls]
    models.Quarantine.objects.filter(url__in=cut, resolved=None).update(resolved=timezone.now())
