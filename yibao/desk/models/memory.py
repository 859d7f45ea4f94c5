"""What the house has approved before."""

from django.conf import settings
from django.db import models

from yibao.desk.models.approval import ApprovedRevision


class MemoryEntry(models.Model):
    """An approved pair of segments."""

    source_hash = models.CharField(max_length=64)
    source = models.TextField()
    target = models.TextField()
    source_language = models.CharField(max_length=10)
    target_language = models.CharField(max_length=10)
    origin = models.ForeignKey(ApprovedRevision, models.PROTECT, related_name="memory")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("source_language", "target_language", "source_hash")),)
        verbose_name_plural = "memory entries"

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
