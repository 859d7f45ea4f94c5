import shutil
from pathlib import Path

import pytest

from yibao.desk import store
from yibao.desk.models import ApprovedRevision, Event, EventKind, Translation
from yibao.errors import ConfigError
from yibao.newsroom import load_newsroom
from yibao.stages import open_newsroom
from yibao.stages.demo import (
    EDITOR,
    TRANSLATOR,
    demo_people,
    refuse_real_newsroom,
    review_samples,
)
from yibao.stages.ingest import ingest_source
from yibao.stages.publish import publish_approved
from yibao.stages.translate import translate_waiting
from yibao.translate import packages

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db


def test_a_newsroom_with_sources_of_its_own_is_refused(newsroom):
    with pytest.raises(ConfigError, match=r"source jiangnan.*yibao run"):
        refuse_real_newsroom(load_newsroom(newsroom.newsroom), newsroom)


def test_where_sources_are_real_the_demo_people_are_shut_out(newsroom):
    people = demo_people()
    assert all(person.is_active for person in people)
    open_newsroom()
    for person in people:
        person.refresh_from_db()
        assert not person.is_active


@pytest.mark.slow
def test_two_people_review_the_samples_and_a_second_run_changes_nothing(newsroom):
    for name in ("glossaries", "samples", "models"):
        shutil.copytree(ROOT / name, newsroom.root / name, dirs_exist_ok=True)
    shutil.copy(ROOT / "newsroom.yaml", newsroom.newsroom)
    house = load_newsroom(newsroom.newsroom)
    refuse_real_newsroom(house, newsroom)
    packages.install_starters(newsroom.starter_models, newsroom.packages)

    def run():
        ingested = [ingest_source(house, newsroom, name) for name in house.sources]
        drafted = translate_waiting(house, newsroom)
        approved = review_samples(newsroom)
        return ingested, drafted, approved, publish_approved(house, newsroom)

    ingested, drafted, approved, published = run()
    assert [each.count("new") for each in ingested] == [8, 8]
    assert sum(each.count("quarantined") for each in ingested) == 1
    assert drafted.errors == []
    assert len(drafted.drafted) == 16
    assert len(approved) >= 4
    assert published.refused == ()
    assert set(Translation.objects.values_list("state", flat=True)) == {"drafted", "approved"}
    for revision in ApprovedRevision.objects.all():
        assert revision.approved_by.username == EDITOR
    submitted = Event.objects.filter(kind=EventKind.SUBMITTED)
    assert {event.actor.username for event in submitted} == {TRANSLATOR}

    ingested, drafted, approved, published = run()
    assert sum(each.count("new") + each.count("updated") for each in ingested) == 0
    assert (drafted.drafted, approved) == ([], [])
    assert (published.written, published.removed) == (0, 0)
    assert store.status().published == ApprovedRevision.objects.count()
