from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from yibao.desk.models import (
    ApprovedRevision,
    ArticleRevision,
    Event,
    EventKind,
    Hold,
    MachineDraft,
    Publication,
    Segment,
    SegmentEdit,
    Translation,
    TranslationState,
)
from yibao.desk.models.immutable import Immutable
from yibao.desk.models.states import Word
from yibao.errors import NotAllowed

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def history(drafted, users):
    """A row of every immutable model."""
    segment = drafted.segments.first()
    SegmentEdit.objects.create(
        segment=segment, person=users.translator, old="a", new="b", base=1, created=NOW
    )
    ApprovedRevision.objects.create(
        translation=drafted,
        source=drafted.revision,
        number=1,
        record={},
        approved_by=users.editor,
        approved=NOW,
        reviewer="Ellen",
        machine_assisted=True,
    )
    return {model: model.objects.first() for model in Immutable.__subclasses__()}


@pytest.mark.parametrize("model", Immutable.__subclasses__(), ids=lambda model: model.__name__)
class TestHistory:
    def test_a_row_cannot_be_saved_again(self, model, history):
        with pytest.raises(NotAllowed, match="cannot be changed"):
            history[model].save()

    def test_a_row_cannot_be_deleted(self, model, history):
        with pytest.raises(NotAllowed, match="cannot be deleted"):
            history[model].delete()

    def test_rows_cannot_be_changed_in_bulk(self, model, history):
        rows, row = model.objects.all(), history[model]
        for change in (
            lambda: rows.update(pk=row.pk),
            lambda: rows.bulk_update([row], ["pk"]),
            lambda: rows.bulk_create([row], update_conflicts=True),
            rows.delete,
            lambda: model._base_manager.all().delete(),
        ):
            with pytest.raises(NotAllowed):
                change()
        assert model.objects.filter(pk=row.pk).exists()

    def test_a_row_fetched_anew_is_as_protected(self, model, history):
        with pytest.raises(NotAllowed):
            model.objects.get(pk=history[model].pk).save()


def test_history_is_what_the_design_names():
    assert set(Immutable.__subclasses__()) == {
        ApprovedRevision,
        ArticleRevision,
        Event,
        MachineDraft,
        SegmentEdit,
    }


def test_what_history_speaks_of_cannot_be_deleted(history, users):
    for row in (history[MachineDraft].segment, history[Event].article, users.translator):
        with pytest.raises(ProtectedError):
            row.delete()


def test_migrations_say_what_the_models_say(db):
    call_command(
        "makemigrations", "--check", "--dry-run", "desk", skip_checks=True, stdout=StringIO()
    )


@pytest.mark.parametrize("words", Word.__subclasses__(), ids=lambda words: words.__name__)
def test_every_word_fits_its_column_and_has_a_label(words):
    for word in words:
        assert len(word) <= (30 if words is EventKind else 20)
        assert str(word.label)
        assert words(str(word)) is word


def test_a_key_is_unique_among_the_segments_of_the_current_source(drafted):
    first = drafted.segments.current().first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Segment.objects.create(translation=drafted, key=first.key, order=99, role="title")
    Segment.objects.create(translation=drafted, key=first.key, order=99, role="title", retired=NOW)
    assert drafted.segments.filter(key=first.key).count() == 2


def test_an_article_has_one_translation_per_language(drafted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.create(
            article=drafted.article,
            revision=drafted.revision,
            language=drafted.language,
            created=NOW,
            changed=NOW,
        )


def test_an_entry_is_published_once_per_language(history, drafted):
    approved = history[ApprovedRevision]
    said = {"approved": approved, "first_published": NOW, "updated": NOW}
    Publication.objects.create(translation=drafted, entry=drafted.article_id, language="en", **said)
    other = Translation.objects.create(
        article=drafted.article,
        revision=drafted.revision,
        language="de",
        created=NOW,
        changed=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            translation=other, entry=drafted.article_id, language="en", **said
        )


@pytest.mark.parametrize(
    ("holder", "minutes", "expected"),
    [
        (None, None, Hold.FREE),
        ("translator", 1, Hold.OWN),
        ("other_translator", 1, Hold.OTHER),
        ("translator", 0, Hold.FREE),
        ("other_translator", -1, Hold.FREE),
    ],
)
def test_a_lease_holds_until_it_runs_out(users, holder, minutes, expected):
    translation = Translation(
        state=TranslationState.IN_REVIEW,
        claimed_by=holder and getattr(users, holder),
        claimed_until=None if minutes is None else NOW + timedelta(minutes=minutes),
    )
    assert translation.held_by(users.translator, NOW) == expected


def test_every_table_speaks_for_itself(history, drafted):
    """No row shows as "… object (1)" in the admin."""
    for row in (*history.values(), drafted, drafted.segments.first(), drafted.article):
        assert isinstance(row, models.Model)
        assert "object (" not in str(row)


def test_every_event_kind_is_written_somewhere():
    from pathlib import Path

    import yibao.desk

    code = "\n".join(
        file.read_text(encoding="utf-8")
        for file in Path(yibao.desk.__file__).parent.rglob("*.py")
        if file.name != "states.py"
    )
    assert [kind.name for kind in EventKind if f"EventKind.{kind.name}" not in code] == []
