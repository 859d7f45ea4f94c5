"""Filters of the desk's templates."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

register = template.Library()

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


@register.filter
def age(moment: datetime) -> str:
    """How long ago a moment was, in its largest unit."""
    seconds = max(0, int((timezone.now() - moment).total_seconds()))
    if seconds >= DAY:
        return str(_("%(number)d d") % {"number": seconds // DAY})
    if seconds >= HOUR:
        return str(_("%(number)d h") % {"number": seconds // HOUR})
    return str(_("%(number)d min") % {"number": seconds // MINUTE})
