"""The preview page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yibao.desk.pages.preview import proof
from yibao.desk.views.lookup import translation_or_404


@never_cache
@require_safe
def preview(request: HttpRequest, translation_id: UUID) -> HttpResponse:
    """The article as readers will get it."""
    translation = translation_or_404(translation_id)
    shown = {"page": "preview", "translation": translation, "proof": proof(translation)}
    return render(request, "desk/preview.html", shown)
