"""Refusals and failures as pages: what happened, what to do, and the text that was sent.

A script that asked (`X-Requested-With: fetch`) gets the same sentence as plain text.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

PLAIN = "text/plain; charset=utf-8"


def by_script(request: HttpRequest) -> bool:
    """Whether the desk's own script asked, and not a form."""
    return bool(request.headers.get("X-Requested-With") == "fetch")


def problem(  # noqa: PLR0913  # the parts of one page
    request: HttpRequest,
    status: int,
    heading: str,
    said: str,
    *,
    back: str = "",
    kept: str = "",
) -> HttpResponse:
    """A page that says what went wrong.

    Args:
        request: what was asked.
        status: of the answer.
        heading: in a word or two.
        said: what happened and what to do.
        back: address of the page to go back to.
        kept: text that the person sent and that was not saved.
    """
    if by_script(request):
        return HttpResponse(said, status=status, content_type=PLAIN)
    shown = {"heading": heading, "said": said, "back": back, "kept": kept}
    return render(request, "desk/error.html", shown, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400."""
    said = _("The browser sent something that the desk does not understand.")
    return problem(request, 400, _("Bad request"), said)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403."""
    said = _("Your account may not do this. Ask an editor or an administrator.")
    return problem(request, 403, _("Not allowed"), said)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404."""
    said = _("There is nothing at this address. It may have been mistyped.")
    return problem(request, 404, _("Not found"), said)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500: plain, because whatever failed may fail again while a page is made."""
    said = _("The desk made a mistake. Saved text is safe; tell your operator what you did.")
    return HttpResponse(said, status=500, content_type=PLAIN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 for a form of an earlier sign-in: gives back the text that came with it."""
    said = _("This page is from an earlier sign-in. Go back, load it again and send the text anew.")
    return problem(request, 403, _("The page is too old"), said, kept=request.POST.get("text", ""))
