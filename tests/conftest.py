"""What all tests share: a newsroom's folder of their own, a database, people, articles.

Every process of tests serves a newsroom in a temporary folder, made here before Django's
settings are loaded; nothing is ever written into the checkout. The database is SQLite in that
folder, or the server of DATABASE_URL.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

NEWSROOM_YAML = """\
newsroom:
  name: Test Wire
  authority: "wire.example,2026"
  base_url: "https://news.wire.example/"
  timezone: Asia/Shanghai
sections:
  industry: {zh: 产业, en: Industry}
  science: {zh: 科技, en: Science}
sources:
  jiangnan:
    {language: zh, folder: pages/zh, url: "https://jiangnan.example/", section: industry, to: [en]}
  delta:
    {language: en, folder: pages/en, url: "https://delta.example/", section: science, to: [zh]}
glossaries: []
feeds:
  zh: {title: 译报, sections: [industry, science]}
  en: {title: Wire, sections: [industry, science]}
"""

_folder = Path(tempfile.mkdtemp(prefix="yibao-tests-"))
(_folder / "newsroom.yaml").write_text(NEWSROOM_YAML, encoding="utf-8")
os.environ["YIBAO_ROOT"] = str(_folder)
os.environ["DJANGO_SETTINGS_MODULE"] = "yibao.web.settings"
for _name in ("YIBAO_HOSTS", "YIBAO_HTTPS", "YIBAO_SECRET_KEY"):
    os.environ.pop(_name, None)

import django  # noqa: E402  # the folder comes first

django.setup()

from django.db import connection  # noqa: E402

from yibao.article import Article, Block, Figure  # noqa: E402
from yibao.paths import Paths  # noqa: E402


def pytest_unconfigure():
    shutil.rmtree(_folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """A test database in a file: threads see the same one, as in a newsroom."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(_folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def _cheap_passwords(settings):
    """Argon2 takes its time on purpose; the tests of accounts and settings ask for it."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture(autouse=True)
def _no_failed_sign_ins():
    """The brake on guessing counts per process: one test's wrong passwords are not another's."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def newsroom(tmp_path, settings, monkeypatch) -> Paths:
    """A newsroom's folder for this test alone: newsroom.yaml, empty glossaries/ and pages/."""
    paths = Paths(tmp_path / "newsroom")
    paths.glossaries.mkdir(parents=True)
    for name in ("pages/zh", "pages/en"):
        (paths.root / name).mkdir(parents=True)
    paths.newsroom.write_text(NEWSROOM_YAML, encoding="utf-8")
    settings.YIBAO_ROOT = paths.root
    monkeypatch.setenv("YIBAO_ROOT", str(paths.root))
    return paths


@dataclass(frozen=True, slots=True)
class Articles:
    """A small article in each language of the house."""

    zh: Article
    en: Article


@pytest.fixture(scope="session")
def article() -> Articles:
    """Two articles of our own: title, heading, two paragraphs, a figure, a table."""
    return Articles(
        zh=Article(
            url="https://jiangnan.example/2026/11/20/chuneng.html",
            language="zh",
            title="江南新建储能电站投入运行",
            blocks=(
                Block("paragraph", "江南市首座储能电站昨日投入运行。电站总投资3.5亿元。"),
                Block("heading", "为工厂供电"),
                Block(
                    "figure",
                    figure=Figure(
                        image="https://jiangnan.example/img/station.jpg",
                        caption="工程师检查电池柜。",
                        credit="本报记者 摄",
                    ),
                ),
                Block("table", rows=(("项目", "数量"), ("电池柜", "120")), header=True),
                Block("paragraph", "电站白天储电，夜间向工厂供电。"),
            ),
            source="江南工业报",
            authors=("周明",),
            published=datetime(2026, 11, 20, 1, 30, tzinfo=UTC),
            summary="储能电站为周边工厂供电。",
        ),
        en=Article(
            url="https://delta.example/2026/11/press-line.html",
            language="en",
            title="Delta plant opens a second press line",
            blocks=(
                Block("paragraph", "A second press line started on Monday. It employs 40 people."),
                Block("heading", "Lower scrap rate"),
                Block("paragraph", "The plant expects its scrap rate to fall to 1.2 percent."),
            ),
            source="Delta Review",
            authors=("Ann Weaver",),
            published=datetime(2026, 11, 16, 8, 0, tzinfo=UTC),
        ),
    )


@dataclass(frozen=True, slots=True)
class People:
    """Accounts; `nobody` has no role, `gone` is an editor whose account is inactive."""

    translator: object
    other_translator: object
    editor: object
    other_editor: object
    admin: object
    nobody: object
    gone: object


@pytest.fixture
def users(db) -> People:
    """People of every role; each one's password is `<username>-Wire-26`."""
    from yibao.desk import accounts
    from yibao.desk.models import User

    def make(name, role):
        return accounts.create_user(name, role, f"{name}-Wire-26", credit=name.title())

    gone = make("gone", "editor")
    accounts.set_active(gone, False)
    return People(
        translator=make("lin", "translator"),
        other_translator=make("mei", "translator"),
        editor=make("ellen", "editor"),
        other_editor=make("omar", "editor"),
        admin=make("ada", "admin"),
        nobody=User.objects.create_user("nobody", password="nobody-Wire-26"),
        gone=gone,
    )


@pytest.fixture
def drafts():
    """A function: drafts for segments, each the source text in brackets, or as `texts` says."""
    from yibao.translate import Draft

    def make(segments, texts=None, origin="engine", engine="argos zh_en 0.1"):
        return [
            Draft(
                key=segment.key,
                source=segment.text,
                text=(texts or {}).get(segment.text, f"[{segment.text}]"),
                origin=origin,
                engine=engine,
                glossary="0123456789ab",
                terms=(),
                findings=(),
                confidence=0.5,
            )
            for segment in segments
        ]

    return make


TEXTS = {
    "江南新建储能电站投入运行": "New storage station starts up in Jiangnan",
    "储能电站为周边工厂供电。": "The storage station supplies nearby plants.",
    "江南市首座储能电站昨日投入运行。": "Jiangnan's first storage station started up yesterday.",
    "电站总投资3.5亿元。": "Total investment in the station is 350 million yuan.",
    "为工厂供电": "Power for the plants",
    "工程师检查电池柜。": "An engineer checks a battery cabinet.",
    "项目": "Item",
    "数量": "Quantity",
    "电池柜": "Battery cabinets",
    "120": "120",
    "电站白天储电，夜间向工厂供电。": "It stores power by day and supplies the plants by night.",
}


@pytest.fixture
def drafted(db, newsroom, article, drafts):
    """The Chinese article in the store, its English translation drafted without findings."""
    from yibao.desk import store
    from yibao.desk.models import Translation

    saved = store.save_article(article.zh, source="jiangnan", pages=())
    key = store.request_translation(saved.article_id, "en")
    (waiting,) = store.claim_waiting(1, "fixture")
    store.save_drafts(key, drafts(waiting.segments, TEXTS))
    return Translation.objects.get(pk=key)
