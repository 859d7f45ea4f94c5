"""What the tests of store and workflow share."""

from dataclasses import replace

import pytest
from desk_steps import approve_all
from workflow_steps import key

from yibao.desk import store


@pytest.fixture
def approved(drafted, users):
    return approve_all(drafted, users)


@pytest.fixture
def segment(drafted):
    return drafted.segments.get(key="title")


@pytest.fixture
def policy(newsroom):
    """A function: the newsroom's approval policy becomes another."""

    def set_policy(word):
        text = newsroom.newsroom.read_text(encoding="utf-8")
        newsroom.newsroom.write_text(f"{text}review: {{approval: {word}}}\n", encoding="utf-8")

    return set_policy


@pytest.fixture
def glossed(newsroom, drafted, drafts):
    """A function: with one house term in force, a segment gets another draft."""
    text = newsroom.newsroom.read_text(encoding="utf-8")
    newsroom.newsroom.write_text(
        text.replace("glossaries: []", "glossaries: [energy]"), encoding="utf-8"
    )
    (newsroom.glossaries / "energy.csv").write_text(
        "zh,en\n电池柜,battery cabinet\n", encoding="utf-8"
    )

    def draft(source, text, **said):
        row = drafted.segments.get(source=source)
        (made,) = drafts([row.value], {source: text})
        store.save_drafts(key(drafted), [replace(made, **said)])
        row.refresh_from_db()
        drafted.refresh_from_db()
        return row

    return draft
