"""Errors of the library: what happened, where, and what to do about it.

YibaoError                .where .detail .remedy
  ConfigError             newsroom.yaml, a site file or a setting cannot be used
  SourceError             .where is the URL or path
    FetchFailed           the page could not be had
    PageUnreadable        bytes that are no text in any encoding we know, or no HTML
    NotAnArticle          a page, but no article could be read from it
  GlossaryError           .where is FILE:LINE
  ModelError              .where is the package or the language pair
    PackageMissing        no installed package for a language pair
    PackageCorrupt        a package that cannot be read or loaded
  DeskError
    NotAllowed            the role or the state forbids the action
    StaleEdit             somebody saved another version in the meantime
    NotFound              no such article, translation or segment
  PublishError            .where is the path under outputs/

Every error is built from positional arguments alone, so that it survives pickling (Prefect
sends errors between processes); what is set later goes along as an attribute.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol


class YibaoError(Exception):
    """Base of every error that Yibao raises on purpose.

    Args:
        where: the file, FILE:LINE, URL, entry or id concerned.
        detail: what exactly was wrong there.
        remedy: what to do about it; the class has a default.
    """

    message = "something went wrong"
    remedy = ""

    def __init__(self, where: str = "", detail: str = "", remedy: str = "") -> None:
        super().__init__(where, detail, remedy)
        self.where = where
        self.detail = detail
        self.remedy = remedy or type(self).remedy

    def __str__(self) -> str:
        what = f"{self.message}: {self.detail}" if self.detail else self.message
        said = f"{self.where}: {what}" if self.where else what
        return f"{said}. {self.remedy}" if self.remedy else said


class ConfigError(YibaoError):
    """A configuration file has a wrong key or value."""

    message = "configuration cannot be used"
    remedy = "Correct the file and run again; docs/settings.md describes every key."


class FetchedPage(Protocol):
    """A page as it was fetched; `yibao.sources.Page` is one."""

    @property
    def url(self) -> str:
        """The address that answered."""

    @property
    def content(self) -> bytes:
        """The body, byte for byte."""

    @property
    def content_type(self) -> str:
        """The Content-Type header."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def fetched(self) -> datetime:
        """When, with zone."""

    @property
    def headers(self) -> Mapping[str, str]:
        """The answer's headers."""


class SourceError(YibaoError):
    """Something about one page of a source; never stops a run.

    Attributes:
        pages: what was fetched before it failed; whoever has it sets it.
    """

    message = "source page failed"
    pages: tuple[FetchedPage, ...] = ()


class FetchFailed(SourceError):
    """The page could not be had: network, status, robots, size or a bot wall.

    Args:
        where, detail, remedy: as for every error.
        transient: whether the same request may well succeed soon (time-out, 429, 5xx).
    """

    message = "could not fetch"
    remedy = "The next run tries again; check the address if it keeps failing."

    def __init__(
        self, where: str = "", detail: str = "", remedy: str = "", *, transient: bool = False
    ) -> None:
        super().__init__(where, detail, remedy)
        self.transient = transient


class PageUnreadable(SourceError):
    """The bytes are not HTML, or not text in any encoding we know."""

    message = "page is not readable"
    remedy = "Save the page as HTML, or correct the address."


class NotAnArticle(SourceError):
    """A page without an article body: a list, an empty shell, a challenge page."""

    message = "no article found on the page"
    remedy = "Look at the page; a site file in yibao/sources/sites can name its selectors."


class GlossaryError(YibaoError):
    """A row of a glossary file is broken."""

    message = "glossary entry cannot be used"
    remedy = "Correct the row; glossaries/README.md describes the columns."


class ModelError(YibaoError):
    """Something about a translation package."""

    message = "translation package failed"


class PackageMissing(ModelError):
    """No installed package translates this pair of languages."""

    message = "no translation package"
    remedy = "Run `yibao models install`."


class PackageCorrupt(ModelError):
    """The package cannot be read, or its model cannot be loaded."""

    message = "translation package is damaged"
    remedy = "Delete it and run `yibao models install` again."


class DeskError(YibaoError):
    """The review desk or its store refused something."""

    message = "the desk refused"


class NotAllowed(DeskError):
    """The person's role, or the state of the translation, forbids the action."""

    message = "not allowed"


class StaleEdit(DeskError):
    """Somebody else saved a newer version in the meantime; nothing was overwritten.

    Args:
        where, detail, remedy: as for every error.
        mine: the text that was refused.
        theirs: the text that stands.
        base: the text that both began with.
        version: of what stands; saving again on it is accepted.
    """

    message = "somebody saved a newer version"
    remedy = "Compare both versions and save again."

    def __init__(  # noqa: PLR0913, PLR0917  # positional, so that it pickles
        self,
        where: str = "",
        detail: str = "",
        remedy: str = "",
        mine: str = "",
        theirs: str = "",
        base: str = "",
        version: int = 0,
    ) -> None:
        super().__init__(where, detail, remedy)
        self.mine = mine
        self.theirs = theirs
        self.base = base
        self.version = version


class NotFound(DeskError):
    """No such article, translation or segment."""

    message = "not found"


class PublishError(YibaoError):
    """Publication stopped; what was published before is untouched."""

    message = "could not publish"
    remedy = "What was published before still stands; mend the cause and publish again."
