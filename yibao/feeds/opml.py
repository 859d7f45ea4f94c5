"""OPML 2.0 (http://opml.org/spec2.opml): every feed of the house in one file to subscribe to."""

from email.utils import format_datetime

from lxml import etree  # type: ignore[import-untyped]

from yibao.feeds.channel import Channel, Wire, address


def opml(wire: Wire) -> bytes:
    """The feeds by language, one outline each in the first format it is written in, UTF-8."""
    house = wire.house
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = house.name
    updated = [edition.whole.updated for edition in wire.editions.values()]
    if updated:
        etree.SubElement(head, "dateModified").text = format_datetime(max(updated))
    etree.SubElement(head, "ownerName").text = house.name
    body = etree.SubElement(root, "body")
    for edition in wire.editions.values():
        group = etree.SubElement(body, "outline", text=edition.language.endonym)
        for channel in edition.channels:
            if channel.formats:
                group.append(_outline(channel))
    return bytes(etree.tostring(root, pretty_print=True, encoding="utf-8", xml_declaration=True))


def _outline(channel: Channel) -> etree._Element:
    form = channel.formats[0]
    return etree.Element(
        "outline",
        {
            "type": "rss",  # of every kind of feed, by convention
            "text": channel.title,
            "title": channel.title,
            "description": channel.description,
            "language": channel.language.tag,
            # The specification knows versions of RSS only.
            **({"version": "RSS2"} if form == "rss" else {}),
            "xmlUrl": address(channel.house, channel.path(form)),
            "htmlUrl": address(channel.house, channel.page),
        },
    )
