"""A source -> the addresses of its articles: feed, list page, sitemap, folder."""

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import struct_time
from typing import Any
from urllib.parse import urlsplit

import feedparser  # type: ignore[import-untyped]  # ships no types
from bs4 import BeautifulSoup, Tag

from yibao.errors import FetchFailed, NotAnArticle, PageUnreadable
from yibao.newsroom import Source
from yibao.sources.address import check, joined
from yibao.sources.dates import day_in, find_times
from yibao.sources.decode import decode
from yibao.sources.fetch import HttpFetcher
from yibao.sources.folder import FolderFetcher, SavedPageFetcher
from yibao.sources.identity import canonical_url
from yibao.sources.page import MAX_BYTES, Fetcher, Page
from yibao.sources.passages import parse, text_of
from yibao.sources.reading import is_later_page
from yibao.sources.site import ListPage, Site, find_site
from yibao.text.typography import HAN

MAX_SITEMAPS = 20
GZIP = b"\x1f\x8b"
TITLE_HAN, TITLE_WORDS = 7, 4
HAN_CHARACTER = re.compile(f"[{HAN}]")
PAGE_ENDING = re.compile(r"\.(?:s?html?|php|jsp|aspx?)$", re.IGNORECASE)
NO_ARTICLE = re.compile(
    r"/(?:index|list|about|contact|login)[^/]*/?$|/(?:tag|category|author|search|user|topic)s?/"
    r"|\.(?:jpg|png|gif|pdf|zip|mp4|docx?|xlsx?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """An address, and its day if that is known."""

    url: str
    day: date | None = None


def fetcher_for(source: Source, root: Path) -> Fetcher:
    """What fetches a source's pages.

    Args:
        source: the source.
        root: the newsroom's folder, which a `folder` is relative to.

    Raises:
        FetchFailed: the folder's public address is none, or has a login in it.
    """
    if source.folder is None:
        return HttpFetcher()
    check(source.url)
    # Without a public address the folder's own name stands for it, never the machine's path.
    url = source.url or f"file:///{source.folder.name}/"
    return FolderFetcher(root / source.folder, url)


def page_fetcher(place: str, url: str = "") -> tuple[Fetcher, str]:
    """What fetches one page, and the address to ask it for.

    Args:
        place: an http(s) address, or the path of a saved page.
        url: with a path: the page's public address; the file's own if empty.

    Raises:
        FetchFailed: an address is none, or has a user name or password in it.
    """
    if place.lower().startswith(("http://", "https://")):
        check(place)
        return HttpFetcher(), place
    check(url)
    saved = SavedPageFetcher(Path(place), url)
    return saved, saved.url


def discover(source: Source, fetcher: Fetcher) -> list[str]:
    """Addresses of all the articles that a source shows, newest first where days are known.

    Raises:
        FetchFailed: the feed, list page or sitemap could not be had, or the folder is missing.
        PageUnreadable: it is no feed or sitemap.
        NotAnArticle: a list page without links to articles.
        ConfigError: the source names an unknown site file.
    """
    if source.folder is not None:
        found = _in_folder(fetcher, source)
    elif source.feed:
        found = _in_feed(fetcher.get(source.feed))
    elif source.sitemap:
        found = _in_sitemaps(source.sitemap, fetcher)
    else:
        site = find_site(source.site) if source.site else find_site(source.list)
        found = _in_list(fetcher.get(source.list), site)
    return _newest(found)


def _newest(found: Iterable[_Found]) -> list[str]:
    """Without repetitions; the dated first, newest first; else in the order found."""
    known: dict[str, _Found] = {}
    for each in found:
        known.setdefault(canonical_url(each.url), each)
    ordered = sorted(known.values(), key=lambda each: each.day or date.min, reverse=True)
    return [each.url for each in ordered]


def _in_folder(fetcher: Fetcher, source: Source) -> list[_Found]:
    if not isinstance(fetcher, FolderFetcher):
        raise TypeError("a folder source is read by a FolderFetcher")
    if not fetcher.root.is_dir():
        raise FetchFailed(str(source.folder), "no such folder", "Create it, or correct the source.")
    urls = fetcher.urls()
    known = set(urls)
    return [_Found(url, day_in(url)) for url in urls if not _first_of(url, known)]


def _first_of(url: str, known: set[str]) -> bool:
    """Whether the folder holds the first page of what is a later page."""
    stem, dot, ending = url.rpartition(".")
    first = re.sub(r"[_-](?:p(?:age)?)?\d{1,2}$", "", stem) + dot + ending
    return first in known and is_later_page(url, first)


def _in_feed(page: Page) -> list[_Found]:
    headers = {"content-type": page.content_type, "content-location": page.url}
    # Bytes alone would be taken for the name of a file.
    parsed: Any = feedparser.parse(io.BytesIO(page.content), response_headers=headers)
    if not parsed.entries and not parsed.version:
        raise PageUnreadable(page.url, "is no feed", "Correct the source's `feed`.")
    return [
        _Found(address, _feed_day(entry))
        for entry in parsed.entries
        if (address := joined(page.url, str(entry.get("link") or "")))
    ]


def _feed_day(entry: Any) -> date | None:
    given = entry.get("published_parsed") or entry.get("updated_parsed")
    if not isinstance(given, struct_time):
        return None
    try:
        return date(given.tm_year, given.tm_mon, given.tm_mday)
    except ValueError:
        return None


def _in_list(page: Page, site: Site | None) -> list[_Found]:
    soup = parse(decode(page.content, page.content_type, where=page.url))
    rule = site.list if site else None
    found = list(_by_site(soup, page.url, rule)) if rule else []
    found = found or list(_by_links(soup, page.url))
    if not found:
        raise NotAnArticle(
            page.url, "the list page has no links to articles", "Name a site file with `list`."
        )
    return found


def _by_site(soup: BeautifulSoup, url: str, rule: ListPage) -> Iterator[_Found]:
    for selector in rule.item:
        for item in soup.select(selector):
            link = _first(item, rule.link)
            address = joined(url, str(link.get("href") or "")) if link else ""
            if address:
                day = _first(item, rule.date)
                yield _Found(address, _day(text_of(day)) if day else day_in(address))


def _by_links(soup: BeautifulSoup, url: str) -> Iterator[_Found]:
    """Links that read like headlines and lead to pages of the same host."""
    host = urlsplit(url).netloc
    for link in soup.find_all("a", href=True):
        address = joined(url, str(link["href"]))
        if (
            not address
            or urlsplit(address).netloc != host
            or canonical_url(address) == canonical_url(url)
        ):
            continue
        day = day_in(address)
        if _is_headline(text_of(link) or str(link.get("title") or "")) and _is_page(address, day):
            around = link.find_parent(["li", "tr", "dd", "dt"])
            yield _Found(address, day or (_day(text_of(around)) if around else None))


def _first(item: Tag, selectors: Iterable[str]) -> Tag | None:
    return next((found for each in selectors if (found := item.select_one(each))), None)


def _is_headline(text: str) -> bool:
    return len(HAN_CHARACTER.findall(text)) >= TITLE_HAN or len(text.split()) >= TITLE_WORDS


def _is_page(address: str, day: date | None) -> bool:
    path = urlsplit(address).path
    if NO_ARTICLE.search(path):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    return bool(day or PAGE_ENDING.search(path) or re.search(r"\d{4}", last) or last.count("-") > 2)  # noqa: PLR2004  # a slug


def _day(text: str) -> date | None:
    found = find_times(text, UTC)
    return found[0].when.date() if found else None


def _in_sitemaps(url: str, fetcher: Fetcher) -> list[_Found]:
    """All pages of a sitemap; of an index the newest parts first, 20 at most."""
    found: list[_Found] = []
    waiting, read = [url], set[str]()
    while waiting and len(read) < MAX_SITEMAPS:
        address = waiting.pop(0)
        if address in read:
            continue
        read.add(address)
        page = fetcher.get(address)
        tree = BeautifulSoup(_unpacked(page), "xml")
        if tree.find(["urlset", "sitemapindex"]) is None:
            raise PageUnreadable(address, "is no sitemap", "Correct the source's `sitemap`.")
        parts = [_entry(each, page.url) for each in tree.find_all("sitemap")]
        parts.sort(key=lambda each: each.day or date.min, reverse=True)
        waiting += [each.url for each in parts if each.url]
        found += [each for entry in tree.find_all("url") if (each := _entry(entry, page.url)).url]
    return found


def _entry(entry: Tag, base: str) -> _Found:
    place = entry.find("loc", recursive=False)
    stated = entry.find("publication_date") or entry.find("lastmod", recursive=False)
    url = joined(base, text_of(place)) if place else ""
    # The day in an address is the day of publication; lastmod is often that of a rebuild.
    return _Found(url, day_in(url) or (_stated_day(text_of(stated)) if stated else None))


def _stated_day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return _day(text)


def _unpacked(page: Page) -> bytes:
    if not page.content.startswith(GZIP):
        return page.content
    try:
        with gzip.open(io.BytesIO(page.content)) as packed:
            content = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PageUnreadable(page.url, f"is a broken gzip file ({error})") from error
    if len(content) > MAX_BYTES:
        raise FetchFailed(page.url, f"unpacks to more than {MAX_BYTES} bytes")
    return content
