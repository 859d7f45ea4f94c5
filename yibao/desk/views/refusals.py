"""Refusals of the workflow as answers: their status, and a sentence in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yibao.desk.pages.wording import in_a_row, interpret
from yibao.desk.views.errors import problem
from yibao.errors import DeskError, NotAllowed, NotFound, StaleEdit

STATUSES = {NotAllowed: 403, NotFound: 404, StaleEdit: 409}


def status_of(error: DeskError) -> int:
    """The status that a refusal is answered with."""
    return STATUSES.get(type(error), 400)


def explain(error: DeskError) -> str:
    """What was refused, why, and what to do."""
    if isinstance(error, StaleEdit):
        return str(_("Somebody changed it in the meantime. Load the page again and decide anew."))
    if isinstance(error, NotFound):
        why = _("It is not here any more: the source may have changed.")
        return in_a_row(why, _("Load the page again."))
    said = in_a_row(interpret(error.detail), interpret(error.remedy))
    return said or _("Your account may not do this. Ask an editor or an administrator.")


def refuse(request: HttpRequest, error: DeskError, *, back: str, kept: str = "") -> HttpResponse:
    """The page that tells of a refusal."""
    headings = {
        NotAllowed: _("Not allowed"),
        NotFound: _("Not found"),
        StaleEdit: _("Changed in the meantime"),
    }
    heading = headings.get(type(error), _("Not allowed"))
    return problem(request, status_of(error), heading, explain(error), back=back, kept=kept)
