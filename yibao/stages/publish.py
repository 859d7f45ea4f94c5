"""Publish: what is approved becomes the files under outputs/."""

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
    while True:
        published = feeds.publish(entries, newsroom, paths.outputs)
        for language in entries:
            store.record_publication(entries[language])
        latest = _approved(newsroom)
        if latest == entries:
            return published
        entries = latest


def _approved(newsroom: Newsroom) -> dict[str, list[feeds.Entry]]:
    return {language: store.approved_entries(language) for language in newsroom.feeds}
