"""What is published: an approved revision with its permanent id, and what publishing did."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from yibao.article import Article
from yibao.errors import PublishError


@dataclass(frozen=True, slots=True)
class Entry:
    """An approved revision as it stands in the feeds of one language.

    Attributes:
        uuid: of the source article; the same in every language it is published in.
        language: code of the language the entry is written in.
        article: the approved text, in `language`; its `published` and `modified` are those of
            the original.
        source_language: code of the language it was translated from.
        source_url: where the source published it, absolute.
        source_title: headline of the source article.
        source_name: the organ that published it, as readers know it.
        section: key of a section in newsroom.yaml; empty for none.
        published: when the entry was first published, with zone; never changes.
        updated: when what subscribers see last changed, with zone.
        translator: names of those who answer for the translation, separated by ", ".
        reviewer: name of the person who approved it.
        machine_assisted: whether a machine draft was the start of the translation.
        correction: notes for readers, a line each, oldest first, each beginning with its date
            ("2026-11-22: …"): what a correction changed; last, why the entry was withdrawn.
        withdrawn: whether its text is replaced by a notice.
    """

    uuid: str
    language: str
    article: Article
    source_language: str
    source_url: str
    source_title: str
    source_name: str
    section: str
    published: datetime
    updated: datetime
    translator: str
    reviewer: str
    machine_assisted: bool
    correction: str = ""
    withdrawn: bool = False

    def id(self, authority: str) -> str:
        """The entry's id for ever, a tag: URI (RFC 4151).

        Args:
            authority: "domain,year" of newsroom.yaml.
        """
        return f"tag:{authority}:{self.uuid}:{self.language}"

    @property
    def translators(self) -> tuple[str, ...]:
        """Those who answer for the translation, one by one."""
        return tuple(filter(None, map(str.strip, self.translator.split(", "))))

    @property
    def original_published(self) -> datetime | None:
        """When the source published the original, in the zone it states; None if it does not."""
        return self.article.published

    @property
    def path(self) -> str:
        """Its page, relative to outputs/.

        Made of what never changes: language, UTC year of first publication, uuid.
        """
        return f"{self.language}/{self.published.astimezone(UTC).year}/{self.uuid}.html"


def seconds(moment: datetime) -> str:
    """A time in UTC as ISO 8601, to the second: what most formats and their readers know."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did to outputs/.

    Attributes:
        written: files that are new or have changed.
        unchanged: files that were left alone, byte for byte and in their time.
        removed: files of an earlier publication that no longer belong.
        feeds: the feed files, whether changed or not.
        refused: entries that were left out, each with the reason; a page that stood for one
            stays as it was.
    """

    written: int
    unchanged: int
    removed: int
    feeds: tuple[Path, ...] = ()
    refused: tuple[tuple[Entry, PublishError], ...] = ()
