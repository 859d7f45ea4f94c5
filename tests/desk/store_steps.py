import gzip
from dataclasses import replace
from datetime import UTC, datetime

from desk_steps import approve_all, reopen

from yibao.desk import store, workflow
from yibao.sources import Page

FETCHED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


NOBODY = "00000000-0000-0000-0000-000000000000"


ENTRY = "储能电站为周边工厂供电。"


def page(content=b"<html>one</html>", url="https://jiangnan.example/a.html", fetched=FETCHED):
    return Page(url, content, "text/html", 200, fetched, {"server": "t"})


def read(newsroom, row):
    """The bytes of a raw page, as an operator gets at them."""
    return gzip.decompress((newsroom.raw / row.path).read_bytes())


def failed(error, *pages):
    """An error of a source with what was fetched before it."""
    error.pages = pages
    return error


def correct(translation, users, text, **said):
    """Take an approved translation up again, change its headline, have it approved."""
    reopen(translation, users)
    title = translation.segments.get(key="title")
    workflow.confirm_segment(users.translator, title.pk, title.version, text)
    return approve_all(translation, users, **said)


def save(article, *pages, source="jiangnan"):
    return store.save_article(article, source=source, pages=pages)


def changed(article, old, new):
    """The article with one paragraph's text replaced."""
    blocks = tuple(replace(block, text=block.text.replace(old, new)) for block in article.blocks)
    assert blocks != article.blocks
    return replace(article, blocks=blocks)


def texts(translation):
    return {
        segment.source: (segment.text, segment.state) for segment in translation.segments.current()
    }
