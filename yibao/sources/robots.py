"""robots.txt: may we, and how often.

RFC 9309: an answer 4xx allows everything, 5xx or none at all forbids everything for now.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from yibao.errors import FetchFailed

AGENT = "Yibao"
KEPT_SECONDS = 24 * 3600.0
RETRY_SECONDS = 300.0
MAX_DELAY = 30.0
# RFC 9309 section 2.5: at least 500 KiB must be read; more is left out.
MAX_RULES = 512 * 1024

Get = Callable[[str], tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego | None
    refusal: str
    until: float


class Robots:
    """What the hosts allow, asked once a day.

    Args:
        get: gives status and content of an address; raises FetchFailed if it cannot.
    """

    def __init__(self, get: Get) -> None:
        self._get = get
        self._rules: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def check(self, url: str) -> float:
        """Seconds that the host wants between requests.

        Raises:
            FetchFailed: robots.txt forbids the address, or could not be asked.
        """
        rules, fresh = self._of(url)
        if rules.parsed is None:
            if rules.refusal:
                # A kept refusal stands for longer than anybody waits to retry.
                raise FetchFailed(url, rules.refusal, transient=fresh)
            return 0.0
        if not rules.parsed.can_fetch(url, AGENT):
            raise FetchFailed(
                url, "robots.txt forbids it", "Ask the publisher, or take the source out."
            )
        return min(float(rules.parsed.crawl_delay(AGENT) or 0.0), MAX_DELAY)

    def _of(self, url: str) -> tuple[_Rules, bool]:
        """The rules of an address's host, and whether they were asked for just now."""
        parts = urlsplit(url)
        place = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._rules.get(place)
        if known is not None and known.until >= time.monotonic():
            return known, False
        rules = self._ask(f"{place}/robots.txt")
        with self._lock:
            self._rules[place] = rules
        return rules, True

    def _ask(self, address: str) -> _Rules:
        now = time.monotonic()
        try:
            status, content = self._get(address)
        except FetchFailed as error:
            return _Rules(
                None, f"robots.txt could not be had ({error.detail})", now + RETRY_SECONDS
            )
        if 400 <= status < 500:  # noqa: PLR2004  # the class of client errors
            return _Rules(None, "", now + KEPT_SECONDS)
        if status != 200:  # noqa: PLR2004  # OK
            return _Rules(None, f"robots.txt answered {status}", now + RETRY_SECONDS)
        text = content[:MAX_RULES].decode("utf-8", "replace")
        return _Rules(Protego.parse(text), "", now + KEPT_SECONDS)
