"""Approved entries as files that partners poll and people read.

`publish` takes every entry ever published, by language, and brings outputs/ to what they say:
RSS, Atom and JSON feeds per language and section, a page per entry, indexes, OPML.
"""

from yibao.feeds.entry import Entry, Published
from yibao.feeds.publication import publish

__all__ = ["Entry", "Published", "publish"]
