"""Whether what must stay letter for letter has stayed: addresses, e-mail, @names, versions."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Final

from yibao.checks.finding import Check, Finding, SegmentPair

_ADDRESS: Final = re.compile(
    r"(?:https?|ftp)://[!-~]*[A-Za-z0-9_/=#&%+~-]|www\.[!-~]*[A-Za-z0-9_/=#&%+~-]"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_NAME: Final = re.compile(r"(?<![A-Za-z0-9._%+-])@[A-Za-z0-9_]{2,}")
_VERSION: Final = re.compile(r"(?<![\d.])\d+(?:\.\d+){2,}(?![\d.]*\d)")


class _Kept(Check):
    """Base of checks that compare how often each find of a pattern stands on both sides."""

    pattern: ClassVar[re.Pattern[str]]

    def _find(self, pair: SegmentPair) -> Iterator[Finding]:
        given = Counter(self.pattern.findall(pair.source))
        found = Counter(self.pattern.findall(pair.target))
        for text in given - found:
            yield self._finding(f"“{text}” of the source is missing or changed.")
        for text in found - given:
            place = pair.target.rindex(text)
            yield self._finding(f"“{text}” is not in the source.", place, place + len(text))


class Links(_Kept):
    """An address or e-mail address was lost, changed or added."""

    id = "links"
    name = "Link changed"
    description = "Web and e-mail addresses are not the same as in the source."
    severity = "error"
    pattern = _ADDRESS


class Handles(_Kept):
    """An @name was lost, changed or added."""

    id = "handles"
    name = "Handle changed"
    description = "The @names are not the same as in the source."
    severity = "warning"
    pattern = _NAME


class Versions(_Kept):
    """A version, address or date written with dots was lost, changed or added."""

    id = "versions"
    name = "Version changed"
    description = "Numbers of three parts and more, as 3.11.2, are not the same as in the source."
    severity = "warning"
    pattern = _VERSION
