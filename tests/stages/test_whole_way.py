"""A real article goes in, is reviewed by two people, and is in the Chinese feeds."""

import json
import shutil
from pathlib import Path

import feedparser
import pytest

from yibao.desk import store, workflow
from yibao.desk.models import Translation
from yibao.desk.workflow.checking import judged
from yibao.newsroom import load_newsroom
from yibao.stages.ingest import ingest_page
from yibao.stages.publish import publish_approved
from yibao.stages.translate import translate_waiting
from yibao.translate import packages

ROOT = Path(__file__).parents[2]
PAGE = ROOT.parent / "shared" / "articles" / "stdaily-2021-10-28.html"
URL = "http://www.stdaily.com/English/InternationalCooperation/2021-10/28/content_1.shtml"
TITLE = "浙江加快智能制造转型"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not PAGE.exists(), reason="the real article is not at hand"),
]


@pytest.fixture
def house(newsroom):
    """The shipped newsroom's configuration, glossaries and starter packages."""
    shutil.copy(ROOT / "newsroom.yaml", newsroom.newsroom)
    shutil.rmtree(newsroom.glossaries)
    shutil.copytree(ROOT / "glossaries", newsroom.glossaries)
    packages.install_starters(ROOT / "models", newsroom.packages)
    return load_newsroom(newsroom.newsroom)


def _post_edited(segment):
    """What a translator would leave of a draft: the terms in it, nothing that a check blocks."""
    if segment.key == "title":
        return TITLE
    kept = [term["target"] for term in segment.terms]
    return f"译文：{'、'.join(kept)}。" if kept else "译文。"


def test_from_the_page_to_the_feed(house, newsroom, users):
    taken = ingest_page(house, str(PAGE), URL).taken[0]
    expected = json.loads(PAGE.with_suffix("").with_suffix(".expected.json").read_text("utf-8"))
    record = store.show_article(taken.article).article.to_record()
    assert [b for b in record["blocks"] if b["kind"] != "figure"] == expected["blocks"]

    [drafted] = translate_waiting(house, newsroom).drafted
    assert drafted.terms.total() > 10
    assert drafted.terms["missed"] == 0

    translation = Translation.objects.get(pk=drafted.translation)
    for segment in translation.segments.current():
        after = workflow.confirm_segment(
            users.translator, segment.pk, segment.version, _post_edited(segment)
        )
        for finding in judged(after):
            if finding.blocks:
                after = workflow.dismiss_finding(
                    users.translator, after.pk, after.version, finding.id, "shortened for the test"
                )
    translation.refresh_from_db()
    workflow.submit(users.translator, drafted.translation, translation.version)
    translation.refresh_from_db()
    workflow.approve(users.editor, drafted.translation, translation.version)

    published = publish_approved(house, newsroom)
    assert published.refused == ()
    for form in ("rss", "atom"):
        [entry] = feedparser.parse((newsroom.outputs / f"zh/feed.{form}").read_bytes()).entries
        assert entry.title == TITLE
        for credit in ("Science and Technology Daily", "CHEN Chunyou", "VCG", URL):
            assert credit in str(entry), f"{credit} is not in the {form} feed"
