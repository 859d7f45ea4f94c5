"""Django's admin: accounts to manage, everything else to look at.

What the desk and the flows write is never changed here: it would bypass the workflow and its
audit trail.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from yibao.desk import models


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows and changes none."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        del request, obj
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        del request, obj
        return False


@admin.register(models.User)
class PersonAdmin(UserAdmin):
    """Accounts; they are made inactive, never deleted, because history names them."""

    list_display = ("username", "credit", "email", "is_active", "is_superuser")
    fieldsets = (*UserAdmin.fieldsets, (None, {"fields": ("credit",)}))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        del request, obj
        return False


@admin.register(models.Event)
class EventAdmin(ReadOnlyAdmin):
    """The audit trail."""

    list_display = ("created", "kind", "actor", "translation", "from_state", "to_state", "text")
    list_filter = ("kind", "created")
    list_select_related = ("actor", "translation__article")
    ordering = ("-id",)


@admin.register(models.Quarantine)
class QuarantineAdmin(ReadOnlyAdmin):
    """Pages that could not be read."""

    list_display = ("last_seen", "source", "url", "error", "count", "resolved")
    list_filter = ("source", "error", ("resolved", admin.EmptyFieldListFilter))


@admin.register(models.Article)
class ArticleAdmin(ReadOnlyAdmin):
    """What sources published."""

    list_display = ("title", "source", "language", "created")
    list_filter = ("source", "language")
    search_fields = ("title", "url")


@admin.register(models.Translation)
class TranslationAdmin(ReadOnlyAdmin):
    """Translations and where they stand."""

    list_display = ("article", "language", "state", "claimed_by", "changed")
    list_filter = ("language", "state")
    list_select_related = ("article", "claimed_by")


@admin.register(models.ApprovedRevision)
class ApprovedRevisionAdmin(ReadOnlyAdmin):
    """What was approved."""

    list_display = ("translation", "number", "reviewer", "approved", "note", "override")
    list_select_related = ("translation__article",)


@admin.register(models.Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What the feeds carry."""

    list_display = ("entry", "language", "first_published", "updated", "withdrawn")
    list_filter = ("language",)


@admin.register(models.MemoryEntry)
class MemoryEntryAdmin(ReadOnlyAdmin):
    """The translation memory."""

    list_display = ("source", "target", "target_language", "approver", "created")
    list_filter = ("source_language", "target_language")
    list_select_related = ("approver",)
    search_fields = ("source", "target")


admin.site.register((models.RawPage, models.SegmentEdit, models.MachineDraft), ReadOnlyAdmin)
