import errno
from pathlib import Path

import feedparser
import pytest

from yibao.desk import store, workflow
from yibao.desk.workflow.checking import judged
from yibao.errors import PublishError
from yibao.stages.publish import publish_approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def approve(users):
    """A function: the translator confirms and submits a translation, the editor approves it."""

    def approve(translation):
        key = str(translation.pk)
        for segment in translation.segments.current():
            workflow.confirm_segment(users.translator, segment.pk, segment.version)
        translation.refresh_from_db()
        workflow.submit(users.translator, key, translation.version)
        translation.refresh_from_db()
        return workflow.approve(users.editor, key, translation.version)

    return approve


def _entries(newsroom, published):
    [rss] = [p for p in published.feeds if p.suffix in {".rss", ".xml"} and "/en/" in str(p)][:1]
    return feedparser.parse(rss.read_bytes()).entries


def test_a_draft_is_not_published(drafted, house, newsroom):
    assert _entries(newsroom, publish_approved(house, newsroom)) == []


def test_an_approved_translation_is_published(drafted, approve, house, newsroom):
    approve(drafted)
    [entry] = _entries(newsroom, publish_approved(house, newsroom))
    assert entry.title == "New storage station starts up in Jiangnan"
    assert store.status().published == 1
    assert store.status().unpublished == 0


def test_nothing_new_changes_nothing(drafted, approve, house, newsroom):
    approve(drafted)
    publish_approved(house, newsroom)
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in _files(newsroom.outputs)}
    again = publish_approved(house, newsroom)
    assert (again.written, again.removed) == (0, 0)
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in _files(newsroom.outputs)} == before


def test_a_withdrawn_translation_stays_as_a_notice(drafted, approve, users, house, newsroom):
    translation = approve(drafted)
    [first] = _entries(newsroom, publish_approved(house, newsroom))
    workflow.withdraw(users.editor, str(translation.pk), translation.version, "The plant is shut.")
    [entry] = _entries(newsroom, publish_approved(house, newsroom))
    assert entry.id == first.id
    assert "starts up" not in entry.description
    assert store.status().withdrawn == 1


def test_an_approval_that_comes_meanwhile_is_published_too(
    drafted, approve, house, newsroom, monkeypatch
):
    from yibao import feeds

    assert _entries(newsroom, publish_approved(house, newsroom)) == []
    real, rounds = feeds.publish, []

    def publish(*arguments):
        done = real(*arguments)
        if not rounds:
            approve(drafted)
        rounds.append(done)
        return done

    monkeypatch.setattr(feeds, "publish", publish)
    published = publish_approved(house, newsroom)
    assert len(rounds) == 2
    assert published.written == sum(each.written for each in rounds) > 0
    assert len(_entries(newsroom, published)) == 1


def test_an_entry_that_feeds_refuse_does_not_count_as_published(
    drafted, approve, house, newsroom, users
):
    for segment in drafted.segments.current():
        workflow.save_segment(users.translator, segment.pk, segment.version, "这是中文。" * 20)
    for segment in drafted.segments.current():
        after = workflow.confirm_segment(users.translator, segment.pk, segment.version)
        for finding in judged(after):
            if finding.blocks:
                after = workflow.dismiss_finding(
                    users.translator, after.pk, after.version, finding.id, "for the test"
                )
    drafted.refresh_from_db()
    workflow.submit(users.translator, str(drafted.pk), drafted.version)
    drafted.refresh_from_db()
    workflow.approve(users.editor, str(drafted.pk), drafted.version)
    [(entry, error)] = publish_approved(house, newsroom).refused
    assert entry.uuid in str(error)
    assert store.status().unpublished == 1


def test_a_full_disk_leaves_what_was_published(drafted, approve, house, newsroom, monkeypatch):
    publish_approved(house, newsroom)
    before = {p: p.read_bytes() for p in _files(newsroom.outputs)}
    approve(drafted)

    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr("os.write", full)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PublishError, match="No space left"):
        publish_approved(house, newsroom)
    monkeypatch.undo()
    assert {p: p.read_bytes() for p in _files(newsroom.outputs)} == before
    assert store.status().unpublished == 1


def test_what_a_dying_process_published_leaves_a_notice_when_it_is_withdrawn(
    drafted, approve, users, house, newsroom
):
    """Killed after the files were written and before the store knew of it."""
    translation = approve(drafted)
    (entry,) = store.approved_entries("en")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store, "record_publication", _die)
        with pytest.raises(KeyboardInterrupt):
            publish_approved(house, newsroom)
    assert (newsroom.outputs / entry.path).is_file()
    workflow.withdraw(users.editor, str(translation.pk), translation.version, "The plant is shut.")
    publish_approved(house, newsroom)
    assert "The plant is shut." in (newsroom.outputs / entry.path).read_text(encoding="utf-8")


def _die(_entries):
    raise KeyboardInterrupt


def _files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
