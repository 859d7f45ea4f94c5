"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from yibao.feeds.channel import Channel, Wire, address
from yibao.feeds.content import authors, feed_body, headline, pictures, source_name, summary
from yibao.feeds.entry import Entry, seconds
from yibao.feeds.notes import corrections, withdrawal
from yibao.languages import language


def json_feed(channel: Channel, wire: Wire) -> bytes:
    """The feed as JSON, UTF-8; what JSON Feed has no word for stands under `_yibao`."""
    house = channel.house
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": address(house, channel.page),
        "feed_url": address(house, channel.path("json")),
        "description": channel.description,
        "authors": [{"name": house.name, "url": house.base_url}],
        "language": channel.language.tag,
        "items": [_item(entry, wire) for entry in channel.entries],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry, wire: Wire) -> dict[str, Any]:
    house = wire.house
    images = pictures(entry)
    names = wire.editions[entry.language].names
    item: dict[str, Any] = {
        "id": entry.id(house.authority),
        "url": address(house, entry.path),
        "external_url": entry.source_url,
        "title": headline(entry),
        "content_html": feed_body(entry, house.zone),
        "summary": summary(entry),
        "image": images[0].image if images else "",
        "date_published": seconds(entry.published),
        "date_modified": seconds(entry.updated),
        "authors": [{"name": name} for name in authors(entry)],
        "tags": [names.get(entry.section, entry.section)] if entry.section else [],
        "language": language(entry.language).tag,
        "_yibao": _credits(entry, wire),
    }
    return _filled(item)


def _credits(entry: Entry, wire: Wire) -> dict[str, Any]:
    house = wire.house
    published = entry.original_published
    given = {
        "section": entry.section,
        "source": _filled(
            {
                "name": source_name(entry),
                "title": entry.source_title,
                "url": entry.source_url,
                "language": language(entry.source_language).tag,
                "date_published": seconds(published) if published else "",
            }
        ),
        "translator": entry.translator,
        "reviewer": entry.reviewer,
        "machine_assisted": entry.machine_assisted,
        "rights": entry.article.rights,
        "images": [
            _filled({"url": f.image, "alt": f.alt, "caption": f.caption, "credit": f.credit})
            for f in pictures(entry)
        ],
        "translations": [
            {
                "id": other.id(house.authority),
                "url": address(house, other.path),
                "language": language(other.language).tag,
            }
            for other in wire.siblings(entry)
        ],
        "correction": "\n".join(map(str, corrections(entry, house.zone))),
        "withdrawn": entry.withdrawn,
        "withdrawal": withdrawal(entry, house.zone),
    }
    return _filled(given)


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    """The record without empty texts and lists; false is a value."""
    return {key: value for key, value in record.items() if value not in ("", [], {})}
