"""Entries and a newsroom for the tests of feeds: a wind-power story each way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from yibao.article import Article, Block, Figure
from yibao.feeds import Entry
from yibao.newsroom import Newsroom

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

ENGLISH = Article(
    url="https://jiangnan.example/2026/03/wind.html",
    language="en",
    title="Offshore wind farm off Nantong feeds its first power into the grid",
    summary="Seventy-two turbines, each of 16 megawatts, will supply two million households.",
    authors=("Zhou Min",),
    source="江南工业报",
    published=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
    rights="© 2026 Jiangnan Industry Daily",
    blocks=(
        Block(
            "paragraph",
            "The first of seventy-two turbines at the Rudong deep-water wind farm began to feed "
            "power into the provincial grid on Sunday, eleven months after the first pile was "
            "driven. Each machine is rated at 16 megawatts and stands in up to 45 metres of water.",
        ),
        Block(
            "figure",
            figure=Figure(
                image="https://jiangnan.example/2026/03/wind.jpg",
                alt="A turbine being lifted by a crane vessel",
                caption="The last blade of turbine 17 is lifted into place.",
                credit="Xu Lan",
            ),
        ),
        Block("heading", "Made within 200 kilometres"),
        Block(
            "paragraph",
            "Blades, towers and the high-voltage subsea cable were all made within 200 kilometres "
            "of the site. The flexible HVDC converter station is the first in the province.",
        ),
        Block(
            "quote",
            "“Nine out of ten parts came by barge, not by road,” said Chen Guo, chief engineer.",
        ),
        Block("list_item", "Installed capacity: 1,152 MW"),
        Block("list_item", "Annual output: 3.9 TWh"),
        Block(
            "table",
            rows=(
                ("Year", "Turbines", "Output (TWh)"),
                ("2026", "38", "1.4"),
                ("2027", "72", "3.9"),
            ),
            header=True,
        ),
    ),
)

CHINESE = Article(
    url="https://delta-review.example/battery.html",
    language="zh",
    title="钠离子电池走出实验室：首条中试线投产",
    summary="研究团队称，新电池在零下二十摄氏度仍能保持九成容量。",
    authors=("Ellen Marsh", "Tom Okafor"),
    source="Delta Review",
    published=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    rights="© 2026 Delta Review",
    blocks=(
        Block(
            "paragraph",
            "一条年产两百兆瓦时的钠离子电池中试线本周在鹿特丹投产。研究团队表示，这种电池不含锂和钴，"
            "正极采用普鲁士白材料，成本比磷酸铁锂电池低约三成。",
        ),
        Block(
            "figure",
            figure=Figure(
                image="images/line.png",
                alt="中试线上的电芯",
                caption="技术人员检查刚刚下线的电芯。",
                credit="Delta Review 供图",
            ),
        ),
        Block("heading", "低温性能突出"),
        Block("paragraph", "在零下二十摄氏度的环境中，电池仍能保持百分之九十的额定容量。"),
        Block("quote", "“我们不是要取代锂电池，而是要补上它做不到的那一块。”项目负责人说。"),
    ),
)


def uuid(number: int) -> str:
    return str(UUID(int=number + (1 << 100)))


@pytest.fixture
def english() -> Entry:
    return Entry(
        uuid=uuid(1),
        language="en",
        article=ENGLISH,
        source_language="zh",
        source_url="https://jiangnan.example/2026/03/wind.html",
        source_title="南通海上风电场首批机组并网发电",
        source_name="Jiangnan Industry Daily",
        section="industry",
        published=START,
        updated=START,
        translator="Li Wei",
        reviewer="Chen Yu",
        machine_assisted=True,
    )


@pytest.fixture
def chinese() -> Entry:
    return Entry(
        uuid=uuid(2),
        language="zh",
        article=CHINESE,
        source_language="en",
        source_url="https://delta-review.example/battery.html",
        source_title="Sodium cells leave the lab as first pilot line opens",
        source_name="Delta Review",
        section="science",
        published=START + timedelta(hours=1),
        updated=START + timedelta(hours=1),
        translator="王芳",
        reviewer="李明",
        machine_assisted=True,
    )


@pytest.fixture
def newsroom() -> Newsroom:
    return Newsroom.model_validate(
        {
            "newsroom": {
                "name": "Yibao Demo",
                "authority": "yibao.example,2026",
                "base_url": "https://news.yibao.example/",
                "timezone": "Asia/Shanghai",
            },
            "sections": {
                "industry": {"zh": "产业", "en": "Industry"},
                "science": {"zh": "科技", "en": "Science"},
            },
            "feeds": {
                "zh": {"title": "译报", "description": "经人工审校的中文译稿"},
                "en": {"title": "Yibao", "description": "Reviewed English translations"},
            },
        }
    )


@pytest.fixture
def many(english: Entry) -> Callable[[int], list[Entry]]:
    """That many English entries, an hour apart, the oldest first."""

    def make(count: int) -> list[Entry]:
        moments = [START + timedelta(hours=number) for number in range(count)]
        return [
            replace(
                english,
                uuid=uuid(100 + number),
                published=moment,
                updated=moment,
                article=replace(ENGLISH, title=f"{ENGLISH.title}, part {number}"),
            )
            for number, moment in enumerate(moments)
        ]

    return make
