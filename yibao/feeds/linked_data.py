"""An article as JSON-LD for search engines and aggregators (schema.org NewsArticle)."""

import json
from typing import Any

from yibao.feeds.channel import Wire, address
from yibao.feeds.content import headline, pictures, source_name, summary
from yibao.feeds.entry import Entry, seconds
from yibao.feeds.markup import Html, element
from yibao.feeds.notes import corrections
from yibao.languages import language


def news_article(entry: Entry, wire: Wire) -> Html:
    """The script element that describes an entry."""
    text = json.dumps(_record(entry, wire), ensure_ascii=False, indent=1)
    # "</script>" in a headline must not end the element.
    return element("script", Html(text.replace("<", "\\u003c")), type="application/ld+json")


def _record(entry: Entry, wire: Wire) -> dict[str, Any]:
    house, article = wire.house, entry.article
    page = address(house, entry.path)
    published = entry.original_published
    source = {
        "@type": "NewsArticle",
        "@id": entry.source_url,
        "url": entry.source_url,
        "headline": entry.source_title,
        "inLanguage": language(entry.source_language).tag,
        "datePublished": seconds(published) if published else "",
        "publisher": {"@type": "Organization", "name": source_name(entry)},
    }
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": page,
        "identifier": entry.id(house.authority),
        "mainEntityOfPage": page,
        "headline": headline(entry),
        "description": summary(entry),
        "inLanguage": language(entry.language).tag,
        "datePublished": seconds(entry.published),
        "dateModified": seconds(entry.updated),
        "articleSection": wire.editions[entry.language].names.get(entry.section, entry.section),
        "author": [_person(name) for name in article.authors]
        or {"@type": "Organization", "name": source_name(entry)},
        "translator": [_person(name) for name in entry.translators],
        "editor": _person(entry.reviewer),
        "publisher": {"@type": "NewsMediaOrganization", "name": house.name, "url": house.base_url},
        "image": [
            _filled(
                {
                    "@type": "ImageObject",
                    "url": figure.image,
                    "caption": figure.caption,
                    "creditText": figure.credit,
                }
            )
            for figure in pictures(entry)
        ],
        "isBasedOn": entry.source_url,
        "translationOfWork": _filled(source),
        "workTranslation": [
            {"@type": "NewsArticle", "@id": address(house, other.path)}
            for other in wire.siblings(entry)
        ],
        "copyrightNotice": article.rights,
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": note.day.isoformat(),
                "text": note.text,
            }
            for note in corrections(entry, house.zone)
        ],
        "creativeWorkStatus": "Withdrawn" if entry.withdrawn else "Published",
    }
    return _filled(record)


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name} if name else {}


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value}
