"""An address -> its article: fetched, decoded, extracted, and joined over its pages."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import tzinfo
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from yibao.article import Article, Block
from yibao.errors import FetchFailed, NotAnArticle, SourceError
from yibao.sources.address import joined
from yibao.sources.decode import decode
from yibao.sources.extract import extract
from yibao.sources.identity import canonical_url
from yibao.sources.page import Fetcher, Page
from yibao.sources.passages import parse, text_of
from yibao.sources.site import Site, find_site

MAX_PAGES = 20
NEXT = re.compile(r"^\W*(?:下一页|下页|下一頁|后一页|next(?: page)?)\W*$", re.IGNORECASE)
ENDING = re.compile(r"\.(?:s?html?|php|jsp|aspx?)$", re.IGNORECASE)
PAGE_NUMBER = re.compile(r"[_-](?:p(?:age)?)?\d{1,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of an address.

    Attributes:
        article: the article, of all its pages.
        pages: the pages as fetched, in order.
    """

    article: Article
    pages: tuple[Page, ...]


def read_article(
    url: str,
    fetcher: Fetcher,
    *,
    language: str | None = None,
    site: Site | None = None,
    zone: tzinfo,
) -> Reading:
    """Read the article at an address, with all its pages.

    Args:
        url: the address of its first page.
        fetcher: what fetches.
        language: what it is written in; found out if not given.
        site: the site's layout; without it, a site file for the address's host is used.
        zone: for times without a zone.

    Raises:
        FetchFailed, PageUnreadable, NotAnArticle: at the first page that cannot be read; an
            article is never read in part. Its `pages` are those fetched until then.
        ConfigError: the site file is broken.
    """
    pages: list[Page] = []
    with _kept_by_errors(pages):
        page = fetcher.get(url)
        pages.append(page)
        site = site or find_site(page.url)
        html = decode(page.content, page.content_type, where=url)
        article = extract(html, page.url, language=language, site=site, zone=zone)
        seen = {canonical_url(page.url)}
        while target := next_page(html, page.url, site, first=pages[0].url):
            if canonical_url(target) in seen:
                break
            if len(pages) == MAX_PAGES:
                raise NotAnArticle(
                    url, f"it has more than {MAX_PAGES} pages", "Look at its next link."
                )
            seen.add(canonical_url(target))
            number = len(pages) + 1
            try:
                page = fetcher.get(target)
                pages.append(page)
                html = decode(page.content, page.content_type, where=target)
                more = extract(html, page.url, language=article.language, site=site, zone=zone)
            except SourceError as error:
                raise _of_page(error, url, number) from error
            article = _joined(article, more)
    return Reading(article, tuple(pages))


@contextmanager
def _kept_by_errors(pages: Sequence[Page]) -> Iterator[None]:
    """Give the pages fetched so far to an error, so that whoever sets it aside can keep them."""
    try:
        yield
    except SourceError as error:
        error.pages = (*pages, *error.pages)
        raise


def next_page(html: str, url: str, site: Site | None, *, first: str) -> str:
    """The address of an article's next page; empty if there is none.

    Only an address that is the first page's with a page number counts: "next" often leads to
    the next article.
    """
    soup = parse(html)
    for link in _next_links(soup, site):
        address = joined(url, str(link.get("href") or ""))
        if address and address != url and _same_article(address, first):
            return address
    return ""


def is_later_page(address: str, first: str) -> bool:
    """Whether an address is another's with a page number: a later page of the same article."""
    return address != first and _same_article(address, first)


def _next_links(soup: BeautifulSoup, site: Site | None) -> list[Tag]:
    selected = [tag for selector in (site.next if site else ()) for tag in soup.select(selector)]
    related = soup.find_all(["a", "link"], rel="next")
    named = [link for link in soup.find_all("a", href=True) if NEXT.match(text_of(link))]
    return [*selected, *related, *named]


def _same_article(address: str, first: str) -> bool:
    own, start = urlsplit(address), urlsplit(first)
    if own.netloc != start.netloc:
        return False
    if own.path == start.path:
        return own.query != start.query
    own_stem, start_stem = ENDING.sub("", own.path), ENDING.sub("", start.path)
    if own_stem.startswith(start_stem):
        rest = own_stem[len(start_stem) :]
        if PAGE_NUMBER.fullmatch(rest) or re.fullmatch(r"/(?:page/)?\d{1,2}/?", rest):
            return True
    # a_1.html, a_2.html: the first page has a number too. A stem such as content_1 names
    # articles, not pages, so that the number must come after another one.
    numbered = re.search(r"\d[_-]\d{1,2}$", start_stem)
    base = PAGE_NUMBER.sub("", start_stem)
    return bool(
        numbered and own_stem.startswith(base) and PAGE_NUMBER.fullmatch(own_stem[len(base) :])
    )


def _of_page(error: SourceError, url: str, number: int) -> SourceError:
    """An error of a later page as one of the article, of the same kind."""
    detail = f"page {number} ({error.where}): {error.detail}"
    told = type(error)(url, detail, error.remedy)
    told.pages = error.pages
    if isinstance(error, FetchFailed) and isinstance(told, FetchFailed):
        told.transient = error.transient
    return told


def _joined(article: Article, more: Article) -> Article:
    """An article with the body of its next page, without what each page repeats."""
    known = set(article.blocks[:1])
    blocks: tuple[Block, ...] = tuple(block for block in more.blocks if block not in known)
    return replace(
        article,
        blocks=article.blocks + blocks,
        authors=article.authors or more.authors,
        editors=article.editors or more.editors,
        rights=article.rights or more.rights,
    )
