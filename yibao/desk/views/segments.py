"""Saving, confirming, and findings of one segment.

The desk's script gets the row as it now stands, whatever the status; a plain form gets the page.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yibao.desk import workflow
from yibao.desk.border import in_transaction
from yibao.desk.models import Segment, User
from yibao.desk.pages.forms import DismissForm, SegmentForm
from yibao.desk.pages.worksheet import Row, Worksheet, worksheet
from yibao.desk.views.errors import by_script, problem
from yibao.desk.views.lookup import translation_or_404
from yibao.desk.views.refusals import refuse
from yibao.errors import DeskError, NotFound, StaleEdit
from yibao.text.diff import diff

View = Callable[[HttpRequest, int], HttpResponse]


def signed_in(view: View) -> View:
    """Answer 401 with the text that came, instead of losing it on the way to the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, segment_id: int) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, segment_id)
        segment = Segment.objects.filter(pk=segment_id).first()
        back = reverse("desk:editor", args=[segment.translation_id]) if segment else "/"
        said = _("You are signed out. Nothing was saved; copy your text, then sign in again.")
        entrance = f"{reverse('login')}?{urlencode({'next': back})}"
        kept = request.POST.get("text", "")
        return problem(request, 401, _("Signed out"), said, back=entrance, kept=kept)

    open_to_all: View = login_not_required(guarded)
    return open_to_all


@signed_in
@require_POST
def segment(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Save a segment's text, or save and confirm it."""
    form = SegmentForm(request.POST)
    kept = request.POST.get("text", "")
    found = Segment.objects.filter(pk=segment_id).select_related("draft").first()
    if found is None:
        return refuse(request, NotFound(f"segment {segment_id}"), back="/", kept=kept)
    if not form.is_valid():
        said = _("The form did not come through whole. Load the page again.")
        return problem(request, 422, _("Bad request"), said, back=_place(found), kept=kept)
    text, version = _text(found, form), form.cleaned_data["version"]
    try:
        if form.cleaned_data["action"] == "confirm":
            workflow.confirm_segment(request.user, segment_id, version, text)
        else:
            workflow.save_segment(request.user, segment_id, version, text)
    except StaleEdit:
        return _conflict(request, found, text)
    except DeskError as error:
        return refuse(request, error, back=_place(found), kept=kept)
    return _answer(request, found, onwards=form.cleaned_data["action"] == "confirm")


@signed_in
@require_POST
def dismiss(request: HttpRequest, segment_id: int) -> HttpResponse:
    """Set findings aside, with a reason."""
    form = DismissForm(request.POST)
    found = Segment.objects.filter(pk=segment_id).first()
    if found is None:
        return refuse(request, NotFound(f"segment {segment_id}"), back="/")
    if not form.is_valid():
        said = _("Say why the finding does not matter here.")
        return problem(request, 422, _("A reason is missing"), said, back=_place(found))
    try:
        _dismiss_all(request.user, segment_id, **form.cleaned_data)
    except DeskError as error:
        return refuse(request, error, back=_place(found))
    return _answer(request, found)


@in_transaction
def _dismiss_all(
    person: User, segment_id: int, version: int, finding: list[str], reason: str
) -> None:
    """Dismiss every one of the findings, or none."""
    for each in finding:
        version = workflow.dismiss_finding(person, segment_id, version, each, reason).version


def _text(found: Segment, form: SegmentForm) -> str:
    """The text to save: what was typed, or what a button of the page stands for."""
    action = form.cleaned_data["action"]
    if action == "machine":
        return found.draft.text if found.draft else ""
    return str(found.source if action == "source" else form.cleaned_data["text"])


def _answer(request: HttpRequest, found: Segment, *, onwards: bool = False) -> HttpResponse:
    work, row = _row(request, found)
    if by_script(request):
        return _render_row(request, work, row, 200)
    if onwards:
        row = next((each for each in work.rows if each.number > row.number and each.open), row)
    return redirect(f"{_editor(found)}#s-{row.key}")


def _conflict(request: HttpRequest, found: Segment, mine: str) -> HttpResponse:
    """409 with both texts; nothing was overwritten."""
    work, row = _row(request, found)
    row.conflict = mine
    if by_script(request):
        return _render_row(request, work, row, 409)
    shown = {"work": work, "row": row, "difference": diff(row.text, mine)}
    return render(request, "desk/conflict.html", shown, status=409)


def _row(request: HttpRequest, found: Segment) -> tuple[Worksheet, Row]:
    work = worksheet(translation_or_404(found.translation_id), request.user)
    return work, work.row(found.pk)


def _render_row(request: HttpRequest, work: Worksheet, row: Row, status: int) -> HttpResponse:
    shown = {"work": work, "row": row, "translation": work.translation}
    return render(request, "desk/_row.html", shown, status=status)


def _editor(found: Segment) -> str:
    return str(reverse("desk:editor", args=[found.translation_id]))


def _place(found: Segment) -> str:
    return f"{_editor(found)}#s-{str(found.key).replace('.', '-')}"
