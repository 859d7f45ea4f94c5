"""The history page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yibao.desk.pages.history import AT_MOST, chronicle
from yibao.desk.views.lookup import translation_or_404
from yibao.languages import language


@never_cache
@require_safe
def history(request: HttpRequest, translation_id: UUID) -> HttpResponse:
    """Events and edits of a translation, the newest first."""
    translation = translation_or_404(translation_id)
    entries = chronicle(translation)
    shown = {
        "page": "history",
        "translation": translation,
        "source_language": language(translation.article.language),
        "target_language": language(translation.language),
        "entries": entries,
        "cut": AT_MOST if len(entries) == AT_MOST else 0,
    }
    return render(request, "desk/history.html", shown)
