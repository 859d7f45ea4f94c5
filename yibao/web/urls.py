"""Every address of the desk's server."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.generic import RedirectView

from yibao.desk.views.health import health
from yibao.desk.views.published import output
from yibao.desk.views.sign_in import SignIn, admin_sign_in

handler400 = "yibao.desk.views.errors.bad_request"
handler403 = "yibao.desk.views.errors.forbidden"
handler404 = "yibao.desk.views.errors.not_found"
handler500 = "yibao.desk.views.errors.server_error"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:queue"), name="home"),
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("desk/", include("yibao.desk.urls")),
    path("feeds/<path:path>", output, name="feeds"),
    path("feeds/", output, {"path": ""}, name="feeds-front"),
    path("admin/login/", admin_sign_in),  # before the admin's own, which would stand unguarded
    path("admin/", admin.site.urls),
    path("healthz", health, name="health"),
]
