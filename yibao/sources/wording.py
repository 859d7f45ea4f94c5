"""Texts compared by their words alone."""

import re
import unicodedata

NO_LETTER = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """The text's letters and digits: spacing, punctuation, case and width do not count."""
    return NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()
