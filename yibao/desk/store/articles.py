"""Articles: who is who, and what changed."""

import re
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
from yibao.errors import FetchedPage, SourceError

FORMS_OF_A_SITE = re.compile(r"^(www|m|amp)\.")
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


@dataclass(frozen=True, slots=True)
class _Names:
    """The addresses of a page.

    Attributes:
        own: where it was found.
        declared: what the page declares as its address, if that is on the same site; else `own`.
    """

    own: str
    declared: str

    @property
    def by_key(self) -> dict[str, str]:
        """The addresses by what tells them apart."""
        return {_key(self.own): self.own, _key(self.declared): self.declared}

    @property
    def variant(self) -> bool:
        """Whether the page says itself that it is another form of a page elsewhere."""
        return len(self.by_key) > 1


@at_border
def save_article(
    article: Article, *, source: str, pages: Sequence[FetchedPage], requested: str = ""
) -> Saved:
    """Keep an article and the pages it was read from.

    The same address is the same article, by http or https; so is the address that the page
    declares as its own on the same site, and the same content, wherever it is found. A changed
    article gets a new revision, and its translations follow it: only what changed has to be
    translated and reviewed again. Of several forms of a page (www, m, amp) only one makes
    revisions: the declared one, else the one that was found first.

    Args:
        article: what was read.
        source: name of the source that it counts to.
        pages: the pages it was read from, in their order.
        requested: the address that was asked for, if another one answered.

    Raises:
        SourceError: the article cannot be kept as it is: its address is too long, it holds
            characters that no feed can carry, or it is suddenly in another language. It has the
            pages.
        DeskError: the raw pages cannot be written.
    """
    try:
        _require_fit(article)
        digests = raw.keep_files(pages)
        with transaction.atomic():
            _one_at_a_time()
            rows = raw.keep_rows(pages, digests)
            saved = _save(article, source, rows)
            resolve(article.url, requested)
    except SourceError as error:
        error.pages = tuple(pages)
        raise
    return saved


def _require_fit(article: Article) -> None:
    raw.check_url(article.url)
    if any(map(unfit, _texts(article.to_record()))):
        raise SourceError(article.url, "the text holds characters that no feed can carry")


def _save(article: Article, source: str, pages: Sequence[models.RawPage]) -> Saved:
    names = _names(article)
    known = _known(names, article)
    if known is not None:
        added = _add_addresses(known, names)
        if names.variant and _key(_canonical(known.latest.record["url"])) != _key(names.own):
            outcome: Literal["duplicate", "unchanged"] = (
                "duplicate" if names.own in added else "unchanged"
            )
            return Saved(str(known.pk), known.latest.number, outcome)
        return _save_again(known, article, pages)
    twin = models.ArticleRevision.objects.filter(digest=article.digest).order_by("id").first()
    if twin is not None:
        _add_addresses(twin.article, names)
        log(EventKind.ARTICLE_DUPLICATE, None, twin.article, text=names.own)
        return Saved(str(twin.article_id), twin.article.latest.number, "duplicate")
    row = models.Article.objects.create(
        source=source,
        url=names.own,
        language=article.language,
        title=article.title,
        created=timezone.now(),
    )
    _add_addresses(row, names)
    _add_revision(row, 1, article, pages)
    log(EventKind.ARTICLE_SAVED, None, row)
    return Saved(str(row.pk), 1, "new")


def _known(names: _Names, article: Article) -> models.Article | None:
    """The article of one of these addresses.

    A declared address is believed only for a like text: there are sites where every page declares
    the same one.
    """
    rows = models.Address.objects.filter(key__in=names.by_key).select_related("article")
    by_key: dict[str, models.Article] = {row.key: row.article for row in rows}
    found = by_key.get(_key(names.own))
    if found is not None:
        return found
    declared = by_key.get(_key(names.declared))
    return declared if declared is not None and _alike(declared.latest.value, article) else None


def _alike(first: Article, second: Article) -> bool:
    from yibao.sources.identity import fingerprint, near  # noqa: PLC0415  # loads every extractor

    return first.language == second.language and (
        first.title == second.title or near(fingerprint(first), fingerprint(second))
    )


def _add_addresses(row: models.Article, names: _Names) -> list[str]:
    """Note the addresses that are nobody's yet; gives them."""
    there = models.Address.objects.filter(key__in=names.by_key)
    taken = set(there.values_list("key", flat=True))
    fresh = {key: url for key, url in names.by_key.items() if key not in taken}
    for key, url in fresh.items():
        models.Address.objects.create(url=url, key=key, article=row, created=timezone.now())
    return list(fresh.values())


def _names(article: Article) -> _Names:
    own, declared = _canonical(article.url), _canonical(article.canonical)
    same_site = _site(own) == _site(declared) and len(declared) <= raw.MAX_URL
    return _Names(own, declared if same_site else own)


def _canonical(url: str) -> str:
    """The address without what does not tell pages apart."""
    from yibao.sources.identity import canonical_url  # noqa: PLC0415  # loads every extractor

    return canonical_url(url)


def _key(url: str) -> str:
    """What tells a canonical address from others; pages by http and by https are the same."""
    return url.removeprefix("https://").removeprefix("http://")


def _site(url: str) -> str:
    """The host, without what only says which form of its pages is meant."""
    return FORMS_OF_A_SITE.sub("", _key(url).partition("/")[0])


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
