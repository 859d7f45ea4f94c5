"""The flows once each, under a real Prefect: what they leave behind and how they end."""

import asyncio

import pytest

from yibao.desk import store
from yibao.errors import ConfigError, FetchFailed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prefect"), pytest.mark.slow]


def _artifact(key):
    from prefect.artifacts import Artifact

    return asyncio.run(Artifact.aget(key)).data


def _ingest(source):
    from flows.ingest import IngestRequest, ingest_source

    return ingest_source(IngestRequest(source=source), return_state=True)


def test_ingest_takes_in_a_source_and_tells_what_failed(pages, newsroom):
    state = _ingest("jiangnan")
    assert state.name == "CompletedWithErrors"
    assert state.message == "1 of 3 pages quarantined"
    assert state.result().count("new") == 2
    said = _artifact("ingest-jiangnan")
    assert "工厂在苏州投产新水泵" in said
    assert "content_3.html" in said


def test_ingest_of_an_undeclared_source_fails_with_the_remedy(newsroom):
    state = _ingest("nowhere")
    assert state.is_failed()
    with pytest.raises(ConfigError, match="declared: jiangnan, delta"):
        state.result()


def test_a_transient_failure_is_tried_again_and_a_permanent_one_is_not(
    pages, newsroom, house, monkeypatch
):
    from flows import ingest as flow

    tried = []

    def take(url, *_rest):
        tried.append(url.rpartition("/")[2])
        error = FetchFailed(url, "timed out")
        error.transient = url.endswith("content_1.html")
        raise error

    monkeypatch.setattr(flow.ingest, "take_article", take)
    monkeypatch.setattr(flow, "take_article", flow.take_article.with_options(retry_delay_seconds=0))
    state = _ingest("jiangnan")
    assert state.result().count("quarantined") == 3
    assert [tried.count(f"content_{n}.html") for n in (1, 2, 3)] == [3, 1, 1]


def test_translate_drafts_and_links_to_the_desk(pages, models, newsroom):
    from flows.translate import translate_waiting

    _ingest("jiangnan")
    state = translate_waiting(return_state=True)
    assert state.is_completed()
    for drafted in state.result().drafted:
        assert f"http://127.0.0.1:8000/desk/{drafted.translation}/" in _artifact("translate")


def test_translate_without_a_package_fails_and_says_what_to_do(pages, newsroom):
    from flows.translate import translate_waiting

    _ingest("jiangnan")
    state = translate_waiting(return_state=True)
    assert state.is_failed()
    assert "yibao models install" in state.message


def test_publish_names_the_feeds(drafted, newsroom):
    from flows.publish import publish_feeds

    state = publish_feeds(return_state=True)
    assert state.is_completed()
    assert "https://news.wire.example/en/feed.rss" in _artifact("publish")


def test_the_newsroom_runs_the_three_in_order_though_a_source_fails(pages, models, newsroom):
    from flows.newsroom import run_newsroom

    (newsroom.root / "pages" / "en").rmdir()
    state = run_newsroom(return_state=True)
    assert state.name == "CompletedWithErrors"
    ran = state.result()
    assert len(ran.errors) == 1
    assert "pages/en" in ran.errors[0]
    assert len(ran.translated.drafted) == 2
    assert ran.published.written > 0


def test_housekeeping_tells_of_damaged_packages(pages, models, newsroom):
    from flows.housekeeping import keep_house

    next(newsroom.packages.rglob("model.bin")).write_bytes(b"nothing")
    state = keep_house(return_state=True)
    assert state.name == "CompletedWithErrors"
    assert len(state.result().damaged) == 1


def test_flows_leave_the_store_as_the_stages_do(pages, newsroom):
    _ingest("jiangnan")
    assert store.status().articles == {"jiangnan": 2}
