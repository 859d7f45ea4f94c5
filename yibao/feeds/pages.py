"""HTML for people: a page per entry, an index per language, section and year, the front door."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from yibao.feeds.channel import FRONT_PAGE, Channel, Edition, Wire, address
from yibao.feeds.content import (
    authors,
    bylines,
    credit_lines,
    headline,
    notes,
    of_source,
    pictures,
    source_name,
    story,
    summary,
)
from yibao.feeds.entry import Entry, seconds
from yibao.feeds.labels import labels
from yibao.feeds.layout import (
    Page,
    all_feeds,
    alternates,
    document,
    feed_links,
    formats,
    laid_out,
    meta,
    relative,
)
from yibao.feeds.linked_data import news_article
from yibao.feeds.markup import NOTHING, Html, element, filled, joined
from yibao.languages import language

HEADLINES_AT_THE_FRONT = 5


def entry_page(entry: Entry, wire: Wire) -> bytes:
    """The page of one entry."""
    edition = wire.editions[entry.language]
    zone = wire.house.zone
    said = notes(entry, zone)
    body = element(
        "article",
        element(
            "header",
            _kicker(entry, edition),
            element("h1", headline(entry)),
            _standfirst(entry),
            _byline(entry, zone),
        ),
        element("aside", said, class_="note") if said else None,
        None if entry.withdrawn else element("div", story(entry), class_="story"),
        element(
            "footer",
            *(element("p", line) for line in credit_lines(entry)),
            class_="credit",
        ),
    )
    head = joined(
        meta(name="description", content=summary(entry)),
        *(meta(name="author", content=name) for name in authors(entry)),
        meta(property="og:type", content="article"),
        meta(property="og:title", content=headline(entry)),
        meta(property="og:description", content=summary(entry)),
        meta(property="og:url", content=address(wire.house, entry.path)),
        meta(property="og:site_name", content=edition.whole.title),
        meta(property="article:published_time", content=seconds(entry.published)),
        meta(property="article:modified_time", content=seconds(entry.updated)),
        *(meta(property="og:image", content=figure.image) for figure in pictures(entry)[:1]),
        meta(name="robots", content="noindex") if entry.withdrawn else None,
        news_article(entry, wire),
    )
    page = Page(
        edition,
        entry.path,
        f"{headline(entry)} | {edition.whole.title}",
        main=body,
        head=head,
        alternates={other.language: other.path for other in wire.siblings(entry)},
    )
    return laid_out(page, wire)


def channel_page(channel: Channel, wire: Wire) -> bytes:
    """What a feed holds, for people: the index of a language or of a section."""
    edition = wire.editions[channel.language.code]
    words = labels(edition.language.code)
    main = joined(
        element(
            "header",
            element("h1", channel.title),
            element("p", channel.description, class_="standfirst"),
        ),
        _listing(channel.entries, wire, channel.page) or element("p", words.empty),
        _years(edition, channel.page),
    )
    page = Page(
        edition,
        channel.page,
        channel.title,
        main=main,
        head=meta(name="description", content=channel.description),
        alternates={other.language.code: other.page for other in wire.counterparts(channel)},
        fallback="" if channel.section else FRONT_PAGE,
        channel=channel,
    )
    return laid_out(page, wire)


def year_page(edition: Edition, year: int, entries: Sequence[Entry], wire: Wire) -> bytes:
    """Every entry of a year; it stands in the folder that holds their pages."""
    words = labels(edition.language.code)
    path = year_path(edition, year)
    title = words.archive.format(year=year)
    main = joined(
        element("header", element("h1", title)),
        _listing(entries, wire, path) or element("p", words.empty),
    )
    return laid_out(Page(edition, path, f"{title} | {edition.whole.title}", main=main), wire)


def year_path(edition: Edition, year: int) -> str:
    """Where a year's page stands."""
    return f"{edition.language.code}/{year}/index.html"


def front_page(wire: Wire) -> bytes:
    """The door to all editions, each speaking its own language."""
    editions = list(wire.editions.values())
    main = joined(
        element("header", element("h1", wire.house.name)),
        element("div", *(_door(edition, wire) for edition in editions), class_="doors"),
    )
    foot = element(
        "footer", *(all_feeds(e.language, FRONT_PAGE) for e in editions), class_="colophon"
    )
    spoken = editions[0].language if editions else language("en")
    return document(
        spoken,
        FRONT_PAGE,
        wire.house.name,
        head=joined(
            element("link", rel="canonical", href=address(wire.house, FRONT_PAGE)),
            *alternates(wire, {e.language.code: e.whole.page for e in editions}, FRONT_PAGE),
            *(link for edition in editions for link in feed_links(edition.whole, FRONT_PAGE)),
        ),
        body=joined(element("main", main, id="content"), foot),
    )


def _door(edition: Edition, wire: Wire) -> Html:
    whole = edition.whole
    standing = [entry for entry in whole.entries if not entry.withdrawn]
    headlines = [
        element("li", element("a", headline(entry), href=entry.path), " ", _date(entry, wire))
        for entry in standing[:HEADLINES_AT_THE_FRONT]
    ]
    return element(
        "section",
        element("h2", element("a", whole.title, href=whole.page)),
        element("p", whole.description, class_="standfirst"),
        element("ul", *headlines)
        if headlines
        else element("p", labels(edition.language.code).empty),
        formats(whole, FRONT_PAGE),
        lang=edition.language.tag,
    )


def _kicker(entry: Entry, edition: Edition) -> Html | None:
    if not entry.section:
        return None
    name = edition.names.get(entry.section, entry.section)
    page = next((c.page for c in edition.sections if c.section == entry.section), None)
    shown = element("a", name, href=relative(page, entry.path)) if page else name
    return element("p", shown, class_="kicker")


def _standfirst(entry: Entry) -> Html | None:
    """The article's own summary; a page that shows the whole text needs no other."""
    text = "" if entry.withdrawn else entry.article.summary
    return element("p", text, class_="standfirst") if text else None


def _byline(entry: Entry, zone: ZoneInfo) -> Html:
    words = labels(entry.language)
    people = bylines(entry)
    original = entry.original_published
    published = _time(entry.published, words.moment, zone)
    updated = _time(entry.updated, words.moment, zone)
    return element(
        "p",
        element("span", people, class_="people") if people and not entry.withdrawn else None,
        element("span", of_source(source_name(entry), entry)),
        # The original's date is the one that its readers saw, in its own zone.
        element("span", words.original_published, " ", _time(original, words.day))
        if original
        else None,
        element("span", words.published, " ", published),
        element("span", words.updated, " ", updated) if updated != published else None,
        class_="byline",
    )


def _listing(entries: Sequence[Entry], wire: Wire, path: str) -> Html:
    if not entries:
        return NOTHING
    return element("ol", *(_teaser(entry, wire, path) for entry in entries), class_="listing")


def _teaser(entry: Entry, wire: Wire, path: str) -> Html:
    words = labels(entry.language)
    origin = filled(
        words.source_line,
        source=of_source(source_name(entry), entry),
        language=words.language_name(entry.source_language),
    )
    return element(
        "li",
        element("h2", element("a", headline(entry), href=relative(entry.path, path))),
        element("p", summary(entry)),
        element("p", element("span", origin), element("span", _date(entry, wire)), class_="byline"),
        class_="withdrawn" if entry.withdrawn else None,
    )


def _years(edition: Edition, path: str) -> Html | None:
    words = labels(edition.language.code)
    links = [
        element(
            "li",
            element(
                "a",
                words.archive.format(year=year),
                href=relative(year_path(edition, year), path),
            ),
        )
        for year in edition.years
    ]
    return element("ul", *links, class_="years") if links else None


def _date(entry: Entry, wire: Wire) -> Html:
    words = labels(entry.language)
    return _time(entry.published, words.day, wire.house.zone)


def _time(moment: datetime, say: Callable[[datetime], str], zone: ZoneInfo | None = None) -> Html:
    local = moment.astimezone(zone) if zone else moment
    return element("time", say(local), datetime=local.isoformat(timespec="seconds"))
