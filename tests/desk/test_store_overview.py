from dataclasses import replace

import pytest
from store_steps import FETCHED, NOBODY, save

from yibao.desk import models, store
from yibao.desk.models import TranslationState
from yibao.errors import (
    NotFound,
)


class TestOverview:
    def test_articles_are_listed_newest_first_and_by_question(self, drafted, article):
        save(article.en, source="delta")
        every = store.list_articles()
        assert [each.language for each in every] == ["en", "zh"]
        assert every[1].translations == {"en": "drafted"}
        assert every[1].published == article.zh.published
        assert [each.title for each in store.list_articles(language="zh")] == [article.zh.title]
        assert [each.source for each in store.list_articles(source="delta")] == ["delta"]
        assert len(store.list_articles(state="drafted")) == 1
        assert store.list_articles(state="approved") == []
        assert len(store.list_articles(limit=1)) == 1

    def test_an_article_without_a_date_has_none(self, db, newsroom, article):
        save(replace(article.zh, published=None))
        assert store.list_articles()[0].published is None

    def test_an_article_is_shown_with_all_its_texts(self, drafted):
        import json

        shown = store.show_article(str(drafted.article_id))
        (translation,) = shown.translations
        assert translation.segments[0].text == "New storage station starts up in Jiangnan"
        assert json.loads(json.dumps(shown.to_record()))["revision"] == 1

    @pytest.mark.parametrize("key", [NOBODY, "", "x", "abc", f"{NOBODY}0"])
    def test_an_unknown_article_is_not_found(self, db, key):
        with pytest.raises(NotFound):
            store.show_article(key)

    def test_an_article_is_found_by_the_beginning_of_its_id(self, drafted, article):
        key = str(drafted.article_id)
        for given in (key[:4], key[:8], key[:13], key.replace("-", ""), key.upper()):
            assert store.show_article(given).article_id == key
        for number in range(2):
            models.Article.objects.create(
                id=f"abcd000{number}{NOBODY[8:]}", language="zh", title="", created=FETCHED
            )
        with pytest.raises(NotFound, match="several begin so"):
            store.show_article("abcd")

    def test_status_counts_every_state(self, drafted, article):
        save(article.en, source="delta")
        now = store.status()
        assert now.articles == {"delta": 1, "jiangnan": 1}
        assert now.translations == {
            **{state.value: 0 for state in TranslationState},
            "drafted": 1,
        }
        assert now.waiting_segments == 0

    def test_listing_takes_as_many_queries_for_many_as_for_few(
        self, drafted, article, django_assert_num_queries
    ):
        for number in range(5):
            save(replace(article.zh, url=f"https://x.example/{number}", title=f"标题{number}"))
        with django_assert_num_queries(3):
            assert len(store.list_articles()) == 6
