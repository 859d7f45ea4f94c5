"""What a page says of its article in structured form: JSON-LD, Open Graph, meta elements."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

from yibao.sources.address import joined
from yibao.sources.bylines import names
from yibao.sources.dates import parse_time
from yibao.sources.passages import clean

ARTICLE_TYPES = ("Article", "NewsArticle", "BlogPosting", "Report", "Posting", "Review")
TITLE_KEYS = ("og:title", "twitter:title", "articletitle")
PUBLISHED_KEYS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_time",
    "publishtime",
    "publish-date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "sailthru.date",
    "weibo: article:create_at",
    "date",
)
MODIFIED_KEYS = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
AUTHOR_KEYS = ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author")
SOURCE_KEYS = ("contentsource", "source", "mediaid", "og:site_name")
SECTION_KEYS = ("columnname", "article:section")
DESCRIPTION_KEYS = ("description", "og:description")
# Some editors' title fields keep the line break of a headline as an element.
MARKUP = re.compile(r"</?[a-z][^<>]{0,60}>", re.IGNORECASE)
MAX_SCRIPT = 500_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """The structured data of a page; empty fields are those it does not have.

    Attributes:
        title: as structured data give it, perhaps with the site's name.
        window: the `<title>`.
        marked: whether the page declares itself an article.
    """

    title: str = ""
    window: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    source: str = ""
    section: str = ""
    description: str = ""
    canonical: str = ""
    language: str = ""
    marked: bool = False


def read_metadata(soup: BeautifulSoup, url: str, zone: tzinfo) -> Metadata:
    """The structured data of a page at an address; times without a zone are in `zone`."""
    metas = _metas(soup)
    linked = _article_record(soup)
    window = soup.find("title")
    root = soup.find("html")

    def first(*keys: str) -> str:
        return next((metas[key] for key in keys if metas.get(key)), "")

    def time(key: str, *keys: str) -> datetime | None:
        given = [_text(linked.get(key)), *(metas.get(each, "") for each in keys)]
        return next((when for each in given if each and (when := parse_time(each, zone))), None)

    return Metadata(
        title=MARKUP.sub("", _text(linked.get("headline")) or first(*TITLE_KEYS)),
        window=clean(window.get_text()) if window else "",
        published=time("datePublished", *PUBLISHED_KEYS),
        modified=time("dateModified", *MODIFIED_KEYS),
        authors=_authors(linked.get("author")) or names(first(*AUTHOR_KEYS)),
        source=_text(linked.get("publisher")) or first(*SOURCE_KEYS),
        section=_text(linked.get("articleSection")) or first(*SECTION_KEYS),
        description=_text(linked.get("description")) or first(*DESCRIPTION_KEYS),
        canonical=_canonical(soup, url),
        marked=bool(linked) or metas.get("og:type") == "article",
        language=str(root.get("lang") or "").lower()[:2] if root else "",
    )


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    """Meta elements by lower-case name, property or itemprop; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        value = clean(str(meta.get("content") or ""))
        for attribute in ("property", "name", "itemprop"):
            key = str(meta.get(attribute) or "").strip().lower()
            if key and value:
                metas.setdefault(key, value)
    return metas


def _article_record(soup: BeautifulSoup) -> Mapping[str, Any]:
    for script in soup.find_all("script", type="application/ld+json"):
        text = script.get_text()[:MAX_SCRIPT].strip()
        try:
            given = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for record in _records(given, depth=0):
            if _is_article(record):
                return record
    return {}


def _records(given: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 4:  # noqa: PLR2004  # a graph in a list in a graph, and no deeper
        return
    if isinstance(given, list):
        for each in given:
            yield from _records(each, depth + 1)
    elif isinstance(given, dict):
        yield given
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _records(given.get(key), depth + 1)


def _is_article(record: Mapping[str, Any]) -> bool:
    given = record.get("@type")
    types = given if isinstance(given, list) else [given]
    return any(isinstance(each, str) and each.endswith(ARTICLE_TYPES) for each in types)


def _text(given: Any) -> str:
    if isinstance(given, list):
        return _text(given[0]) if given else ""
    if isinstance(given, dict):
        return _text(given.get("name"))
    # Many a page escapes its structured data as if it were HTML.
    return clean(html.unescape(given)) if isinstance(given, str) else ""


def _authors(given: Any) -> tuple[str, ...]:
    each = given if isinstance(given, list) else [given]
    found = [name for one in each for name in names(_text(one))]
    return tuple(dict.fromkeys(found))


def _canonical(soup: BeautifulSoup, url: str) -> str:
    link = soup.find("link", rel="canonical")
    target = str(link.get("href") or "").strip() if link else ""
    address = joined(url, target)
    own = urlsplit(address)
    # A canonical that names the front page says nothing of the article.
    return address if own.scheme in {"http", "https"} and own.path.strip("/") else ""
