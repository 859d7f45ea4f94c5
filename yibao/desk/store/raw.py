"""The bytes that articles were read from: gzip files under var/raw, named by their content."""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from django.db.models import F

from yibao.desk import house, models
from yibao.desk.border import at_border
from yibao.errors import DeskError, FetchedPage, SourceError

MAX_URL = 2000
"""Characters of an address; more does not fit into an index of PostgreSQL."""
COMPRESSION = 6
ASKED_AT_ONCE = 500


def keep_files(pages: Sequence[FetchedPage]) -> list[str]:
    """Write the bytes of pages that are not there yet.

    Called before a transaction begins: a file whose row is never written does no harm, it is
    found again by its content.

    Returns:
        the SHA-256 of each page's content, in hexadecimal.

    Raises:
        DeskError: the disk is full, or a file cannot be written.
        SourceError: an address is too long to be kept.
    """
    for page in pages:
        check_url(page.url)
    return [_keep(page.content) for page in pages]


def keep_rows(pages: Sequence[FetchedPage], digests: Sequence[str]) -> list[models.RawPage]:
    """The rows of pages whose files are kept; a page seen before is counted again."""
    return [_row(page, digest) for page, digest in zip(pages, digests, strict=True)]


def check_url(url: str) -> None:
    """Refuse an address that the store cannot hold.

    Raises:
        SourceError: it is too long.
    """
    if len(url) > MAX_URL:
        raise SourceError(
            f"{url[:80]}…", f"the address has {len(url)} characters, {MAX_URL} at the most"
        )


def path_of(digest: str) -> str:
    """Where a content lies, relative to var/raw."""
    return f"{digest[:2]}/{digest[2:]}.gz"


def _keep(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    file = house.paths().raw / path_of(digest)
    try:
        if not file.exists():
            house.paths().make_var()
            # No time in the header: the same content is the same file.
            _write_whole(file, gzip.compress(content, COMPRESSION, mtime=0))
    except OSError as error:
        raise DeskError(
            str(file),
            f"the raw page cannot be kept ({error.strerror})",
            "Free space on the disk of var/, then run again.",
        ) from error
    return digest


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, after a crash as well."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".raw-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _row(page: FetchedPage, digest: str) -> models.RawPage:
    row, created = models.RawPage.objects.get_or_create(
        url=page.url,
        sha256=digest,
        defaults={
            "path": path_of(digest),
            "size": len(page.content),
            "content_type": page.content_type,
            "status": page.status,
            "headers": dict(page.headers),
            "fetched": page.fetched,
            "last_fetched": page.fetched,
        },
    )
    if not created:
        models.RawPage.objects.filter(pk=row.pk).update(
            last_fetched=max(row.last_fetched, page.fetched), fetches=F("fetches") + 1
        )
    return row  # type: ignore[no-any-return]  # Django is untyped


@at_border
def seen(urls: Iterable[str]) -> set[str]:
    """Which of these addresses have been fetched before, whatever came of it."""
    every, found = list(urls), set[str]()
    for start in range(0, len(every), ASKED_AT_ONCE):
        some = every[start : start + ASKED_AT_ONCE]
        found.update(models.RawPage.objects.filter(url__in=some).values_list("url", flat=True))
    return found
