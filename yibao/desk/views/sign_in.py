"""Signing in, with a brake on guessing."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from yibao.desk.views.errors import problem

TRIES = 10  # wrong passwords for one account from one address
WINDOW = 15 * 60  # seconds after the first of them


class SignIn(LoginView):
    """The sign-in page."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Sign in, unless this address has guessed too often for this account."""
        if cache.get(_counter(request), 0) >= TRIES:
            said = _("Too many wrong passwords. Wait a quarter of an hour, then try again.")
            return problem(request, 429, _("Wait a while"), said, back=request.get_full_path())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in: forget the wrong passwords."""
        cache.delete(_counter(self.request))
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Count the wrong password."""
        counter = _counter(self.request)
        if not cache.add(counter, 1, WINDOW):
            cache.incr(counter)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin sends people to sign in: on to the desk's own page, which has the brake.

    Raises:
        PermissionDenied: they are signed in, and the admin is not for them.
    """
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


def _counter(request: HttpRequest) -> str:
    name = request.POST.get("username", "").casefold()
    given = f"{name}\n{request.META.get('REMOTE_ADDR', '')}"
    return "sign-in-" + hashlib.sha256(given.encode()).hexdigest()
