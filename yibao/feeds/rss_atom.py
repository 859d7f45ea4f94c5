"""RSS 2.0 and Atom 1.0, made by feedgen and put right by our extension."""

from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

from yibao.feeds.channel import MEDIA_TYPES, Channel, Wire, address
from yibao.feeds.content import authors, feed_body, headline, source_name, summary
from yibao.feeds.entry import Entry
from yibao.feeds.notes import corrections
from yibao.feeds.repair import Link, RepairEntry, RepairFeed
from yibao.languages import language

MINUTES_BETWEEN_POLLS = 15


def rss(channel: Channel, wire: Wire) -> bytes:
    """The feed as RSS 2.0, UTF-8."""
    made: bytes = _generator(channel, wire, "rss").rss_str(pretty=True, encoding="utf-8")
    return made


def atom(channel: Channel, wire: Wire) -> bytes:
    """The feed as Atom 1.0, UTF-8."""
    made: bytes = _generator(channel, wire, "atom").atom_str(pretty=True, encoding="utf-8")
    return made


def _generator(channel: Channel, wire: Wire, form: str) -> FeedGenerator:
    house = channel.house
    feed = FeedGenerator()
    feed.register_extension("repair", RepairFeed, RepairEntry)
    feed.repair.channel = channel
    feed.repair.links = _feed_links(channel, wire, form)
    feed.id(channel.id)
    feed.title(channel.title)
    feed.description(channel.description)
    feed.subtitle(channel.description)
    feed.link(href=address(house, channel.page))
    feed.language(channel.language.tag)
    feed.author(name=house.name, uri=house.base_url)
    feed.generator("Yibao")
    feed.updated(channel.updated)
    feed.lastBuildDate(channel.updated)
    feed.ttl(MINUTES_BETWEEN_POLLS)
    for entry in channel.entries:
        _add(feed, entry, wire)
    return feed


def _feed_links(channel: Channel, wire: Wire, form: str) -> list[Link]:
    house, kind = channel.house, MEDIA_TYPES[form]
    own: Link = {"rel": "self", "type": kind, "href": address(house, channel.path(form))}
    return [
        own,
        *(
            {
                "rel": "related",
                "type": kind,
                "hreflang": other.language.tag,
                "href": address(house, other.path(form)),
            }
            for other in wire.counterparts(channel)
            if form in other.formats
        ),
    ]


def _add(feed: FeedGenerator, entry: Entry, wire: Wire) -> None:
    house = wire.house
    page = address(house, entry.path)
    made = feed.add_entry(order="append")
    made.repair.entry = entry
    made.repair.page = page
    made.repair.links = [
        {
            "rel": "related",
            "type": "text/html",
            "hreflang": language(other.language).tag,
            "href": address(house, other.path),
        }
        for other in wire.siblings(entry)
    ]
    made.id(entry.id(house.authority))
    made.title(headline(entry))
    made.link(href=page)
    made.author([{"name": name} for name in authors(entry)])
    made.contributor(
        [{"name": name} for name in dict.fromkeys((*entry.translators, entry.reviewer)) if name]
    )
    made.published(entry.published.replace(microsecond=0))
    made.updated(entry.updated)
    # feedgen writes content:encoded only where there is a summary as well.
    made.summary(summary(entry) or headline(entry))
    made.content(feed_body(entry, house.zone), type="CDATA")
    made.source(url=entry.source_url, title=source_name(entry))
    if entry.article.rights:
        made.rights(entry.article.rights)
    if entry.section:
        names = wire.editions[entry.language].names
        made.category(term=entry.section, label=names.get(entry.section, entry.section))
    for part, term in _marks(entry, wire):
        made.category(term=term, scheme=f"tag:{house.authority}:{part}")


def _marks(entry: Entry, wire: Wire) -> list[tuple[str, str]]:
    """What programs must know and neither format has an element for: kind and value."""
    held = {
        "withdrawn": entry.withdrawn,
        "corrected": bool(corrections(entry, wire.house.zone)),
        "machine-assisted": entry.machine_assisted,
    }
    return [
        *(("status", term) for term, holds in held.items() if holds),
        *(("translator", name) for name in entry.translators),
        *([("reviewer", entry.reviewer)] if entry.reviewer else []),
    ]
