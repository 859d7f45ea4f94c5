"""Signing in, with a brake on guessing."""

import hashlib

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
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


def _counter(request: HttpRequest) -> str:
    name = request.POST.get("username", "").casefold()
    given = f"{name}\n{request.META.get('REMOTE_ADDR', '')}"
    return "sign-in-" + hashlib.sha256(given.encode()).hexdigest()
