"""The extension that makes feedgen's output right.

feedgen 1.0.0 loses link attributes, takes the last link for the only one, writes `type="CDATA"`
and knows neither languages nor photo credits. Its hooks run last and may change anything, so one
pair of extensions puts all of it right without a fork; docs/partners.md says what comes out.
"""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime

import feedgen.entry  # type: ignore[import-untyped]
import feedgen.feed  # type: ignore[import-untyped]
from feedgen.ext.base import (  # type: ignore[import-untyped]
    BaseEntryExtension,
    BaseExtension,
)
from lxml import etree  # type: ignore[import-untyped]

from yibao.article import Figure
from yibao.feeds.channel import Channel, address
from yibao.feeds.content import authors, pictures, source_name
from yibao.feeds.entry import Entry, seconds
from yibao.languages import language

# feedgen formats dates by switching the whole process to the C locale and back, which breaks
# every other thread that writes Chinese meanwhile.
feedgen.feed.formatRFC2822 = feedgen.entry.formatRFC2822 = format_datetime

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
ATOM = "{http://www.w3.org/2005/Atom}"
DC = f"{{{NAMESPACES['dc']}}}"
DCTERMS = f"{{{NAMESPACES['dcterms']}}}"
MEDIA = f"{{{NAMESPACES['media']}}}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IMAGE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}

Link = Mapping[str, str]


class RepairFeed(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What a whole feed needs; `channel` and `links` are set before it is rendered.

    Attributes:
        channel: the feed.
        links: Atom links besides the alternate one to the feed's page.
    """

    channel: Channel
    links: Sequence[Link]

    def extend_ns(self) -> dict[str, str]:
        """Prefixes declared once, at the root."""
        return dict(NAMESPACES)

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """Language, the feed's own page, every link."""
        rss.set(XML_LANG, self.channel.language.tag)
        channel = rss[0]
        for wrong in channel.findall(f"{ATOM}link"):
            channel.remove(wrong)
        page = channel.find("link")
        page.text = address(self.channel.house, self.channel.page)
        for link in reversed(self.links):
            page.addnext(etree.Element(f"{ATOM}link", link))
        return rss

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Language and links."""
        tag = self.channel.language.tag
        feed.set(XML_LANG, tag)
        page = address(self.channel.house, self.channel.page)
        _relink(feed, [_page_link(page, tag), *self.links])
        return feed


class RepairEntry(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """What an entry needs; `entry`, `page` and `links` are set before it is rendered.

    Attributes:
        entry: the entry.
        page: address of its page.
        links: the same article in other languages.
    """

    entry: Entry
    page: str
    links: Sequence[Link]

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Link, people, language, rights, time of change, pictures."""
        item.find("link").text = self.page
        for link in self.links:
            etree.SubElement(item, f"{ATOM}link", link)
        for name in authors(self.entry):
            _sub(item, f"{DC}creator", name)
        for name in _contributors(self.entry):
            _sub(item, f"{DC}contributor", name)
        _sub(item, f"{DC}language", language(self.entry.language).tag)
        if self.entry.article.rights:
            _sub(item, f"{DC}rights", self.entry.article.rights)
        _add_original_date(item, self.entry)
        _sub(item, f"{DCTERMS}modified", seconds(self.entry.updated))
        _add_media(item, self.entry)
        return item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Language, links, type of the content, a complete source, pictures."""
        tag = language(self.entry.language).tag
        entry.set(XML_LANG, tag)
        via = {
            "rel": "via",
            "type": "text/html",
            "hreflang": language(self.entry.source_language).tag,
            "href": self.entry.source_url,
        }
        _relink(entry, [_page_link(self.page, tag), *self.links, via])
        entry.find("content").set("type", "html")
        _complete_source(entry.find("source"), self.entry)
        _add_original_date(entry, self.entry)
        _add_media(entry, self.entry)
        return entry


def _sub(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text


def _page_link(page: str, tag: str) -> Link:
    return {"rel": "alternate", "type": "text/html", "hreflang": tag, "href": page}


def _relink(parent: etree._Element, links: Sequence[Link]) -> None:
    """One block of links after `updated`, the own page first: every reader takes that one."""
    for wrong in parent.findall("link"):
        parent.remove(wrong)
    place = parent.find("updated")
    for link in reversed(links):
        place.addnext(etree.Element("link", link))


def _contributors(entry: Entry) -> list[str]:
    return list(dict.fromkeys(filter(None, (*entry.translators, entry.reviewer))))


def _complete_source(source: etree._Element, entry: Entry) -> None:
    """Title, id and time, which Atom requires of a source; feedgen wrote only title and link."""
    for part in list(source):
        source.remove(part)
    changed = entry.article.modified or entry.article.published or entry.published
    _sub(source, "id", entry.source_url)
    _sub(source, "title", source_name(entry))
    _sub(source, "updated", seconds(changed))
    etree.SubElement(source, "link", rel="alternate", href=entry.source_url)


def _add_original_date(parent: etree._Element, entry: Entry) -> None:
    if entry.original_published:
        _sub(parent, f"{DCTERMS}created", seconds(entry.original_published))


def _add_media(parent: etree._Element, entry: Entry) -> None:
    for figure in pictures(entry):
        content = etree.SubElement(parent, f"{MEDIA}content", url=figure.image, medium="image")
        kind = _image_type(figure)
        if kind:
            content.set("type", kind)
        text = figure.caption or figure.alt
        if text:
            described = etree.SubElement(content, f"{MEDIA}description", type="plain")
            described.text = text
        if figure.credit:
            _sub(content, f"{MEDIA}credit", figure.credit)


def _image_type(figure: Figure) -> str:
    path = figure.image.partition("#")[0].partition("?")[0]
    return IMAGE_TYPES.get(path.rpartition(".")[2].lower(), "")
