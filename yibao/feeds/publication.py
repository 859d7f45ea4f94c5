"""A publication: from every approved entry to the files that stand under outputs/."""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files as package_files
from pathlib import Path

from yibao.errors import PublishError
from yibao.feeds import tree
from yibao.feeds.admission import admit
from yibao.feeds.channel import FRONT_PAGE, OPML_PATH, STYLE_PATH, Channel, Wire, wire
from yibao.feeds.entry import Entry, Published
from yibao.feeds.jsonfeed import json_feed
from yibao.feeds.opml import opml
from yibao.feeds.pages import (
    channel_page,
    entry_page,
    front_page,
    year_page,
    year_path,
)
from yibao.feeds.rss_atom import atom, rss
from yibao.newsroom import Newsroom

WRITERS = {"rss": rss, "atom": atom, "json": json_feed}
ENTRY_PAGE = re.compile(r"(?P<language>[a-z]+)/\d{4}/[0-9a-f-]{36}\.html")


def publish(
    entries_by_language: Mapping[str, Sequence[Entry]], newsroom: Newsroom, outputs: Path
) -> Published:
    """Bring outputs/ to what the entries say; write only what differs.

    Args:
        entries_by_language: all entries that were ever approved, in any order, withdrawn ones
            included: an entry that is missing here loses its page. Feeds hold the latest of
            them, as many as newsroom.yaml says.
        newsroom: newsroom.yaml.
        outputs: the published tree; made if there is none.

    Raises:
        PublishError: nothing was given for a language that has pages, the folder cannot be
            written or is full, or another publication is running. What was published before
            still stands.
    """
    refused: list[tuple[Entry, PublishError]] = []
    admitted: dict[str, list[Entry]] = {}
    for code, entries in entries_by_language.items():
        if code in newsroom.feeds:
            admitted[code], rejected = admit(entries, code)
            refused += rejected
        else:
            refused += [(entry, _undeclared(entry)) for entry in entries]
    made = wire(newsroom, admitted)
    files = _files(made)
    with tree.locked(outputs):
        _refuse_to_empty(entries_by_language, newsroom, outputs)
        change = tree.update(outputs, files, keep={entry.path for entry, _ in refused})
    return Published(
        written=len(change.written),
        unchanged=len(change.unchanged),
        removed=len(change.removed),
        feeds=tuple(outputs / path for channel in _channels(made) for path in _paths(channel)),
        refused=tuple(refused),
    )


def _files(made: Wire) -> dict[str, bytes]:
    """Every file, in the order in which they may appear: pages before what points at them."""
    files = {STYLE_PATH: (package_files("yibao.feeds") / "style.css").read_bytes()}
    for edition in made.editions.values():
        files |= {entry.path: entry_page(entry, made) for entry in edition.entries}
    for edition in made.editions.values():
        for year, entries in edition.years.items():
            files[year_path(edition, year)] = year_page(edition, year, entries, made)
    channels = _channels(made)
    files |= {channel.page: channel_page(channel, made) for channel in channels}
    files[FRONT_PAGE] = front_page(made)
    for channel in channels:
        files |= {channel.path(form): WRITERS[form](channel, made) for form in channel.formats}
    files[OPML_PATH] = opml(made)
    return files


def _channels(made: Wire) -> list[Channel]:
    return [channel for edition in made.editions.values() for channel in edition.channels]


def _paths(channel: Channel) -> list[str]:
    return [channel.path(form) for form in channel.formats]


def _undeclared(entry: Entry) -> PublishError:
    return PublishError(
        f"{entry.language}/{entry.uuid}",
        f"newsroom.yaml declares no feeds in {entry.language!r}",
        "Declare them under `feeds`, or translate into another language.",
    )


def _refuse_to_empty(
    entries: Mapping[str, Sequence[Entry]], newsroom: Newsroom, outputs: Path
) -> None:
    """Stop where a language would lose every page: its database is gone, not its news.

    A withdrawn entry is still given, so an edition that once had pages never has no entries.
    """
    stood = {found["language"] for p in tree.published(outputs) if (found := ENTRY_PAGE.match(p))}
    for code in newsroom.feeds:
        if code in stood and not entries.get(code):
            raise PublishError(
                str(outputs / code),
                "pages stand here, but the store has no approved entry in this language",
                "Look whether the database is the right one; to start anew, empty outputs/ first.",
            )
