"""Rows of the store by their address, or 404."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from yibao.desk.models import Translation


def translation_or_404(translation_id: UUID) -> Translation:
    """The translation with what every page about it needs.

    Raises:
        Http404: there is none.
    """
    rows = Translation.objects.select_related("article", "revision", "claimed_by", "submitted_by")
    found: Translation | None = rows.filter(pk=translation_id).first()
    if found is None:
        raise Http404(_("There is no such translation."))
    return found
