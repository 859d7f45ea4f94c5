"""A fetched page, and what can fetch one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """What a place answered, byte for byte.

    Attributes:
        url: the address that answered, after redirects.
        content: the raw bytes of the body, after any transfer compression was undone.
        content_type: the Content-Type header, or what the file's name says.
        status: the HTTP status; 200 for a file.
        fetched: when, in UTC; of a saved page, when it was saved.
        headers: the answer's headers, names in lower case.
    """

    url: str
    content: bytes
    content_type: str
    status: int
    fetched: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


class Fetcher(Protocol):
    """Anything that can turn an address into a page; a context manager, closed at its end."""

    def get(self, url: str) -> Page:
        """The page at `url`.

        Raises:
            FetchFailed: it could not be had.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
