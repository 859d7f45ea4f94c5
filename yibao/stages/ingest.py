"""Ingest: pages of a source become articles in the store, and ask for their translation."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from yibao.desk import store
from yibao.errors import ConfigError, SourceError
from yibao.newsroom import Newsroom, Source
from yibao.paths import Paths
from yibao.progress import report
from yibao.sources import (
    Fetcher,
    discover,
    fetcher_for,
    find_site,
    page_fetcher,
    read_article,
)

Outcome = Literal["new", "updated", "unchanged", "duplicate", "quarantined"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one page.

    Attributes:
        url: the page's address.
        outcome: `quarantined` has `error`, all others have `article` and `title`.
        article: id of the article in the store.
        pages: addresses of all the pages that the article was read from.
    """

    url: str
    outcome: Outcome
    article: str = ""
    title: str = ""
    error: str = ""
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run took in from one source.

    Attributes:
        source: its name.
        taken: what became of each page.
        left: how many pages that were never fetched are left for the next run.
    """

    source: str
    taken: tuple[Taken, ...]
    left: int = 0

    def count(self, outcome: Outcome) -> int:
        """How many pages ended so."""
        return Counter(each.outcome for each in self.taken)[outcome]


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a page before it is read.

    Attributes:
        name: the source it counts to.
        language: what it must be written in; None where the page tells.
        site: name of its site file; empty to find one by its host.
        to: the languages it is wanted in.
    """

    name: str
    language: str | None
    site: str
    to: tuple[str, ...]

    @classmethod
    def of(cls, source: Source) -> "Origin":
        """What a declared source says of its pages."""
        return cls(source.name, source.language, source.site, source.to)


Take = Callable[[str, Origin, Newsroom, Fetcher], Taken]


def ingest_source(
    newsroom: Newsroom, paths: Paths, name: str, take: Take | None = None
) -> Ingested:
    """Take in the articles that a declared source shows now.

    At most the source's limit of them: those never fetched before come first, so that a source
    with more is taken in over several runs.

    A page that fails is quarantined with its error and the next one is taken. `take` is what
    takes one page, `take_article` if not given: a flow hands in its task.

    Raises:
        ConfigError: no source has this name.
        SourceError: the source itself (its feed, list or folder) cannot be read.
    """
    source = declared(newsroom, name)
    taken: list[Taken] = []
    consumed: set[str] = set()
    with fetcher_for(source, paths.root) as fetcher:
        shown = discover(source, fetcher)
        urls, left = _chosen(shown, store.seen(shown), source.limit)
        for number, url in enumerate(urls, 1):
            if url not in consumed:
                taken.append(
                    _or_quarantine(take or take_article, url, Origin.of(source), newsroom, fetcher)
                )
                consumed.update(taken[-1].pages)
            report(f"ingest {name}", number, len(urls))
    return Ingested(name, tuple(taken), left)


def ingest_page(newsroom: Newsroom, place: str, url: str = "", source: str = "") -> Ingested:
    """Take in one page: an address, or a saved file with the address it came from.

    Args:
        newsroom: the newsroom.
        place: an http(s) address, or the path of a saved page.
        url: with a path: the page's public address; the file's own if empty.
        source: name of the declared source that the page counts to; none by default, and then
            it is wanted in every language that has a feed.

    Raises:
        ConfigError: no source has this name, or no file this path.
    """
    if "://" not in place and not Path(place).is_file():
        known = ", ".join(newsroom.sources) or "none"
        raise ConfigError(place, f"neither a declared source ({known}), a file nor an address")
    if source:
        origin = Origin.of(declared(newsroom, source))
    else:
        origin = Origin(BY_HAND, None, "", tuple(newsroom.feeds))
    fetcher, address = page_fetcher(place, url)
    with fetcher:
        taken = _or_quarantine(take_article, address, origin, newsroom, fetcher)
    return Ingested(origin.name, (taken,))


def take_article(url: str, origin: Origin, newsroom: Newsroom, fetcher: Fetcher) -> Taken:
    """Fetch, read and store one article, and ask for its translations.

    Raises:
        SourceError: no article could be had from the page.
    """
    reading = read_article(
        url,
        fetcher,
        language=origin.language,
        site=find_site(origin.site or url),
        zone=newsroom.newsroom.zone,
    )
    saved = store.save_article(
        reading.article, source=origin.name, pages=reading.pages, requested=url
    )
    for language in origin.to:
        if language != reading.article.language:
            store.request_translation(saved.article_id, language)
    return Taken(
        url=url,
        outcome=saved.outcome,
        article=saved.article_id,
        title=reading.article.title,
        pages=tuple(page.url for page in reading.pages),
    )


def declared(newsroom: Newsroom, name: str) -> Source:
    """The declared source of a name.

    Raises:
        ConfigError: there is none.
    """
    try:
        return newsroom.sources[name]
    except KeyError:
        known = ", ".join(newsroom.sources) or "none"
        raise ConfigError(f"source {name!r}", f"not in newsroom.yaml; declared: {known}") from None


def _chosen(shown: Sequence[str], seen: Collection[str], limit: int) -> tuple[list[str], int]:
    """The addresses of one run, in the order shown, and how many unseen ones are left over."""
    unseen = [url for url in shown if url not in seen]
    rest = [url for url in shown if url in seen]
    wanted = set((unseen + rest)[:limit])
    return [url for url in shown if url in wanted], max(0, len(unseen) - limit)


def _or_quarantine(
    take: Take, url: str, origin: Origin, newsroom: Newsroom, fetcher: Fetcher
) -> Taken:
    try:
        return take(url, origin, newsroom, fetcher)
    except SourceError as error:
        store.quarantine(origin.name, url, error)
        return Taken(url=url, outcome="quarantined", error=str(error))
