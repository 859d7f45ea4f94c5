"""Saved pages, answered for the addresses they came from."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, unquote, urlsplit

from yibao.errors import FetchFailed
from yibao.sources.address import check
from yibao.sources.page import MAX_BYTES, Page
from yibao.sources.walls import refuse_wall

SUFFIXES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".xml": "text/xml",
    ".txt": "text/plain",
}
ARTICLE_SUFFIXES = (".html", ".htm", ".shtml")
INDEXES = ("index.html", "index.htm", "index.shtml")


class _Saved:
    """What holds nothing open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close."""


class FolderFetcher(_Saved):
    """Saved pages under a folder.

    Args:
        root: the folder.
        url: the public address of that folder; a missing slash at its end is added.
    """

    def __init__(self, root: Path, url: str) -> None:
        self.root = root.resolve()
        self.url = url if url.endswith("/") else f"{url}/"

    def get(self, url: str) -> Page:
        """The saved page for an address.

        Raises:
            FetchFailed: the address is not below the base address, leaves the folder, or there
                is no such file, or it is empty, too big or a bot wall.
        """
        return _read(self._path(url), url)

    def urls(self) -> list[str]:
        """Addresses of all saved pages but index pages, sorted by path."""
        found = [
            path.relative_to(self.root).as_posix()
            for path in self.root.rglob("*")
            if path.suffix.lower() in ARTICLE_SUFFIXES
            and path.name.lower() not in INDEXES
            and path.is_file()
        ]
        return [self.url + quote(path) for path in sorted(found)]

    def _path(self, url: str) -> Path:
        check(url)
        if not url.startswith(self.url):
            raise FetchFailed(url, f"is not below {self.url}", "Correct the source's `url`.")
        relative = unquote(re.split(r"[?#]", url[len(self.url) :])[0])
        if "\0" in relative:
            raise FetchFailed(url, "is no path", "Correct the address.")
        path = (self.root / relative.lstrip("/")).resolve()
        if not path.is_relative_to(self.root):
            raise FetchFailed(url, "leads out of the folder of saved pages", "Correct the address.")
        if path.is_dir():
            return next((path / name for name in INDEXES if (path / name).is_file()), path)
        return path


class SavedPageFetcher(_Saved):
    """One saved page; the article's later pages are looked for beside it, by their names.

    Args:
        path: the file.
        url: the page's public address; the file's own if empty.
    """

    def __init__(self, path: Path, url: str = "") -> None:
        self.path = path.resolve()
        self.url = url or self.path.as_uri()

    def get(self, url: str) -> Page:
        """The saved page, or the one beside it that has the address's last name.

        Raises:
            FetchFailed: there is no such file, or it is empty, too big or a bot wall.
        """
        check(url)
        if url == self.url:
            return _read(self.path, url)
        name = unquote(urlsplit(url).path).rpartition("/")[2]
        if not name or "\0" in name or name in {".", ".."}:
            raise FetchFailed(url, "is not among the saved pages", "Save that page too.")
        return _read(self.path.with_name(name), url)


def _read(path: Path, url: str) -> Page:
    try:
        size, saved = path.stat().st_size, path.stat().st_mtime
        if size > MAX_BYTES:
            raise FetchFailed(
                url, f"{size} bytes are more than the {MAX_BYTES} allowed", "Save the text alone."
            )
        content = path.read_bytes()
    except OSError as error:
        problem = f"no readable saved page {path.name} ({error.strerror})"
        raise FetchFailed(url, problem, "Save the page, or correct the address.") from error
    if not content.strip():
        raise FetchFailed(url, "the saved page is empty", "Save the page again.")
    page = Page(
        url=url,
        content=content,
        content_type=SUFFIXES.get(path.suffix.lower(), "application/octet-stream"),
        status=200,
        fetched=datetime.fromtimestamp(saved, UTC),
    )
    try:
        refuse_wall(page)
    except FetchFailed as error:
        error.pages = (page,)
        raise
    return page
