"""The segments of a translation: their text, the drafts they had, the edits people made."""

from django.conf import settings
from django.db import models

from yibao.desk.models.immutable import Immutable
from yibao.desk.models.states import ReopenedBy, SegmentState
from yibao.desk.models.translation import Translation
from yibao.text.segment import Segment as SegmentValue


class SegmentQuerySet(models.QuerySet):
    """Segments by question."""

    def current(self) -> "SegmentQuerySet":
        """Those of the source revision that is being translated, in reading order."""
        current: SegmentQuerySet = self.filter(retired=None).order_by("order")
        return current


class Segment(models.Model):
    """A segment's source and its text in the other language.

    When the source changes, the row follows the source text to its new key; the row of a text
    that is gone is retired, so that its drafts and edits stay.

    Attributes:
        former_source: what stood at this place before the source changed.
        terms: records of TermOutcome for the current text.
        findings: records of Finding for the current text.
        dismissals: finding id to who dismissed it, why and when; emptied when the text changes.
    """

    translation = models.ForeignKey(Translation, models.PROTECT, related_name="segments")
    key = models.CharField(max_length=60)
    order = models.PositiveIntegerField()
    role = models.CharField(max_length=20)
    source = models.TextField()
    state = models.CharField(
        max_length=20, choices=SegmentState.choices(), default=SegmentState.WAITING, db_index=True
    )
    reopened_by = models.CharField(max_length=20, choices=ReopenedBy.choices(), blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    draft = models.ForeignKey(
        "desk.MachineDraft", models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    former_source = models.TextField(blank=True)
    terms = models.JSONField(default=list, blank=True)
    findings = models.JSONField(default=list, blank=True)
    dismissals = models.JSONField(default=dict, blank=True)
    retired = models.DateTimeField(null=True, blank=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("translation", "key"),
                condition=models.Q(retired=None),
                name="one_segment_per_key",
            ),
        )
        indexes = (models.Index(fields=("translation", "order")),)

    def __str__(self) -> str:
        return f"{self.translation_id} {self.key}"

    @property
    def value(self) -> SegmentValue:
        """The source segment as the library's own value."""
        return SegmentValue(self.key, self.role, self.source)


class MachineDraft(Immutable):
    """A text that the machine or the memory proposed for a segment."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="drafts")
    source = models.TextField()
    text = models.TextField()
    origin = models.CharField(max_length=10)
    engine = models.CharField(max_length=200, blank=True)
    glossary = models.CharField(max_length=100, blank=True)
    terms = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    confidence = models.FloatField(null=True)
    created = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.text)


class SegmentEdit(Immutable):
    """A change that a person made to a segment's text; `base` is the version they worked on."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="edits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="edits")
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    base = models.PositiveIntegerField()
    created = models.DateTimeField()

    class Meta(Immutable.Meta):
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.segment_id} by {self.person_id}"
