"""Pages that could not be read: set aside, counted, shown to the operator."""

from django.db import models

from yibao.desk.models.article import RawPage


class Quarantine(models.Model):
    """A page of a source that fails; a row per address, however often it failed."""

    source = models.CharField(max_length=100, db_index=True)
    url = models.TextField()
    error = models.CharField(max_length=100, help_text="Class of the error.")
    message = models.TextField()
    page = models.ForeignKey(RawPage, models.PROTECT, null=True, related_name="quarantines")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    resolved = models.DateTimeField(null=True, help_text="When the page could be read after all.")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("source", "url"), name="one_quarantine_per_page"),
        )
        ordering = ("-last_seen",)
        verbose_name_plural = "quarantine"

    def __str__(self) -> str:
        return str(self.url)
