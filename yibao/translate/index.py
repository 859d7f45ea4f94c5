"""Argos' index of packages, or a mirror of it: what there is, and how it comes here.

The index is a JSON list of package metadata, each with `links`. A mirror may keep its packages
beside its index under their own file names; they are looked for there first, so that a mirror
works where the official addresses cannot be reached.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
from packaging.version import InvalidVersion, Version

from yibao.errors import ModelError, PackageMissing
from yibao.translate.argos import argos_package, default_index

LARGEST = 2 << 30
"""Bytes of the largest package that is fetched."""

_TIMEOUT = httpx.Timeout(30, read=60)
_REMEDY = "Check the address and the network, or give the address of a mirror."


@dataclass(frozen=True, slots=True)
class Entry:
    """A package that an index offers.

    Attributes:
        source, target: language codes.
        version: the package's.
        links: addresses of the file, the first to try first.
    """

    source: str
    target: str
    version: Version
    links: tuple[str, ...]


def best_entries(pairs: Sequence[tuple[str, str]], index_url: str | None = None) -> list[Entry]:
    """The highest version that an index offers for each pair.

    Args:
        pairs: source and target codes.
        index_url: the index file, or the folder it lies in; Argos' own if not given.

    Raises:
        PackageMissing: the index has no package for a pair.
        ModelError: the index cannot be had or read.
    """
    url = _index_file(index_url) if index_url else default_index()
    offered = list(_entries(url, mirror=index_url is not None))
    best = []
    for source, target in pairs:
        fitting = [each for each in offered if (each.source, each.target) == (source, target)]
        if not fitting:
            raise PackageMissing(f"{source}_{target}", f"{url} offers none", _REMEDY)
        best.append(max(fitting, key=lambda each: each.version))
    return best


def download(entry: Entry, path: Path) -> None:
    """Fetch a package's file, from the first of its links that gives it whole.

    Raises:
        ModelError: no link did; says what the last one answered.
        OSError: the file cannot be written.
    """
    problem = "the index gives no link"
    for link in entry.links:
        try:
            _fetch(link, path)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problem = f"{link}: {error or type(error).__name__}"
        else:
            return
    raise ModelError(f"{entry.source}_{entry.target}", f"download failed: {problem}", _REMEDY)


def _index_file(url: str) -> str:
    return url if urlsplit(url).path.endswith(".json") else url.rstrip("/") + "/index.json"


def _entries(url: str, *, mirror: bool) -> Iterator[Entry]:
    try:
        answer = httpx.get(url, follow_redirects=True, timeout=_TIMEOUT)
        answer.raise_for_status()
        listed = answer.json()
        if not isinstance(listed, list):
            raise ModelError(url, "the index is no list of packages", _REMEDY)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        detail = f"the index of packages cannot be had ({error or type(error).__name__})"
        raise ModelError(url, detail, _REMEDY) from error
    for metadata in listed:
        if not isinstance(metadata, dict):
            continue
        package = argos_package().AvailablePackage(metadata)
        try:
            version = Version(package.package_version)
        except (InvalidVersion, TypeError):
            continue
        if package.type == "translate" and package.from_code and package.to_code:
            links = tuple(_links(package.links, url, mirror=mirror))
            yield Entry(package.from_code, package.to_code, version, links)


def _links(given: Sequence[str], url: str, *, mirror: bool) -> Iterator[str]:
    absolute = [urljoin(url, link) for link in given]
    fetchable = [link for link in absolute if urlsplit(link).scheme in {"http", "https"}]
    if mirror:
        names = dict.fromkeys(urlsplit(link).path.rpartition("/")[2] for link in fetchable)
        yield from (urljoin(url, name) for name in names)
    yield from fetchable


def _fetch(link: str, path: Path) -> None:
    with (
        httpx.stream("GET", link, follow_redirects=True, timeout=_TIMEOUT) as answer,
        path.open("wb") as file,
    ):
        answer.raise_for_status()
        size = 0
        for piece in answer.iter_bytes():
            size += len(piece)
            if size > LARGEST:
                raise httpx.TransportError(f"larger than {LARGEST >> 20} MiB")
            file.write(piece)
