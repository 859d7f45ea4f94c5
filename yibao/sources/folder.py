"""A folder of saved pages, answered for addresses below a base address."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from yibao.errors import FetchFailed
from yibao.sources.page import MAX_BYTES, Page

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


class FolderFetcher:
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
                is no such file, or it is empty or too big.
        """
        path = self._path(url)
        try:
            size, saved = path.stat().st_size, path.stat().st_mtime
            if size > MAX_BYTES:
                raise FetchFailed(url, f"{size} bytes are more than {MAX_BYTES} allowed")
            content = path.read_bytes()
        except OSError as error:
            raise FetchFailed(
                url, f"no readable saved page {path.name} ({error.strerror})"
            ) from error
        if not content.strip():
            raise FetchFailed(url, "the saved page is empty", "Save the page again.")
        return Page(
            url=url,
            content=content,
            content_type=SUFFIXES.get(path.suffix.lower(), "application/octet-stream"),
            status=200,
            fetched=datetime.fromtimestamp(saved, UTC),
        )

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
        if not url.startswith(self.url):
            raise FetchFailed(url, f"is not below {self.url}", "Correct the source's `url`.")
        relative = unquote(urlsplit(url[len(self.url) :]).path)
        if "\0" in relative:
            raise FetchFailed(url, "is no path", "Correct the address.")
        path = (self.root / relative.lstrip("/")).resolve()
        if not path.is_relative_to(self.root):
            raise FetchFailed(url, "leads out of the folder of saved pages", "Correct the address.")
        if path.is_dir():
            return next((path / name for name in INDEXES if (path / name).is_file()), path)
        return path
