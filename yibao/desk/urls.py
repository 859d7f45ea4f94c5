"""Addresses of the desk's pages."""

from django.urls import path, register_converter

from yibao.desk.pages.buttons import BY_ACTION
from yibao.desk.views.account import account, choose_language
from yibao.desk.views.editor import decide, editor, renew
from yibao.desk.views.history import history
from yibao.desk.views.preview import preview
from yibao.desk.views.published import published
from yibao.desk.views.queue import queue
from yibao.desk.views.segments import dismiss, segment


class DecisionConverter:
    """The decisions that the editor page offers, as they stand in addresses."""

    regex = "|".join(action.replace("_", "-") for action in BY_ACTION)

    def to_python(self, value: str) -> str:
        """The action of the permissions table."""
        return value.replace("-", "_")

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return str(value).replace("_", "-")


register_converter(DecisionConverter, "decision")

app_name = "desk"
urlpatterns = [
    path("", queue, name="queue"),
    path("account/", account, name="account"),
    path("language/", choose_language, name="language"),
    path("published/", published, name="published"),
    path("segments/<int:segment_id>/", segment, name="segment"),
    path("segments/<int:segment_id>/dismiss/", dismiss, name="dismiss"),
    path("<uuid:translation_id>/", editor, name="editor"),
    path("<uuid:translation_id>/history/", history, name="history"),
    path("<uuid:translation_id>/preview/", preview, name="preview"),
    path("<uuid:translation_id>/renew/", renew, name="renew"),
    path("<uuid:translation_id>/<decision:action>/", decide, name="decide"),
]
