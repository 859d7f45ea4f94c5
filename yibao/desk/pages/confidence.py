"""How far machine drafts can be trusted, in bands that people can tell apart."""

from django.utils.translation import pgettext

BANDS = ((0.8, "high"), (0.6, "middle"), (0.0, "low"))
"""Least confidence of a draft, 0..1, and the name of its band."""


def band(confidence: float | None) -> str:
    """The name of the band that a confidence falls into; empty where there is none."""
    if confidence is None:
        return ""
    return next(name for least, name in BANDS if confidence >= least)


def band_label(name: str) -> str:
    """A band in words; empty where there is none."""
    words = {
        "high": pgettext("confidence", "high"),
        "middle": pgettext("confidence", "middling"),
        "low": pgettext("confidence", "low"),
    }
    return str(words.get(name, ""))
