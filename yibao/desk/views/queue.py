"""The queue page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yibao.desk import house
from yibao.desk.pages import queue as waiting_list
from yibao.desk.workflow.permissions import role_of
from yibao.languages import language


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, by the filters in the address."""
    newsroom = house.newsroom()
    interface = (get_language() or "en").partition("-")[0]
    filters = waiting_list.Filters.read(request.GET, newsroom)
    pages = Paginator(waiting_list.waiting(filters, request.user), waiting_list.PER_PAGE)
    page = pages.get_page(filters.page)
    asked = {
        "language": filters.language,
        "section": filters.section,
        "mine": "1" if filters.mine else "",
    }
    kept = {key: value for key, value in asked.items() if value}
    targets = sorted({to for source in newsroom.sources.values() for to in source.to})
    shown = {
        "page": "queue",
        "filters": filters,
        "tabs": waiting_list.tabs(filters, request.user),
        "lines": waiting_list.lines(list(page), request.user, interface),
        "shown": page,
        "kept": urlencode(kept),
        "asked": urlencode({"state": filters.state, **kept}),
        "targets": [language(code) for code in targets],
        "sections": [
            (key, names.get(interface, next(iter(names.values()), key)))
            for key, names in newsroom.sections.items()
        ],
        "role": role_of(request.user),
    }
    return render(request, "desk/queue.html", shown)
