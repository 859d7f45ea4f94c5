"""Text that people type, made fit for the store and for XML."""

import re
import unicodedata

from yibao.errors import NotAllowed

MAX_LENGTH = 20_000
"""Characters; a segment is a sentence, so that more is a pasted file."""

# What XML 1.0 cannot carry; PostgreSQL refuses NUL and lone surrogates besides.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\s*[\r\n\x85\u2028\u2029]+\s*")


def unfit(text: str) -> bool:
    """Whether the text holds a character that neither XML nor the database can carry."""
    return _UNFIT.search(text) is not None


def clean(text: str) -> str:
    """The text in one line, composed (NFC), without what no feed can carry.

    Raises:
        NotAllowed: it is longer than `MAX_LENGTH`.
    """
    if len(text) > MAX_LENGTH:
        raise NotAllowed(
            f"a text of {len(text)} characters",
            f"a segment holds {MAX_LENGTH} at the most",
            "Write only this segment's translation.",
        )
    return unicodedata.normalize("NFC", _BREAKS.sub(" ", _UNFIT.sub("", text))).strip()
