import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibao.article import Article, Block, Figure
from yibao.errors import YibaoError
from yibao.text.segment import assemble, segments

ARTICLE = Article(
    url="https://delta-review.example/a",
    language="en",
    title="Pumps. And valves.",
    summary="A short summary.",
    section=("Industry",),
    blocks=(
        Block("paragraph", "The plant opened. It is large."),
        Block("heading", "What. Next", level=3),
        Block(
            "figure", figure=Figure("https://x.example/1.jpg", "A pump", "A pump. It turns.", "Li")
        ),
        Block("table", rows=(("Item", ""), ("Pump", "5. Then 6 came.")), header=True),
        Block("figure", figure=Figure("https://x.example/2.jpg")),
        Block("list_item", "  "),
        Block("quote", "Go on."),
    ),
)


def test_keys_name_the_place_of_each_segment():
    assert [(each.key, each.role, each.text) for each in segments(ARTICLE)] == [
        ("title", "title", "Pumps. And valves."),
        ("summary", "summary", "A short summary."),
        ("b001.s01", "paragraph", "The plant opened."),
        ("b001.s02", "paragraph", "It is large."),
        ("b002", "heading", "What. Next"),
        ("b003.caption.s01", "caption", "A pump."),
        ("b003.caption.s02", "caption", "It turns."),
        ("b003.alt", "alt", "A pump"),
        ("b004.r01.c01.s01", "cell", "Item"),
        ("b004.r02.c01.s01", "cell", "Pump"),
        ("b004.r02.c02.s01", "cell", "5. Then 6 came."),
        ("b007.s01", "quote", "Go on."),
    ]


def test_an_article_comes_together_from_its_own_segments():
    texts = {each.key: each.text for each in segments(ARTICLE)}
    again = assemble(ARTICLE, texts, "en")
    assert again.blocks == ARTICLE.blocks
    assert (again.title, again.summary, again.section) == (ARTICLE.title, ARTICLE.summary, ())


def test_chinese_sentences_are_joined_without_a_space():
    texts = {each.key: f"译{each.key}。" for each in segments(ARTICLE)}
    chinese = assemble(ARTICLE, texts, "zh")
    assert chinese.language == "zh"
    assert chinese.blocks[0].text == "译b001.s01。译b001.s02。"
    assert chinese.blocks[2].figure.caption == "译b003.caption.s01。译b003.caption.s02。"
    assert chinese.blocks[2].figure.credit == "Li"
    assert chinese.blocks[3].rows[0] == ("译b004.r01.c01.s01。", "")


def test_a_missing_text_is_refused_by_its_key():
    texts = {each.key: each.text for each in segments(ARTICLE)}
    del texts["b002"]
    with pytest.raises(YibaoError, match="b002"):
        assemble(ARTICLE, texts, "zh")


def test_text_segmented_otherwise_still_comes_together():
    texts = {each.key: each.text for each in segments(ARTICLE)}
    texts["b001.s03"] = "It is new."
    assert assemble(ARTICLE, texts, "en").blocks[0].text.endswith("It is large. It is new.")


@given(st.lists(st.text("Ab. 。，“”12\n", max_size=60), max_size=5), st.sampled_from(["zh", "en"]))
def test_assembling_the_source_gives_the_source_up_to_white_space(paragraphs, code):
    article = Article("u", code, "t", tuple(Block("paragraph", each) for each in paragraphs))
    texts = {each.key: each.text for each in segments(article)}
    again = assemble(article, texts, code)
    assert "".join(again.text.split()) == "".join(article.text.split())
