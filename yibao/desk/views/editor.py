"""The editor page: a translation by segments, and the decisions about it."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yibao.desk import workflow
from yibao.desk.models import Action, Translation
from yibao.desk.pages import buttons
from yibao.desk.pages.forms import DecisionForm
from yibao.desk.pages.notices import notices
from yibao.desk.pages.worksheet import worksheet
from yibao.desk.views.errors import problem
from yibao.desk.views.lookup import translation_or_404
from yibao.desk.views.refusals import explain, refuse, status_of
from yibao.desk.workflow import permissions
from yibao.errors import DeskError, NotAllowed


@never_cache
@require_safe
def editor(request: HttpRequest, translation_id: UUID) -> HttpResponse:
    """The page."""
    return _page(request, translation_or_404(translation_id))


@require_POST
def decide(request: HttpRequest, translation_id: UUID, action: str) -> HttpResponse:
    """Claim, submit, approve, return, withdraw and so on."""
    translation = translation_or_404(translation_id)
    decision = buttons.BY_ACTION[action]
    try:
        permissions.require(request.user, decision.action, translation, timezone.now())
    except NotAllowed as error:
        return _page(request, translation, refused=explain(error), status=status_of(error))
    form = buttons.form(request.user, translation, action, request.POST)
    if not form.is_valid():
        return _page(request, translation, sent={action: form}, status=422)
    try:
        buttons.take(request.user, translation, action, form.cleaned_data)
    except NotAllowed as error:
        again = translation_or_404(translation_id)
        sent = {action: form}
        return _page(request, again, refused=explain(error), sent=sent, status=status_of(error))
    except DeskError as error:
        kept = form.cleaned_data.get("text") or form.cleaned_data.get("note", "")
        return refuse(request, error, back=_address(translation), kept=kept)
    if decision.done:
        messages.success(request, decision.done)
    return redirect("desk:queue") if decision.leaves else redirect(_address(translation))


@require_POST
def renew(request: HttpRequest, translation_id: UUID) -> HttpResponse:
    """A sign of life from the page that a person works on: 204, or why not."""
    try:
        workflow.renew(request.user, str(translation_id))
    except DeskError as error:
        return problem(request, status_of(error), _("Not held"), explain(error))
    return HttpResponse(status=204)


def _address(translation: Translation) -> str:
    return str(reverse("desk:editor", args=[translation.pk]))


def _page(
    request: HttpRequest,
    translation: Translation,
    *,
    refused: str = "",
    sent: Mapping[str, DecisionForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    work = worksheet(translation, request.user)
    may_submit = workflow.may(request.user, Action.SUBMIT, translation)
    unfinished = [row for row in work.rows if row.open or row.errors] if refused else []
    shown = {
        "page": "editor",
        "work": work,
        "translation": translation,
        "buttons": buttons.buttons(request.user, translation, sent),
        "notices": notices(work, request.user),
        "refused": refused,
        "unfinished": unfinished,
        "may_submit": may_submit,
    }
    return render(request, "desk/editor.html", shown, status=status)
