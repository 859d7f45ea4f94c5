"""A place on the web -> articles.

`discover` gives the addresses of a source's articles, `read_article` an address's article;
between them stand fetching (`HttpFetcher`, `FolderFetcher`), `decode` and `extract`, each of
use alone. What is known of single sites is in `sites/`, one YAML file each; to add one, add its
sample page and expected article under tests/sources/sites/ as well.
"""

from yibao.sources.decode import decode
from yibao.sources.discover import discover, fetcher_for, page_fetcher
from yibao.sources.extract import extract
from yibao.sources.fetch import HttpFetcher
from yibao.sources.folder import FolderFetcher, SavedPageFetcher
from yibao.sources.identity import canonical_url, fingerprint, near
from yibao.sources.page import Fetcher, Page
from yibao.sources.reading import Reading, read_article
from yibao.sources.site import Site, find_site, load_site

__all__ = [
    "Fetcher",
    "FolderFetcher",
    "HttpFetcher",
    "Page",
    "Reading",
    "SavedPageFetcher",
    "Site",
    "canonical_url",
    "decode",
    "discover",
    "extract",
    "fetcher_for",
    "find_site",
    "fingerprint",
    "load_site",
    "near",
    "page_fetcher",
    "read_article",
]
