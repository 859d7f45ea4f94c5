"""Publish: what is approved becomes the files under outputs/."""

from dataclasses import replace

from yibao import feeds
from yibao.desk import store
from yibao.newsroom import Newsroom
from yibao.paths import Paths


def publish_approved(newsroom: Newsroom, paths: Paths) -> feeds.Published:
    """Write the feeds and pages of every language, and record what they hold.

    The list of approved revisions is read again before the end: an approval that came while
    files were written is published by this run, not left for the next.

    Raises:
        PublishError: nothing could be written; what was published before still stands.
    """
    entries = _approved(newsroom)
    published: feeds.Published | None = None
    while True:
        for language in entries:
            store.hand_out(entries[language])
        done = feeds.publish(entries, newsroom, paths.outputs)
        published = _both(published, done) if published else done
        refused = {entry for entry, _ in done.refused}
        for language in entries:
            store.record_publication(each for each in entries[language] if each not in refused)
        latest = _approved(newsroom)
        if latest == entries:
            return published
        entries = latest


def _both(first: feeds.Published, second: feeds.Published) -> feeds.Published:
    """Two rounds as one: what was written adds up, the rest is as the second left it."""
    return replace(
        second, written=first.written + second.written, removed=first.removed + second.removed
    )


def _approved(newsroom: Newsroom) -> dict[str, list[feeds.Entry]]:
    return {language: store.approved_entries(language) for language in newsroom.feeds}
