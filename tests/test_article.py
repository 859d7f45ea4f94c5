from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from yibao.article import BLOCK_KINDS, Article, Block, Figure

ARTICLE = Article(
    url="https://news.example/zh/2026/09/content_1.html",
    canonical="https://news.example/a/1",
    language="zh",
    title="湖州一电池厂用上储能系统",
    section=("产业", "能源"),
    source="江南工业观察",
    authors=("林知远",),
    editors=("周越",),
    published=datetime(2026, 9, 12, 8, 30, tzinfo=timezone(timedelta(hours=8))),
    summary="厂区用电成本下降一成。",
    rights="版权所有",
    blocks=(
        Block("heading", "夜间充电", level=3),
        Block("paragraph", "系统容量为12万千瓦时。"),
        Block(
            "figure", figure=Figure("https://news.example/1.jpg", "储能柜", "图为储能柜", "张三")
        ),
        Block("table", rows=(("年份", "用电"), ("2025", "3亿")), header=True),
        Block("list_item", "成本下降"),
        Block("quote", "这是第一步。"),
    ),
)


def test_a_record_gives_the_same_article_again():
    assert Article.from_record(ARTICLE.to_record()) == ARTICLE


def test_every_kind_of_block_survives_the_record():
    kept = {block.kind for block in Article.from_record(ARTICLE.to_record()).blocks}
    assert kept == set(BLOCK_KINDS)


def test_empty_fields_are_left_out_of_the_record():
    bare = Article(url="https://news.example/2", language="en", title="A title", blocks=())
    assert bare.to_record() == {
        "url": "https://news.example/2",
        "language": "en",
        "title": "A title",
        "blocks": [],
    }


def test_a_subhead_of_the_usual_level_is_kind_and_text_alone():
    article = replace(ARTICLE, blocks=(Block("heading", "夜间充电"),))
    assert article.to_record()["blocks"] == [{"kind": "heading", "text": "夜间充电"}]


def test_figures_are_told_by_caption_and_credit():
    assert ARTICLE.to_record()["figures"] == [{"caption": "图为储能柜", "credit": "张三"}]


def test_the_zone_of_a_time_survives_the_record():
    published = Article.from_record(ARTICLE.to_record()).published
    assert published is not None
    assert published.utcoffset() == timedelta(hours=8)


def test_an_unknown_kind_of_block_is_refused():
    record = ARTICLE.to_record() | {"blocks": [{"kind": "video", "text": ""}]}
    with pytest.raises(ValueError, match="video"):
        Article.from_record(record)


def test_the_same_content_at_another_address_has_the_same_digest():
    elsewhere = replace(ARTICLE, url="https://mirror.example/1", canonical="")
    assert elsewhere.digest == ARTICLE.digest


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, title="湖州一电池厂用上新储能系统"),
        replace(ARTICLE, blocks=ARTICLE.blocks[1:]),
        replace(ARTICLE, blocks=ARTICLE.blocks[::-1]),
        replace(ARTICLE, modified=datetime(2026, 9, 13, tzinfo=UTC)),
    ],
    ids=["title", "a block less", "order", "modified"],
)
def test_changed_content_has_another_digest(changed):
    assert changed.digest != ARTICLE.digest


def test_the_digest_of_an_article_is_for_ever():
    fixed = Article("https://news.example/", "en", "A title", (Block("paragraph", "A sentence."),))
    assert fixed.digest == ("1be3465877d544376402d8b4261cb6a7059e02d19a16371cf27e95c5ab853e6f0")


def test_the_text_holds_captions_and_cells_in_reading_order():
    assert ARTICLE.text.splitlines() == [
        "夜间充电",
        "系统容量为12万千瓦时。",
        "图为储能柜",
        "年份\t用电",
        "2025\t3亿",
        "成本下降",
        "这是第一步。",
    ]


def test_an_article_can_stand_in_a_set():
    assert len({ARTICLE, replace(ARTICLE)}) == 1
