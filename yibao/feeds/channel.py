"""Which feeds there are, what each holds, and where everything stands on the web."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from yibao.feeds.admission import latest, newest_first
from yibao.feeds.entry import Entry
from yibao.feeds.labels import labels
from yibao.languages import Language, language
from yibao.newsroom import Feed, House, Newsroom

FRONT_PAGE = "index.html"
OPML_PATH = "feeds.opml"
STYLE_PATH = "style.css"
MEDIA_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
FORMAT_NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed: all of a language, or one of its sections.

    Attributes:
        house: whose it is.
        language: of everything in it.
        section: key of the section; empty for the whole language.
        title, description: in its language.
        formats: which files are written.
        entries: what it holds, newest first.
    """

    house: House
    language: Language
    section: str
    title: str
    description: str
    formats: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        """The feed's id for ever, a tag: URI."""
        part = f":{self.section}" if self.section else ""
        return f"tag:{self.house.authority}:feed:{self.language.code}{part}"

    def path(self, form: str) -> str:
        """The feed's file relative to outputs/.

        Sections stand in a folder of their own, so that no section's key can ever meet the name
        of another file.
        """
        name = f"sections/{self.section}" if self.section else "feed"
        return f"{self.language.code}/{name}.{form}"

    @property
    def page(self) -> str:
        """Its HTML page relative to outputs/."""
        return self.path("html") if self.section else f"{self.language.code}/index.html"

    @property
    def updated(self) -> datetime:
        """When the youngest entry changed; the house's own date while there is none."""
        return max((entry.updated for entry in self.entries), default=founded(self.house))


@dataclass(frozen=True, slots=True)
class Edition:
    """All that is published in one language.

    Attributes:
        language: of the edition.
        whole: the feed of the language.
        sections: a feed per section, in the order of newsroom.yaml.
        entries: every entry, newest first.
        names: of all sections, by key.
    """

    language: Language
    whole: Channel
    sections: tuple[Channel, ...]
    entries: tuple[Entry, ...]
    names: Mapping[str, str]

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every feed of the edition, that of the whole language first."""
        return (self.whole, *self.sections)

    @property
    def years(self) -> dict[int, tuple[Entry, ...]]:
        """The entries by year of publication, newest year first.

        It is the year that readers see, in the newsroom's zone; the address of an entry has the
        UTC year. The year pages are those of both, so that every folder of entries has one.
        """
        zone = self.whole.house.zone
        years: dict[int, list[Entry]] = {}
        for entry in self.entries:
            years.setdefault(entry.published.astimezone(zone).year, []).append(entry)
            years.setdefault(entry.published.year, [])
        return {year: tuple(years[year]) for year in sorted(years, reverse=True)}


@dataclass(frozen=True, slots=True)
class Wire:
    """Every edition of the house, and how their entries belong together.

    Attributes:
        house: whose it is.
        editions: by language code, in the order of newsroom.yaml.
    """

    house: House
    editions: Mapping[str, Edition]
    _by_uuid: Mapping[str, tuple[Entry, ...]]

    def siblings(self, entry: Entry) -> tuple[Entry, ...]:
        """The same article in the house's other languages, withdrawn ones left out."""
        return tuple(
            each
            for each in self._by_uuid[entry.uuid]
            if each.language != entry.language and not each.withdrawn
        )

    def counterparts(self, channel: Channel) -> tuple[Channel, ...]:
        """The same feed in the other languages."""
        return tuple(
            each
            for edition in self.editions.values()
            for each in edition.channels
            if each.section == channel.section and each.language != channel.language
        )


def wire(newsroom: Newsroom, entries: Mapping[str, Sequence[Entry]]) -> Wire:
    """The editions that newsroom.yaml declares.

    Args:
        newsroom: newsroom.yaml.
        entries: admitted entries by language.
    """
    editions = {
        code: _edition(newsroom, code, feed, entries.get(code, ()))
        for code, feed in newsroom.feeds.items()
    }
    by_uuid: dict[str, tuple[Entry, ...]] = {}
    for edition in editions.values():
        for entry in edition.entries:
            by_uuid[entry.uuid] = (*by_uuid.get(entry.uuid, ()), entry)
    return Wire(newsroom.newsroom, editions, by_uuid)


def address(house: House, path: str) -> str:
    """The public address of a file under outputs/; a folder's index goes by the folder."""
    return house.base_url + path.removesuffix("index.html")


def founded(house: House) -> datetime:
    """The date in the house's authority, the one time that is older than every entry."""
    year, month, day = (*map(int, house.authority.partition(",")[2].split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)


def _edition(newsroom: Newsroom, code: str, feed: Feed, entries: Sequence[Entry]) -> Edition:
    names = {key: name.get(code, key) for key, name in newsroom.sections.items()}
    carried = feed.sections or tuple(names)
    about = feed.description or feed.title

    def channel(section: str, held: Sequence[Entry]) -> Channel:
        return Channel(
            newsroom.newsroom,
            language(code),
            section,
            f"{feed.title} · {names[section]}" if section else feed.title,
            f"{about}{labels(code).colon}{names[section]}" if section else about,
            feed.formats,
            tuple(latest(held, feed.entries)),
        )

    # An entry without a section belongs to the language's own feed whatever sections that carries.
    whole = [e for e in entries if not feed.sections or e.section in {*carried, ""}]
    return Edition(
        language(code),
        channel("", whole),
        tuple(channel(key, [e for e in entries if e.section == key]) for key in carried),
        tuple(newest_first(entries)),
        names,
    )
