"""The audit trail."""

from django.conf import settings
from django.db import models

from yibao.desk.models.article import Article
from yibao.desk.models.immutable import Immutable
from yibao.desk.models.segment import Segment
from yibao.desk.models.states import EventKind
from yibao.desk.models.translation import Translation


class Event(Immutable):
    """Something that was done. Without an actor, a flow or the command line did it."""

    kind = models.CharField(max_length=30, choices=EventKind.choices(), db_index=True)
    created = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="events"
    )
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="events")
    translation = models.ForeignKey(Translation, models.PROTECT, null=True, related_name="events")
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, related_name="events")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="events_about"
    )
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    text = models.TextField(blank=True)

    class Meta(Immutable.Meta):
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.get_kind_display())
