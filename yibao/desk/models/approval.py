"""What editors approved, and what of it is published."""

import uuid

from django.conf import settings
from django.db import models

from yibao.article import Article as ArticleValue
from yibao.desk.models.article import ArticleRevision
from yibao.desk.models.immutable import Immutable
from yibao.desk.models.translation import Translation


class ApprovedRevision(Immutable):
    """The frozen text that an editor approved; nothing else is ever published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    translation = models.ForeignKey(Translation, models.PROTECT, related_name="approvals")
    source = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="approvals")
    number = models.PositiveIntegerField()
    record = models.JSONField(help_text="Article.to_record() in the target language")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals"
    )
    approved = models.DateTimeField()
    reviewer = models.CharField(max_length=200, help_text="As it stood in the feeds.")
    translators = models.JSONField(default=list, help_text="Names, as they stood in the feeds.")
    machine_assisted = models.BooleanField()
    note = models.TextField(blank=True, help_text="What was corrected, for readers.")
    override = models.TextField(blank=True, help_text="Why its own editor approved it.")

    class Meta(Immutable.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("translation", "number"), name="one_approval_per_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.translation_id} approval {self.number}"

    @property
    def value(self) -> ArticleValue:
        """The approved article as the library's own value."""
        return ArticleValue.from_record(self.record)


class Publication(models.Model):
    """An entry of the feeds: its permanent id, and what stands under it.

    `entry` is the article's id, so that an article's entries in several languages are known to
    belong together; with the language it names the entry for ever.

    Attributes:
        approved: the revision that ought to be out.
        section: key of the section it was approved for first; it stays there for ever, wherever
            newsroom.yaml puts its source later.
        handed_out: whether it was ever given to publishing, so that readers may have it.
        live: the revision that feeds last carried; none until the first publication.
        first_published: when the first revision was approved.
        updated: when the newest revision was approved, or the entry withdrawn.
        withdrawn: when it was withdrawn, if it is.
        live_withdrawn: whether feeds already carry the withdrawal.
    """

    translation = models.OneToOneField(Translation, models.PROTECT, related_name="publication")
    entry = models.UUIDField()
    language = models.CharField(max_length=10)
    approved = models.ForeignKey(ApprovedRevision, models.PROTECT, related_name="+")
    section = models.CharField(max_length=100, blank=True)
    handed_out = models.BooleanField(default=False)
    live = models.ForeignKey(ApprovedRevision, models.PROTECT, null=True, related_name="+")
    first_published = models.DateTimeField()
    updated = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    live_withdrawn = models.BooleanField(default=False)
    note = models.TextField(blank=True, help_text="Why it was withdrawn, for readers.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entry", "language"), name="one_entry_per_language"),
        )

    def __str__(self) -> str:
        return f"{self.entry}:{self.language}"
