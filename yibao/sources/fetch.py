"""Polite and bounded HTTP.

One request at a time to a host, with the pause that it asks for; nothing but text, nothing
private, nothing endless. Retries are the caller's business: `FetchFailed.transient` says
whether one makes sense.
"""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx

from yibao import __version__
from yibao.errors import FetchFailed
from yibao.sources.address import check
from yibao.sources.page import MAX_BYTES, Page
from yibao.sources.robots import AGENT, Robots
from yibao.sources.walls import refuse_wall

USER_AGENT = f"{AGENT}/{__version__} (newsroom reader)"
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.5"
MAX_REDIRECTS = 5
STEP_SECONDS = 20.0
TOTAL_SECONDS = 90.0
PAUSE_SECONDS = 1.0
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
TEXT_TYPES = frozenset(
    {
        "",
        "application/atom+xml",
        "application/gzip",  # compressed sitemaps
        "application/rdf+xml",
        "application/rss+xml",
        "application/x-gzip",
        "application/xhtml+xml",
        "application/xml",
    }
)


class HttpFetcher:
    """Fetches over HTTP; use it as a context manager, or `close` it.

    Args:
        allow_private: whether hosts in private networks may be asked.
        pause: seconds between two requests to one host, at the least.
        max_bytes: how big a page may be, decompressed.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        pause: float = PAUSE_SECONDS,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._allow_private = allow_private
        self._max_bytes = max_bytes
        self._turns = _Turns(pause)
        self._robots = Robots(self._rules)
        # No proxies or passwords from the environment: the address check below must see the
        # host itself.
        self._client = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept": ACCEPT},
            timeout=STEP_SECONDS,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def get(self, url: str) -> Page:
        """The page at `url`.

        Raises:
            FetchFailed: robots.txt or the host forbids it, the host is private, it takes too
                long, is too big, no text, empty, or only a bot wall.
        """
        page = self._follow(url, obey=True)
        try:
            _check_answer(url, page)
        except FetchFailed as error:
            error.pages = (page,)
            raise
        return page

    def _rules(self, url: str) -> tuple[int, bytes]:
        page = self._follow(url, obey=False)
        return page.status, page.content

    def _follow(self, url: str, *, obey: bool) -> Page:
        address = url
        deadline = time.monotonic() + TOTAL_SECONDS
        for _ in range(MAX_REDIRECTS + 1):
            self._check_address(address)
            delay = self._robots.check(address) if obey else 0.0
            with self._turns.at(urlsplit(address).netloc, delay):
                page = self._request(address, deadline)
            target = page.headers.get("location")
            if not (httpx.codes.is_redirect(page.status) and target):
                return page
            try:
                address = urljoin(address, target)
            except ValueError as error:
                raise FetchFailed(url, f"redirects to no address ({error})") from error
        raise FetchFailed(url, f"redirects more than {MAX_REDIRECTS} times")

    def _check_address(self, url: str) -> None:
        check(url)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchFailed(url, "is no http or https address", "Correct the address.")
        if self._allow_private:
            return
        try:
            found = socket.getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchFailed(url, f"host not found ({error})", transient=True) from error
        for *_, address in found:
            _refuse_private(url, str(address[0]))

    def _request(self, url: str, deadline: float) -> Page:
        try:
            with self._client.stream("GET", url) as response:
                self._check_peer(url, response)
                content = self._body(url, response, deadline)
                return Page(
                    url=url,
                    content=content,
                    content_type=response.headers.get("content-type", ""),
                    status=response.status_code,
                    fetched=datetime.now(UTC),
                    headers={key.lower(): value for key, value in response.headers.items()},
                )
        except httpx.InvalidURL as error:
            raise FetchFailed(url, f"is no address ({error})", "Correct the address.") from error
        except httpx.HTTPError as error:
            transient = isinstance(error, httpx.TransportError)
            problem = str(error) or type(error).__name__
            raise FetchFailed(url, problem, transient=transient) from error

    def _check_peer(self, url: str, response: httpx.Response) -> None:
        """The host that in fact answered: its name may have been given two addresses."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream else None
        if peer and not self._allow_private:
            _refuse_private(url, str(peer[0]))

    def _body(self, url: str, response: httpx.Response, deadline: float) -> bytes:
        parts = bytearray()
        for part in response.iter_bytes():
            parts += part
            if len(parts) > self._max_bytes:
                raise FetchFailed(url, f"is bigger than {self._max_bytes} bytes")
            if time.monotonic() > deadline:
                raise FetchFailed(url, f"takes longer than {TOTAL_SECONDS:.0f} s", transient=True)
        return bytes(parts)


class _Turns:
    """One request at a time to a host, with a pause between two."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._free: dict[str, float] = {}
        self._hosts: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    @contextmanager
    def at(self, host: str, delay: float) -> Iterator[None]:
        with self._lock:
            turn = self._hosts.setdefault(host, threading.Lock())
        with turn:
            wait = self._free.get(host, 0.0) - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + max(self._pause, delay)


def _check_answer(url: str, page: Page) -> None:
    """Refuse an answer that is no page of text."""
    if page.status != httpx.codes.OK:
        raise FetchFailed(url, f"answered {page.status}", transient=page.status in TRANSIENT)
    kind = page.content_type.partition(";")[0].strip().lower()
    if not kind.startswith("text/") and kind not in TEXT_TYPES:
        raise FetchFailed(url, f"is {kind}, not a page", "Correct the address.")
    if not page.content.strip():
        raise FetchFailed(url, "answered with an empty page", transient=True)
    refuse_wall(page)


def _refuse_private(url: str, address: str) -> None:
    if not ipaddress.ip_address(address.partition("%")[0]).is_global:
        raise FetchFailed(
            url,
            f"the host has the private address {address}",
            "Use a folder source for pages of your own network.",
        )
