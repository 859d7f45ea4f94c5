"""A newsroom with saved pages and tiny translation packages, for stages and flows."""

import pytest
from tiny_models import build_package

from yibao.newsroom import load_newsroom
from yibao.translate import packages

SENTENCES = (
    "工厂今天在苏州投产新水泵和阀门，公司今天在上海生产电机。",
    "工程师今天在上海测试永磁电机，记者今天在苏州测试新阀门和水泵。",
    "公司五月在苏州生产阀门和水泵，工厂五月在上海生产新电机和阀门。",
    "工程师说，水泵产量上涨，阀门价格下跌，电机产量和价格五月上涨。",
)


@pytest.fixture
def write_page(newsroom):
    """A function: save a Chinese news page in the newsroom's folder of pages."""

    def write(name, title, sentences=SENTENCES, after=""):
        paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
        page = (
            f'<html lang="zh"><head><meta charset="utf-8"><title>{title}_江南工业</title></head>'
            f"<body><h1>{title}</h1>"
            "<div class=info>2026-11-20 08:30 来源：江南工业 作者：周明</div>"
            f"<div class=content>{paragraphs}</div>{after}</body></html>"
        )
        (newsroom.root / "pages" / "zh" / name).write_text(page, encoding="utf-8")

    return write


@pytest.fixture
def pages(write_page):
    """Two articles and a page without one."""
    write_page("content_1.html", "工厂在苏州投产新水泵")
    write_page("content_2.html", "公司在上海生产新电机", SENTENCES[::-1])
    write_page("content_3.html", "页面不存在", ("您访问的页面不存在。",))


@pytest.fixture
def house(newsroom):
    """newsroom.yaml, read."""
    return load_newsroom(newsroom.newsroom)


@pytest.fixture(scope="session")
def tiny_packages(tmp_path_factory):
    """The files of tiny packages for both directions."""
    folder = tmp_path_factory.mktemp("packages")
    return [build_package(folder, "zh", "en"), build_package(folder, "en", "zh")]


@pytest.fixture
def models(newsroom, tiny_packages):
    """The tiny packages, installed in the newsroom."""
    for file in tiny_packages:
        packages.install_file(file, newsroom.packages)
