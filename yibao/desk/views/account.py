"""A person's own account: signing in and out, password, language of the interface."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yibao.desk.workflow.permissions import role_of

YEAR = 365 * 24 * 60 * 60  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """My account: change the password, choose the language."""
    form = PasswordChangeForm(request.user, request.POST or None)
    del form.fields["old_password"].widget.attrs["autofocus"]  # the language comes first
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password was changed."))
        return redirect("desk:account")
    role = role_of(request.user)
    return render(
        request,
        "desk/account.html",
        {"page": "account", "form": form, "roles": [role.label] if role else []},
        status=422 if form.errors else 200,
    )


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the interface in a cookie; go back to the page."""
    wanted = request.POST.get("language", "")
    back = request.POST.get("next", "")
    secure = request.is_secure()
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=secure):
        back = "/"
    response = redirect(back)
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
