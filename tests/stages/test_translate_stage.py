import json

import pytest

from yibao.desk import store
from yibao.errors import YibaoError
from yibao.stages.ingest import ingest_source
from yibao.stages.translate import draft_batch, translate_waiting
from yibao.translate import packages

pytestmark = pytest.mark.django_db


@pytest.fixture
def ingested(pages, house, newsroom):
    return ingest_source(house, newsroom, "jiangnan")


def _states():
    return {each.title: each.translations["en"] for each in store.list_articles()}


def test_what_waits_is_drafted(ingested, models, house, newsroom):
    done = translate_waiting(house, newsroom)
    assert [(each.source, each.target) for each in done.drafted] == [("zh", "en")] * 2
    assert set(_states().values()) == {"drafted"}
    details = store.show_article(ingested.taken[0].article)
    texts = {each.source: each.text for each in details.translations[0].segments}
    assert texts["工厂在苏州投产新水泵"].lower().startswith("the plant in suzhou opened new pumps")


def test_what_was_done_can_be_told_to_a_program(ingested, models, house, newsroom):
    told = json.loads(json.dumps(translate_waiting(house, newsroom).to_record()))
    assert [each["origins"] for each in told["drafted"]] == [{"engine": 5}] * 2
    assert told["errors"] == []


def test_a_second_run_has_nothing_to_do(ingested, models, house, newsroom):
    translate_waiting(house, newsroom)
    assert translate_waiting(house, newsroom).drafted == []


def test_terms_of_the_newsroom_are_kept_and_counted(ingested, models, house, newsroom):
    (newsroom.glossaries / "it.csv").write_text("zh,en\n永磁电机,permanent magnet motor\n", "utf-8")
    house = house.model_copy(update={"glossaries": ("it",)})
    done = translate_waiting(house, newsroom)
    assert done.total("terms").total() > 0
    assert done.total("terms")["missed"] == 0
    texts = [
        segment.text
        for taken in ingested.taken[:2]
        for segment in store.show_article(taken.article).translations[0].segments
    ]
    assert any("permanent magnet motor" in text for text in texts)


def test_without_a_package_the_work_waits_and_the_way_out_is_named(ingested, house, newsroom):
    done = translate_waiting(house, newsroom)
    assert done.drafted == []
    assert "yibao models install" in done.errors[0]
    assert set(_states().values()) == {"waiting"}


def test_once_the_package_is_there_the_work_is_done(ingested, house, newsroom, tiny_packages):
    translate_waiting(house, newsroom)
    packages.install_file(tiny_packages[0], newsroom.packages)
    assert len(translate_waiting(house, newsroom).drafted) == 2


def test_a_broken_glossary_is_named_and_the_work_waits(ingested, models, house, newsroom):
    (newsroom.glossaries / "it.csv").write_text("zh,en\n永磁电机\n", "utf-8")
    done = translate_waiting(house.model_copy(update={"glossaries": ("it",)}), newsroom)
    assert "it.csv:2" in done.errors[0]
    assert set(_states().values()) == {"waiting"}


def test_one_bad_article_is_put_off_and_the_others_are_drafted(ingested, models, house, newsroom):
    bad = "公司在上海生产新电机"

    def draft(job, batch, paths):
        if any(one.article.title == bad for one in batch):
            raise YibaoError(bad, "cannot be decoded")
        return draft_batch(job, batch, paths)

    done = translate_waiting(house, newsroom, draft)
    assert [each.title for each in done.drafted] == ["工厂在苏州投产新水泵"]
    assert len(done.errors) == 1
    assert bad in done.errors[0]
    assert _states() == {bad: "waiting", "工厂在苏州投产新水泵": "drafted"}
    assert translate_waiting(house, newsroom, draft).errors == []


def test_what_another_run_holds_is_told(ingested, models, house, newsroom):
    store.claim_waiting(1, "another run")
    done = translate_waiting(house, newsroom)
    assert (len(done.drafted), done.waiting) == (1, 1)


def test_a_crash_gives_the_work_back(ingested, models, house, newsroom):
    def draft(_job, _batch, _paths):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        translate_waiting(house, newsroom, draft)
    assert len(translate_waiting(house, newsroom).drafted) == 2
