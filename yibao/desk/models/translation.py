"""An article in another language: where it stands and who is at it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from yibao.desk.models.article import Article, ArticleRevision
from yibao.desk.models.states import Hold, TranslationState


class Translation(models.Model):
    """A translation of an article.

    `version` moves with every change to the translation or its segments, so that a decision
    about it can be refused when it was taken on an older state.

    Two leases are kept apart: a person's (`claimed_by` until `claimed_until`) and a flow run's
    that drafts (`drafting_run` until `drafting_until`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="translations")
    revision = models.ForeignKey(ArticleRevision, models.PROTECT, related_name="translations")
    language = models.CharField(max_length=10)
    state = models.CharField(
        max_length=20,
        choices=TranslationState.choices(),
        default=TranslationState.WAITING,
        db_index=True,
    )
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="submissions"
    )

    drafting_run = models.CharField(max_length=200, blank=True)
    drafting_until = models.DateTimeField(null=True, blank=True)
    draft_failures = models.PositiveIntegerField(default=0)
    draft_error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("article", "language"), name="one_translation_per_language"
            ),
        )
        ordering = ("created", "id")

    def __str__(self) -> str:
        return f"{self.article} → {self.language}"

    def held_by(self, person: object, now: datetime) -> Hold:
        """Who holds it, seen by `person`; a lease that ran out holds nothing."""
        if self.claimed_by_id is None or self.claimed_until <= now:
            return Hold.FREE
        return Hold.OWN if self.claimed_by_id == getattr(person, "pk", None) else Hold.OTHER
