"""Articles: who is who, and what changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection, transaction
from django.utils import timezone

from yibao.article import Article
from yibao.desk import models
from yibao.desk.border import at_border
from yibao.desk.cleaning import unfit
from yibao.desk.journal import log
from yibao.desk.models import EventKind
from yibao.desk.store import raw
from yibao.desk.store.quarantine import resolve
from yibao.desk.store.translations import follow
from yibao.errors import SourceError

SAVING_LOCK = 0x5969_5361_7665  # any number that nobody else takes in the same database


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an article.

    Attributes:
        article_id: its id; of a duplicate, that of the article it duplicates.
        revision: number of the newest revision, counted from one.
        outcome: `new`; `updated`: a new revision; `unchanged`; `duplicate`: the content of
            another article, at a new address.
    """

    article_id: str
    revision: int
    outcome: Literal["new", "updated", "unchanged", "duplicate"]


@at_border
def save_article(article: Article, *, source: str, pages: Sequence[raw.RawPage]) -> Saved:
    """Keep an article and the pages it was read from.

    The same address is the same article, and the same content is too, wherever it is found. A
    changed article gets a new revision, and its translations follow it: only what changed has
    to be translated and reviewed again.

    Args:
        article: what was read.
        source: name of the source that it counts to.
        pages: the pages it was read from, in their order.

    Raises:
        SourceError: the article cannot be kept as it is: its address is too long, it holds
            characters that no feed can carry, or it is suddenly in another language.
        DeskError: the raw pages cannot be written.
    """
    raw.check_url(article.url)
    if any(map(unfit, _texts(article.to_record()))):
        raise SourceError(article.url, "the text holds characters that no feed can carry")
    digests = raw.keep_files(pages)
    with transaction.atomic():
        _one_at_a_time()
        rows = raw.keep_rows(pages, digests)
        saved = _save(article, source, rows)
        resolve(article.url)
    return saved


def _save(article: Article, source: str, pages: Sequence[models.RawPage]) -> Saved:
    from yibao.sources.identity import canonical_url  # noqa: PLC0415  # loads every extractor

    url = canonical_url(article.url)
    known = models.Address.objects.filter(url=url).select_related("article").first()
    if known is not None:
        return _save_again(known.article, article, pages)
    twin = models.ArticleRevision.objects.filter(digest=article.digest).order_by("id").first()
    if twin is not None:
        models.Address.objects.create(url=url, article=twin.article, created=timezone.now())
        log(EventKind.ARTICLE_DUPLICATE, None, twin.article, text=url)
        return Saved(str(twin.article_id), twin.article.latest.number, "duplicate")
    row = models.Article.objects.create(
        source=source,
        url=url,
        language=article.language,
        title=article.title,
        created=timezone.now(),
    )
    models.Address.objects.create(url=url, article=row, created=row.created)
    _add_revision(row, 1, article, pages)
    log(EventKind.ARTICLE_SAVED, None, row)
    return Saved(str(row.pk), 1, "new")


def _save_again(row: models.Article, article: Article, pages: Sequence[models.RawPage]) -> Saved:
    latest = row.latest
    if latest.digest == article.digest:
        return Saved(str(row.pk), latest.number, "unchanged")
    if article.language != row.language:
        raise SourceError(
            article.url,
            f"was in {row.language}, is now in {article.language}",
            "Look at the page; name the source's language in newsroom.yaml.",
        )
    revision = _add_revision(row, latest.number + 1, article, pages)
    row.title = article.title
    row.save(update_fields=["title"])
    log(EventKind.ARTICLE_UPDATED, None, row, text=f"revision {revision.number}")
    for translation in row.translations.all():
        follow(translation.pk, revision)
    return Saved(str(row.pk), revision.number, "updated")


def _add_revision(
    row: models.Article, number: int, article: Article, pages: Sequence[models.RawPage]
) -> models.ArticleRevision:
    revision: models.ArticleRevision = models.ArticleRevision.objects.create(
        article=row,
        number=number,
        digest=article.digest,
        record=article.to_record(),
        fetched=min((page.last_fetched for page in pages), default=timezone.now()),
    )
    revision.pages.set(pages)
    return revision


def _texts(value: Any) -> Iterator[str]:
    """Every text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _one_at_a_time() -> None:
    """Let no two processes decide at once whether an article is new.

    SQLite's IMMEDIATE transactions do so by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SAVING_LOCK])
