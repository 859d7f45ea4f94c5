"""Counts and lists for the operator."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max

from yibao.article import Article
from yibao.desk import models
from yibao.desk.border import at_border
from yibao.desk.models import SegmentState, TranslationState
from yibao.errors import NotFound

QUARANTINED_SHOWN = 50
BEGINNING = re.compile("[0-9a-f]{4,32}")


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that was set aside."""

    source: str
    url: str
    error: str
    message: str
    first_seen: datetime
    last_seen: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """How much there is of everything.

    Attributes:
        articles: by source.
        translations: by state, every state named.
        waiting_segments: segments without a draft.
        published: entries that the feeds carry.
        unpublished: entries whose newest approval or withdrawal is not in the feeds yet.
        withdrawn: entries that are withdrawn.
        memory: approved pairs of segments that are remembered.
        quarantined_total: pages set aside and not read since.
        quarantined: the newest `QUARANTINED_SHOWN` of them.
    """

    articles: Mapping[str, int]
    translations: Mapping[str, int]
    waiting_segments: int
    published: int
    unpublished: int
    withdrawn: int
    memory: int
    quarantined_total: int
    quarantined: tuple[Quarantined, ...]


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in a list.

    Attributes:
        article_id: its id.
        source: name of the source it counts to.
        language: code.
        title: headline of the newest revision.
        url: its first address.
        published: when its source published it, if it says so.
        created: when it was first taken in.
        revision: number of the newest revision.
        translations: state of each, by language.
    """

    article_id: str
    source: str
    language: str
    title: str
    url: str
    published: datetime | None
    created: datetime
    revision: int
    translations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SegmentText:
    """A segment as it stands."""

    key: str
    state: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class TranslationDetails:
    """A translation with its segments.

    Attributes:
        translation_id: its id.
        language: code.
        state: one of `TranslationState`.
        segments: in reading order.
        approvals: how many revisions were approved.
        entry: the permanent uuid under which it is published; empty if it never was approved.
        error: why it could not be drafted; empty if it could.
    """

    translation_id: str
    language: str
    state: str
    segments: tuple[SegmentText, ...]
    approvals: int
    entry: str
    error: str


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """An article with all that the store knows of it.

    Attributes:
        article_id: its id.
        source: name of the source it counts to.
        created: when it was first taken in.
        revision: number of the newest revision.
        addresses: where it was found, in that order.
        article: the newest revision.
        translations: by language.
    """

    article_id: str
    source: str
    created: datetime
    revision: int
    addresses: tuple[str, ...]
    article: Article
    translations: tuple[TranslationDetails, ...]

    def to_record(self) -> dict[str, Any]:
        """The same as JSON-able values."""
        return {
            "article_id": self.article_id,
            "source": self.source,
            "created": self.created.isoformat(),
            "revision": self.revision,
            "addresses": list(self.addresses),
            "article": self.article.to_record(),
            "translations": [asdict(each) for each in self.translations],
        }


@at_border
def status() -> Status:
    """How much there is of everything."""
    sources = models.Article.objects.order_by().values_list("source").annotate(n=Count("pk"))
    states = models.Translation.objects.order_by().values_list("state").annotate(n=Count("pk"))
    segments = models.Segment.objects.filter(retired=None, state=SegmentState.WAITING)
    publications = list(models.Publication.objects.all())
    return Status(
        articles=dict(sorted(sources)),
        translations={state.value: 0 for state in TranslationState} | dict(states),
        waiting_segments=segments.exclude(translation__state=TranslationState.WITHDRAWN).count(),
        published=sum(row.live_id is not None and not row.live_withdrawn for row in publications),
        unpublished=sum(_is_behind(row) for row in publications),
        withdrawn=sum(row.withdrawn is not None for row in publications),
        memory=models.MemoryEntry.objects.count(),
        quarantined_total=models.Quarantine.objects.filter(resolved=None).count(),
        quarantined=tuple(list_quarantine(limit=QUARANTINED_SHOWN)),
    )


@at_border
def list_articles(
    *, source: str = "", language: str = "", state: str = "", limit: int = 50
) -> list[ArticleSummary]:
    """Articles, newest first.

    Args:
        source: only of this source.
        language: only in this language.
        state: only with a translation in this state.
        limit: how many at the most.
    """
    rows = models.Article.objects.all()
    if source:
        rows = rows.filter(source=source)
    if language:
        rows = rows.filter(language=language)
    if state:
        having = models.Translation.objects.filter(state=state)
        rows = rows.filter(pk__in=having.values("article"))
    rows = rows.annotate(newest=Max("revisions__number")).prefetch_related("translations")
    found = list(rows.order_by("-created", "id")[:limit])
    dates = _published(found)
    return [_summary(row, dates[row.pk]) for row in found]


@at_border
def show_article(article_id: str) -> ArticleDetails:
    """All that the store knows of an article.

    Args:
        article_id: its id, or the beginning of it where no other article's begins so.

    Raises:
        NotFound: there is none, or several begin so.
    """
    row = _find(article_id)
    latest = row.latest
    return ArticleDetails(
        article_id=str(row.pk),
        source=row.source,
        created=row.created,
        revision=latest.number,
        addresses=tuple(row.addresses.order_by("id").values_list("url", flat=True)),
        article=latest.value,
        translations=tuple(map(_translation, row.translations.order_by("language"))),
    )


@at_border
def list_quarantine(*, source: str = "", limit: int = 50) -> list[Quarantined]:
    """Pages that are set aside, those that failed last first."""
    rows = models.Quarantine.objects.filter(resolved=None).order_by("-last_seen", "url")
    if source:
        rows = rows.filter(source=source)
    return [
        Quarantined(
            row.source,
            row.url,
            row.error,
            row.message,
            row.first_seen,
            row.last_seen,
            row.count,
        )
        for row in rows[:limit]
    ]


def _is_behind(row: models.Publication) -> bool:
    if row.withdrawn is not None:
        return row.handed_out and not row.live_withdrawn
    return bool(row.live_id != row.approved_id)


def _find(article_id: str) -> models.Article:
    digits = article_id.replace("-", "").lower()
    if not BEGINNING.fullmatch(digits):
        raise NotFound(f"article {article_id}")
    # A range instead of text: PostgreSQL keeps ids as numbers.
    between = (UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f")))
    found = list(models.Article.objects.filter(pk__range=between)[:2])
    if len(found) > 1:
        raise NotFound(f"article {article_id}", "several begin so", "Give more of the id.")
    if not found:
        raise NotFound(f"article {article_id}")
    row: models.Article = found[0]
    return row


def _published(rows: Sequence[models.Article]) -> dict[UUID, datetime | None]:
    """When their sources published them, from the newest revision of each."""
    revisions = models.ArticleRevision.objects.filter(article__in=rows).order_by("number")
    said = revisions.values_list("article", "record__published")
    return {article: datetime.fromisoformat(text) if text else None for article, text in said}


def _summary(row: models.Article, published: datetime | None) -> ArticleSummary:
    return ArticleSummary(
        article_id=str(row.pk),
        source=row.source,
        language=row.language,
        title=row.title,
        url=row.url,
        published=published,
        created=row.created,
        revision=row.newest,
        translations={
            each.language: each.state
            for each in sorted(row.translations.all(), key=lambda each: each.language)
        },
    )


def _translation(row: models.Translation) -> TranslationDetails:
    publication = models.Publication.objects.filter(translation=row).first()
    return TranslationDetails(
        translation_id=str(row.pk),
        language=row.language,
        state=row.state,
        segments=tuple(
            SegmentText(each.key, each.state, each.source, each.text)
            for each in row.segments.current()
        ),
        approvals=row.approvals.count(),
        entry=str(publication.entry) if publication else "",
        error=row.draft_error,
    )
