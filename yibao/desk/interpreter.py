"""What checks and the workflow say in English, in the language of the interface.

They say whole English sentences, since they know nothing of Django. A sentence is recognised by
the template that made it, and the template is what translators of the interface translate. What
no template fits is shown as it is.
"""

import re
from functools import lru_cache

from django.utils.translation import get_language, gettext, gettext_noop

SENTENCES = (
    # Refusals of the workflow.
    gettext_noop("your claim has run out"),
)
HOLE = re.compile(r"\{(\w+)\}")


def interpret(sentence: str) -> str:
    """The sentence in the language of the interface, as far as it is known."""
    if not sentence or (get_language() or "en").startswith("en"):
        return sentence
    for template in SENTENCES:
        found = _pattern(template).fullmatch(sentence)
        if found:
            return gettext(template).format(**found.groupdict())
    return sentence


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    pieces = HOLE.split(template)
    held = [
        f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    ]
    return re.compile("".join(held), re.DOTALL)
