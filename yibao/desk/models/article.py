"""What sources published: articles, their addresses and revisions, the raw pages."""

import uuid

from django.db import models

from yibao.article import Article as ArticleValue
from yibao.desk.models.immutable import Immutable


class Article(models.Model):
    """Something a source published under one identity; its content is in its revisions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=100, db_index=True)
    url = models.TextField()
    language = models.CharField(max_length=10)
    title = models.TextField()
    created = models.DateTimeField()

    class Meta:
        ordering = ("-created", "id")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def latest(self) -> "ArticleRevision":
        """The newest revision."""
        revision: ArticleRevision = self.revisions.latest("number")
        return revision


class Address(models.Model):
    """An address of an article; the first one is the article's own.

    Attributes:
        url: as it was found, or as the page declares it.
        key: what tells it from other addresses: the same with http and https.
    """

    url = models.TextField()
    key = models.TextField(unique=True)
    article = models.ForeignKey(Article, models.PROTECT, related_name="addresses")
    created = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.url)


class RawPage(models.Model):
    """The bytes that an address gave, kept as gzip under var/raw.

    A row stands for one address with one content, however often it was fetched.
    """

    sha256 = models.CharField(max_length=64)
    url = models.TextField()
    path = models.CharField(max_length=200, help_text="Relative to var/raw.")
    size = models.PositiveBigIntegerField(help_text="Bytes before compression.")
    content_type = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    fetched = models.DateTimeField(help_text="First time.")
    last_fetched = models.DateTimeField()
    fetches = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("url", "sha256"), name="one_row_per_page_content"),
        )

    def __str__(self) -> str:
        return str(self.url)


class ArticleRevision(Immutable):
    """One version of an article, as it was read."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=65, db_index=True)
    record = models.JSONField(help_text="Article.to_record()")
    fetched = models.DateTimeField()
    pages = models.ManyToManyField(RawPage, related_name="revisions")

    class Meta(Immutable.Meta):
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="one_revision_per_number"),
        )

    def __str__(self) -> str:
        return f"{self.article_id} revision {self.number}"

    @property
    def value(self) -> ArticleValue:
        """The article as the library's own value."""
        return ArticleValue.from_record(self.record)
